import { describe, expect, it } from 'vitest';
import { createMachine, DEFAULT_SETTINGS, type Machine } from '../../../src/core/machine';
import type { GridGeometry, Point } from '../../../src/drawing/geometry';
import { limitMarks } from '../../../src/drawing/motion/limit';

const RECT = { x: 100, y: 50, width: 160, height: 160 };
const COLUMNS = 32;

function machineOf(maximumBlocks: number | null): Machine {
  const sizes = { blockCount: 1_024, diffVolumeBlocks: 1_024, maximumBlocks };
  return createMachine({ ...DEFAULT_SETTINGS, ...sizes }, 'SNAPSHOT');
}

/** A map of 32 by 32 slots of which slot `first` lies in the upper left corner of the screen. */
function mapAt(cell: number, first = 0): GridGeometry {
  const [column, row] = [first % COLUMNS, Math.floor(first / COLUMNS)];
  return { rect: RECT, columns: COLUMNS, gap: 0, view: { cell, x: -column * cell, y: -row * cell } };
}

function lineOn(grid: GridGeometry, maximumBlocks: number | null): readonly Point[] {
  const [limit] = limitMarks(machineOf(maximumBlocks), grid);
  return limit?.kind === 'limit' ? limit.points : [];
}

describe('the limit of a diff area on a map', () => {
  it('lies below the last row that the maximum allows, as large as the map is drawn', () => {
    expect(lineOn(mapAt(5), 16 * COLUMNS)).toEqual([
      { x: 100, y: 130 },
      { x: 260, y: 130 },
    ]);
  });

  it('moves with the map', () => {
    // Eight rows of the map are in view, from row 12 on: row 16 begins in the middle.
    expect(lineOn(mapAt(20, 12 * COLUMNS), 16 * COLUMNS)).toEqual([
      { x: 100, y: 130 },
      { x: 260, y: 130 },
    ]);
  });

  it('goes around the slots of a row that is not full, as far as it is in view', () => {
    // Slot 16 * 32 + 4 is the first one beyond; columns 0 to 7 are in view.
    expect(lineOn(mapAt(20, 12 * COLUMNS), 16 * COLUMNS + 4)).toEqual([
      { x: 100, y: 150 },
      { x: 180, y: 150 },
      { x: 180, y: 130 },
      { x: 260, y: 130 },
    ]);
    // Columns 8 to 15 are in view: the corner is not.
    expect(lineOn(mapAt(20, 12 * COLUMNS + 8), 16 * COLUMNS + 4)).toEqual([
      { x: 100, y: 130 },
      { x: 260, y: 130 },
    ]);
  });

  it.for([0, 17 * COLUMNS])('is not drawn where it is out of sight, from slot %i on', (first) => {
    expect(lineOn(mapAt(20, first), 16 * COLUMNS)).toEqual([]);
  });

  it('is the end of the volume where nothing else stops it', () => {
    expect(lineOn(mapAt(5), null)).toEqual([
      { x: 100, y: 210 },
      { x: 260, y: 210 },
    ]);
    expect(lineOn(mapAt(20), null)).toEqual([]);
  });
});
