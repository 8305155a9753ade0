import { BLOCK_SIZE_BYTES } from '../../core/block';
import type { Machine } from '../../core/machine';
import { BITS_PER_BITMAP_BLOCK } from './bitmap';
import { DESCRIPTORS_PER_BLOCK } from './block-list';
import { SNAPSHOTS_PER_CATALOG_BLOCK } from './catalog';
import { storesOf, type MachineStore } from './machine-stores';

/** Windows links four blocks from the start (seen in a real volume). */
const FEWEST_CATALOG_BLOCKS = 4;

/** Where block 0 of a machine's live volume lies in its image; the others follow. */
export const FIRST_LIVE_BLOCK = 1;

/** A store in an image: one file without gaps, from block `first` on. Everything is counted in blocks of 16 KiB. */
export interface StoreLayout extends MachineStore {
  readonly first: number;
  /** Of one bitmap: its own, and behind it that of the snapshot before, but for the oldest. */
  readonly bitmapBlocks: number;
  readonly hasPrevious: boolean;
  /** The first of them is the second block of the file, the others lie between the bitmaps and the data. */
  readonly listBlocks: number;
}

/**
 * Which block of an image is what. Block 0 holds the boot sector and the volume header, block n + 1 is block n of the
 * live volume, then come the catalog and the stores, oldest first, and the last block ends with the copy of the boot
 * sector. What follows the live volume belongs to no snapshot: nothing is ever written over there, nothing is copied.
 */
export interface ImageLayout {
  readonly blockCount: number;
  readonly liveBlocks: number;
  readonly catalogFirst: number;
  /** 0: there are no snapshots, and there is no catalog. */
  readonly catalogBlocks: number;
  readonly stores: readonly StoreLayout[];
}

/** In every store: the header, the first block of the block list, the range list. Then the bitmaps. */
export const FIXED_STORE_BLOCKS = 3;

export function layoutOf(machine: Machine): ImageLayout {
  const stores = storesOf(machine);
  const catalogBlocks =
    stores.length === 0
      ? 0
      : Math.max(FEWEST_CATALOG_BLOCKS, Math.ceil(stores.length / SNAPSHOTS_PER_CATALOG_BLOCK));
  // The bitmaps stand for the blocks of the image, themselves among them.
  for (let bitmapBlocks = 1; ; bitmapBlocks += 1) {
    const layout = placeStores(machine, stores, catalogBlocks, bitmapBlocks);
    if (layout.blockCount <= bitmapBlocks * BITS_PER_BITMAP_BLOCK) return layout;
  }
}

function placeStores(
  machine: Machine,
  stores: readonly MachineStore[],
  catalogBlocks: number,
  bitmapBlocks: number,
): ImageLayout {
  const liveBlocks = machine.live.length;
  const catalogFirst = FIRST_LIVE_BLOCK + liveBlocks;
  let next = catalogFirst + catalogBlocks;
  const placed = stores.map((store, index): StoreLayout => {
    const listBlocks = Math.max(1, Math.ceil(store.slots.length / DESCRIPTORS_PER_BLOCK));
    const layout = { ...store, first: next, bitmapBlocks, hasPrevious: index > 0, listBlocks };
    next += storeSizeBlocks(layout);
    return layout;
  });
  return { blockCount: next + 1, liveBlocks, catalogFirst, catalogBlocks, stores: placed };
}

export function storeSizeBlocks(store: StoreLayout): number {
  return firstDataBlock(store) - store.first + store.slots.length;
}

/** Where the further blocks of the block list begin. */
export function firstFurtherList({ first, bitmapBlocks, hasPrevious }: StoreLayout): number {
  return first + FIXED_STORE_BLOCKS + bitmapBlocks * (hasPrevious ? 2 : 1);
}

export function firstDataBlock(store: StoreLayout): number {
  return firstFurtherList(store) + store.listBlocks - 1;
}

export function offsetOfBlock(block: number): number {
  return block * BLOCK_SIZE_BYTES;
}
