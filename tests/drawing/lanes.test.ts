import { describe, expect, test } from 'vitest';
import { atOnce } from '../../src/core/at-once';
import type { Command } from '../../src/core/command';
import type { Entry, History } from '../../src/core/history';
import { Details, type Detail } from '../../src/drawing/entry-detail';
import { factsOfWorld } from '../../src/drawing/lane-facts';
import { planLanes } from '../../src/drawing/lane-plan';
import { drawLanes, edgesOf, type LaneDrawing } from '../../src/drawing/lanes';
import { loudPositions, TimeScale } from '../../src/drawing/time-scale';
import { breakIt, burst, clear, create, deleteSnapshot, repair, resize, wait, write } from '../core/given';
import { BOTH, FAULTS, scenario, story, storyOfFault } from '../core/describe/told';

const WIDTH = 1100;

function draw(history: History, width = WIDTH) {
  const { entries, firstDifference, scenario: scene } = history;
  const scale = new TimeScale(loudPositions(entries, firstDifference), history.length, width);
  const facts = scene.worlds.map((_, world) => factsOfWorld(entries, world));
  const plan = planLanes(scene.worlds.length, false, 116);
  const edges = edgesOf(entries, scale);
  const details = atOnce(new Details().of(history, entries, edges));
  const drawing = atOnce(drawLanes({ history, entries, facts, scale, plan, edges, details }));
  return { drawing, facts, scale, plan, details };
}

interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function barsOf(path: string): readonly Bar[] {
  return [...path.matchAll(/M([-\d.]+) ([-\d.]+)h([-\d.]+)v([-\d.]+)/g)].map(([, x, y, width, height]) => ({
    x: Number(x),
    y: Number(y),
    width: Number(width),
    height: Number(height),
  }));
}

