import { BLOCK_SIZE_BYTES } from '../../core/block';
import type { ImageProblem } from '../../core/image-problem';
import type { Result } from '../../core/result';
import { BadImage, guarded } from './bad-image';
import { DESCRIPTOR_FLAGS, type Descriptor } from './block-list';
import { SECTOR_SIZE_BYTES } from './boot-sector';
import { readBytes, type ByteSource } from './byte-source';
import type { FoundVolume } from './find-volume';
import { blockCountOfContent, sizeOfContent, type ImageContent, type ImageFacts } from './image-facts';
import { readClusterBitmap, type ClusterBitmap } from './ntfs-bitmap';
import type { ImageStore } from './read-store';
import { resolveBlock, type ImageHop, type ReadableStore, type Resolution } from './resolve';
import type { VolumeHeader } from './volume-header';

export interface ImageBlock {
  /** 16 KiB; the last block of a volume may be shorter. */
  readonly bytes: Uint8Array;
  /** Every place the read looked at, in order. */
  readonly path: readonly ImageHop[];
  /** Sectors of it that came from an overlay instead: bit i stands for sector i. */
  readonly overlaidSectors: number;
}

/** An opened image: its snapshots, and every block of them. Bytes are read when they are asked for. */
export class VolumeImage {
  readonly sizeBytes: number;
  /** Where on the disk the volume begins, in bytes: 0 for the image of a volume. */
  readonly volumeOffset: number;
  readonly header: VolumeHeader;
  /** Oldest first. */
  readonly stores: readonly ImageStore[];
  readonly facts: ImageFacts;
  readonly #volume: ByteSource;
  readonly #readable: readonly ReadableStore[];

  constructor(found: FoundVolume, stores: readonly ImageStore[], readable: readonly ReadableStore[]) {
    this.#volume = found.volume;
    this.#readable = readable;
    this.sizeBytes = found.volume.sizeBytes;
    this.volumeOffset = found.offset;
    this.header = found.header;
    this.stores = stores;
    this.facts = {
      sizeBytes: this.sizeBytes,
      volumeOffset: this.volumeOffset,
      header: this.header,
      snapshots: stores.map(({ entry, information, descriptors }) => ({
        entry,
        information,
        descriptorCount: descriptors.length,
      })),
    };
  }

  /** Of the live volume, or of the volume when a snapshot was made. */
  sizeOf(content: ImageContent): number {
    return sizeOfContent(this.facts, content);
  }

  /** In blocks of 16 KiB, the last of which may be shorter. */
  blockCountOf(content: ImageContent): number {
    return blockCountOfContent(this.facts, content);
  }

  /** Whether block `block` of a snapshot reads as zeros because it was not in use: in the newest one only. */
  readsAsUnused(snapshot: number, block: number): boolean {
    if (snapshot !== this.stores.length - 1) return false;
    return resolveBlock(this.#readable, snapshot, block).offset === null;
  }

  /** Whether a snapshot may read a block otherwise than the next newer one does. */
  isTold(snapshot: number, block: number): boolean {
    const isListed = this.#readable[snapshot]?.lookup.at(block * BLOCK_SIZE_BYTES) !== undefined;
    return isListed || this.readsAsUnused(snapshot, block);
  }

  /** Whether the store of a snapshot has a copy of a block. */
  hasCopy(snapshot: number, block: number): boolean {
    const base = this.#readable[snapshot]?.lookup.at(block * BLOCK_SIZE_BYTES)?.base ?? null;
    return base !== null && (base.flags & DESCRIPTOR_FLAGS.forwarder) === 0;
  }

  resolve(snapshot: number, block: number): Resolution {
    return resolveBlock(this.#readable, snapshot, block);
  }

  /**
   * What lies at a place on the volume now: 16 KiB, or what is left up to its end.
   *
   * @throws {BadImage}
   */
  contentAt(offset: number): Promise<Uint8Array> {
    return readBytes(this.#volume, offset, Math.min(BLOCK_SIZE_BYTES, this.sizeBytes - offset));
  }

  /** Which clusters of the volume are in use now; `null`: it does not say. */
  readClusters(): Promise<ClusterBitmap | null> {
    return readClusterBitmap(this.#volume);
  }

  /** Block `block` as libvshadow reads it, and where it came from. */
  readBlock(content: ImageContent, block: number): Promise<Result<ImageBlock, ImageProblem>> {
    return guarded(async () => {
      const blockCount = this.blockCountOf(content);
      if (!(Number.isInteger(block) && block >= 0 && block < blockCount))
        throw new BadImage({ kind: 'blockUnknown', block, blockCount });
      const offset = block * BLOCK_SIZE_BYTES;
      const length = Math.min(BLOCK_SIZE_BYTES, this.sizeOf(content) - offset);
      if (content === 'live') {
        const bytes = await readBytes(this.#volume, offset, length);
        return { bytes, path: [{ place: 'live', offset }], overlaidSectors: 0 };
      }
      return this.#readSnapshot(content, block, length);
    });
  }

  async #readSnapshot(snapshot: number, block: number, length: number): Promise<ImageBlock> {
    const { path, offset, overlay } = resolveBlock(this.#readable, snapshot, block);
    const bytes = offset === null ? new Uint8Array(length) : await readBytes(this.#volume, offset, length);
    if (overlay === null) return { bytes, path, overlaidSectors: 0 };
    return { bytes: await this.#overlaid(bytes, overlay), path, overlaidSectors: overlay.sectors };
  }

  async #overlaid(below: Uint8Array, { data, sectors }: Descriptor): Promise<Uint8Array> {
    const above = await readBytes(this.#volume, data, below.length);
    const bytes = below.slice();
    for (let sector = 0; sector * SECTOR_SIZE_BYTES < bytes.length; sector += 1) {
      if (((sectors >>> sector) & 1) === 0) continue;
      const start = sector * SECTOR_SIZE_BYTES;
      bytes.set(above.subarray(start, start + SECTOR_SIZE_BYTES), start);
    }
    return bytes;
  }
}
