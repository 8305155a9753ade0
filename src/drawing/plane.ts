import type { Point, Rect } from './geometry';

export function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

export function nearestPoint(rect: Rect, { x, y }: Point): Point {
  return {
    x: Math.max(rect.x, Math.min(x, rect.x + rect.width)),
    y: Math.max(rect.y, Math.min(y, rect.y + rect.height)),
  };
}

/** 0: inside. */
export function distanceTo(rect: Rect, point: Point): number {
  return distance(nearestPoint(rect, point), point);
}

/** Whether a point lies in a rectangle or closer to it than `margin` in both directions. */
export function isNear(rect: Rect, { x, y }: Point, margin: number): boolean {
  return (
    x > rect.x - margin &&
    x < rect.x + rect.width + margin &&
    y > rect.y - margin &&
    y < rect.y + rect.height + margin
  );
}

/** Whether a straight line touches a rectangle: what is left of it within the one and the other pair of sides. */
export function crosses(rect: Rect, from: Point, to: Point): boolean {
  const [enterX, leaveX] = portionWithin(from.x, to.x, rect.x, rect.x + rect.width);
  const [enterY, leaveY] = portionWithin(from.y, to.y, rect.y, rect.y + rect.height);
  return Math.max(0, enterX, enterY) <= Math.min(1, leaveX, leaveY);
}

function portionWithin(from: number, to: number, low: number, high: number): readonly [number, number] {
  if (from === to) return from >= low && from <= high ? [-Infinity, Infinity] : [Infinity, -Infinity];
  const [one, other] = [(low - from) / (to - from), (high - from) / (to - from)];
  return one < other ? [one, other] : [other, one];
}

/** A line without its beginning inside a circle. */
export function outside(points: readonly Point[], around: Point, radius: number): readonly Point[] {
  const first = points.findIndex((point) => distance(point, around) > radius);
  if (first <= 0) return points;
  return [edgeBetween(points[first - 1]!, points[first]!, around, radius), ...points.slice(first)];
}

/** Where a line that begins inside a circle leaves it. */
function edgeBetween(inner: Point, outer: Point, around: Point, radius: number): Point {
  let [low, high] = [0, 1];
  const at = (portion: number): Point => ({
    x: inner.x + (outer.x - inner.x) * portion,
    y: inner.y + (outer.y - inner.y) * portion,
  });
  for (let halving = 0; halving < 12; halving += 1) {
    const middle = (low + high) / 2;
    if (distance(at(middle), around) > radius) high = middle;
    else low = middle;
  }
  return at(high);
}
