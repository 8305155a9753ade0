/**
 * A table of unsigned 32-bit numbers that is a value: chunks are shared between the moments that agree on them
 * and copied on the first write, so a machine of a million blocks costs only what has changed.
 */
const CHUNK_SHIFT = 10;
export const CHUNK_SIZE = 1 << CHUNK_SHIFT;
const CHUNK_MASK = CHUNK_SIZE - 1;

const zeroChunks = new Map<number, Uint32Array>();

function zeroChunk(size: number): Uint32Array {
  const known = zeroChunks.get(size);
  if (known) return known;
  const chunk = new Uint32Array(size);
  zeroChunks.set(size, chunk);
  return chunk;
}

export class Table {
  private constructor(
    readonly length: number,
    /** Never written after construction. */
    readonly chunks: readonly Uint32Array[],
  ) {}

  /** A table of `length` zeros. */
  static zeros(length: number): Table {
    const chunks: Uint32Array[] = [];
    for (let start = 0; start < length; start += CHUNK_SIZE) {
      chunks.push(zeroChunk(Math.min(CHUNK_SIZE, length - start)));
    }
    return new Table(length, chunks);
  }

  static ofChunks(length: number, chunks: readonly Uint32Array[]): Table {
    return new Table(length, chunks);
  }

  get(index: number): number {
    return this.chunks[index >>> CHUNK_SHIFT]![index & CHUNK_MASK]!;
  }

  edit(): TableEditor {
    return new TableEditor(this);
  }
}

/** Writes to a table without touching the value it came from. `finish` gives the new value and ends the edit. */
export class TableEditor {
  readonly length: number;
  #chunks: Uint32Array[];
  #owned: Uint8Array | null = null;
  #source: Table;

  constructor(source: Table) {
    this.length = source.length;
    this.#source = source;
    this.#chunks = source.chunks as Uint32Array[];
  }

  get(index: number): number {
    return this.#chunks[index >>> CHUNK_SHIFT]![index & CHUNK_MASK]!;
  }

  set(index: number, value: number): void {
    const chunk = index >>> CHUNK_SHIFT;
    if (this.#owned === null) {
      this.#chunks = this.#chunks.slice();
      this.#owned = new Uint8Array(this.#chunks.length);
    }
    if (this.#owned[chunk] === 0) {
      this.#chunks[chunk] = this.#chunks[chunk]!.slice();
      this.#owned[chunk] = 1;
    }
    this.#chunks[chunk]![index & CHUNK_MASK] = value;
  }

  finish(): Table {
    if (this.#owned === null) return this.#source;
    this.#owned = null;
    this.#source = Table.ofChunks(this.length, this.#chunks);
    return this.#source;
  }
}
