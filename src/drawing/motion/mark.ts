import { interpolateNumber } from 'd3';
import type { NtStatusName } from '../../core/catalogue/status';
import type { FaultNumber } from '../../core/fault';
import { cellRect, cellSize, centre, parcelSize, type GridGeometry } from '../geometry';
import type { Point, Rect, StageGeometry } from '../geometry';

/** The colour of a mark is what it means. */
export type Tone = 'new' | 'old' | 'fault' | 'neutral';

/** What is drawn over the grids. Positions are centres; opacity goes from 0 to 1. */
export type Mark =
  /** A block's content on its way: the new one of a request, or an old one that is being saved. */
  | {
      readonly kind: 'parcel';
      readonly at: Point;
      readonly size: number;
      readonly stamp: number;
      readonly tone: Tone;
      readonly count: number;
      readonly opacity: number;
    }
  | {
      readonly kind: 'ring';
      readonly rect: Rect;
      readonly tone: Tone;
      readonly opacity: number;
      readonly dashed: boolean;
    }
  | {
      readonly kind: 'line';
      readonly from: Point;
      readonly to: Point;
      readonly tone: Tone;
      readonly dashed: boolean;
    }
  | {
      readonly kind: 'cross';
      readonly at: Point;
      readonly size: number;
      readonly opacity: number;
      /** The fault that was met here. */
      readonly fault: FaultNumber | null;
    }
  /** The error that a request comes back with. */
  | { readonly kind: 'status'; readonly at: Point; readonly status: NtStatusName }
  | { readonly kind: 'tick'; readonly at: Point; readonly size: number }
  /** What lay here goes away: the empty place shows through. */
  | { readonly kind: 'veil'; readonly rect: Rect; readonly opacity: number }
  /** A block that a snapshot begins to need. */
  | { readonly kind: 'corner'; readonly rect: Rect; readonly opacity: number }
  /** Something is broken here. */
  | { readonly kind: 'badge'; readonly at: Point; readonly size: number; readonly opacity: number }
  /** What the last step changed. */
  | { readonly kind: 'brackets'; readonly rect: Rect; readonly opacity: number }
  /** How far the diff area may grow. */
  | { readonly kind: 'limit'; readonly points: readonly Point[]; readonly isEnd: boolean }
  /** Many requests or copies in a row, with their number so far. */
  | {
      readonly kind: 'flow';
      readonly points: readonly Point[];
      readonly of: 'requests' | 'copies';
      readonly count: number;
      readonly tone: Tone;
    };

export type ParcelMark = Extract<Mark, { kind: 'parcel' }>;

/** Nothing smaller than this can be seen around a cell. */
const SMALLEST_RING_PX = 6;

export function between(from: Point, to: Point, portion: number): Point {
  return {
    x: interpolateNumber(from.x, to.x)(portion),
    y: interpolateNumber(from.y, to.y)(portion),
  };
}

/** Through all the points, each stretch in the same time. */
export function along(points: readonly Point[], portion: number): Point {
  const stretches = points.length - 1;
  const index = Math.min(stretches - 1, Math.floor(portion * stretches));
  return between(points[index]!, points[index + 1]!, portion * stretches - index);
}

/** There and back again: first to `to`, then home to `from`. */
export function bounce(from: Point, to: Point, portion: number): Point {
  return portion < 0.35 ? between(from, to, portion / 0.35) : between(to, from, (portion - 0.35) / 0.65);
}

/** How far number `index` of `count` things has come that go one after the other, when all have come to `portion`. */
export function inTurn(portion: number, index: number, count: number): number {
  const start = count < 2 ? 0 : ((index / (count - 1)) * 2) / 3;
  return Math.max(0, Math.min(1, (portion - start) * 3));
}

export function ring(rect: Rect, tone: Tone, opacity = 1, dashed = false): Mark {
  const margin = Math.max(2, (SMALLEST_RING_PX - rect.width) / 2);
  return { kind: 'ring', rect: outset(rect, margin), tone, opacity, dashed };
}

export function outset(rect: Rect, margin: number): Rect {
  return {
    x: rect.x - margin,
    y: rect.y - margin,
    width: rect.width + 2 * margin,
    height: rect.height + 2 * margin,
  };
}

export function parcel(
  stage: StageGeometry,
  at: Point,
  stamp: number,
  tone: Tone,
  rest: Partial<Pick<ParcelMark, 'size' | 'count' | 'opacity'>> = {},
): Mark {
  const size = parcelSize(stage);
  return { kind: 'parcel', at, size, stamp, tone, count: 1, opacity: 1, ...rest };
}

export function cross(at: Point, size: number, opacity = 1, fault: FaultNumber | null = null): Mark {
  return { kind: 'cross', at, size, opacity, fault };
}

export function blockRect(stage: StageGeometry, block: number): Rect {
  return cellRect(stage.live, block);
}

export function slotRect(stage: StageGeometry, slot: number): Rect {
  return cellRect(stage.diff, slot);
}

/** The memory that holds the old block on its way, in the middle of the copy lane. */
export function bufferRect(stage: StageGeometry): Rect {
  const size = parcelSize(stage);
  const { x, y } = centre(stage.lane);
  return { x: x - size / 2, y: y - size / 2, width: size, height: size };
}

/** The rows of a grid that hold the cells from `first` up to and without `end`. */
export function rowsRect(grid: GridGeometry, first: number, end: number): Rect {
  const from = cellRect(grid, first - (first % grid.columns));
  const to = cellRect(grid, Math.max(first, end - 1));
  return { x: grid.rect.x, y: from.y, width: grid.rect.width, height: to.y + cellSize(grid) - from.y };
}
