import { BLOCK_SIZE_BYTES } from '../../core/block';
import { BLOCK_HEADER_SIZE_BYTES } from './block-header';

const BITMAP_BYTES_PER_BLOCK = BLOCK_SIZE_BYTES - BLOCK_HEADER_SIZE_BYTES;

/** About 2 GB of volume. */
export const BITS_PER_BITMAP_BLOCK = 8 * BITMAP_BYTES_PER_BLOCK;

/** Which blocks of the volume were not in use: bit i, from the lowest of each byte on, stands for block i. */
export class Bitmap {
  readonly #bytes: Uint8Array;

  /** @param blocks of the chain, with their headers */
  constructor(blocks: readonly Uint8Array[]) {
    this.#bytes = new Uint8Array(blocks.length * BITMAP_BYTES_PER_BLOCK);
    blocks.forEach((block, index) => {
      this.#bytes.set(block.subarray(BLOCK_HEADER_SIZE_BYTES), index * BITMAP_BYTES_PER_BLOCK);
    });
  }

  /** Blocks beyond its end count as used. */
  isUnused(block: number): boolean {
    return (((this.#bytes[Math.floor(block / 8)] ?? 0) >>> (block % 8)) & 1) === 1;
  }
}
