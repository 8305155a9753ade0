/** The lanes of a path that grows, drawn at once or in parts, as far as it was told of. */
import { expect, test } from 'vitest';
import { atOnce } from '../../src/core/at-once';
import { History } from '../../src/core/history';
import type { LogRecord } from '../../src/core/log-record';
import { DEFAULT_SETTINGS } from '../../src/core/machine';
import { levelsAt } from '../../src/drawing/entry-detail';
import { LaneBook } from '../../src/drawing/lane-book';
import { planLanes } from '../../src/drawing/lane-plan';
import { storyOfFault } from '../core/describe/told';
import { burst, create } from '../core/given';
import { actOn, BOTH_WORLDS } from '../core/laboratories';

const PLAN = planLanes(2, false, 116);
const STORY = storyOfFault(7);
const LOOK = { width: 800, plan: PLAN };

/** The story up to a record, as a history of its own. */
function beginning(records: readonly LogRecord[]): History {
  const history = new History(STORY.scenario);
  for (const record of records) history.append(record);
  return history;
}

const RECORDS = STORY.entries.map(({ record }) => record);

test('lanes that are prepared are those that are asked for then, and the same as drawn at once', () => {
  const look = { ...LOOK, history: STORY, length: STORY.length };
  const book = new LaneBook();
  const job = book.prepare(look);
  let rests = 0;
  let step = job.next();
  for (; step.done !== true; step = job.next()) rests += 1;

  expect(rests).toBeGreaterThan(5);
  expect(book.at({ ...look })).toBe(step.value);
  expect(step.value).toEqual(new LaneBook().at(look));
});

test('what has changed since is drawn anew: the path, the width, the plan', () => {
  const book = new LaneBook();
  const look = { ...LOOK, history: STORY, length: STORY.length };
  const first = book.at(look);
  const other = storyOfFault(8);
  for (const changed of [
    { ...look, width: 500 },
    { ...look, plan: planLanes(2, true, 84) },
    { ...look, history: other, length: other.length },
  ]) {
    expect(book.at(changed).drawing).toEqual(new LaneBook().at(changed).drawing);
    expect(book.at(changed).drawing).not.toEqual(first.drawing);
  }
});

test('of a path that has grown untold only what was told is drawn, on whatever width', () => {
  const told = beginning(RECORDS.slice(0, 4));
  const { length } = told;
  const expected = [800, 300].map((width) => new LaneBook().at({ ...LOOK, history: told, length, width }));
  const history = beginning(RECORDS);
  const book = new LaneBook();
  for (const [index, width] of [800, 300].entries()) {
    const { drawing, facts, entries } = book.at({ ...LOOK, history, length, width });
    expect(entries).toHaveLength(4);
    expect({ drawing, facts }).toEqual({
      drawing: expected[index]!.drawing,
      facts: expected[index]!.facts,
    });
  }
  expect(book.at({ ...LOOK, history, length: history.length }).entries).toHaveLength(RECORDS.length);
});

test('lanes that were prepared and given up leave nothing behind', () => {
  const look = { ...LOOK, history: STORY, length: STORY.length };
  const book = new LaneBook();
  const given = book.prepare({ ...look, width: 300 });
  given.next();
  given.next();

  expect(book.at(look)).toEqual(new LaneBook().at(look));
  atOnce(given);
  expect(book.at(look)).toEqual(new LaneBook().at(look));
});

test('the level at a position is that of the machines, or far off that after the last command before it', () => {
  const settings = { ...DEFAULT_SETTINGS, blockCount: 200_000, diffVolumeBlocks: 400, maximumBlocks: null };
  const history = new History({ settings, worlds: BOTH_WORLDS });
  actOn(history, create);
  for (let from = 0; from < 3; from += 1) actOn(history, burst(from * 20, 20));
  const again = new History(history.scenario);
  for (const { record } of history.entries) again.append(record);
  const [, first, second] = again.entries;
  const inside = second!.start + 30;

  const after = first!.samples.map(({ used, allocated }) => ({ used, allocated }));
  expect(again.isNear(inside)).toBe(false);
  expect(levelsAt(again, inside)).toMatchObject(after);
  expect(levelsAt(again, second!.start)).toMatchObject(after);
  for (const _ of again.approach(inside));
  const machines = again.momentAt(inside).machines.map(({ used, allocated }) => ({ used, allocated }));
  expect(levelsAt(again, inside)).toMatchObject(machines);
  expect(machines).not.toEqual(after);
});
