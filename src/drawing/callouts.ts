import type { Machine } from '../core/machine';
import { centre, type GridGeometry, type Point, type Rect } from './geometry';
import { rectsOf, type FigureGeometry, type Part } from './parts';
import { crosses, distance, distanceTo, nearestPoint, outside } from './plane';

/** Something to be pointed at, under a number. */
export interface Pointer {
  readonly number: number;
  readonly part: Part;
  /** It was looked at and is not what was looked for. */
  readonly isMissed: boolean;
}

/** A numbered badge in a free place, rings around what it stands for, and a line from one to the other. */
export interface Callout extends Pointer {
  readonly at: Point;
  readonly rings: readonly Rect[];
  readonly leader: readonly Point[];
}

/** Free places are looked for at points this far apart, in pixels. */
const SEARCH_PX = 5;
/** Between a badge and anything else. */
const CLEARANCE_PX = 2;
/** Between two badges: an arrow has to fit. */
const BETWEEN_BADGES_PX = 12;
/** A ring lies this far outside of what it surrounds, in the gap between two cells where it can. */
const RING_PX = 1.5;
/** How far a badge may reach beyond the stage: into the padding around it. */
const OVERHANG_PX = 6;
/** Of a leader that runs over something, against the same length of a free one; over words it runs only at the very worst. */
const COVERING_COST = 60;
const COVERING_WORDS_COST = 600;
/** For every pixel that a badge is away from the one before: what follows from each other stands close. */
const APART_COST = 0.08;

/** A badge for every part that is on the stage, each in a place of its own that covers nothing, as close as can be. */
export function placeCallouts(
  pointers: readonly Pointer[],
  machine: Machine,
  geometry: FigureGeometry,
): readonly Callout[] {
  const targets = pointers.map((pointer) => ({
    pointer,
    rects: rectsOf(pointer.part, machine, geometry),
  }));
  const room = roomOn(
    geometry,
    targets.flatMap(({ rects }) => rects),
  );
  const callouts: Callout[] = [];
  for (const { pointer, rects } of targets) {
    if (rects.length > 0) callouts.push(placed(pointer, rects, callouts, room, geometry));
  }
  return callouts;
}

/** Where badges may stand. */
interface Room {
  readonly obstacles: readonly Rect[];
  /** Points at which a badge covers nothing. */
  readonly free: readonly Point[];
  /** All points: on a stage without a free place left a badge covers something, but never another badge. */
  readonly all: readonly Point[];
}

function roomOn(geometry: FigureGeometry, targets: readonly Rect[]): Room {
  const { width, bottom, radius } = geometry;
  const obstacles = [...obstaclesOf(geometry), ...targets];
  const from = radius - OVERHANG_PX;
  const all: Point[] = [];
  for (let y = from; y <= bottom - radius; y += SEARCH_PX) {
    for (let x = from; x <= width - from; x += SEARCH_PX) all.push({ x, y });
  }
  const reach = radius + CLEARANCE_PX;
  const free = all.filter((at) => !obstacles.some((rect) => distanceTo(rect, at) < reach));
  return { obstacles, free, all };
}

/** What may not be covered: every part of the machine and all words about it. */
function obstaclesOf(geometry: FigureGeometry): readonly Rect[] {
  return [geometry.live.rect, geometry.diff.rect, ...solidsOf(geometry)].filter(({ width }) => width > 0);
}

/** The parts and the words that stand beside the grids. */
export function solidsOf({ program, gate, cards, tags, verdict, texts }: FigureGeometry): readonly Rect[] {
  return [
    program,
    leafOf(gate),
    ...cards.values(),
    ...tags.values(),
    ...(verdict === null ? [] : [verdict]),
    ...texts,
  ];
}

/** The gate itself: beside it, in what its label needs, there is room. */
function leafOf({ x, y, width, height }: Rect): Rect {
  return width < height
    ? { x: x + width / 3, y, width: width / 3, height }
    : { x, y: y + height / 3, width, height: height / 3 };
}

function placed(
  pointer: Pointer,
  rects: readonly Rect[],
  others: readonly Callout[],
  { obstacles, free, all }: Room,
  geometry: FigureGeometry,
): Callout {
  const grid = gridAround(rects, geometry);
  const leave = leaving(rects, grid);
  const apart = 2 * geometry.radius + BETWEEN_BADGES_PX;
  const isAlone = (at: Point): boolean => others.every((other) => distance(other.at, at) >= apart);
  const inTheWay = obstacles.filter((rect) => rect !== grid?.rect && !rects.includes(rect));
  const at =
    cheapest(free.filter(isAlone), leave, others.at(-1), inTheWay, geometry.texts) ??
    cheapest(all.filter(isAlone), leave, others.at(-1), [], geometry.texts) ??
    centre(rects[0] ?? geometry.program);
  const exit = leave(at);
  const leader = outside([at, exit.at, ...exit.onward], at, geometry.radius);
  return { ...pointer, at, rings: rects.map(ringAround), leader };
}

