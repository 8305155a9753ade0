import { describe, expect, test } from 'vitest';
import { renderContent, type MadeRecipe } from '../../src/core/content';
import { hashOfBytes } from '../../src/core/content';
import { GLYPH_UNITS, glyphPath } from '../../src/drawing/fingerprint-glyph';

function figureOf(recipe: MadeRecipe): string {
  return glyphPath(hashOfBytes(renderContent(recipe)));
}

function text(content: string): MadeRecipe {
  return { kind: 'text', text: content, stamp: 1, label: '' };
}

function pattern(stamp: number): MadeRecipe {
  return { kind: 'pattern', seed: 9, stamp, label: `Block 9 of C:, write ${stamp}` };
}

/** The filled cells of a figure, as "column row". */
function cellsOf(path: string): readonly string[] {
  return [...path.matchAll(/M(\d) (\d)/g)].map(([, column, row]) => `${column} ${row}`);
}

describe('the figure of bytes', () => {
  test('is the same for equal bytes, whichever write made them', () => {
    expect(figureOf(text('Monday'))).toBe(figureOf({ ...text('Monday'), stamp: 7 } as MadeRecipe));
    expect(figureOf(text('Monday'))).not.toBe('');
  });

  test('differs for other bytes: of 200 writes at most one looks like an earlier one', () => {
    const figures = new Set(Array.from({ length: 200 }, (_, index) => figureOf(pattern(index + 1))));

    expect(figures.size).toBeGreaterThanOrEqual(199);
  });

  test('depends on every byte', () => {
    const bytes = renderContent(pattern(1));
    const before = hashOfBytes(bytes);
    bytes[bytes.length - 1]! ^= 1;

    expect(hashOfBytes(bytes)).not.toBe(before);
  });

  test('of zeros is none, as of a block that was never written', () => {
    expect(figureOf({ kind: 'zeros' })).toBe('');
    expect(figureOf(text(''))).toBe('');
  });

  test('mirrors itself', () => {
    const cells = cellsOf(figureOf(pattern(3)));
    const mirrored = cells.map((cell) => `${GLYPH_UNITS - 1 - Number(cell[0])} ${cell[2]}`);

    expect(cells.length).toBeGreaterThan(0);
    expect(mirrored.sort()).toEqual([...cells].sort());
  });

  test('has a cell whatever the hash is', () => {
    expect(cellsOf(glyphPath(1 << 15))).toHaveLength(GLYPH_UNITS ** 2);
  });
});
