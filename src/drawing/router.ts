import type { Point } from './geometry';
import { distance } from './plane';

/** Ways are looked for from point to point of a lattice this wide, in pixels. */
const LATTICE_PX = 6;

/** What is left of corners is rounded off by at most so much, in pixels. */
const ROUNDING_PX = 6;
const POINTS_OF_A_CORNER = 4;

const DIAGONAL = Math.SQRT2;
const MOVES = [
  [1, 0, 1],
  [-1, 0, 1],
  [0, 1, 1],
  [0, -1, 1],
  [1, 1, DIAGONAL],
  [1, -1, DIAGONAL],
  [-1, 1, DIAGONAL],
  [-1, -1, DIAGONAL],
] as const;

/** What may be run through: lengths are pixels, from the upper left corner. */
export interface Ground {
  readonly width: number;
  readonly height: number;
  /** What a pixel of the way costs there: 1 where it is free. */
  readonly costAt: (point: Point) => number;
}

/** The cheapest way between two points around whatever is dear, pulled tight and with its corners rounded. */
export function route(from: Point, to: Point, ground: Ground): readonly Point[] {
  const way = [from, ...waypoints(from, to, ground), to];
  return rounded(pulledTight(way, ground));
}

/** Over the points of the lattice, by the cost of each. */
function waypoints(from: Point, to: Point, { width, height, costAt }: Ground): readonly Point[] {
  const columns = Math.floor(width / LATTICE_PX) + 1;
  const rows = Math.floor(height / LATTICE_PX) + 1;
  const nodeAt = ({ x, y }: Point): number =>
    clamp(Math.round(y / LATTICE_PX), rows) * columns + clamp(Math.round(x / LATTICE_PX), columns);
  const pointOf = (node: number): Point => ({
    x: (node % columns) * LATTICE_PX,
    y: Math.floor(node / columns) * LATTICE_PX,
  });
  const [start, goal] = [nodeAt(from), nodeAt(to)];
  const best = new Float64Array(columns * rows).fill(Infinity);
  const before = new Int32Array(columns * rows).fill(-1);
  const costs = new Float64Array(columns * rows);
  const open = new Queue();
  best[start] = 0;
  open.add(start, 0);
  for (let node = open.take(); node !== null && node !== goal; node = open.take()) {
    const [column, row] = [node % columns, Math.floor(node / columns)];
    for (const [across, down, length] of MOVES) {
      const [x, y] = [column + across, row + down];
      if (x < 0 || y < 0 || x >= columns || y >= rows) continue;
      const next = y * columns + x;
      costs[next] ||= costAt(pointOf(next));
      const cost = best[node]! + length * LATTICE_PX * costs[next];
      if (cost >= best[next]!) continue;
      best[next] = cost;
      before[next] = node;
      open.add(next, cost + distance(pointOf(next), to));
    }
  }
  const way: Point[] = [];
  for (let node = before[goal]!; node > -1 && node !== start; node = before[node]!) way.push(pointOf(node));
  return way.toReversed();
}

function clamp(index: number, count: number): number {
  return Math.max(0, Math.min(index, count - 1));
}

/** What is waited for in the order of its cost: a heap. */
class Queue {
  readonly #nodes: number[] = [];
  readonly #costs: number[] = [];

  add(node: number, cost: number): void {
    let at = this.#nodes.push(node) - 1;
    this.#costs.push(cost);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.#costs[above]! <= this.#costs[at]!) return;
      this.#swap(at, above);
      at = above;
    }
  }

  take(): number | null {
    const [first = null] = this.#nodes;
    const last = this.#nodes.length - 1;
    if (last < 0) return null;
    this.#swap(0, last);
    this.#nodes.pop();
    this.#costs.pop();
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < last && this.#costs[left]! < this.#costs[least]!) least = left;
      if (right < last && this.#costs[right]! < this.#costs[least]!) least = right;
      if (least === at) return first;
      this.#swap(at, least);
      at = least;
    }
  }

  #swap(one: number, other: number): void {
    for (const list of [this.#nodes, this.#costs]) [list[one], list[other]] = [list[other]!, list[one]!];
  }
}

/** Leaves out every point that a straight line passes by as cheaply. */
function pulledTight(way: readonly Point[], { costAt }: Ground): readonly Point[] {
  const costOf = (from: Point, to: Point): number => {
    const samples = Math.max(1, Math.ceil(distance(from, to) / (LATTICE_PX / 4)));
    let sum = 0;
    for (let index = 1; index <= samples; index += 1) sum += costAt(mix(from, to, index / samples));
    return (sum / samples) * distance(from, to);
  };
  const tight = [way[0]!];
  for (let at = 0; at < way.length - 1;) {
    let next = at + 1;
    let costSoFar = costOf(way[at]!, way[next]!);
    let reached = next;
    while (next < way.length - 1) {
      costSoFar += costOf(way[next]!, way[next + 1]!);
      next += 1;
      if (costOf(way[at]!, way[next]!) <= costSoFar) reached = next;
    }
    tight.push(way[reached]!);
    at = reached;
  }
  return tight;
}

function mix(from: Point, to: Point, portion: number): Point {
  return { x: from.x + (to.x - from.x) * portion, y: from.y + (to.y - from.y) * portion };
}

function rounded(way: readonly Point[]): readonly Point[] {
  return way.flatMap((corner, index) => {
    const [before, after] = [way[index - 1], way[index + 1]];
    if (before === undefined || after === undefined) return [corner];
    const start = toward(corner, before);
    const end = toward(corner, after);
    return Array.from({ length: POINTS_OF_A_CORNER + 1 }, (_, step) => {
      const portion = step / POINTS_OF_A_CORNER;
      return mix(mix(start, corner, portion), mix(corner, end, portion), portion);
    });
  });
}

function toward(corner: Point, other: Point): Point {
  const length = distance(corner, other);
  return length === 0 ? corner : mix(corner, other, Math.min(ROUNDING_PX, length / 2) / length);
}
