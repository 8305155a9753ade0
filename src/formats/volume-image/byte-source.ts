import { BadImage } from './bad-image';

/** Bytes that are read by slices: a file, a virtual disk inside it, a partition inside that. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** Exactly these bytes, which are only read. The range lies within the size. Rejects when they cannot be had. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** @throws {BadImage} for a range outside the source, or when the source fails */
export async function readBytes(source: ByteSource, offset: number, length: number): Promise<Uint8Array> {
  // Not a number compares as neither.
  if (!(offset >= 0 && offset + length <= source.sizeBytes)) {
    throw new BadImage({ kind: 'cutOff', neededBytes: offset + length, presentBytes: source.sizeBytes });
  }
  try {
    return await source.read(offset, length);
  } catch (error) {
    if (error instanceof BadImage) throw error;
    throw new BadImage({
      kind: 'unreadable',
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}

/** A part of a source, as a source. */
export function partOf(source: ByteSource, start: number, sizeBytes: number): ByteSource {
  return { sizeBytes, read: (offset, length) => readBytes(source, start + offset, length) };
}

/** The latest few of some values that cost something to get. */
export class Latest<Value> {
  readonly #values = new Map<number, Promise<Value>>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: number, make: () => Promise<Value>): Promise<Value> {
    const value = this.#values.get(key) ?? this.#make(key, make);
    this.#values.delete(key);
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > this.#limit && oldest !== undefined) this.#values.delete(oldest);
    return value;
  }

  /** What could not be had is not kept: the next one to ask tries again. */
  #make(key: number, make: () => Promise<Value>): Promise<Value> {
    const value = make();
    value.catch(() => this.#values.delete(key));
    return value;
  }
}

const PIECE_BYTES = 2 ** 18;
const PIECES_KEPT = 64;

/** Reads larger pieces than it is asked for and keeps the latest 16 MiB: asking a file costs more than reading it. */
export class BufferedSource implements ByteSource {
  readonly sizeBytes: number;
  readonly #source: ByteSource;
  readonly #pieces = new Latest<Uint8Array>(PIECES_KEPT);

  constructor(source: ByteSource) {
    this.sizeBytes = source.sizeBytes;
    this.#source = source;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const first = Math.floor(offset / PIECE_BYTES);
    const start = offset - first * PIECE_BYTES;
    if (start + length <= PIECE_BYTES) return (await this.#piece(first)).subarray(start, start + length);
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length;) {
      const place = Math.floor((offset + at) / PIECE_BYTES);
      const from = offset + at - place * PIECE_BYTES;
      const part = (await this.#piece(place)).subarray(from, from + length - at);
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  #piece(place: number): Promise<Uint8Array> {
    const start = place * PIECE_BYTES;
    const length = Math.min(PIECE_BYTES, this.sizeBytes - start);
    return this.#pieces.get(place, () => readBytes(this.#source, start, length));
  }
}
