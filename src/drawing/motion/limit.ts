import type { Machine } from '../../core/machine';
import { cellSize, type GridGeometry, type Point, type Rect } from '../geometry';
import type { Mark } from './mark';

/** The line that the diff area cannot grow beyond: its maximum, or the end of the diff volume. None where it is out of sight. */
export function limitMarks({ settings, maximumBlocks }: Machine, grid: GridGeometry): readonly Mark[] {
  const { diffVolumeBlocks } = settings;
  const limit = Math.min(maximumBlocks ?? diffVolumeBlocks, diffVolumeBlocks);
  const isEnd = limit === diffVolumeBlocks;
  const whole = lineBehind(limit, isEnd, grid);
  const points = grid.view === undefined ? whole : seenWithin(grid.rect, whole);
  return points.length === 0 ? [] : [{ kind: 'limit', points, isEnd }];
}

/** Below the last row in use; where that row is not full, around what is beyond. */
function lineBehind(limit: number, isEnd: boolean, grid: GridGeometry): readonly Point[] {
  const { rect, gap, columns, view } = grid;
  const pitch = cellSize(grid) + gap;
  const origin = { x: rect.x + (view?.x ?? 0), y: rect.y + (view?.y ?? 0) };
  const column = isEnd ? 0 : limit % columns;
  const top = origin.y - gap / 2 + Math.ceil(limit / columns) * pitch;
  const left = { x: origin.x - gap, y: top };
  const right = { x: origin.x + columns * pitch, y: top };
  if (column === 0) return [left, right];
  const x = origin.x - gap / 2 + column * pitch;
  const y = top - pitch;
  return [left, { x, y: top }, { x, y }, { x: right.x, y }];
}

/** The part of a line of level and upright stretches that lies in a rectangle: always in one piece, or none of it. */
function seenWithin(rect: Rect, points: readonly Point[]): readonly Point[] {
  const stretches = points.slice(1).flatMap((to, index) => stretchWithin(rect, points[index]!, to));
  return stretches.filter(({ x, y }, index) => {
    const before = stretches[index - 1];
    return before?.x !== x || before.y !== y;
  });
}

function stretchWithin({ x, y, width, height }: Rect, from: Point, to: Point): readonly Point[] {
  const isLevel = from.y === to.y;
  const isOutside = isLevel ? from.y < y || from.y > y + height : from.x < x || from.x > x + width;
  if (isOutside) return [];
  const clamped = [from, to].map((point) => ({
    x: Math.max(x, Math.min(point.x, x + width)),
    y: Math.max(y, Math.min(point.y, y + height)),
  }));
  const [start, end] = clamped;
  return start!.x === end!.x && start!.y === end!.y ? [] : clamped;
}
