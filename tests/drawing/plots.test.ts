import { beforeAll, describe, expect, test } from 'vitest';
import type { Command } from '../../src/core/command';
import { act } from '../../src/core/act';
import { History } from '../../src/core/history';
import { DEFAULT_SETTINGS } from '../../src/core/machine';
import { runOfFault } from '../../src/core/run-of-fault';
import { WORLD_IDS } from '../../src/core/scenario';
import { sliceBurst } from '../../src/core/workload';
import { rowsOf } from '../../src/drawing/plot-rows';
import {
  FINE_STEPS,
  plottedOf,
  preparePlotted,
  readingAt,
  valueAt,
  type Series,
} from '../../src/drawing/plot-series';
import {
  areaPath,
  drawSeries,
  endLabels,
  linePath,
  plotScales,
  pointsOf,
  positionAt,
  stepTicks,
} from '../../src/drawing/plots';
import { loudOf, TimeScale } from '../../src/drawing/time-scale';

function perform(history: History, commands: readonly Command[]): History {
  const all = commands.flatMap((command): readonly Command[] =>
    command.type === 'writeBurst' ? sliceBurst(command) : [command],
  );
  for (const command of all) {
    const instruction = { command, worlds: WORLD_IDS };
    const acted = act(
      history.scenario,
      history.branchPointAt(history.length),
      instruction,
      history.entries.length,
    );
    if (!acted.ok) throw new Error(acted.problem.code);
    for (const record of acted.value.records) history.append(record);
  }
  return history;
}

function historyOf(commands: readonly Command[], settings = DEFAULT_SETTINGS): History {
  return perform(new History({ settings, worlds: WORLD_IDS }), commands);
}

const FULL = runOfFault(8);

function seriesOf(history: History): readonly Series[] {
  return plottedOf(history).series;
}

function find(all: readonly Series[], quantity: Series['quantity'], worldIndex = 0): Series {
  return all.find((series) => series.quantity === quantity && series.worldIndex === worldIndex)!;
}

/** Random writes over a volume with snapshots: longer than what is looked at step by step. */
function longHistory(): History {
  const burst = (seed: number): Command => ({
    ...{ type: 'writeBurst', order: 'random', block: 0, span: 64, from: 0, writes: 640 },
    seed,
  });
  const room = { ...DEFAULT_SETTINGS, diffVolumeBlocks: 512, maximumBlocks: 512, initialBlocks: 256 };
  return historyOf(
    [burst(1), { type: 'createSnapshot' }, burst(2), { type: 'createSnapshot' }, burst(3)],
    room,
  );
}

describe('what stands', () => {
  test('is at every position what the machines say there', () => {
    const history = historyOf(FULL.commands, FULL.settings);
    const all = seriesOf(history);

    for (let position = 0; position <= history.length; position += 1) {
      history.momentAt(position).machines.forEach(({ used, allocated, host }, world) => {
        const { failed, ...reading } = readingAt(all, world, position);
        expect([reading.used, reading.allocated]).toEqual([used, allocated]);
        expect(failed).toBeGreaterThanOrEqual(host.failed);
      });
    }
    expect(readingAt(all, 1, history.length)).toMatchObject({ used: 4, failed: 5 });
  });

  test('is what the samples say after each command', () => {
    const history = longHistory();
    const all = seriesOf(history);

    expect(history.length).toBeGreaterThan(2 * FINE_STEPS);
    for (const { start, record, samples } of history.entries) {
      const { used, allocated, limit } = readingAt(all, 1, start + record.steps);
      expect({ used, allocated, limit }).toEqual({
        used: samples[1]!.used,
        allocated: samples[1]!.allocated,
        limit: samples[1]!.limit,
      });
    }
  });
});

