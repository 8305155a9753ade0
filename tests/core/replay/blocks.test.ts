import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlockPlaces } from '../../../src/core/replay/block-places';
import { DenseBlocks } from '../../../src/core/replay/dense-blocks';

/** Close together, in another half of the 39 bits, and at the ends. */
const block = fc.oneof(
  fc.nat(200),
  fc.integer({ min: 2 ** 32 - 50, max: 2 ** 32 + 50 }),
  fc.integer({ min: 0, max: 2 ** 39 - 1 }),
  fc.constant(2 ** 39 - 1),
);
const device = fc.oneof(fc.nat(3), fc.constant(65_535), fc.nat(65_535));
const asked = fc.array(fc.tuple(device, block), { maxLength: 400 });

describe('places of blocks', () => {
  test('are the same for the same block and others for others', () => {
    fc.assert(
      fc.property(asked, (questions) => {
        const places = new BlockPlaces(2 ** 20);
        const known = new Map<string, number>();
        for (const [of, at] of questions) {
          const place = places.placeOf(of, at);
          expect(known.get(`${of} ${at}`) ?? place).toBe(place);
          known.set(`${of} ${at}`, place);
        }
        expect(new Set(known.values()).size).toBe(known.size);
      }),
    );
  });

  test('of a range follow one another, however long', () => {
    const places = new BlockPlaces(2 ** 20);
    const found = Array.from({ length: 100_000 }, (_, index) => places.placeOf(7, index));

    expect(found).toEqual(Array.from({ length: 100_000 }, (_, index) => index));
  });

  test('of one block number on many devices are all different', () => {
    const places = new BlockPlaces(2 ** 20);
    const found = Array.from({ length: 20_000 }, (_, of) => places.placeOf(of, 5));

    expect(new Set(found).size).toBe(found.length);
  });

  test('end at the limit of groups; those given out stay', () => {
    const places = new BlockPlaces(2);

    expect([0, 1000, 15, 5000, 1015, 1007].map((at) => places.placeOf(1, at))).toEqual([
      ...[0, 24, 15],
      ...[-1, -1, 31],
    ]);
    expect(places.placeOf(2, 0)).toBe(-1);
  });
});

describe('dense numbers of blocks', () => {
  test('count up in the order of the first question', () => {
    const dense = new DenseBlocks(10);

    expect([9, 4, 9, 5, 4, 9].map((at) => dense.indexOf(0, at))).toEqual([0, 1, 0, 2, 1, 0]);
    expect(dense.indexOf(1, 9)).toBe(3);
    expect(dense.size).toBe(4);
  });

  test('say when there are more blocks than the limit', () => {
    const dense = new DenseBlocks(2);

    expect([4, 5, 6, 5, 4, 400_000].map((at) => dense.indexOf(0, at))).toEqual([0, 1, -1, 1, 0, -1]);
    expect(dense.size).toBe(2);
  });

  test('do what a map does', () => {
    fc.assert(
      fc.property(asked, fc.integer({ min: 1, max: 300 }), (questions, limit) => {
        const dense = new DenseBlocks(limit);
        const known = new Map<string, number>();
        for (const [of, at] of questions) {
          const key = `${of} ${at}`;
          if (!known.has(key) && known.size < limit) known.set(key, known.size);
          expect(dense.indexOf(of, at)).toBe(known.get(key) ?? -1);
        }
        expect(dense.size).toBe(known.size);
      }),
    );
  });
});
