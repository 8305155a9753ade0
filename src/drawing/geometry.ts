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
  return (grid.rect.width - grid.gap * (grid.columns - 1)) / grid.columns;
}

export function cellRect(grid: GridGeometry, index: number): Rect {
  const size = cellSize(grid);
  const column = index % grid.columns;
  const row = Math.floor(index / grid.columns);
  return {
    x: grid.rect.x + column * (size + grid.gap),
    y: grid.rect.y + row * (size + grid.gap),
    width: size,
    height: size,
  };
}

/** Whether the parts stand side by side (wide) or one below the other (narrow). */
function isWide(stage: StageGeometry): boolean {
  return stage.diff.rect.x > stage.live.rect.x + stage.live.rect.width / 2;
}

/** Where a request waits in front of the closed or open gate, on the side of the program. */
export function beforeGate(stage: StageGeometry): Point {
  const gate = centre(stage.gate);
  const size = cellSize(stage.live);
  return isWide(stage)
    ? { x: stage.gate.x - size * 0.9, y: gate.y }
    : { x: gate.x, y: stage.gate.y - size * 0.9 };
}

/** Where a request waits behind the gate until its old blocks are safe. */
export function behindGate(stage: StageGeometry): Point {
  const gate = centre(stage.gate);
  const size = cellSize(stage.live);
  return isWide(stage)
    ? { x: stage.gate.x + stage.gate.width + size * 0.75, y: gate.y }
    : { x: gate.x, y: stage.gate.y + stage.gate.height + size * 0.75 };
}