describe('what a write costs', () => {
  const write = (block: number, count = 1): Command => ({
    ...{ type: 'write', block, count },
    content: { kind: 'pattern', seed: 1 },
  });

  test('lasts from its first step to its last, and is none between writes', () => {
    const history = historyOf([write(1), { type: 'createSnapshot' }, write(1), write(1)]);
    const copies = find(seriesOf(history), 'copies');
    const [first, snapshot, second, third] = history.entries;

    expect(valueAt(copies, 0)).toBeNull();
    expect(valueAt(copies, first!.start + 1)).toBe(0);
    expect(valueAt(copies, first!.start + first!.record.steps)).toBe(0);
    expect(valueAt(copies, snapshot!.start + 1)).toBeNull();
    expect(valueAt(copies, second!.start + 1)).toBe(1);
    expect(valueAt(copies, third!.start)).toBe(1);
    expect(valueAt(copies, third!.start + 1)).toBe(0);
  });

  test('in time is what the digest of its command says', () => {
    const history = historyOf([write(1), { type: 'createSnapshot' }, write(1), write(2, 3)]);
    const all = seriesOf(history);

    const latencies = history.entries.map(({ start }) => valueAt(find(all, 'latency'), start + 1));
    const digests = history.entries.map(({ digests }) => digests[0]!);
    expect(latencies).toEqual(
      digests.map(({ completed, latencySumMs }) => (completed === 0 ? null : latencySumMs)),
    );
    expect(new Set(latencies).size).toBe(4);
  });

  test('has no latency when it fails', () => {
    const history = historyOf(FULL.commands, FULL.settings);
    const refused = history.entries.findLast(({ record }) => record.instruction.command.type === 'write')!;
    const reading = readingAt(seriesOf(history), 1, refused.start + 2);

    expect(reading).toMatchObject({ copies: 0, latency: null });
  });

  test('is told by command, with mean and maximum, where steps are too many', () => {
    const history = longHistory();
    const { start, digests } = history.entries.find((entry) => entry.start > FINE_STEPS)!;
    const reading = readingAt(seriesOf(history), 0, start + 1);
    const { copies, completed, latencySumMs, latencyMaxMs } = digests[0]!;

    expect(reading.copies).toBe(copies / completed);
    expect(reading.latency).toBe(latencySumMs / completed);
    expect(reading.latencyMax).toBe(latencyMaxMs);
    expect(reading.latencyMax).toBeGreaterThan(reading.latency!);
  });
});

test('a history that has grown is told to its end, and what was told before is the same', () => {
  const history = historyOf(FULL.commands.slice(0, 5), FULL.settings);
  const before = readingAt(seriesOf(history), 1, history.length);
  const length = history.length;
  perform(history, FULL.commands.slice(5));
  const grown = seriesOf(history);

  expect(readingAt(grown, 1, length)).toEqual(before);
  expect(grown).toEqual(seriesOf(historyOf(FULL.commands, FULL.settings)));
});

test('what is prepared of a history is the same, also when somebody asks before it is all there', () => {
  const history = longHistory();
  const expected = plottedOf(history);
  for (const askAfter of [1, 2, 3, 5, Infinity]) {
    const again = new History(history.scenario);
    for (const { record } of history.entries) again.append(record);
    let rests = 0;
    for (const _ of preparePlotted(again)) {
      rests += 1;
      if (rests === askAfter) plottedOf(again);
    }
    expect(rests).toBeGreaterThan(askAfter === Infinity ? 3 : 0);
    expect(plottedOf(again)).toEqual(expected);
  }
});

