import { BLOCK_SIZE_BYTES } from '../../core/block';
import { BLOCK_HEADER_SIZE_BYTES } from './block-header';
import { readU64, viewOf, writeU64 } from './numbers';

const RANGE_SIZE_BYTES = 24;

/** A part of a store's file: `offset` on the volume, `relative` in the file. Bytes. */
export interface StoreRange {
  readonly offset: number;
  readonly relative: number;
  readonly sizeBytes: number;
}

export function fillRangeList(block: Uint8Array, { offset, relative, sizeBytes }: StoreRange): void {
  const view = viewOf(block);
  writeU64(view, BLOCK_HEADER_SIZE_BYTES, offset);
  writeU64(view, BLOCK_HEADER_SIZE_BYTES + 8, relative);
  writeU64(view, BLOCK_HEADER_SIZE_BYTES + 16, sizeBytes);
}

/** The ranges of a block in order, without the empty places. */
export function parseRangeList(block: Uint8Array): readonly StoreRange[] {
  const view = viewOf(block);
  const ranges: StoreRange[] = [];
  const lastStart = BLOCK_SIZE_BYTES - RANGE_SIZE_BYTES;
  for (let at = BLOCK_HEADER_SIZE_BYTES; at <= lastStart; at += RANGE_SIZE_BYTES) {
    const range = {
      offset: readU64(view, at),
      relative: readU64(view, at + 8),
      sizeBytes: readU64(view, at + 16),
    };
    if (range.sizeBytes > 0) ranges.push(range);
  }
  return ranges;
}
