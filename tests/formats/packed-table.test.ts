import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Table } from '../../src/core/table';
import { packTable, unpackTable } from '../../src/formats/packed-table';

function tableOf(numbers: readonly number[]): Table {
  const table = Table.zeros(numbers.length).edit();
  numbers.forEach((number, index) => table.set(index, number));
  return table.finish();
}

function numbersOf(table: Table | null): readonly number[] | null {
  return table && Array.from({ length: table.length }, (_, index) => table.get(index));
}

/** Runs, sequences and numbers of any kind, one after the other. */
const numbers = fc
  .array(
    fc.oneof(
      fc.array(fc.nat(0xffff_ffff), { maxLength: 20 }),
      fc
        .tuple(fc.nat(0xffff_ffff), fc.nat(3_000))
        .map(([value, length]) => new Array<number>(length).fill(value)),
      fc
        .tuple(fc.nat(9_999), fc.nat(500))
        .map(([first, length]) => Array.from({ length }, (_, at) => first + at)),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.flat());

describe('a packed table', () => {
  it('is the same when it is unpacked', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const packed = packTable(tableOf(values));
        expect(numbersOf(unpackTable(packed, values.length))).toEqual(values);
        expect(JSON.stringify(packed)).toHaveLength(packed.length + 2);
      }),
    );
  });

  it('is short where the table is empty, repeats itself or counts', () => {
    expect(packTable(Table.zeros(1_000_000)).length).toBeLessThan(8);
    expect(packTable(tableOf(new Array<number>(5_000).fill(70_000))).length).toBeLessThan(10);
    expect(packTable(tableOf(Array.from({ length: 5_000 }, (_, at) => at + 9))).length).toBeLessThan(5_010);
  });

  it('shares its zeros with all other tables', () => {
    const table = unpackTable(packTable(tableOf([...new Array<number>(2_048).fill(0), 7])), 2_049)!;
    expect(table.chunks[0]).toBe(Table.zeros(1_024).chunks[0]);
  });
});

describe('what stands for no table', () => {
  const packed = packTable(tableOf([1, 2, 3, 9, 9, 9, 9, 9]));

  it.each([
    ['too short', packed.slice(0, -1), 8],
    ['too long', `${packed}A`, 8],
    ['of fewer numbers than expected', packed, 9],
    ['of more numbers than expected', packed, 7],
    ['with a digit that there is none of', packed.replace(packed[1]!, '?'), 8],
    ['empty', '', 8],
    ['with a group of nothing', `A${packed}`, 8],
    ['with a number below zero', 'CD', 1],
    ['with a number that has no end', `C${'g'.repeat(400)}`, 1],
    ['with a run without end', `${'/'.repeat(20)}A`, 8],
  ])('%s', (_, text, length) => {
    expect(unpackTable(text, length)).toBeNull();
  });

  it('with a number beyond the highest', () => {
    const text = packTable(tableOf([5, 6, 7]));
    expect(numbersOf(unpackTable(text, 3, 7))).toEqual([5, 6, 7]);
    expect(unpackTable(text, 3, 6)).toBeNull();
    expect(numbersOf(unpackTable(packTable(tableOf([0xffff_ffff])), 1))).toEqual([0xffff_ffff]);
  });
});
