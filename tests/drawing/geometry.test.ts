import { describe, expect, it } from 'vitest';
import {
  beforeGate,
  cellRect,
  cellSize,
  parcelSize,
  type GridGeometry,
  type StageGeometry,
} from '../../src/drawing/geometry';

const RECT = { x: 100, y: 50, width: 170, height: 170 };
const GRID: GridGeometry = { rect: RECT, columns: 8, gap: 2 };

/** A map of 1,024 columns of which the middle can be seen. */
function mapOf(cell: number): GridGeometry {
  const middle = 85 - 512 * cell;
  return { rect: RECT, columns: 1_024, gap: 0, view: { cell, x: middle, y: middle } };
}

function stageOf(live: GridGeometry): StageGeometry {
  const nowhere = { x: 0, y: 0, width: 0, height: 0 };
  const gate = { x: 60, y: 60, width: 20, height: 60 };
  const diff = { ...GRID, rect: { ...RECT, x: 400 } };
  return { width: 600, height: 300, program: nowhere, gate, live, lane: nowhere, diff, cards: new Map() };
}

describe('a grid that is there whole', () => {
  it('has its cells side by side', () => {
    expect(cellSize(GRID)).toBe(19.5);
    expect(cellRect(GRID, 0)).toEqual({ x: 100, y: 50, width: 19.5, height: 19.5 });
    expect(cellRect(GRID, 10)).toEqual({ x: 143, y: 71.5, width: 19.5, height: 19.5 });
  });
});

describe('a map', () => {
  const inView = 512 * 1_024 + 512;

  it('has its blocks where they can be seen', () => {
    expect(cellRect(mapOf(20), inView)).toEqual({ x: 185, y: 135, width: 20, height: 20 });
  });

  it('leaves room to mark a block that is smaller than a pixel, around its middle', () => {
    const { x, y, width, height } = cellRect(mapOf(0.5), inView);

    expect([width, height]).toEqual([6, 6]);
    expect(x + width / 2).toBe(185.25);
    expect(y + height / 2).toBe(135.25);
  });

  it('has blocks out of sight at its edge', () => {
    expect(cellRect(mapOf(20), 0)).toEqual({ x: 100, y: 50, width: 20, height: 20 });
    expect(cellRect(mapOf(20), 1_024 * 1_024 - 1)).toEqual({ x: 250, y: 200, width: 20, height: 20 });
  });
});

it('a parcel is as large as a block, but never too small to be followed', () => {
  expect(parcelSize(stageOf(GRID))).toBe(19.5);
  expect(parcelSize(stageOf(mapOf(0.17)))).toBe(14);
  expect(parcelSize(stageOf(mapOf(24)))).toBe(24);
});

it('a request keeps its distance from the gate however small the blocks are', () => {
  expect(beforeGate(stageOf(mapOf(0.17))).x).toBeCloseTo(60 - 14 * 0.9);
});
