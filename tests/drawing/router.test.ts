import { describe, expect, it } from 'vitest';
import type { Point, Rect } from '../../src/drawing/geometry';
import { distance, isNear } from '../../src/drawing/plane';
import { route, type Ground } from '../../src/drawing/router';

const SIZE = { width: 300, height: 200 };
const FROM = { x: 20, y: 100 };
const TO = { x: 280, y: 100 };

function groundWith(walls: readonly Rect[]): Ground {
  return { ...SIZE, costAt: (point) => (walls.some((wall) => isNear(wall, point, 2)) ? 60 : 1) };
}

/** Points of the way that lie in a wall, looked at every pixel. */
function within(way: readonly Point[], walls: readonly Rect[]): readonly Point[] {
  return way.slice(1).flatMap((to, index) => {
    const from = way[index]!;
    const samples = Math.max(1, Math.ceil(distance(from, to)));
    return Array.from({ length: samples }, (_, step) => ({
      x: from.x + ((to.x - from.x) * step) / samples,
      y: from.y + ((to.y - from.y) * step) / samples,
    })).filter((point) => walls.some((wall) => isNear(wall, point, 0)));
  });
}

function lengthOf(way: readonly Point[]): number {
  return way.slice(1).reduce((sum, point, index) => sum + distance(way[index]!, point), 0);
}

describe('a way', () => {
  it('is straight where nothing is in it', () => {
    const way = route(FROM, TO, groundWith([]));

    expect([way[0], way.at(-1)]).toEqual([FROM, TO]);
    expect(lengthOf(way)).toBeCloseTo(260, 1);
  });

  it('leads around a wall that no bend of a straight line avoids, and is not much longer than it has to be', () => {
    const wall = { x: 140, y: 0, width: 20, height: 180 };
    const way = route(FROM, TO, groundWith([wall]));

    expect(within(way, [wall])).toEqual([]);
    expect([way[0], way.at(-1)]).toEqual([FROM, TO]);
    expect(lengthOf(way)).toBeLessThan(2 * Math.hypot(130, 90) + 30);
  });

  it('leads through a gap between two walls', () => {
    const walls = [
      { x: 90, y: 0, width: 20, height: 160 },
      { x: 190, y: 40, width: 20, height: 160 },
    ];
    expect(within(route(FROM, TO, groundWith(walls)), walls)).toEqual([]);
  });

  it('goes through where there is no way around, as short as it can', () => {
    const wall = { x: 140, y: -10, width: 20, height: 220 };
    const way = route(FROM, TO, groundWith([wall]));

    expect(within(way, [wall]).length).toBeLessThan(30);
    expect(way.at(-1)).toEqual(TO);
  });
});