describe('what is drawn', () => {
  const WIDTH = 200;

  /** One value a step, 0 but for `peaks`. */
  function peaked(length: number, peaks: readonly number[]): Series {
    const starts = Array.from({ length }, (_, index) => index);
    const values = starts.map((index) => (peaks.includes(index) ? 9 : index % 2));
    return { quantity: 'copies', worldIndex: 0, starts, values, end: length };
  }

  function scalesOf(series: Series): ReturnType<typeof plotScales> {
    return plotScales([series], series.end, { width: WIDTH, height: 90 });
  }

  test('keeps every peak, and few points for a pixel', () => {
    const series = peaked(100_000, [123, 50_001, 99_998]);
    const scales = scalesOf(series);
    const points = pointsOf(series, scales);

    expect(points.length).toBeLessThanOrEqual(4 * (WIDTH + 1));
    const peaks = points.filter(([, y]) => y === scales.y(9)).map(([x]) => Math.floor(x));
    expect(peaks).toEqual([0, 100, 199]);
  });

  test('is every value at its own step where there is room', () => {
    const series = peaked(20, [7]);
    const scales = scalesOf(series);

    expect(
      pointsOf(series, scales).map(([x, y]) => [positionAt(scales, x), Math.round(scales.y.invert(y!))]),
    ).toEqual([...series.values.map((value, index) => [index, value]), [20, 1]]);
  });

  test('is what each world draws by itself, and drawn once where they went the same way', () => {
    const series = peaked(400, [7]);
    const others: readonly Series[] = [
      { ...series, worldIndex: 1, values: [...series.values] },
      { ...series, worldIndex: 1, values: series.values.with(399, 8) },
      { ...series, worldIndex: 1, starts: series.starts.with(399, 399.5) },
      { ...series, worldIndex: 1, end: 401 },
    ];
    const scales = scalesOf(series);

    for (const other of others) {
      const drawn = drawSeries([series, other], scales);
      const alone = [series, other].map((own) => pointsOf(own, scales));
      expect(drawn.map(({ points }) => points)).toEqual(alone);
      expect(drawn.map(({ line }) => line)).toEqual(alone.map(linePath));
      expect(drawn[0]!.points === drawn[1]!.points).toBe(other === others[0]);
    }
  });

  test('a value lasts to where the gap after it begins', () => {
    const series: Series = {
      ...{ quantity: 'copies', worldIndex: 0, starts: [0, 10, 20, 40], values: [null, 1, null, 1] },
      end: 50,
    };
    const points = pointsOf(series, plotScales([series], 100, { width: 100, height: 10 }));

    expect(points.map(([x, y]) => `${x} ${y}`)).toEqual([
      '0 null',
      '10 0',
      '20 0',
      '20 null',
      '40 0',
      '50 0',
    ]);
    // A line and an area for each stretch.
    expect(linePath(points)).toMatch(/^M10,0(L20,0)+M40,0(L50,0)+$/);
    expect(areaPath(points, 10)).toMatch(/^M10,0[^Z]*L10,10ZM40,0[^Z]*L40,10Z$/);
  });

  test('a pixel leads to the step that is drawn there', () => {
    const scales = scalesOf(peaked(1000, []));

    expect([-5, 0, 100, 200, 999].map((px) => positionAt(scales, px))).toEqual([0, 0, 500, 1000, 1000]);
  });

  test('lines that end alike share a label, and labels keep their distance', () => {
    const line = (quantity: Series['quantity'], worldIndex: number, value: number): Series => ({
      ...{ quantity, worldIndex, starts: [0], values: [value], end: 10 },
    });
    const series = [line('used', 0, 0), line('used', 1, 8), line('allocated', 0, 8), line('allocated', 1, 8)];
    const labels = endLabels(series, plotScales(series, 10, { width: 100, height: 80 }), 12);

    expect(labels).toEqual([
      { quantity: 'used', worldIndex: 1, y: 0 },
      { quantity: 'allocated', worldIndex: null, y: 12 },
      { quantity: 'used', worldIndex: 0, y: 80 },
    ]);
  });
});

describe('the table', () => {
  let history: History;
  beforeAll(() => {
    history = longHistory();
  });

  test('of a short history has a row for each command', () => {
    const short = historyOf(FULL.commands, FULL.settings);

    expect(rowsOf(short, 50).map(({ from, to }) => [from, to])).toEqual(
      short.entries.map(({ start, record }) => [start, start + record.steps]),
    );
    expect(rowsOf(short, 50).at(-1)!.readings[1]).toMatchObject({ used: 4, failed: 5 });
  });

  test('of a long one has no more rows than asked for, without a gap, and loses no copy', () => {
    const rows = rowsOf(history, 10);

    expect(rows.length).toBeLessThanOrEqual(10);
    expect(rows.flatMap(({ from, to }) => [from, to]).slice(1, -1)).toEqual(
      rows.slice(1).flatMap(({ from }) => [from, from]),
    );
    const [whole] = rowsOf(history, 1);
    const total = history.entries.reduce((sum, { digests }) => sum + digests[0]!.copies, 0);
    expect(total).toBeGreaterThan(100);
    expect(whole!.readings[0]!.copies).toBe(total / 1920);
    expect(plottedOf(history).whole).toEqual(whole!.readings);
  });
});

describe('the scale of the steps', () => {
  test('is that of the timeline: every position has the same place, and is found there again', () => {
    const history = longHistory();
    const time = new TimeScale(loudOf(history, history.length), history.length, 260);
    const scales = plotScales(seriesOf(history), history.length, { width: 260, height: 90 }, time);

    expect(time.breaks.length).toBeGreaterThan(0);
    for (let position = 0; position <= history.length; position += 97) {
      expect(scales.x(position)).toBeCloseTo(time.x(position), 6);
      expect(positionAt(scales, scales.x(position))).toBe(position);
    }
    expect(scales.x(history.length)).toBeCloseTo(260, 6);
  });

  test('has no two numbers that would lie on one another', () => {
    const loud = Array.from({ length: 60 }, (_, index) => 40 + index);
    const time = new TimeScale(loud, 60_000, 260);
    const scales = plotScales([], 60_000, { width: 260, height: 90 }, time);
    const ticks = stepTicks(scales, 40);

    expect(ticks[0]).toBe(0);
    expect(scales.x.ticks(3).length).toBeGreaterThan(ticks.length);
    ticks.slice(1).forEach((tick, index) => {
      expect(scales.x(tick) - scales.x(ticks[index]!)).toBeGreaterThanOrEqual(40);
    });
  });
});