/** The point with the shortest leader, if possible one that runs over nothing, near the badge before. */
function cheapest(
  points: readonly Point[],
  leave: (to: Point) => Exit,
  before: Callout | undefined,
  inTheWay: readonly Rect[],
  words: readonly Rect[],
): Point | null {
  const candidates = points
    .map((at) => {
      const exit = leave(at);
      const apart = before === undefined ? 0 : APART_COST * distance(before.at, at);
      return { at, exit, cost: exit.lengthPx + distance(exit.at, at) + apart };
    })
    .sort((a, b) => a.cost - b.cost);
  let best: { readonly at: Point; readonly cost: number } | null = null;
  for (const { at, exit, cost } of candidates) {
    if (best !== null && cost >= best.cost) break;
    const isCovering = inTheWay.some((rect) => crosses(rect, exit.at, at));
    const total = cost + (isCovering ? COVERING_COST : 0) + wordsUnder(at, exit, words) * COVERING_WORDS_COST;
    if (best === null || total < best.cost) best = { at, cost: total };
  }
  return best?.at ?? null;
}

/** How many words the leader from a badge runs over, on its whole way. */
function wordsUnder(at: Point, exit: Exit, words: readonly Rect[]): number {
  const line = [at, exit.at, ...exit.onward];
  const isCrossed = (rect: Rect): boolean =>
    line.slice(1).some((point, index) => crosses(rect, line[index]!, point));
  return words.filter(isCrossed).length;
}

/** The grid of which these are cells. */
function gridAround(rects: readonly Rect[], { live, diff }: FigureGeometry): GridGeometry | null {
  const [rect] = rects;
  const isCellOf = ({ rect: whole }: GridGeometry): boolean =>
    rect !== undefined && rect.height < whole.height && distanceTo(whole, centre(rect)) === 0;
  return [live, diff].find(isCellOf) ?? null;
}

/** Where a leader leaves a target, or the grid in which the target lies; `onward`: from there to the ring. */
interface Exit {
  readonly at: Point;
  readonly onward: readonly Point[];
  readonly lengthPx: number;
}

function ringAround(rect: Rect): Rect {
  return {
    x: rect.x - RING_PX,
    y: rect.y - RING_PX,
    width: rect.width + 2 * RING_PX,
    height: rect.height + 2 * RING_PX,
  };
}

/** How a leader to a point leaves its target: between the cells of a grid, or where the point is nearest. */
function leaving(rects: readonly Rect[], grid: GridGeometry | null): (to: Point) => Exit {
  if (grid !== null) {
    const exits = rects.flatMap((rect) => exitsThrough(grid, rect));
    const lengthTo = (to: Point, { at, lengthPx }: Exit): number => lengthPx + distance(at, to);
    return (to) => exits.reduce((best, other) => (lengthTo(to, other) < lengthTo(to, best) ? other : best));
  }
  const rings = rects.map(ringAround);
  return (to) => {
    const [nearest] = rings
      .map((ring) => nearestPoint(ring, to))
      .sort((a, b) => distance(a, to) - distance(b, to));
    return { at: nearest ?? to, onward: [], lengthPx: 0 };
  };
}

/** A leader in a grid runs between two rows or two columns, so that it strikes nothing through. */
function exitsThrough(grid: GridGeometry, rect: Rect): readonly Exit[] {
  const ring = ringAround(rect);
  const right = ring.x + ring.width;
  const bottom = ring.y + ring.height;
  const edge = ringAround(grid.rect);
  const exits: Exit[] = [];
  for (const y of [ring.y + RING_PX - grid.gap / 2, bottom - RING_PX + grid.gap / 2]) {
    exits.push(exit({ x: edge.x, y }, { x: ring.x, y }));
    exits.push(exit({ x: edge.x + edge.width, y }, { x: right, y }));
  }
  for (const x of [ring.x + RING_PX - grid.gap / 2, right - RING_PX + grid.gap / 2]) {
    exits.push(exit({ x, y: edge.y }, { x, y: ring.y }));
    exits.push(exit({ x, y: edge.y + edge.height }, { x, y: bottom }));
  }
  return exits;
}

function exit(at: Point, onRing: Point): Exit {
  return { at, onward: [onRing], lengthPx: distance(at, onRing) };
}
