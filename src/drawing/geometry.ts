/** Lengths are CSS pixels, relative to the upper left corner of the stage of one world. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

/** A grid of equal cells, filled row by row. */
export interface GridGeometry {
  readonly rect: Rect;
  readonly columns: number;
  readonly gap: number;
  /** Of a map: `rect` is what can be seen of it. */
  readonly view?: GridView;
}

/** Which part of a map can be seen. */
export interface GridView {
  /** Side of a block. */
  readonly cell: number;
  /** The upper left corner of block 0, from the corner of the grid's rectangle. */
  readonly x: number;
  readonly y: number;
}

/** Where the parts of a world's stage lie. */
export interface StageGeometry {
  readonly width: number;
  readonly height: number;
  readonly program: Rect;
  readonly gate: Rect;
  readonly live: GridGeometry;
  readonly lane: Rect;
  readonly diff: GridGeometry;
  /** The snapshots on the shelf, by number. */
  readonly cards: ReadonlyMap<number, Rect>;
}

export function centre(rect: Rect): Point {
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
}

export function cellSize(grid: GridGeometry): number {
  if (grid.view !== undefined) return grid.view.cell;
  return (grid.rect.width - grid.gap * (grid.columns - 1)) / grid.columns;
}

/** On a map, what is drawn around a block or points at it needs at least so much room. */
const SMALLEST_MARKED_PX = 6;

/** Where a cell lies. On a map: large enough to be marked, and at the edge when the block is out of sight. */
export function cellRect(grid: GridGeometry, index: number): Rect {
  const size = cellSize(grid);
  const column = index % grid.columns;
  const row = Math.floor(index / grid.columns);
  const { rect, view } = grid;
  if (view !== undefined) {
    const side = Math.max(SMALLEST_MARKED_PX, size);
    const inset = (size - side) / 2;
    return {
      x: rect.x + within(view.x + column * size + inset, rect.width - side),
      y: rect.y + within(view.y + row * size + inset, rect.height - side),
      width: side,
      height: side,
    };
  }
  return {
    x: rect.x + column * (size + grid.gap),
    y: rect.y + row * (size + grid.gap),
    width: size,
    height: size,
  };
}

function within(value: number, largest: number): number {
  return Math.max(0, Math.min(value, largest));
}

/** The smallest parcel that can still be followed by the eye, and whose number can be read. */
const SMALLEST_PARCEL_PX = 14;

/** The side of a block's content on its way: of a block where that is large enough to follow. */
export function parcelSize(stage: StageGeometry): number {
  return Math.max(SMALLEST_PARCEL_PX, cellSize(stage.live));
}

/** Whether the parts stand side by side (wide) or one below the other (narrow). */
export function isWide(stage: StageGeometry): boolean {
  return stage.diff.rect.x > stage.live.rect.x + stage.live.rect.width / 2;
}

/** Where a request waits in front of the closed or open gate, on the side of the program. */
export function beforeGate(stage: StageGeometry): Point {
  const gate = centre(stage.gate);
  const size = parcelSize(stage);
  return { x: stage.gate.x - size * 0.9, y: gate.y };
}

/** Where a request waits behind the gate until its old blocks are safe. */
export function behindGate(stage: StageGeometry): Point {
  const gate = centre(stage.gate);
  const size = parcelSize(stage);
  return { x: stage.gate.x + stage.gate.width + size * 0.75, y: gate.y };
}
