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

/** The number that a place with what it holds adds to the sum of a table; 0 for a 0. The last steps are MurmurHash3's. */
function weightOf(index: number, value: number): number {
  if (value === 0) return 0;
  let hash = Math.imul(index ^ 0x5ca1ab1e, 0x9e37_79b1) + Math.imul(value, 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a_2d39);
  return hash ^ (hash >>> 15);
}

function sumOf(chunks: readonly Uint32Array[]): number {
  let sum = 0;
  chunks.forEach((chunk, at) =>
    chunk.forEach((value, offset) => (sum = (sum + weightOf((at << CHUNK_SHIFT) + offset, value)) | 0)),
  );
  return sum;
}

export class Table {
  private constructor(
    readonly length: number,
    /** Never written after construction. */
    readonly chunks: readonly Uint32Array[],
    /** The same for tables that hold the same, however they came about: 32 bits, kept up with every write. */
    readonly sum: number,
  ) {}

  /** A table of `length` zeros. */
  static zeros(length: number): Table {
    const chunks: Uint32Array[] = [];
    for (let start = 0; start < length; start += CHUNK_SIZE) {
      chunks.push(zeroChunk(Math.min(CHUNK_SIZE, length - start)));
    }
    return new Table(length, chunks, 0);
  }

  /** `sum`: what the chunks add up to, where that is known. */
  static ofChunks(length: number, chunks: readonly Uint32Array[], sum = sumOf(chunks)): Table {
    return new Table(length, chunks, sum);
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
  /** Per chunk, once one was written: whether it is the editor's own. */
  #isOwn: Uint8Array | null = null;
  #sum: number;
  #source: Table;
  /** Places and what they held, `#tracked` numbers of them: it is written over, for it is needed all the time. */
  readonly #track: number[] = [];
  /** Below 0: nobody wants to take anything back. */
  #tracked = -1;

  constructor(source: Table) {
    this.length = source.length;
    this.#source = source;
    this.#sum = source.sum;
    this.#chunks = source.chunks as Uint32Array[];
  }

  /** As the finished table will have it. */
  get sum(): number {
    return this.#sum;
  }

  get(index: number): number {
    return this.#chunks[index >>> CHUNK_SHIFT]![index & CHUNK_MASK]!;
  }

  /** Whether both tables, of the same length, hold the same by now. */
  isSame(other: TableEditor): boolean {
    return this.#chunks.every((chunk, at) => {
      const others = other.#chunks[at]!;
      return chunk === others || chunk.every((value, offset) => value === others[offset]);
    });
  }

  set(index: number, value: number): void {
    const chunk = index >>> CHUNK_SHIFT;
    const before = this.#chunks[chunk]![index & CHUNK_MASK]!;
    if (before === value) return;
    if (this.#tracked >= 0) this.#keepTrackOf(index, before);
    if (this.#isOwn === null || this.#isOwn[chunk] === 0) this.#own(chunk);
    this.#chunks[chunk]![index & CHUNK_MASK] = value;
    this.#sum = (this.#sum + weightOf(index, value) - weightOf(index, before)) | 0;
  }

  #keepTrackOf(index: number, before: number): void {
    this.#track[this.#tracked] = index;
    this.#track[this.#tracked + 1] = before;
    this.#tracked += 2;
  }

  /** From here on, until `endTrack`, what is written can be taken back. */
  keepTrack(): void {
    this.#tracked = 0;
  }

  /** `isKept`: or else everything since `keepTrack` is taken back. */
  endTrack(isKept: boolean): void {
    const end = isKept ? 0 : this.#tracked;
    this.#tracked = -1;
    for (let at = end - 2; at >= 0; at -= 2) this.set(this.#track[at]!, this.#track[at + 1]!);
  }

  #own(chunk: number): void {
    if (this.#isOwn === null) {
      this.#chunks = this.#chunks.slice();
      this.#isOwn = new Uint8Array(this.#chunks.length);
    }
    this.#chunks[chunk] = this.#chunks[chunk]!.slice();
    this.#isOwn[chunk] = 1;
  }

  finish(): Table {
    if (this.#isOwn === null) return this.#source;
    this.#isOwn = null;
    this.#source = Table.ofChunks(this.length, this.#chunks, this.#sum);
    return this.#source;
  }
}
