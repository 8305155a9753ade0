import { expect, test } from 'vitest';
import { decide } from '../../../src/core/decide/decide';
import { fold } from '../../../src/core/evolve';
import { fingerprint } from '../../../src/core/fingerprint';
import { checkMachine } from '../../../src/core/invariants';
import {
  beginByHand,
  HAND_STAGES,
  performByHand,
  type HandMistake,
  type HandStage,
} from '../../../src/core/lesson/by-hand';
import { createMachine, DEFAULT_SETTINGS, type Machine } from '../../../src/core/machine';
import type { Command } from '../../../src/core/command';

const pattern = { kind: 'pattern' as const, seed: 0 };

function after(...commands: readonly Command[]): Machine {
  let machine = createMachine(DEFAULT_SETTINGS, 'ORIGINAL_VOLUME');
  for (const command of commands) {
    const decided = decide(machine, command);
    if (!decided.ok) throw new Error(decided.problem.code);
    machine = fold(machine, decided.value);
  }
  return machine;
}

const write = (block: number): Command => ({ type: 'write', block, count: 1, content: pattern });
const READY = after(write(6), { type: 'createSnapshot' });

function permutations(stages: readonly HandStage[]): readonly (readonly HandStage[])[] {
  if (stages.length === 0) return [[]];
  return stages.flatMap((stage) =>
    permutations(stages.filter((other) => other !== stage)).map((rest) => [stage, ...rest]),
  );
}

function firstMistake(order: readonly HandStage[]): HandMistake | null {
  let work = beginByHand(READY, 6)!;
  for (const stage of order) {
    const performed = performByHand(work, stage);
    if (!performed.ok) return performed.problem;
    work = performed.value;
  }
  return null;
}

test('of all 120 orders only the right one passes, and every other one does harm that can be read', () => {
  const orders = permutations(HAND_STAGES);
  expect(orders).toHaveLength(120);
  const passed = orders.filter((order) => firstMistake(order) === null);
  expect(passed).toEqual([HAND_STAGES]);
  for (const order of orders) {
    const mistake = firstMistake(order);
    if (mistake === null || mistake.consequence.kind === 'doneAlready') continue;
    expect(mistake.consequence.reads, order.join()).not.toBe(mistake.consequence.ought);
  }
});

test('done by hand, the machine is what the engine makes of the write', () => {
  let work = beginByHand(READY, 6)!;
  for (const stage of HAND_STAGES) {
    const performed = performByHand(work, stage);
    if (!performed.ok) throw new Error(stage);
    work = performed.value;
  }
  const decided = decide(READY, write(6));
  if (!decided.ok) throw new Error('refused');
  expect(fingerprint(work.machine)).toBe(fingerprint(fold(READY, decided.value)));
  expect(checkMachine(work.machine)).toEqual([]);
});

test('overwriting first loses the old content for the snapshot: it reads the new one', () => {
  const mistake = firstMistake(['overwrite', 'read', 'copy', 'record', 'complete']);
  expect(mistake).toEqual({
    stage: 'overwrite',
    expected: 'read',
    consequence: { kind: 'snapshotFalse', reads: READY.nextStamp, ought: READY.live.get(6) },
  });
});

test('answering first leaves the program believing in a write that was never made', () => {
  const mistake = firstMistake(['read', 'complete', 'copy', 'record', 'overwrite']);
  expect(mistake?.consequence).toEqual({
    kind: 'writeLost',
    reads: READY.live.get(6),
    ought: READY.nextStamp,
  });
});

test('a stage that was done is not done again', () => {
  expect(firstMistake(['read', 'read', 'copy', 'record', 'overwrite'])?.consequence).toEqual({
    kind: 'doneAlready',
  });
});

test('a write that would copy nothing cannot be done by hand', () => {
  expect(beginByHand(after(write(6)), 6)).toBeNull();
  expect(beginByHand(after({ type: 'createSnapshot' }, write(6)), 6)).toBeNull();
});
