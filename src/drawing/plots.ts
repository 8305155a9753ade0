import { area, bisectLeft, curveStepAfter, line, max, scaleLinear, type ScaleLinear } from 'd3';
import type { Quantity, Series } from './plot-series';
import type { TimeScale } from './time-scale';

export const PLOTS = [
  { name: 'area', quantities: ['used', 'allocated', 'limit'] },
  { name: 'copies', quantities: ['copies'] },
  { name: 'latency', quantities: ['latency', 'latencyMax'] },
  { name: 'failed', quantities: ['failed'] },
] as const satisfies readonly { readonly name: string; readonly quantities: readonly Quantity[] }[];

export type PlotName = (typeof PLOTS)[number]['name'];

/** What a plot of `quantities` draws: the highest latencies only where they are not the average ones as well. */
export function drawnSeries(all: readonly Series[], quantities: readonly Quantity[]): readonly Series[] {
  const drawn = all.filter(({ quantity }) => quantities.includes(quantity));
  const means = drawn.filter(({ quantity }) => quantity === 'latency');
  const isApart = drawn.some(
    ({ quantity, worldIndex, values }) =>
      quantity === 'latencyMax' &&
      means.some(
        (mean) => mean.worldIndex === worldIndex && values.some((value, at) => value !== mean.values[at]),
      ),
  );
  return isApart ? drawn : drawn.filter(({ quantity }) => quantity !== 'latencyMax');
}

/** Steps and values as pixels from the upper left corner. The scale of the steps may bend, as that of a `TimeScale` does. */
export interface PlotScales {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
}

/** A point on the paper, or a gap. */
type PlotPoint = readonly [x: number, y: number | null];

const Y_TICKS = 3;

/** Its highest value. */
export function peakOf({ values }: Series): number {
  return max(values, (value) => value ?? 0) ?? 0;
}

/** `time`: where quiet spans are to be drawn closer together; otherwise the steps are evenly spaced. */
export function plotScales(
  series: readonly Series[],
  length: number,
  size: { readonly width: number; readonly height: number },
  time?: TimeScale,
): PlotScales {
  const peak = Math.max(1, ...series.map(peakOf));
  const { positions, xs } = time?.corners ?? { positions: [0, Math.max(1, length)], xs: [0, size.width] };
  return {
    x: scaleLinear(positions, xs),
    y: scaleLinear([0, peak], [size.height, 0]).nice(Y_TICKS),
  };
}

/** Few of them, and whole numbers: nothing here comes in halves. */
export function ticksOf(scale: ScaleLinear<number, number>, count = Y_TICKS): readonly number[] {
  return scale.ticks(count).filter(Number.isInteger);
}

/** Those of the steps, without any that is nearer than `apart` pixels to the one before: a scale that bends crowds them. */
export function stepTicks({ x }: PlotScales, apart: number): readonly number[] {
  const ticks: number[] = [];
  for (const tick of ticksOf(x)) {
    const before = ticks.at(-1);
    if (before === undefined || x(tick) - x(before) >= apart) ticks.push(tick);
  }
  return ticks;
}

/** The position that is drawn at `x` pixels. */
export function positionAt({ x }: PlotScales, px: number): number {
  const domain = x.domain();
  const [from, to] = [domain[0] ?? 0, domain.at(-1) ?? 0];
  return Math.round(Math.min(to, Math.max(from, x.invert(px))));
}

/**
 * The points of a series, at most four for a column of pixels: its first and last value, its lowest and highest. What is
 * drawn is to the pixel what all points would draw, and no peak is lost.
 */
export function pointsOf({ starts, values, end }: Series, { x, y }: PlotScales): readonly PlotPoint[] {
  const kept = keptIndexes(starts, values, x);
  return kept.flatMap((index, at): readonly PlotPoint[] => {
    const value = values[index] ?? null;
    const next = kept[at + 1];
    const here: PlotPoint = [x(starts[index]!), value === null ? null : y(value)];
    const isLastOfStretch = value !== null && (next === undefined || values[next] === null);
    return isLastOfStretch ? [here, [x(next === undefined ? end : starts[next]!), here[1]]] : [here];
  });
}

