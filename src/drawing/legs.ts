import { solidsOf, type Callout } from './callouts';
import type { Point, Rect } from './geometry';
import type { FigureGeometry } from './parts';
import { distance, isNear, outside } from './plane';
import { route } from './router';

/** An arrow from one badge to another one, as the points that it runs through. */
export interface Leg {
  readonly from: number;
  readonly to: number;
  readonly points: readonly Point[];
}

/** How far the middle of an arrow may swing out, in portions of its length; the straight one first. */
const SWINGS = [0, 0.05, -0.05, 0.1, -0.1, 0.16, -0.16, 0.23, -0.23, 0.32, -0.32, 0.45, -0.45];

const SAMPLE_PX = 4;
const CLEARANCE_PX = 2;

/** What a sample of an arrow costs where it runs over something, or along another arrow; a free one costs 1. */
const COSTS = { grid: 3, number: 12, solid: 8, words: 60, leg: 5, badge: 60, beyond: 30 } as const;
/** From here on an arrow runs over something that is read: it looks for a way around, wherever that leads. */
const READ_COST = 1 + COSTS.number;
/** For swinging out by its own length. */
const SWING_COST = 90;

/** An arrow for every pair of callouts: bent a little, or where that runs over something that is read, led around it. */
export function connect(
  pairs: readonly (readonly [from: Callout, to: Callout])[],
  callouts: readonly Callout[],
  geometry: FigureGeometry,
): readonly Leg[] {
  const legs: Leg[] = [];
  for (const [from, to] of pairs) {
    const costOf = costing(from, to, callouts, legs, geometry);
    let best: { readonly points: readonly Point[]; readonly cost: number } | null = null;
    for (const swing of SWINGS) {
      const points = between(arc(from.at, to.at, swing), from.at, to.at, geometry.radius);
      const cost = SWING_COST * Math.abs(swing) + points.reduce((sum, point) => sum + costOf(point), 0);
      if (best === null || cost < best.cost) best = { points, cost };
    }
    const bent = best?.points ?? [];
    const isClear = bent.every((point) => costOf(point) < READ_COST);
    const points = isClear ? bent : ledAround(from, to, costOf, geometry);
    legs.push({ from: from.number, to: to.number, points });
  }
  return legs;
}

function ledAround(
  from: Callout,
  to: Callout,
  costAt: (point: Point) => number,
  { width, bottom, radius }: FigureGeometry,
): readonly Point[] {
  const way = route(from.at, to.at, { width, height: bottom, costAt });
  return between(sampled(way), from.at, to.at, radius);
}

/** The same line, with points close enough to tell what it runs over. */
function sampled(way: readonly Point[]): readonly Point[] {
  return way.flatMap((point, index) => {
    const next = way[index + 1];
    if (next === undefined) return [point];
    const samples = Math.max(1, Math.ceil(distance(point, next) / SAMPLE_PX));
    return Array.from({ length: samples }, (_, step) => ({
      x: point.x + ((next.x - point.x) * step) / samples,
      y: point.y + ((next.y - point.y) * step) / samples,
    }));
  });
}

/** What it costs an arrow to run through a point. */
function costing(
  from: Callout,
  to: Callout,
  callouts: readonly Callout[],
  legs: readonly Leg[],
  geometry: FigureGeometry,
): (point: Point) => number {
  const { live, diff, width, bottom, radius } = geometry;
  const { texts, numbers } = geometry;
  const solids = solidsOf(geometry);
  const others = callouts.filter((callout) => callout !== from && callout !== to);
  const drawn = legs.flatMap(({ points }) => points.map(({ x, y }) => ({ x, y, width: 0, height: 0 })));
  return (point) => {
    const isBeyond = point.x < 0 || point.y < 0 || point.x > width || point.y > bottom;
    let cost = isBeyond ? 1 + COSTS.beyond : 1;
    const touches = (rect: Rect): boolean => isNear(rect, point, CLEARANCE_PX);
    if (touches(live.rect) || touches(diff.rect)) cost += COSTS.grid;
    if (solids.some(touches)) cost += COSTS.solid;
    if (numbers.some(touches)) cost += COSTS.number;
    if (texts.some(touches)) cost += COSTS.words;
    if (others.some(({ at }) => distance(at, point) < radius + 2 * CLEARANCE_PX)) cost += COSTS.badge;
    if (drawn.some((at) => isNear(at, point, SAMPLE_PX))) cost += COSTS.leg;
    return cost;
  };
}

/** A quadratic curve whose middle lies beside the straight line, by `swing` of its length. */
function arc(from: Point, to: Point, swing: number): readonly Point[] {
  const across = { x: -(to.y - from.y) * 2 * swing, y: (to.x - from.x) * 2 * swing };
  const control = { x: (from.x + to.x) / 2 + across.x, y: (from.y + to.y) / 2 + across.y };
  const samples = Math.max(2, Math.ceil(distance(from, to) / SAMPLE_PX));
  return Array.from({ length: samples + 1 }, (_, index) => {
    const portion = index / samples;
    const [first, second, third] = [(1 - portion) ** 2, 2 * portion * (1 - portion), portion ** 2];
    return {
      x: first * from.x + second * control.x + third * to.x,
      y: first * from.y + second * control.y + third * to.y,
    };
  });
}

/** The part of a line that lies between two badges. */
function between(points: readonly Point[], from: Point, to: Point, radius: number): readonly Point[] {
  const started = outside(points, from, radius + CLEARANCE_PX);
  return outside(started.toReversed(), to, radius + CLEARANCE_PX).toReversed();
}
