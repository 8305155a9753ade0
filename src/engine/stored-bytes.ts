import { BLOCK_SIZE_BYTES } from '../core/block';
import { ZEROS_STAMP } from '../core/content';
import type { History } from '../core/history';
import type { BytesRow } from '../storage/laboratory-store';
import type { ContentName } from './stored-contents';
import { renderStamp } from './stored-image';

/** Block number `position` of a segment, as a view. */
export function blockIn(row: BytesRow, position: number): BytesRow {
  if (row.kind !== 'bytes') return row;
  const first = position * BLOCK_SIZE_BYTES;
  const bytes = row.bytes.subarray(first, first + BLOCK_SIZE_BYTES);
  return bytes.length === BLOCK_SIZE_BYTES
    ? { kind: 'bytes', bytes }
    : { kind: 'unreadable', reason: `there are ${row.bytes.length} bytes in its segment` };
}

/** Why the bytes of a block are not those of a content, as a log tells it; `null` when they are. */
export function reasonAgainst(
  bytes: Uint8Array<ArrayBuffer>,
  history: History,
  { world, stamp }: ContentName,
): string | null {
  if (stamp === ZEROS_STAMP) return 'it was never written';
  const expected = new Uint8Array(BLOCK_SIZE_BYTES);
  renderStamp(expected, history, world, stamp);
  return isEqual(bytes, expected) ? null : 'its bytes are others';
}

/** Whole blocks are compared in words of four bytes. */
function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  const words = wordsOf(one);
  const others = wordsOf(other);
  return words.length === others.length && words.every((word, index) => word === others[index]);
}

function wordsOf({ buffer, byteOffset, length }: Uint8Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length / Uint32Array.BYTES_PER_ELEMENT);
}
