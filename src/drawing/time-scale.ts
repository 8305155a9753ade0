import { bisectLeft, bisectRight } from 'd3';
import type { Entry, History } from '../core/history';

/** Steps in which nothing happens but more of the same, from position `from` to position `to`. */
interface QuietSpan {
  readonly from: number;
  readonly to: number;
}

/** As long as a step gets this many pixels, nothing is drawn closer together. */
const STEP_PX = 3;

/** A quiet span is shown as broken off when its steps get less than this part of the room of a loud one. */
const BROKEN_BELOW = 0.4;

/** A narrower one is not worth a sign. Pixels. */
const BREAK_PX = 6;

/** How far from a loud step a hand may point and still mean it. Pixels. */
const AIM_PX = 3;

/** Halving the search so often leaves less than a pixel. */
const SEARCH_ROUNDS = 24;

/**
 * The positions after the steps that are worth room of their own, in order: what the digests of the entries call
 * notable, but for the repetitions of one thing, and the first difference between the worlds.
 */
export function loudPositions(entries: readonly Entry[], firstDifference: number | null): readonly number[] {
  const loud: number[] = firstDifference === null ? [] : [firstDifference];
  const last: (string | undefined)[] = [];
  for (const { start, digests } of entries) {
    for (const [world, { notable }] of digests.entries()) {
      for (const { step, event } of notable) {
        if (event.type !== last[world]) loud.push(start + step);
        last[world] = event.type;
      }
    }
  }
  const sorted = loud.sort((a, b) => a - b);
  return sorted.filter((position, index) => position !== sorted[index - 1]);
}

/** The entries of the first `length` steps: a history grows by itself, whoever has been told of it or not. */
export function entriesUpTo(history: History, length: number): readonly Entry[] {
  const { entries } = history;
  return length === history.length
    ? entries
    : entries.slice(0, (history.entryBefore(length)?.index ?? -1) + 1);
}

interface LoudFound {
  readonly length: number;
  readonly loud: readonly number[];
}

/** Of each history, for as long as it has not grown: the lanes and the plots ask for the same. */
const found = new WeakMap<History, LoudFound>();

/** The loud positions among the first `length` steps of a history. */
export function loudOf(history: History, length: number): readonly number[] {
  const known = found.get(history);
  if (known?.length === length) return known.loud;
  const { firstDifference } = history;
  const difference = firstDifference !== null && firstDifference <= length ? firstDifference : null;
  const loud = loudPositions(entriesUpTo(history, length), difference);
  found.set(history, { length, loud });
  return loud;
}

/** How much room `steps` quiet steps get, in steps: what goes beyond the allowance counts less and less. */
function roomOf(steps: number, allowance: number): number {
  return steps <= allowance ? steps : allowance * (1 + Math.log(steps / allowance));
}

/** The lengths of the quiet spans before each loud step, and after the last one. */
function* quietSpans(loud: readonly number[], length: number): Generator<QuietSpan> {
  let from = 0;
  for (const position of loud) {
    if (position - 1 > from) yield { from, to: position - 1 };
    from = position;
  }
  if (length > from) yield { from, to: length };
}

/**
 * The largest allowance with which everything has room, at least 1. The quiet spans give way, the longest of them
 * most; a loud step always counts as one.
 */
function allowanceFor(loud: readonly number[], length: number, room: number): number {
  if (length <= room) return length;
  if (loud.length >= room) return 1;
  const spans = [...quietSpans(loud, length)].map(({ from, to }) => to - from);
  let low = 1;
  let high = length;
  for (let round = 0; round < SEARCH_ROUNDS; round += 1) {
    const middle = Math.sqrt(low * high);
    const needed = spans.reduce((sum, steps) => sum + roomOf(steps, middle), loud.length);
    if (needed > room) high = middle;
    else low = middle;
  }
  return low;
}

/**
 * Positions (steps) to pixels and back: monotone, linear piece by piece, over the whole width. A short history is
 * evenly spaced; in a long one the quiet spans are drawn closer together, so that what happened keeps its place.
 */
export class TimeScale {
  readonly length: number;
  readonly width: number;
  /** Quiet spans that are shown as broken off, in order. */
  readonly breaks: readonly QuietSpan[];
  readonly #loud: readonly number[];
  /** The corners of the scale, from 0 to the length and from 0 to the width. */
  readonly #positions: readonly number[];
  readonly #xs: readonly number[];

  /** `loud`: as `loudPositions` gives them, in steps. `width`: in pixels. */
  constructor(loud: readonly number[], length: number, width: number) {
    this.length = length;
    this.width = width;
    this.#loud = loud;
    const allowance = allowanceFor(loud, length, width / STEP_PX);
    const positions = [0];
    const rooms = [0];
    let room = 0;
    let reached = 0;
    for (const { from, to } of quietSpans(loud, length)) {
      if (to - from <= allowance) continue;
      room += from - reached;
      const spanRoom = roomOf(to - from, allowance);
      positions.push(from, to);
      rooms.push(room, room + spanRoom);
      room += spanRoom;
      reached = to;
    }
    const total = Math.max(1, room + length - reached);
    this.#positions = [...positions, Math.max(1, length)];
    this.#xs = [...rooms, total].map((corner) => (corner / total) * width);
    this.breaks = this.#brokenSpans(width / total);
  }

  #brokenSpans(loudStepPx: number): readonly QuietSpan[] {
    const spans: QuietSpan[] = [];
    for (let corner = 1; corner < this.#positions.length - 1; corner += 2) {
      const [from, to] = [this.#positions[corner]!, this.#positions[corner + 1]!];
      const widthPx = this.#xs[corner + 1]! - this.#xs[corner]!;
      if (widthPx >= BREAK_PX && widthPx < (to - from) * loudStepPx * BROKEN_BELOW) spans.push({ from, to });
    }
    return spans;
  }

  /** Where the scale bends, with its ends: positions, and the pixels that they are drawn at. */
  get corners(): { readonly positions: readonly number[]; readonly xs: readonly number[] } {
    return { positions: this.#positions, xs: this.#xs };
  }

  /** Pixels from the left edge. `position` need not be whole. */
  x(position: number): number {
    return between(this.#positions, this.#xs, position);
  }

  /** The whole position at `x` pixels; outside of the width the first or the last one. */
  at(x: number): number {
    const position = Math.round(between(this.#xs, this.#positions, x));
    return Math.max(0, Math.min(this.length, position));
  }

  /** What somebody means who points at `x` pixels: a loud step when one is as near as a hand can tell. */
  aim(x: number): number {
    const position = this.at(x);
    const index = bisectLeft(this.#loud, position);
    const near = [this.#loud[index - 1], this.#loud[index]]
      .filter((loud) => loud !== undefined)
      .map((loud) => ({ loud, distance: Math.abs(this.x(loud) - x) }))
      .sort((a, b) => a.distance - b.distance)[0];
    return near !== undefined && near.distance <= AIM_PX ? near.loud : position;
  }

  /** The broken span that a position lies in. */
  breakAt(position: number): QuietSpan | null {
    return this.breaks.find(({ from, to }) => from < position && position < to) ?? null;
  }
}

/** Piece by piece linear through corners that rise in both directions. */
function between(from: readonly number[], to: readonly number[], value: number): number {
  const upper = Math.max(1, Math.min(from.length - 1, bisectRight(from, value)));
  const [a, b] = [from[upper - 1]!, from[upper]!];
  const portion = b > a ? Math.max(0, Math.min(1, (value - a) / (b - a))) : 0;
  return to[upper - 1]! + (to[upper]! - to[upper - 1]!) * portion;
}
