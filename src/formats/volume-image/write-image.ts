import { BLOCK_SIZE_BYTES } from '../../core/block';
import type { Machine } from '../../core/machine';
import type { WorldId } from '../../core/scenario';
import { createBlock, RECORD_TYPES } from './block-header';
import { createBootSector, SECTOR_SIZE_BYTES } from './boot-sector';
import { fillCatalogBlock, SNAPSHOTS_PER_CATALOG_BLOCK, type CatalogPair } from './catalog';
import { layoutOf, offsetOfBlock, type ImageLayout } from './layout';
import { creationTimeOf, identityOf, volumeIdentifierOf, type MachineOrigin } from './snapshot-identity';
import { createVolumeHeader, VOLUME_HEADER_OFFSET } from './volume-header';
import { locationOf, storeBlocks, type ContentOf } from './write-store';

/** Windows Server 2003 to Windows 7: the systems that the hotfix is for. */
const FORMAT_VERSION = 1;

/** A machine to be written as an image, and the content of its stamps. */
export interface ImagedWorld<Content = Uint8Array> {
  readonly world: WorldId;
  readonly machine: Machine;
  readonly contentOf: ContentOf<Content>;
}

export interface WrittenImage<Content = Uint8Array> {
  readonly sizeBytes: number;
  /** From the first to the last, 16 KiB each, made one at a time. They are lent: some of them are handed out again. */
  readonly blocks: Iterable<Uint8Array | Content>;
}

/**
 * A raw volume image with the snapshots of a machine in the structures that volsnap has on disk (libvshadow's format
 * description). Block n of the live volume is block n + 1 of the image; for the rest see `layout.ts`. The snapshots that
 * exist are there whether the volume is online or not. There is no file system in it: mounting it shows an empty NTFS
 * boot sector, reading its shadow copies shows every byte.
 */
export function writeImage<Content>({
  world,
  machine,
  contentOf,
}: ImagedWorld<Content>): WrittenImage<Content> {
  const layout = layoutOf(machine);
  const origin = { world, settings: machine.settings };
  return {
    sizeBytes: layout.blockCount * BLOCK_SIZE_BYTES,
    blocks: { [Symbol.iterator]: () => imageBlocks(origin, machine, layout, contentOf) },
  };
}

function* imageBlocks<Content>(
  origin: MachineOrigin,
  machine: Machine,
  layout: ImageLayout,
  contentOf: ContentOf<Content>,
): Generator<Uint8Array | Content> {
  yield firstBlock(origin, machine, layout);
  for (let block = 0; block < layout.liveBlocks; block += 1) yield contentOf(machine.live.get(block));
  for (let index = 0; index < layout.catalogBlocks; index += 1) yield catalogBlock(origin, layout, index);
  for (const store of layout.stores) yield* storeBlocks(origin, machine, store, contentOf);
  yield lastBlock(layout);
}

function sizeBytesOf(layout: ImageLayout): number {
  return layout.blockCount * BLOCK_SIZE_BYTES;
}

function firstBlock(origin: MachineOrigin, machine: Machine, layout: ImageLayout): Uint8Array {
  const block = new Uint8Array(BLOCK_SIZE_BYTES);
  const volume = volumeIdentifierOf(origin);
  block.set(createBootSector(sizeBytesOf(layout)));
  const header = createVolumeHeader({
    version: FORMAT_VERSION,
    catalogOffset: layout.catalogBlocks === 0 ? 0 : offsetOfBlock(layout.catalogFirst),
    maximumBytes: offsetOfBlock(machine.maximumBlocks ?? 0),
    volumeIdentifier: volume,
    diffVolumeIdentifier: volume,
    isProtected: machine.level === 'SNAPSHOT',
  });
  block.set(header, VOLUME_HEADER_OFFSET);
  return block;
}

function catalogBlock(origin: MachineOrigin, layout: ImageLayout, index: number): Uint8Array {
  const { catalogFirst, catalogBlocks, stores } = layout;
  const isLast = index === catalogBlocks - 1;
  const block = createBlock({
    type: RECORD_TYPES.catalog,
    relativeOffset: offsetOfBlock(index),
    offset: offsetOfBlock(catalogFirst + index),
    nextOffset: isLast ? 0 : offsetOfBlock(catalogFirst + index + 1),
  });
  const from = index * SNAPSHOTS_PER_CATALOG_BLOCK;
  const pairs = stores.slice(from, from + SNAPSHOTS_PER_CATALOG_BLOCK).map((store, offset): CatalogPair => ({
    snapshot: {
      store: identityOf(origin, store.snapshot).store,
      volumeSizeBytes: sizeBytesOf(layout),
      sequence: from + offset + 1,
      createdAt: creationTimeOf(store.snapshot),
    },
    location: locationOf(origin, store),
  }));
  fillCatalogBlock(block, pairs);
  return block;
}

function lastBlock(layout: ImageLayout): Uint8Array {
  const block = new Uint8Array(BLOCK_SIZE_BYTES);
  block.set(createBootSector(sizeBytesOf(layout)), BLOCK_SIZE_BYTES - SECTOR_SIZE_BYTES);
  return block;
}
