/** The side of a figure, in the units of its path. */
export const GLYPH_UNITS = 5;

/** Columns of which the figure is made; the others mirror them. */
const OWN_COLUMNS = 3;

const CELLS = OWN_COLUMNS * GLYPH_UNITS;

/**
 * The figure of a hash as an SVG path in a square of `GLYPH_UNITS`: the same on both sides of a vertical axis, so that
 * it is seen and recognised as one thing. One of 32,767; 0 has none, so that zeros look like a block never written.
 */
export function glyphPath(hash: number): string {
  if (hash === 0) return '';
  // A figure without a single cell would pass for zeros: it is drawn full instead.
  const cells = hash % (1 << CELLS) || (1 << CELLS) - 1;
  let path = '';
  for (let row = 0; row < GLYPH_UNITS; row += 1) {
    for (let column = 0; column < GLYPH_UNITS; column += 1) {
      const own = Math.min(column, GLYPH_UNITS - 1 - column);
      const isFilled = ((cells >>> (row * OWN_COLUMNS + own)) & 1) === 1;
      if (isFilled) path += `M${column} ${row}h1v1h-1z`;
    }
  }
  return path;
}
