import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/core/command';
import type { History } from '../../src/core/history';
import { sliceBurst, type WriteBurst } from '../../src/core/workload';
import { loudPositions, TimeScale } from '../../src/drawing/time-scale';
import { breakIt, burst, create, read, write } from '../core/given';
import { scenario, story, storyOfFault } from '../core/describe/told';

const WIDTH = 1100;

function scaleOf(history: History, width = WIDTH): TimeScale {
  return new TimeScale(loudOf(history), history.length, width);
}

function loudOf({ entries, firstDifference }: History): readonly number[] {
  return loudPositions(entries, firstDifference);
}

/** Something happens, then nothing but writes for some thousand steps, then something happens again. */
function quietMiddle(): History {
  const writes = sliceBurst({ ...burst(0, 600), span: 8 } as WriteBurst);
  const commands: readonly Command[] = [write(0, 'A'), create, ...writes, breakIt('diffDataWritesFail')];
  return story(scenario(), [...commands, write(40, 'B'), create]);
}

const scales = fc
  .record({
    loud: fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 400 }),
    beyond: fc.integer({ min: 0, max: 10_000 }),
    width: fc.integer({ min: 40, max: 2_000 }),
  })
  .map(({ loud, beyond, width }) => {
    const sorted = loud.sort((a, b) => a - b);
    const length = (sorted.at(-1) ?? 0) + beyond;
    return { loud: sorted, length, scale: new TimeScale(sorted, length, width) };
  });

test('a short history is evenly spaced, over the whole width', () => {
  const history = storyOfFault(7);
  const scale = scaleOf(history);

  for (let position = 0; position <= history.length; position += 1) {
    expect(scale.x(position)).toBeCloseTo((position / history.length) * WIDTH);
  }
  expect(scale.breaks).toEqual([]);
});

test('an empty history has a beginning and nothing else', () => {
  const scale = scaleOf(story(scenario(), []));

  expect([scale.x(0), scale.at(0), scale.at(WIDTH), scale.aim(500)]).toEqual([0, 0, 0, 0]);
});

test('positions and pixels go round, in order, from edge to edge', () => {
  fc.assert(
    fc.property(
      scales,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
      ({ loud, length, scale }, parts) => {
        const positions = [0, ...loud, ...parts.map((part) => Math.round(part * length)), length];
        const xs = [...new Set(positions)].sort((a, b) => a - b).map((position) => scale.x(position));
        expect(positions.map((position) => scale.at(scale.x(position)))).toEqual(positions);
        expect(xs.every((x, index) => index === 0 || x > xs[index - 1]!)).toBe(true);
        expect(xs[0]).toBe(0);
        expect(length === 0 ? 0 : xs.at(-1)).toBeCloseTo(length === 0 ? 0 : scale.width);
      },
    ),
  );
});

test('outside of the width there is the first or the last position', () => {
  const history = storyOfFault(7);
  const scale = scaleOf(history);

  expect([scale.at(-40), scale.at(WIDTH + 40)]).toEqual([0, history.length]);
});

describe('a long quiet span', () => {
  const history = quietMiddle();
  const scale = scaleOf(history);
  const loud = loudOf(history);

  test('is drawn closer together, and says so', () => {
    const [quiet] = scale.breaks;

    expect(scale.breaks).toHaveLength(1);
    expect(quiet!.to - quiet!.from).toBeGreaterThan(2_000);
    const part = (scale.x(quiet!.to) - scale.x(quiet!.from)) / WIDTH;
    expect(part).toBeLessThan(((quiet!.to - quiet!.from) / history.length) * 0.9);
    expect(scale.breakAt(quiet!.from + 100)).toEqual(quiet);
    expect(scale.breakAt(quiet!.from)).toBeNull();
  });

  test('leaves every loud step a place that can be seen and pointed at', () => {
    expect(loud.length).toBeGreaterThan(10);
    for (const position of loud) expect(scale.x(position) - scale.x(position - 1)).toBeGreaterThan(2);
  });
});

test('where nothing can be told apart a hand means the loud step', () => {
  const scale = new TimeScale([500_000], 1_000_000, 300);

  expect(scale.at(scale.x(500_000) + 2)).toBeGreaterThan(500_000);
  expect(scale.aim(scale.x(500_000) + 2)).toBe(500_000);
  expect(scale.aim(scale.x(500_000) + 5)).toBeGreaterThan(500_000);
});

test('loud is what is notable in either world, but not what is repeated', () => {
  const history = story(scenario(), [write(0, 'A'), read(0), read(0), create, write(0, 'B'), create]);
  const [first, second] = history.entries.filter(({ record }) => record.instruction.command === create);

  const loud = loudOf(history);

  expect(loud.every((position) => position > first!.start)).toBe(true);
  expect(loud.filter((position) => position > second!.start).length).toBeGreaterThan(2);
  const failing = story(scenario(), [
    breakIt('diffDataWritesFail'),
    create,
    write(0, 'A'),
    ...[1, 2, 3, 4, 5].map((block) => write(block, 'B')),
  ]);
  const turnedAway = failing.entries.slice(-4);
  expect(turnedAway.every(({ digests }) => digests[1]!.failed === 1)).toBe(true);
  expect(loudOf(failing).filter((position) => position > turnedAway[0]!.start)).toEqual([]);
});
