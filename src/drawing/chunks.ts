import { CHUNK_SIZE } from '../core/table';

// Tables have up to a million entries. To ask a table for each of them takes several times as long as to walk its chunks.

/** A stretch of entries that lies in one chunk. */
export interface Stretch {
  readonly chunk: number;
  /** Where in the chunk it begins, and the entry that this is. */
  readonly offset: number;
  readonly first: number;
  readonly length: number;
}

/** The entries from `first` up to, and without, `end`. */
export function* stretchesOf(first: number, end: number): Generator<Stretch> {
  for (let at = first; at < end;) {
    const offset = at % CHUNK_SIZE;
    const length = Math.min(CHUNK_SIZE - offset, end - at);
    yield { chunk: (at - offset) / CHUNK_SIZE, offset, first: at, length };
    at += length;
  }
}
