import type { Machine } from '../../core/machine';
import { createBlock, RECORD_TYPES, type RecordType } from './block-header';
import { DESCRIPTORS_PER_BLOCK, fillBlockList } from './block-list';
import {
  FIRST_LIVE_BLOCK,
  firstDataBlock,
  firstFurtherList,
  FIXED_STORE_BLOCKS,
  offsetOfBlock,
  storeSizeBlocks,
  type StoreLayout,
} from './layout';
import { fillRangeList } from './range-list';
import { identityOf, type MachineOrigin } from './snapshot-identity';
import { fillStoreHeader } from './store-header';

const MACHINE_NAME = 'shadow-copy-lab';

/** Where the content of a stamp comes from: 16,384 bytes, which are only read; or what they are to be fetched with. */
export type ContentOf<Content> = (stamp: number) => Content;

/** The blocks of a store's file, in order. */
export function* storeBlocks<Content>(
  origin: MachineOrigin,
  machine: Machine,
  store: StoreLayout,
  contentOf: ContentOf<Content>,
): Generator<Uint8Array | Content> {
  const header = blockOf(store, RECORD_TYPES.storeHeader, store.first, 0);
  const { copy, copySet } = identityOf(origin, store.snapshot);
  fillStoreHeader(header, { copy, copySet, machine: MACHINE_NAME });
  yield header;
  yield listBlock(machine, store, 0);
  yield rangeBlock(store);
  yield* bitmapBlocks(store, store.first + FIXED_STORE_BLOCKS);
  if (store.hasPrevious) yield* bitmapBlocks(store, store.first + FIXED_STORE_BLOCKS + store.bitmapBlocks);
  for (let index = 1; index < store.listBlocks; index += 1) yield listBlock(machine, store, index);
  for (const slot of store.slots) yield contentOf(machine.diffContents.get(slot));
}

/** @param next the block after it in its chain; 0 for none */
function blockOf(store: StoreLayout, type: RecordType, block: number, next: number): Uint8Array {
  return createBlock({
    type,
    relativeOffset: offsetOfBlock(block - store.first),
    offset: offsetOfBlock(block),
    nextOffset: offsetOfBlock(next),
  });
}

function listBlock(machine: Machine, store: StoreLayout, index: number): Uint8Array {
  const further = firstFurtherList(store);
  const place = index === 0 ? store.first + 1 : further + index - 1;
  const isLast = index === store.listBlocks - 1;
  const block = blockOf(store, RECORD_TYPES.blockList, place, isLast ? 0 : further + index);
  const from = index * DESCRIPTORS_PER_BLOCK;
  const descriptors = store.slots.slice(from, from + DESCRIPTORS_PER_BLOCK).map((slot, offset) => {
    const data = firstDataBlock(store) + from + offset;
    return {
      original: offsetOfBlock(FIRST_LIVE_BLOCK + machine.slotBlock.get(slot)),
      relative: offsetOfBlock(data - store.first),
      data: offsetOfBlock(data),
    };
  });
  fillBlockList(block, descriptors);
  return block;
}

/** The file has no gaps. Its first three blocks stand in no range, as in every real store that was looked at. */
function rangeBlock(store: StoreLayout): Uint8Array {
  const block = blockOf(store, RECORD_TYPES.rangeList, store.first + 2, 0);
  fillRangeList(block, {
    offset: offsetOfBlock(store.first + FIXED_STORE_BLOCKS),
    relative: offsetOfBlock(FIXED_STORE_BLOCKS),
    sizeBytes: offsetOfBlock(storeSizeBlocks(store) - FIXED_STORE_BLOCKS),
  });
  return block;
}

/** No bit is set: every block is in use, so that all readers of the format agree on what it holds. */
function* bitmapBlocks(store: StoreLayout, first: number): Generator<Uint8Array> {
  for (let index = 0; index < store.bitmapBlocks; index += 1) {
    const isLast = index === store.bitmapBlocks - 1;
    yield blockOf(store, RECORD_TYPES.bitmap, first + index, isLast ? 0 : first + index + 1);
  }
}

/** The entry of the catalog that says where the parts of a store begin. */
export function locationOf(origin: MachineOrigin, store: StoreLayout) {
  const bitmap = store.first + FIXED_STORE_BLOCKS;
  return {
    store: identityOf(origin, store.snapshot).store,
    headerOffset: offsetOfBlock(store.first),
    blockListOffset: offsetOfBlock(store.first + 1),
    rangeListOffset: offsetOfBlock(store.first + 2),
    bitmapOffset: offsetOfBlock(bitmap),
    previousBitmapOffset: store.hasPrevious ? offsetOfBlock(bitmap + store.bitmapBlocks) : 0,
  };
}