function pointsOf(path: string): readonly (readonly [x: number, y: number])[] {
  return [...path.matchAll(/[ML]([-\d.]+) ([-\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
}

/** Where crosses are: each begins with the first of its two strokes. */
function crossesIn(path: string): number {
  return [...path.matchAll(/m0 /g)].length;
}

/** The lengths of all paths. */
function lengthsOf({ commands, worlds }: LaneDrawing): readonly number[] {
  const lanes = worlds.flatMap((world) => [
    ...[world.snapshots, world.lost, world.used, world.allocated, world.limit],
    ...[world.standing, world.met, world.completed, world.failed],
  ]);
  return [...Object.values(commands), ...lanes].map((path) => path.length);
}

/** What is drawn step by step is what the machines hold after each of the steps. */
function expectLevels(history: History, details: ReadonlyMap<Entry, readonly Detail[]>): void {
  for (const [entry, worlds] of details) {
    worlds.forEach((detail, world) => {
      const before = history.entries[entry.index - 1]?.samples[world] ?? { used: 0, allocated: 0 };
      const end = entry.start + entry.record.steps;
      for (let position = entry.start + 1; position <= end; position += 1) {
        const level = detail.levels.findLast((other) => other.position <= position) ?? before;
        const { used, allocated } = history.momentAt(position).machines[world]!;
        expect([level.used, level.allocated]).toEqual([used, allocated]);
      }
    });
  }
}

describe.each(FAULTS)('the run of fault %i', (fault) => {
  const history = storyOfFault(fault);
  const { drawing, facts, scale, plan, details } = draw(history);

  test('has the snapshots that there are in the end, and a cross for each that was lost', () => {
    BOTH.forEach((_, world) => {
      const machine = history.machines[world]!;
      const { lives } = facts[world]!;
      const kept = lives.filter(({ to }) => to === null).map(({ snapshot }) => snapshot);
      const existing = machine.areas.filter(({ exists }) => exists).map(({ snapshot }) => snapshot);
      expect(kept).toEqual(existing);
      expect(lives.filter(({ isLost }) => isLost)).toHaveLength(machine.snapshotsLost);
      expect(crossesIn(drawing.worlds[world]!.lost) > 0).toBe(machine.snapshotsLost > 0);
    });
  });

  test('has the fault where it was met, as a band where it stands', () => {
    BOTH.forEach((_, world) => {
      const { faults } = facts[world]!;
      expect(faults.at(-1)?.fault).toBe(fault);
      const stands = history.machines[world]!.fault !== 0;
      expect(faults.at(-1)?.to === null).toBe(stands);
      const [band] = barsOf(drawing.worlds[world]!.standing);
      expect(band === undefined ? null : band.x + band.width).toBe(stands ? WIDTH : null);
      if (band !== undefined) expect(band.x).toBeCloseTo(scale.x(faults.at(-1)!.from), 0);
      expect(drawing.worlds[world]!.faultLabels.map((label) => label.fault)).toContain(fault);
    });
  });

  test('counts what was answered and what was not', () => {
    BOTH.forEach((_, world) => {
      const events = history.entries.flatMap(
        ({ index }) => history.derive(index).outcome.events[world] ?? [],
      );
      const count = (...types: readonly string[]): number =>
        events.filter(({ type }) => types.includes(type)).length;
      expect(facts[world]!.completed).toBe(count('writeCompleted', 'readCompleted'));
      expect(facts[world]!.failed).toBe(count('writeTurnedAway', 'writeFailed', 'readFailed'));
      expect(crossesIn(drawing.worlds[world]!.failed) > 0).toBe(facts[world]!.failed > 0);
    });
  });

  test('knows every level of the diff area step by step', () => {
    expectLevels(history, details);
    expect(details.size).toBeGreaterThan(5);
  });

  test('is drawn within its strips and within the width', () => {
    const bars = [...Object.values(drawing.commands), ...drawing.worlds.map(({ completed }) => completed)];
    for (const { x, width } of bars.flatMap(barsOf)) {
      expect(x).toBeGreaterThanOrEqual(-2);
      expect(x + width).toBeLessThanOrEqual(WIDTH + 1);
    }
    BOTH.forEach((_, world) => {
      const { y, height } = plan.lanes.fill[world]!;
      const { used, allocated, limit } = drawing.worlds[world]!;
      for (const [, pointY] of [used, allocated, limit].flatMap(pointsOf)) {
        expect(pointY).toBeGreaterThanOrEqual(y);
        expect(pointY).toBeLessThanOrEqual(y + height);
      }
    });
  });
});

test('a command is drawn as the weightiest thing that it did in either world', () => {
  const history = storyOfFault(7);
  const { drawing, scale } = draw(history);
  const tones = history.entries.map(({ start, record }) => {
    const middle = scale.x(start + record.steps / 2);
    return Object.entries(drawing.commands).find(([, path]) =>
      barsOf(path).some(({ x, width }) => x <= middle && middle <= x + width),
    )?.[0];
  });

  expect(tones).toEqual([
    'plain',
    'plain',
    'plain',
    'snapshot',
    'copy',
    'cause',
    'outcome',
    'outcome',
    'plain',
  ]);
});

test('the area of what is used comes up to the top where the diff area is full', () => {
  const { drawing, plan } = draw(storyOfFault(8));
  const tops = drawing.worlds.map(({ used }) => Math.min(...pointsOf(used).map(([, y]) => y)));

  expect(tops).toEqual(plan.lanes.fill.map(({ y }) => y));
});

test('growth and a new maximum are levels as well', () => {
  const history = story(scenario(), [create, burst(0, 12), wait(60_000), burst(12, 4), resize(48)]);
  const { details } = draw(history, 4_000);
  const levels = [...details.values()].flatMap((worlds) => worlds[0]!.levels);

  expectLevels(history, details);
  expect(new Set(levels.map(({ allocated }) => allocated)).size).toBeGreaterThan(2);
  expect(levels.at(-1)?.limit).toBe(48);
});

test('one block of very many can be seen', () => {
  const history = story(scenario({ initialBlocks: 60, maximumBlocks: 64 }, ['on']), [create, write(0, 'A')]);
  const { drawing, plan } = draw(history);
  const [fill] = plan.lanes.fill;
  const base = fill!.y + fill!.height;

  expect(history.machines[0]!.used).toBe(1);
  expect(Math.min(...pointsOf(drawing.worlds[0]!.used).map(([, y]) => y))).toBeLessThanOrEqual(base - 1.5);
});

test('snapshots that exist at the same time are stacked, and a row is used again', () => {
  const history = story(scenario({}, ['on']), [create, create, deleteSnapshot(1), create, write(0, 'A')]);
  const { drawing, facts, scale } = draw(history);
  const [first, second, third] = facts[0]!.lives;
  const bars = barsOf(drawing.worlds[0]!.snapshots);

  expect(bars).toHaveLength(3);
  const barAt = (position: number): Bar => bars.find(({ x }) => Math.abs(x - scale.x(position)) < 1)!;
  expect(barAt(first!.from).y).toBe(barAt(third!.from).y);
  expect(barAt(second!.from).y).toBeLessThan(barAt(first!.from).y);
  expect(barAt(first!.from).width).toBeCloseTo(scale.x(first!.to!) - scale.x(first!.from), 0);
  expect(drawing.worlds[0]!.lost).toBe('');
});

test('a fault that is cleared is a band with an end', () => {
  const history = story(scenario({}, ['on']), [
    create,
    breakIt('diffDataWritesFail'),
    write(0, 'A'),
    repair('diffDataWritesFail'),
    clear,
    write(0, 'B'),
  ]);
  const { drawing, facts, scale } = draw(history);
  const [fault] = facts[0]!.faults;
  const [band] = barsOf(drawing.worlds[0]!.standing);

  expect(fault).toMatchObject({ fault: 7 });
  expect(history.momentAt(fault!.to! - 1).machines[0]!.fault).toBe(7);
  expect(history.momentAt(fault!.to!).machines[0]!.fault).toBe(0);
  expect(band!.x + band!.width).toBeCloseTo(scale.x(fault!.to!), 0);
});

test('however long a history is, it is drawn with what the width can show', () => {
  const commands: readonly Command[] = Array.from({ length: 1_000 }, (_, index) =>
    index % 10 === 0
      ? create
      : index % 10 === 9
        ? deleteSnapshot(1 + Math.floor(index / 10))
        : write(index % 8, 'A'),
  );
  const history = story(scenario({ maximumBlocks: null }), commands);
  const { drawing } = draw(history, 150);

  expect(history.entries.length).toBeGreaterThan(950);
  for (const length of lengthsOf(drawing)) expect(length).toBeLessThan(150 * 60);
  for (const path of Object.values(drawing.commands)) expect(barsOf(path).length).toBeLessThan(150);
});

test('a level that is reached and given up in an entry too narrow for its steps is not lost', () => {
  const history = story(scenario({ initialBlocks: 8, maximumBlocks: 8, growthStepBlocks: 8 }, ['off']), [
    create,
    burst(0, 20),
  ]);
  const { drawing, plan, details } = draw(history, 8);
  const [fill] = plan.lanes.fill;

  expect(details.size).toBe(0);
  expect(history.machines[0]!.used).toBe(0);
  expect(Math.min(...pointsOf(drawing.worlds[0]!.used).map(([, y]) => y))).toBe(fill!.y);
});

test('what was looked into once is not looked into again', () => {
  const history = storyOfFault(7);
  const edges = edgesOf(history.entries, new TimeScale([], history.length, WIDTH));
  const details = new Details();
  const detailsOf = (own: readonly number[]) => atOnce(details.of(history, history.entries, own));
  const first = detailsOf(edges);
  const second = detailsOf(edges);

  expect(second).not.toBe(first);
  expect([...second.values()]).toEqual([...first.values()]);
  expect([...second.values()].every((detail, index) => detail === [...first.values()][index])).toBe(true);
  expect(detailsOf(edges.map((edge) => edge / 1000)).size).toBe(0);
});
