const FIRST_SLOTS = 1024;
const WORDS_PER_SLOT = 3;
const TWO_TO_32 = 2 ** 32;
/** Blocks of a device are below 2^39, as its bytes are below 2^53: 7 bits stay for the upper half of a key. */
const HIGH_BITS = 7;
const GROUP_BITS = 4;
const GROUP_BLOCKS = 1 << GROUP_BITS;
const GROUP_MASK = GROUP_BLOCKS - 1;

/**
 * Gives every block of all devices of a trace a place in tables that cannot be as long as the volumes. Neighbouring
 * blocks come in groups of 16 with places side by side: writes touch neighbours, and a table of groups stays in the
 * processor's cache longer than one of blocks. A hash table with open addressing over one typed array, because a trace
 * asks many millions of times.
 */
export class BlockPlaces {
  readonly #limitGroups: number;
  /** Three words a slot: the key (lower and upper half), and the number of the group, from 1. */
  #table = new Uint32Array(FIRST_SLOTS * WORDS_PER_SLOT);
  #mask = FIRST_SLOTS - 1;
  #groups = 0;
  /** The group asked for last: the next block is often in it. */
  #lastLow = 0;
  #lastHigh = 0;
  #lastGroup = 0;

  /** @param limitGroups how many groups get places; each takes up to 48 bytes here */
  constructor(limitGroups: number) {
    this.#limitGroups = limitGroups;
  }

  /**
   * @param device below 65,536
   * @param block below 2^39
   * @returns the block's place, the same every time, or -1 when there are too many groups; a new group's places follow
   *   directly on those given out before
   */
  placeOf(device: number, block: number): number {
    const low = (block >>> 0) & ~GROUP_MASK;
    const high = (device << HIGH_BITS) | (block / TWO_TO_32);
    if (low !== this.#lastLow || high !== this.#lastHigh || this.#lastGroup === 0) {
      const group = this.#groupOf(low, high);
      if (group === 0) return -1;
      this.#lastLow = low;
      this.#lastHigh = high;
      this.#lastGroup = group;
    }
    return ((this.#lastGroup - 1) << GROUP_BITS) | (block & GROUP_MASK);
  }

  /** From 1; 0 for a new one beyond the limit. */
  #groupOf(low: number, high: number): number {
    const slot = this.#find(low, high);
    const known = this.#table[slot + 2]!;
    if (known !== 0 || this.#groups === this.#limitGroups) return known;
    this.#groups += 1;
    this.#put(slot, low, high, this.#groups);
    if (this.#groups * 2 > this.#mask + 1) this.#grow();
    return this.#groups;
  }

  /** Where in the table the key is, or where it belongs. */
  #find(low: number, high: number): number {
    const table = this.#table;
    const mask = this.#mask;
    let slot = hashOf(low, high) & mask;
    for (;;) {
      const at = slot * WORDS_PER_SLOT;
      if (table[at + 2] === 0 || (table[at] === low >>> 0 && table[at + 1] === high)) return at;
      slot = (slot + 1) & mask;
    }
  }

  #put(at: number, low: number, high: number, group: number): void {
    this.#table[at] = low;
    this.#table[at + 1] = high;
    this.#table[at + 2] = group;
  }

  #grow(): void {
    const old = this.#table;
    this.#mask = this.#mask * 2 + 1;
    this.#table = new Uint32Array((this.#mask + 1) * WORDS_PER_SLOT);
    for (let from = 0; from < old.length; from += WORDS_PER_SLOT) {
      const [low, high, group] = [old[from]!, old[from + 1]!, old[from + 2]!];
      if (group !== 0) this.#put(this.#find(low, high), low, high, group);
    }
  }
}

/** The multiplications are those of MurmurHash3's finalizer, which lets every bit of the key reach the lower ones. */
function hashOf(low: number, high: number): number {
  let hash = (low >>> GROUP_BITS) ^ Math.imul(high + 1, 0x9e37_79b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}
