import { describe, expect, test } from 'vitest';
import { CopyCurveBuilder, recordOfCopy } from '../../../src/core/replay/copy-curve';

/** `copies` copies, `each` of them in every record. */
function curve(copies: number, each: number): ReturnType<CopyCurveBuilder['finish']> {
  const builder = new CopyCurveBuilder();
  for (let copy = 0; copy < copies; copy += 1) builder.add(Math.floor(copy / each));
  return builder.finish();
}

describe('the record that made a copy', () => {
  test('is known exactly up to 262,144 copies', () => {
    const known = curve(262_144, 3);

    expect(known.stride).toBe(1);
    for (const copy of [1, 2, 3, 4, 1023, 1024, 1025, 262_143, 262_144]) {
      const record = Math.floor((copy - 1) / 3);
      expect(recordOfCopy(known, copy)).toEqual({ earliest: record, latest: record });
    }
  });

  test('is known between two marks beyond that, in bounded memory', () => {
    const known = curve(1_000_000, 1);

    expect(known.stride).toBe(4);
    expect(known.marks.length).toBe(250_000);
    expect(recordOfCopy(known, 400)).toEqual({ earliest: 399, latest: 399 });
    expect(recordOfCopy(known, 401)).toEqual({ earliest: 399, latest: 403 });
    expect(recordOfCopy(known, 1)).toEqual({ earliest: 0, latest: 3 });
    expect(recordOfCopy(known, 1_000_000)).toEqual({ earliest: 999_999, latest: 999_999 });
  });

  test('ends with the last copy where the marks do not', () => {
    expect(recordOfCopy(curve(262_145, 1), 262_145)).toEqual({ earliest: 262_143, latest: 262_144 });
  });

  test('is asked only of copies that there are', () => {
    expect(() => recordOfCopy(curve(3, 1), 4)).toThrow('copy 4 of 3');
    expect(() => recordOfCopy(curve(3, 1), 0)).toThrow('copy 0 of 3');
  });
});
