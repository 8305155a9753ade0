import { BlockPlaces } from './block-places';

const FIRST_CAPACITY = 1024;

/**
 * Numbers the blocks that a trace touches from 0, in the order in which they are first asked for: so a trace over volumes
 * of any size fits a machine of as many blocks as it touches.
 */
export class DenseBlocks {
  readonly #limit: number;
  readonly #places: BlockPlaces;
  /** By place: the index plus one. */
  #indexes = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  /** @param limit how many blocks get an index */
  constructor(limit: number) {
    this.#limit = limit;
    this.#places = new BlockPlaces(limit);
  }

  /** How many blocks have an index. */
  get size(): number {
    return this.#size;
  }

  /** The block's index, or -1 for a new block beyond the limit. */
  indexOf(device: number, block: number): number {
    const place = this.#places.placeOf(device, block);
    if (place < 0) return -1;
    if (place >= this.#indexes.length) this.#makeRoom();
    const known = this.#indexes[place]!;
    if (known !== 0) return known - 1;
    if (this.#size === this.#limit) return -1;
    this.#size += 1;
    this.#indexes[place] = this.#size;
    return this.#size - 1;
  }

  #makeRoom(): void {
    const longer = new Uint32Array(this.#indexes.length * 2);
    longer.set(this.#indexes);
    this.#indexes = longer;
  }
}
