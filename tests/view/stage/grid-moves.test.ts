import { describe, expect, it } from 'vitest';
import { moveWithKey, paneAround } from '../../../src/view/stage/grid-moves';

const VOLUME = { count: 1_000, columns: 32 };

function pressed(index: number, key: string, ctrlKey = false, pageRows: number | null = 4): number | null {
  return moveWithKey(VOLUME, index, { key, ctrlKey }, pageRows);
}

describe('keys in a grid', () => {
  it.each([
    ['ArrowRight', 101],
    ['ArrowLeft', 99],
    ['ArrowDown', 132],
    ['ArrowUp', 68],
    ['Home', 96],
    ['End', 127],
    ['PageDown', 228],
    ['PageUp', null],
  ])('%s leads from 100 to %s', (key, next) => {
    expect(pressed(100, key)).toBe(next);
  });

  it('Ctrl leads to the first and the last cell', () => {
    expect([pressed(100, 'Home', true), pressed(100, 'End', true)]).toEqual([0, 999]);
  });

  it('lead nowhere beyond the grid, and with Ctrl no other key leads anywhere', () => {
    expect([pressed(0, 'ArrowLeft'), pressed(999, 'ArrowDown'), pressed(100, 'ArrowRight', true)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(pressed(999, 'End')).toBe(999);
  });

  it('that turn pages do nothing in a grid without pages', () => {
    expect(pressed(100, 'PageDown', false, null)).toBeNull();
  });
});

describe('the part of a large grid that is there', () => {
  it('is the page that holds the cell', () => {
    expect(paneAround(VOLUME, 0, 8, 4)).toEqual({ column: 0, row: 0, columns: 8, rows: 4 });
    expect(paneAround(VOLUME, 5 * 32 + 15, 8, 4)).toEqual({ column: 8, row: 4, columns: 8, rows: 4 });
  });

  it('has fewer rows at the end', () => {
    expect(paneAround({ count: 70_000, columns: 512 }, 69_999, 8, 4)).toEqual({
      column: 360,
      row: 136,
      columns: 8,
      rows: 1,
    });
  });
});
