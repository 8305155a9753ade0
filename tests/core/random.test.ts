import { describe, expect, it } from 'vitest';
import { randomAt, randomBelow } from '../../src/core/random';

describe('randomness', () => {
  it('can be repeated from any place on', () => {
    const sequence = Array.from({ length: 8 }, (_, index) => randomAt(42, index));
    expect(Array.from({ length: 4 }, (_, index) => randomAt(42, 4 + index))).toEqual(sequence.slice(4));
  });

  it('never changes: stored bursts depend on it', () => {
    // Worked out with whole numbers of unlimited size, after the published finalizer of MurmurHash3.
    expect(randomAt(0, 0)).toBe(1270938603);
    expect(randomAt(1, 0)).toBe(2761821497);
    expect(randomAt(1, 1)).toBe(1403544159);
    expect(randomAt(0xffff_ffff, 1_000_000)).toBe(2381223733);
  });

  it('gives unsigned numbers of 32 bits, and stays below a limit', () => {
    for (let index = 0; index < 1_000; index += 1) {
      const value = randomAt(7, index);
      expect(Number.isInteger(value) && value >= 0 && value < 0x1_0000_0000).toBe(true);
      expect(randomBelow(7, index, 3)).toBe(Math.floor((value * 3) / 0x1_0000_0000));
    }
  });

  it('reaches every number below the limit about as often', () => {
    const counts = new Array<number>(10).fill(0);
    for (let index = 0; index < 10_000; index += 1) counts[randomBelow(3, index, 10)]! += 1;
    expect(Math.min(...counts)).toBeGreaterThan(850);
    expect(Math.max(...counts)).toBeLessThan(1_150);
  });

  it('differs from seed to seed', () => {
    const first = new Set(Array.from({ length: 1_000 }, (_, seed) => randomAt(seed, 0)));
    expect(first.size).toBe(1_000);
  });
});