function keptIndexes(
  starts: readonly number[],
  values: readonly (number | null)[],
  x: PlotScales['x'],
): readonly number[] {
  const kept: number[] = [];
  for (let first = 0; first < starts.length;) {
    const edge = Math.floor(x(starts[first]!)) + 1;
    // The scale is asked for what lies at the edge, not for every start. It may be a little off.
    let next = bisectLeft(starts, x.invert(edge), first + 1);
    while (next > first + 1 && x(starts[next - 1]!) >= edge) next -= 1;
    while (next < starts.length && x(starts[next]!) < edge) next += 1;
    kept.push(...columnIndexes(values, first, next - 1));
    first = next;
  }
  return kept;
}

function columnIndexes(values: readonly (number | null)[], first: number, last: number): readonly number[] {
  let lowest = first;
  let highest = first;
  for (let index = first; index <= last; index += 1) {
    const value = values[index] ?? null;
    if (value === null) continue;
    if (value < (values[lowest] ?? Infinity)) lowest = index;
    if (value > (values[highest] ?? -Infinity)) highest = index;
  }
  return [...new Set([first, lowest, highest, last])].sort((a, b) => a - b);
}

const isDrawn = (point: PlotPoint): boolean => point[1] !== null;

/** A line that keeps each value until the next one. */
export function linePath(points: readonly PlotPoint[]): string {
  const draw = line<PlotPoint>(
    (point) => point[0],
    (point) => point[1] ?? 0,
  );
  return draw.defined(isDrawn).curve(curveStepAfter)(points) ?? '';
}

interface DrawnSeries {
  readonly series: Series;
  readonly points: readonly PlotPoint[];
  readonly line: string;
}

/** The points and the line of every series. Worlds that went the same way share theirs, which is half of the work. */
export function drawSeries(all: readonly Series[], scales: PlotScales): readonly DrawnSeries[] {
  const drawn: DrawnSeries[] = [];
  for (const series of all) {
    const same = drawn.find((other) => isSameLine(other.series, series));
    const points = same?.points ?? pointsOf(series, scales);
    drawn.push({ series, points, line: same?.line ?? linePath(points) });
  }
  return drawn;
}

function isSameLine(one: Series, other: Series): boolean {
  return (
    one.end === other.end &&
    one.starts.length === other.starts.length &&
    one.values.every((value, at) => value === other.values[at]) &&
    one.starts.every((start, at) => start === other.starts[at])
  );
}

/** What lies between that line and zero, at `bottom`. */
export function areaPath(points: readonly PlotPoint[], bottom: number): string {
  const draw = area<PlotPoint>(
    (point) => point[0],
    bottom,
    (point) => point[1] ?? bottom,
  );
  return draw.defined(isDrawn).curve(curveStepAfter)(points) ?? '';
}

/** The name of a line, beside its end. */
export interface EndLabel {
  readonly quantity: Quantity;
  /** `null`: of all worlds, which agree. */
  readonly worldIndex: number | null;
  /** Of its middle, in pixels. */
  readonly y: number;
}

/** One label for each line, or for lines that end as one; none overlaps another one that is `gap` pixels tall. */
export function endLabels(series: readonly Series[], { y }: PlotScales, gap: number): readonly EndLabel[] {
  const labels = [...new Set(series.map(({ quantity }) => quantity))].flatMap((quantity) => {
    const ends = series
      .filter((other) => other.quantity === quantity)
      .map(({ worldIndex, values }) => ({ worldIndex, value: lastOf(values) }));
    const isShared = ends.every(({ value }) => value === ends[0]?.value);
    const told = isShared ? ends.slice(0, 1).map((end) => ({ ...end, worldIndex: null })) : ends;
    return told.flatMap(({ worldIndex, value }) =>
      value === null ? [] : [{ quantity, worldIndex, y: y(value) }],
    );
  });
  return apart(labels, gap, y(0));
}

function lastOf(values: readonly (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null;
}

/** Pushes labels down until each has its place, and back up those that would fall off the bottom. */
function apart(labels: readonly EndLabel[], gap: number, bottom: number): readonly EndLabel[] {
  const placed: EndLabel[] = [];
  let free = -Infinity;
  for (const label of labels.toSorted((a, b) => a.y - b.y)) {
    free = Math.max(label.y, free + gap);
    placed.push({ ...label, y: free });
  }
  free = bottom;
  return placed
    .toReversed()
    .map((label) => {
      const y = Math.min(label.y, free);
      free = y - gap;
      return { ...label, y };
    })
    .toReversed();
}
