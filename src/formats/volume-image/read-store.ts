import { BLOCK_SIZE_BYTES } from '../../core/block';
import { BadImage, damaged } from './bad-image';
import { Bitmap, BITS_PER_BITMAP_BLOCK } from './bitmap';
import { DESCRIPTOR_FLAGS, DESCRIPTORS_PER_BLOCK, parseBlockList, type Descriptor } from './block-list';
import type { ByteSource } from './byte-source';
import type { SnapshotEntry, StoreEntry } from './catalog';
import { readChain, readMetadata } from './chain';
import { parseRangeList, type StoreRange } from './range-list';
import { parseStoreHeader, type StoreInformation } from './store-header';

/** 16 GiB of copies, in all snapshots together: what a page can hold in memory. */
const MOST_DESCRIPTORS = 1_048_576;

/** A snapshot as the image has it. */
export interface ImageStore {
  readonly entry: SnapshotEntry;
  readonly location: StoreEntry;
  readonly information: StoreInformation;
  /** In the order of the list: what comes later may change what came before. */
  readonly descriptors: readonly Descriptor[];
  readonly ranges: readonly StoreRange[];
}

/** @throws {BadImage} */
export async function readStore(
  volume: ByteSource,
  entry: SnapshotEntry,
  location: StoreEntry,
  readBefore: number,
): Promise<ImageStore> {
  if (entry.volumeSizeBytes > volume.sizeBytes) throw damaged('catalog', 0, 'badSize');
  const header = await readMetadata(volume, 'storeHeader', location.headerOffset);
  const information = parseStoreHeader(header);
  if (information === null) throw damaged('storeHeader', location.headerOffset, 'badSize');
  const descriptors = await readDescriptors(volume, location.blockListOffset, readBefore);
  const ranges: StoreRange[] = [];
  const limit = blocksOf(volume.sizeBytes);
  for await (const block of readChain(volume, 'rangeList', location.rangeListOffset, limit)) {
    for (const range of parseRangeList(block)) ranges.push(range);
    if (ranges.length > MOST_DESCRIPTORS) throw damaged('rangeList', location.rangeListOffset, 'badSize');
  }
  return { entry, location, information, descriptors, ranges };
}

async function readDescriptors(
  volume: ByteSource,
  offset: number,
  readBefore: number,
): Promise<readonly Descriptor[]> {
  const descriptors: Descriptor[] = [];
  const limit = Math.ceil(MOST_DESCRIPTORS / DESCRIPTORS_PER_BLOCK) + 1;
  for await (const block of readChain(volume, 'blockList', offset, limit)) {
    for (const descriptor of parseBlockList(block)) {
      if (!isSound(descriptor, volume.sizeBytes)) throw damaged('blockList', offset, 'badEntry');
      descriptors.push(descriptor);
    }
    if (readBefore + descriptors.length > MOST_DESCRIPTORS) {
      throw new BadImage({ kind: 'tooMuch', what: 'descriptors', limit: MOST_DESCRIPTORS });
    }
  }
  return descriptors;
}

/** Whole blocks within the volume; and not both forwarder and overlay, which libvshadow does not survive. */
function isSound({ original, relative, data, flags }: Descriptor, volumeSizeBytes: number): boolean {
  if ((flags & DESCRIPTOR_FLAGS.unused) !== 0) return true;
  const isForwarder = (flags & DESCRIPTOR_FLAGS.forwarder) !== 0;
  if (isForwarder && ((flags & DESCRIPTOR_FLAGS.overlay) !== 0 || data !== 0)) return false;
  const places = [original, isForwarder ? relative : data];
  return places.every((place) => place % BLOCK_SIZE_BYTES === 0 && place < volumeSizeBytes);
}

function blocksOf(sizeBytes: number): number {
  return Math.ceil(sizeBytes / BLOCK_SIZE_BYTES);
}

/** `null` when the image has none. What lies beyond the end of the volume is not read. */
export async function readBitmap(volume: ByteSource, offset: number): Promise<Bitmap | null> {
  if (offset === 0) return null;
  const blocks: Uint8Array[] = [];
  const needed = Math.ceil(blocksOf(volume.sizeBytes) / BITS_PER_BITMAP_BLOCK);
  for await (const block of readChain(volume, 'bitmap', offset, Infinity)) {
    blocks.push(block);
    if (blocks.length === needed) break;
  }
  return new Bitmap(blocks);
}
