/**
 * Randomness that can be repeated: a hash of (seed, index), so that any part of a sequence can be made without the
 * parts before it. The mixing is the finalizer of MurmurHash3 (32 bit, public domain).
 */
function mix(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** An unsigned 32-bit number for the place `index` in the sequence of `seed`. */
export function randomAt(seed: number, index: number): number {
  return mix(mix(seed) + Math.imul(index, 0x9e3779b1) + 0x7f4a7c15);
}

/** Fills numbers with what `randomAt` gives for the places from 0 on: millions of them, where contents are made. */
export function fillRandom(numbers: Uint32Array, seed: number): void {
  let place = (mix(seed) + 0x7f4a7c15) | 0;
  for (let index = 0; index < numbers.length; index += 1) {
    let hash = Math.imul(place ^ (place >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    numbers[index] = hash ^ (hash >>> 16);
    place = (place + 0x9e3779b1) | 0;
  }
}

/** A whole number from 0 to `below - 1`. */
export function randomBelow(seed: number, index: number, below: number): number {
  return Math.floor((randomAt(seed, index) / 0x1_0000_0000) * below);
}
