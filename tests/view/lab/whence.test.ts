import { expect, test } from 'vitest';
import type { Branch, BranchOrigin } from '../../../src/core/laboratory';
import { bothWorlds } from '../../../src/lessons/making';
import { whenceOf } from '../../../src/view/lab/whence';
import type { LessonProgress } from '../../../src/formats/progress';

function branch(id: number, origin: BranchOrigin): Branch {
  return { id, name: '', origin, scenario: bothWorlds(), tip: null };
}

function lesson(id: string, ...branches: readonly number[]): LessonProgress {
  const places = branches.map((number) => ({ branch: number, record: null }));
  return { id, beat: 0, places, answers: [], isDone: false };
}

const RUN = branch(1, { kind: 'fault', fault: 8 });
const OWN = branch(2, { kind: 'own' });
const FORK = branch(3, { kind: 'fork', branch: 2, record: null });
const FORK_OF_FORK = branch(4, { kind: 'fork', branch: 3, record: 5 });
const ALL = [RUN, OWN, FORK, FORK_OF_FORK];

test('what was tried out in a lesson still belongs to it', () => {
  expect(whenceOf(FORK_OF_FORK, ALL, [lesson('blocks', 2)])).toEqual({ kind: 'lesson', id: 'blocks' });
});

test('the machine of a mystery belongs to its lesson', () => {
  const lessons = [{ ...lesson('fault-7', 1), benches: [2] }];
  expect(whenceOf(FORK, ALL, lessons)).toEqual({ kind: 'lesson', id: 'fault-7' });
});

test('of two lessons on one branch the one that was kept last has it', () => {
  const lessons = [lesson('blocks', 2), lesson('first-write', 2)];
  expect(whenceOf(OWN, ALL, lessons)).toEqual({ kind: 'lesson', id: 'first-write' });
});

test('a run comes from its fault, a laboratory of one’s own from nowhere', () => {
  expect(whenceOf(RUN, ALL, [lesson('blocks', 2)])).toEqual({ kind: 'fault', fault: 8 });
  expect(whenceOf(OWN, ALL, [lesson('blocks', 1)])).toBeNull();
});

test('a branch whose origin is gone, or that forks off itself, ends the search', () => {
  expect(whenceOf(FORK, [FORK], [])).toBeNull();
  const circular = branch(9, { kind: 'fork', branch: 9, record: null });
  expect(whenceOf(circular, [circular], [])).toBeNull();
});
