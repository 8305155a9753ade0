import { describe, expect, test } from 'vitest';
import { growthPath, growthScales, rowsOfGrowth, sizeTicks } from '../../src/drawing/growth-plot';

const SIZE = { width: 100, height: 50 };

function curve(records: readonly number[], copies: readonly number[]) {
  const nothing = Float64Array.from(records, () => 0);
  return {
    ...{ writes: nothing, writtenBytes: nothing, uniqueBlocks: nothing },
    records: Float64Array.from(records),
    copies: Float64Array.from(copies),
  };
}

const GROWTH = curve([0, 5, 10], [0, 4, 8]);

describe('the growth of the copies', () => {
  test('goes from the lower left corner to the upper right one', () => {
    expect(growthPath(GROWTH, growthScales(GROWTH, 0, SIZE))).toBe('M0,50L50,25L100,0');
  });

  test('leaves room for a size a little above it, and none for one far above', () => {
    expect(growthScales(GROWTH, 9, SIZE).y(9)).toBe(0);
    expect(growthScales(GROWTH, 9, SIZE).y(8)).toBeCloseTo(50 / 9, 9);
    expect(growthScales(GROWTH, 1e9, SIZE).y(10)).toBe(0);
    expect(growthScales(GROWTH, 1e9, SIZE).y(1e9)).toBeLessThan(0);
  });

  test('of an empty trace is a point', () => {
    expect(growthPath(curve([0], [0]), growthScales(curve([0], [0]), 0, SIZE))).toBe('M0,50Z');
  });

  test('is marked at round sizes', () => {
    const scales = growthScales(curve([0, 1], [0, 192]), 0, SIZE);

    expect(sizeTicks(scales, 64)).toEqual([0, 64, 128, 192]);
  });
});

describe('rows for a table', () => {
  test('are all of a short curve, and evenly chosen ones of a long one', () => {
    const long = curve(
      Array.from({ length: 513 }, (_, index) => index),
      Array.from({ length: 513 }, () => 0),
    );

    expect(rowsOfGrowth(GROWTH, 17)).toEqual([0, 1, 2]);
    expect(rowsOfGrowth(long, 5)).toEqual([0, 128, 256, 384, 512]);
    expect(rowsOfGrowth(curve([0], [0]), 5)).toEqual([0]);
  });
});
