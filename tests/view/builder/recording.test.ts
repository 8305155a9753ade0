import { expect, test } from 'vitest';
import type { Command } from '../../../src/core/command';
import { act } from '../../../src/core/act';
import { History } from '../../../src/core/history';
import type { Lesson } from '../../../src/core/lesson/lesson';
import { failure, success } from '../../../src/core/result';
import type { WorldId } from '../../../src/core/scenario';
import { sliceBurst } from '../../../src/core/workload';
import { bothWorlds, burst, SNAPSHOT, write } from '../../../src/lessons/making';
import { commandsOfBranch, doneSince, endOfBeat } from '../../../src/view/builder/recording';

const BURST = { ...burst(0, 150), span: 16 } as Command & { type: 'writeBurst' };

function historyOf(commands: readonly Command[], worlds: readonly WorldId[] = ['off', 'on']): History {
  const history = new History(bothWorlds());
  for (const command of commands) {
    const point = history.branchPointAt(history.length);
    const acted = act(history.scenario, point, { command, worlds }, (point.parent ?? 0) + 1);
    if (acted.ok) for (const record of acted.value.records) history.append(record);
  }
  return history;
}

const LESSON: Lesson = {
  id: 'x',
  title: 'X',
  aim: 'X.',
  scenario: bothWorlds(),
  before: [write(1, 'Monday')],
  beats: [{ kind: 'tell', text: 'A burst.', highlight: null, commands: [BURST], expect: [] }],
};

const TOLD = [write(1, 'Monday'), ...sliceBurst(BURST)];

test('a burst is one command again, whatever its slices', () => {
  expect(historyOf(TOLD).entries.length).toBe(4);
  expect(commandsOfBranch(historyOf([...TOLD, ...sliceBurst(BURST)]))).toEqual(
    success([write(1, 'Monday'), BURST, BURST]),
  );
});

test('what was done since is what comes after the lesson, on its own branch only', () => {
  expect(doneSince(LESSON, historyOf([...TOLD, SNAPSHOT]))).toEqual(success([SNAPSHOT]));
  expect(doneSince(LESSON, historyOf(TOLD))).toEqual(success([]));
  expect(doneSince(LESSON, historyOf([SNAPSHOT, ...TOLD]))).toBeNull();
  expect(doneSince(LESSON, historyOf([]))).toBeNull();
  expect(doneSince({ ...LESSON, scenario: bothWorlds({ blockCount: 32 }) }, historyOf(TOLD))).toBeNull();
});

test('a command for one world cannot be told', () => {
  expect(commandsOfBranch(historyOf([SNAPSHOT], ['on']))).toEqual(failure('oneWorld'));
});

test('the end of a beat is found among slices', () => {
  const history = historyOf([...TOLD, SNAPSHOT]);
  expect(endOfBeat(LESSON, history, -1)).toBe(history.entries[1]!.start);
  expect(endOfBeat(LESSON, history, 0)).toBe(history.entries[4]!.start);
});
