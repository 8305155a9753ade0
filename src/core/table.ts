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

/** The number by which chunks are compared. */
export type ChunkHash = (chunk: Uint32Array) => number;

/** A chunk is never written once a table has it, so it is hashed once in its life. */
const hashesOfChunks = new WeakMap<Uint32Array, number>();

function hashOnce(chunk: Uint32Array, hash: ChunkHash): number {
  const known = hashesOfChunks.get(chunk);
  if (known !== undefined) return known;
  const found = hash(chunk);
  hashesOfChunks.set(chunk, found);
  return found;
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

  get chunkCount(): number {
    return this.chunks.length;
  }

  /** The hash of chunk number `chunk`: always by the same function. */
  hashOf(chunk: number, hash: ChunkHash): number {
    return hashOnce(this.chunks[chunk]!, hash);
  }

  edit(): TableEditor {
    return new TableEditor(this);
  }
}

/** What an editor may do with a chunk: it belongs to others, or it is its own and has changed since it was hashed, or not. */
const SHARED = 0;
const CHANGED = 1;
const HASHED = 2;

/** Writes to a table without touching the value it came from. `finish` gives the new value and ends the edit. */
export class TableEditor {
  readonly length: number;
  #chunks: Uint32Array[];
  /** Per chunk, once one was written: what may be done with it. */
  #states: Uint8Array | null = null;
  #hashes: number[] | null = null;
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
    if (this.#states === null || this.#states[chunk] !== CHANGED) this.#own(chunk);
    this.#chunks[chunk]![index & CHUNK_MASK] = value;
  }

  #own(chunk: number): void {
    if (this.#states === null) {
      this.#chunks = this.#chunks.slice();
      this.#states = new Uint8Array(this.#chunks.length);
    }
    if (this.#states[chunk] === SHARED) this.#chunks[chunk] = this.#chunks[chunk]!.slice();
    this.#states[chunk] = CHANGED;
  }

  get chunkCount(): number {
    return this.#chunks.length;
  }

  /** The same as the finished table would say: a chunk is hashed again when it was written since. */
  hashOf(chunk: number, hash: ChunkHash): number {
    if (this.#states === null || this.#states[chunk] === SHARED) return hashOnce(this.#chunks[chunk]!, hash);
    this.#hashes ??= [];
    if (this.#states[chunk] === CHANGED) {
      this.#hashes[chunk] = hash(this.#chunks[chunk]!);
      this.#states[chunk] = HASHED;
    }
    return this.#hashes[chunk]!;
  }

  finish(): Table {
    if (this.#states === null) return this.#source;
    this.#states = null;
    this.#source = Table.ofChunks(this.length, this.#chunks);
    return this.#source;
  }
}
