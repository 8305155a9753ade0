import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHUNK_SIZE, Table } from '../../src/core/table';

function set(table: Table, index: number, value: number): Table {
  const editor = table.edit();
  editor.set(index, value);
  return editor.finish();
}

describe('a table', () => {
  it('begins with zeros, to its last place', () => {
    const table = Table.zeros(CHUNK_SIZE + 1);
    expect([table.length, table.get(0), table.get(CHUNK_SIZE)]).toEqual([CHUNK_SIZE + 1, 0, 0]);
    expect(table.chunks.map((chunk) => chunk.length)).toEqual([CHUNK_SIZE, 1]);
  });

  it('holds whole numbers of 32 bits', () => {
    expect(set(Table.zeros(2), 1, 0xffff_ffff).get(1)).toBe(0xffff_ffff);
  });

  it('is a value: an edit leaves it as it was', () => {
    const table = set(Table.zeros(8), 3, 7);
    const changed = set(table, 3, 9);
    expect([table.get(3), changed.get(3)]).toEqual([7, 9]);
  });

  it('shares the chunks that did not change with the table it came from', () => {
    const table = Table.zeros(3 * CHUNK_SIZE);
    const changed = set(table, CHUNK_SIZE + 5, 1);
    expect(changed.chunks.map((chunk, index) => chunk === table.chunks[index])).toEqual([true, false, true]);
  });

  it('shares the zeros of all new tables, and no write shows in another', () => {
    const [one, other] = [Table.zeros(CHUNK_SIZE), Table.zeros(CHUNK_SIZE)];
    expect(one.chunks[0]).toBe(other.chunks[0]);
    set(one, 0, 5);
    expect([one.get(0), other.get(0), Table.zeros(CHUNK_SIZE).get(0)]).toEqual([0, 0, 0]);
  });

  it('comes back itself from an edit that wrote nothing', () => {
    const table = Table.zeros(8);
    expect(table.edit().finish()).toBe(table);
  });

  it('can be edited on after an edit was finished, without changing what was given out', () => {
    const editor = Table.zeros(8).edit();
    editor.set(0, 1);
    const first = editor.finish();
    editor.set(0, 2);
    editor.set(1, 3);
    const second = editor.finish();
    expect([first.get(0), first.get(1), second.get(0), second.get(1)]).toEqual([1, 0, 2, 3]);
  });

  it('reads in the middle of an edit what was written in it', () => {
    const editor = set(Table.zeros(8), 1, 4).edit();
    editor.set(0, 6);
    expect([editor.get(0), editor.get(1)]).toEqual([6, 4]);
  });

  it('does what an array does', () => {
    const length = 2 * CHUNK_SIZE + 3;
    const places = fc.integer({ min: 0, max: length - 1 });
    const edits = fc.array(fc.array(fc.tuple(places, fc.nat(0xffff_ffff)), { maxLength: 8 }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(edits, places, (sequence, place) => {
        const array = new Array<number>(length).fill(0);
        let table = Table.zeros(length);
        for (const writes of sequence) {
          const editor = table.edit();
          for (const [index, value] of writes) {
            editor.set(index, value);
            array[index] = value;
          }
          table = editor.finish();
          expect(writes.map(([index]) => table.get(index))).toEqual(writes.map(([index]) => array[index]));
        }
        expect(table.get(place)).toBe(array[place]);
      }),
      { numRuns: 50 },
    );
  });

  it('takes back what was written since track was kept, and keeps on being a value', () => {
    const table = set(Table.zeros(2 * CHUNK_SIZE), 3, 7);
    const editor = table.edit();
    editor.set(4, 1);
    editor.keepTrack();
    for (const [index, value] of [
      [3, 8],
      [3, 9],
      [4, 0],
      [CHUNK_SIZE, 5],
    ] as const)
      editor.set(index, value);
    editor.endTrack(false);
    expect([editor.get(3), editor.get(4), editor.get(CHUNK_SIZE)]).toEqual([7, 1, 0]);
    expect(editor.finish()).toEqual(set(table, 4, 1));
    expect([table.get(3), table.get(4)]).toEqual([7, 0]);
  });

  it('keeps what was written while track was kept, where that holds', () => {
    const editor = Table.zeros(8).edit();
    editor.keepTrack();
    editor.set(1, 4);
    editor.endTrack(true);
    editor.set(2, 5);
    editor.keepTrack();
    editor.set(2, 6);
    editor.endTrack(false);
    expect([editor.get(1), editor.get(2)]).toEqual([4, 5]);
  });

  it('is the same as another one that holds the same, however that came about', () => {
    const [one, other] = [Table.zeros(2 * CHUNK_SIZE).edit(), Table.zeros(2 * CHUNK_SIZE).edit()];
    expect(one.isSame(other)).toBe(true);
    one.set(CHUNK_SIZE, 3);
    expect(one.isSame(other)).toBe(false);
    other.set(0, 9);
    other.set(CHUNK_SIZE, 3);
    expect(one.isSame(other)).toBe(false);
    other.set(0, 0);
    expect(one.isSame(other)).toBe(true);
  });
});
