import { line, max, scaleLinear, type ScaleLinear } from 'd3';
import type { GrowthCurve } from '../core/replay/growth-curve';

/** Records along, blocks upward, as pixels from the upper left corner. */
interface GrowthScales {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
}

const Y_TICKS = 4;

/** How far above the highest copies a size may lie and still be drawn: a larger one would press the curve flat. */
const MOST_ABOVE = 1.25;

/** @param chosenBlocks the size that is asked about: drawn as well, where it does not lie far above all copies */
export function growthScales(
  { records, copies }: GrowthCurve,
  chosenBlocks: number,
  { width, height }: { readonly width: number; readonly height: number },
): GrowthScales {
  const peak = Math.max(1, max(copies) ?? 0);
  return {
    x: scaleLinear([0, Math.max(1, max(records) ?? 0)], [0, width]),
    y: scaleLinear([0, Math.max(peak, Math.min(chosenBlocks, peak * MOST_ABOVE))], [height, 0]),
  };
}

/** Copies by records, from the start to the end. */
export function growthPath({ records, copies }: GrowthCurve, { x, y }: GrowthScales): string {
  const draw = line<number>(
    (_, index) => x(records[index]!),
    (blocks) => y(blocks),
  );
  return draw(Array.from(copies)) ?? '';
}

/** Round numbers of a unit, few enough for their names, as blocks. */
export function sizeTicks({ y }: GrowthScales, blocksPerUnit: number): readonly number[] {
  const [, highest = 0] = y.domain();
  return scaleLinear([0, highest / blocksPerUnit], [0, 1])
    .ticks(Y_TICKS)
    .map((units) => units * blocksPerUnit);
}

/** A few rows of a curve for a table: the first, the last, and some at even distances. */
export function rowsOfGrowth({ records }: GrowthCurve, most: number): readonly number[] {
  const last = records.length - 1;
  const count = Math.min(most, records.length);
  const rows = Array.from({ length: count }, (_, row) => Math.round((row * last) / Math.max(1, count - 1)));
  return [...new Set(rows)];
}
