/** The part of a grid that is there, in cells. */
export interface Pane {
  readonly column: number;
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
}

interface Grid {
  readonly count: number;
  readonly columns: number;
}

/** Where a key leads from cell `index`, or `null` where it leads nowhere. `pageRows`: what a page is, if there are pages. */
export function moveWithKey(
  { count, columns }: Grid,
  index: number,
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  pageRows: number | null,
): number | null {
  const rowStart = index - (index % columns);
  const page = (pageRows ?? 0) * columns;
  const moves: Readonly<Record<string, number>> = ctrlKey
    ? { Home: 0, End: count - 1 }
    : {
        ArrowRight: index + 1,
        ArrowLeft: index - 1,
        ArrowDown: index + columns,
        ArrowUp: index - columns,
        Home: rowStart,
        End: Math.min(count - 1, rowStart + columns - 1),
        ...(pageRows === null ? {} : { PageDown: index + page, PageUp: index - page }),
      };
  const next = moves[key];
  return next === undefined || next < 0 || next >= count ? null : next;
}

/** The page of a large grid that holds a cell: pages do not move with every step, so what is on one stays in its place. */
export function paneAround({ count, columns }: Grid, index: number, width: number, height: number): Pane {
  const row = Math.floor(index / columns);
  const first = { column: alignedTo(index % columns, width), row: alignedTo(row, height) };
  return {
    ...first,
    columns: Math.min(width, columns - first.column),
    rows: Math.min(height, Math.ceil(count / columns) - first.row),
  };
}

function alignedTo(value: number, size: number): number {
  return value - (value % size);
}
