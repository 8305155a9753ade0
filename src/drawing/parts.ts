import type { Machine } from '../core/machine';
import { cellRect, type GridGeometry, type Rect, type StageGeometry } from './geometry';
import { bufferRect } from './motion/mark';
import type { TagName } from './tag';

/** A part of a machine that can be pointed at. */
export type Part =
  | { readonly kind: 'program' }
  | { readonly kind: 'gate' }
  | { readonly kind: 'live' }
  | { readonly kind: 'block'; readonly block: number }
  /** The memory in the copy lane. */
  | { readonly kind: 'buffer' }
  | { readonly kind: 'slot'; readonly slot: number }
  /** The slots of a snapshot's area; its card, while it has none. */
  | { readonly kind: 'area'; readonly snapshot: number }
  /** The allocated slots. */
  | { readonly kind: 'diffArea' }
  | { readonly kind: 'diffVolume' }
  | { readonly kind: 'cards'; readonly snapshots: readonly number[] }
  | { readonly kind: 'tag'; readonly tag: TagName }
  /** What the head of a world says of its I/O and its snapshots. */
  | { readonly kind: 'verdict' };

/** A stage with everything on it that a callout may point at or has to keep clear of. */
export interface FigureGeometry extends StageGeometry {
  readonly verdict: Rect | null;
  readonly tags: ReadonlyMap<string, Rect>;
  /** Words that nothing may be put over. */
  readonly texts: readonly Rect[];
  /** Numbers in cells: an arrow may run over them if it has to. */
  readonly numbers: readonly Rect[];
  /** Where the machine ends and the answer begins. */
  readonly bottom: number;
  /** Of a numbered badge, in pixels. */
  readonly radius: number;
}

/** An area in more pieces than this is shown as the whole diff area. */
const MOST_PIECES = 24;

/** Where a part lies, in one piece or in several; empty when it is not on the stage now. */
export function rectsOf(part: Part, machine: Machine, geometry: FigureGeometry): readonly Rect[] {
  switch (part.kind) {
    case 'program':
      return [geometry.program];
    case 'gate':
      return [geometry.gate];
    case 'live':
      return [geometry.live.rect];
    case 'block':
      return [cellRect(geometry.live, part.block)];
    case 'buffer':
      return [bufferRect(geometry)];
    case 'slot':
      return [cellRect(geometry.diff, part.slot)];
    case 'area':
      return areaRects(part.snapshot, machine, geometry);
    case 'diffArea':
      return [diffAreaRect(machine, geometry)];
    case 'diffVolume':
      return [geometry.diff.rect];
    case 'cards':
      return part.snapshots.flatMap((snapshot) => present(geometry.cards.get(snapshot)));
    case 'tag':
      return present(geometry.tags.get(part.tag));
    case 'verdict':
      return present(geometry.verdict);
  }
}

function present(rect: Rect | null | undefined): readonly Rect[] {
  return rect === null || rect === undefined ? [] : [rect];
}

/** The smallest rectangle around two. */
function around(one: Rect, other: Rect): Rect {
  const x = Math.min(one.x, other.x);
  const y = Math.min(one.y, other.y);
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  };
}

/** The cells from `first` to `last`: one row of them, or whole rows. */
function cellsRect(grid: GridGeometry, first: number, last: number): Rect {
  const isOneRow = Math.floor(first / grid.columns) === Math.floor(last / grid.columns);
  const rowStart = first - (first % grid.columns);
  const rowEnd = last - (last % grid.columns) + grid.columns - 1;
  return around(cellRect(grid, isOneRow ? first : rowStart), cellRect(grid, isOneRow ? last : rowEnd));
}

function diffAreaRect({ allocated }: Machine, { diff }: FigureGeometry): Rect {
  return allocated === 0 ? diff.rect : cellsRect(diff, 0, allocated - 1);
}

function areaRects(snapshot: number, machine: Machine, geometry: FigureGeometry): readonly Rect[] {
  const { columns } = geometry.diff;
  const pieces: { first: number; last: number }[] = [];
  for (let slot = 0; slot < machine.allocated; slot += 1) {
    if (machine.slotArea.get(slot) !== snapshot) continue;
    const piece = pieces.at(-1);
    if (piece?.last === slot - 1 && slot % columns !== 0) piece.last = slot;
    else pieces.push({ first: slot, last: slot });
    if (pieces.length > MOST_PIECES) return [diffAreaRect(machine, geometry)];
  }
  if (pieces.length === 0) return present(geometry.cards.get(snapshot));
  return pieces.map(({ first, last }) => cellsRect(geometry.diff, first, last));
}
