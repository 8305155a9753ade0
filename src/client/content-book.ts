import { BLOCK_SIZE_BYTES } from '../core/block';
import type { StoredRecipe } from '../core/content';
import type { EngineProblem } from '../core/problem';
import type { Result } from '../core/result';
import type { KeptContents } from '../protocol/answer';
import type { ContentPiece } from '../protocol/request';

/** How many contents come together. */
const CONTENTS_PER_PIECE = 64;

/** 16 MiB: what is looked at again and again lies close together. */
const PIECES_KEPT = 16;

type ReadPiece = (piece: ContentPiece) => Promise<Result<KeptContents, EngineProblem>>;

/** Bytes that came with a volume; or why there are none: they are damaged, or cannot be read just now. */
export type BroughtBytes =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'unread'; readonly problem: EngineProblem };

/** The bytes that volumes brought along, fetched from the engine when they are looked at. The latest few stay. */
export class ContentBook {
  readonly #read: ReadPiece;
  readonly #pieces = new Map<string, ReturnType<ReadPiece>>();

  constructor(read: ReadPiece) {
    this.#read = read;
  }

  async bytesOf({ start, index }: StoredRecipe): Promise<BroughtBytes> {
    const piece = Math.floor(index / CONTENTS_PER_PIECE);
    const read = await this.#pieceOf({ start, piece });
    if (!read.ok) return { kind: 'unread', problem: read.problem };
    const { bytes, damaged } = read.value;
    const position = index % CONTENTS_PER_PIECE;
    if (bytes === null || damaged.includes(position)) return { kind: 'damaged' };
    const at = position * BLOCK_SIZE_BYTES;
    return { kind: 'bytes', bytes: bytes.subarray(at, at + BLOCK_SIZE_BYTES) };
  }

  #pieceOf(piece: ContentPiece): ReturnType<ReadPiece> {
    const key = `${piece.start} ${piece.piece}`;
    const reading = this.#pieces.get(key) ?? this.#read(piece);
    this.#pieces.delete(key);
    this.#pieces.set(key, reading);
    // What could not be read may be there the next time.
    void reading.then((read) => read.ok || this.#pieces.delete(key));
    const [oldest] = this.#pieces.keys();
    if (this.#pieces.size > PIECES_KEPT && oldest !== undefined) this.#pieces.delete(oldest);
    return reading;
  }
}
