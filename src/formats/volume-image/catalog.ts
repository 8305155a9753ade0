import { BLOCK_SIZE_BYTES } from '../../core/block';
import { BLOCK_HEADER_SIZE_BYTES } from './block-header';
import { guidBytes, readGuid } from './guid';
import { readU64, viewOf, writeU64 } from './numbers';

const ENTRY_SIZE_BYTES = 128;
const ENTRIES_PER_BLOCK = (BLOCK_SIZE_BYTES - BLOCK_HEADER_SIZE_BYTES) / ENTRY_SIZE_BYTES;

/** A snapshot takes two entries, which a reader expects one after the other. */
export const SNAPSHOTS_PER_CATALOG_BLOCK = Math.floor(ENTRIES_PER_BLOCK / 2);

const ENTRY_TYPES = { end: 0, free: 1, snapshot: 2, store: 3 } as const;

/** "Has been committed", as Windows writes it; blocks that were free keep what they held. */
const COMMITTED = 0x40;

/** The MFT reference of the store's file, as in a real volume. No reader follows it. */
const FILE_REFERENCE_HIGH = 0x1_0000;
const FILE_REFERENCE_LOW = 0x25;

export interface SnapshotEntry {
  readonly store: string;
  readonly volumeSizeBytes: number;
  /** 1 for the oldest snapshot, one more for each newer one. */
  readonly sequence: number;
  readonly flags: number;
  /** FILETIME. */
  readonly createdAt: bigint;
}

/** Where the parts of a store begin, in bytes from the start of the volume; 0: there is none. */
export interface StoreEntry {
  readonly store: string;
  readonly blockListOffset: number;
  readonly headerOffset: number;
  readonly rangeListOffset: number;
  readonly bitmapOffset: number;
  readonly previousBitmapOffset: number;
}

export interface CatalogPair {
  readonly snapshot: Omit<SnapshotEntry, 'flags'>;
  readonly location: StoreEntry;
}

/** @param pairs at most `SNAPSHOTS_PER_CATALOG_BLOCK` */
export function fillCatalogBlock(block: Uint8Array, pairs: readonly CatalogPair[]): void {
  const view = viewOf(block);
  pairs.forEach(({ snapshot, location }, index) => {
    const at = BLOCK_HEADER_SIZE_BYTES + 2 * index * ENTRY_SIZE_BYTES;
    writeSnapshotEntry(block, at, snapshot);
    writeStoreEntry(block, at + ENTRY_SIZE_BYTES, location, index);
  });
  // An entry of type 0 ends the catalog for some readers: what follows a full block would be lost to them.
  if (pairs.length === SNAPSHOTS_PER_CATALOG_BLOCK) {
    writeU64(view, BLOCK_SIZE_BYTES - ENTRY_SIZE_BYTES, ENTRY_TYPES.free);
  }
}

function writeSnapshotEntry(block: Uint8Array, at: number, entry: CatalogPair['snapshot']): void {
  const view = viewOf(block);
  writeU64(view, at, ENTRY_TYPES.snapshot);
  writeU64(view, at + 8, entry.volumeSizeBytes);
  block.set(guidBytes(entry.store), at + 16);
  writeU64(view, at + 32, entry.sequence);
  writeU64(view, at + 40, COMMITTED);
  view.setBigUint64(at + 48, entry.createdAt, true);
}

function writeStoreEntry(block: Uint8Array, at: number, entry: StoreEntry, index: number): void {
  const view = viewOf(block);
  writeU64(view, at, ENTRY_TYPES.store);
  writeU64(view, at + 8, entry.blockListOffset);
  block.set(guidBytes(entry.store), at + 16);
  writeU64(view, at + 32, entry.headerOffset);
  writeU64(view, at + 40, entry.rangeListOffset);
  writeU64(view, at + 48, entry.bitmapOffset);
  view.setUint32(at + 56, FILE_REFERENCE_LOW + index, true);
  view.setUint32(at + 60, FILE_REFERENCE_HIGH, true);
  writeU64(view, at + 72, entry.previousBitmapOffset);
}

export type CatalogEntry =
  | { readonly type: 'snapshot'; readonly entry: SnapshotEntry }
  | { readonly type: 'store'; readonly entry: StoreEntry }
  | { readonly type: 'empty' }
  | { readonly type: 'unknown' };

/** The entries of a block, in order. */
export function parseCatalogBlock(block: Uint8Array): readonly CatalogEntry[] {
  return Array.from({ length: ENTRIES_PER_BLOCK }, (_, index) =>
    parseEntry(block, BLOCK_HEADER_SIZE_BYTES + index * ENTRY_SIZE_BYTES),
  );
}

function parseEntry(block: Uint8Array, at: number): CatalogEntry {
  // Windows 10 keeps the priority of the snapshot in the fifth byte (dfir_ntfs).
  switch (viewOf(block).getUint32(at, true)) {
    case ENTRY_TYPES.end:
    case ENTRY_TYPES.free:
      return { type: 'empty' };
    case ENTRY_TYPES.snapshot:
      return { type: 'snapshot', entry: parseSnapshotEntry(block, at) };
    case ENTRY_TYPES.store:
      return { type: 'store', entry: parseStoreEntry(block, at) };
    default:
      return { type: 'unknown' };
  }
}

function parseSnapshotEntry(block: Uint8Array, at: number): SnapshotEntry {
  const view = viewOf(block);
  return {
    store: readGuid(block, at + 16),
    volumeSizeBytes: readU64(view, at + 8),
    sequence: readU64(view, at + 32),
    flags: readU64(view, at + 40),
    createdAt: view.getBigUint64(at + 48, true),
  };
}

function parseStoreEntry(block: Uint8Array, at: number): StoreEntry {
  const view = viewOf(block);
  return {
    store: readGuid(block, at + 16),
    blockListOffset: readU64(view, at + 8),
    headerOffset: readU64(view, at + 32),
    rangeListOffset: readU64(view, at + 40),
    bitmapOffset: readU64(view, at + 48),
    previousBitmapOffset: readU64(view, at + 72),
  };
}
