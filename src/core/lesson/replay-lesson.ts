import type { Command } from '../command';
import { act } from '../act';
import { History } from '../history';
import type { Beat, Lesson, Task } from './lesson';
import { holds, type Expectation } from './expectation';

/** What is wrong with a lesson, and where: a path into it, such as `beats.3.answers.1.claims.0`. */
export interface LessonFlaw {
  readonly place: string;
  readonly reason:
    | { readonly code: 'refused' }
    | { readonly code: 'doesNotHold'; readonly expectation: Expectation }
    | { readonly code: 'holdsAlready' }
    | { readonly code: 'rightAnswers'; readonly count: number }
    | { readonly code: 'detourReachesGoal' };
}

/** Carries commands out at the end of a history, in every world; the index of one that is refused, or `null`. */
export function carryOn(history: History, commands: readonly Command[]): number | null {
  for (const [index, command] of commands.entries()) {
    const parent = history.lastRecord?.id ?? null;
    const point = { machines: history.machines, parent, cut: null };
    const instruction = { command, worlds: history.scenario.worlds };
    const acted = act(history.scenario, point, instruction, (parent ?? 0) + 1);
    if (!acted.ok) return index;
    for (const record of acted.value.records) history.append(record);
  }
  return null;
}

/** Replays a lesson from beginning to end, as its own commands and solutions lead through it. */
export function replayLesson(lesson: Lesson): readonly LessonFlaw[] {
  const flaws: LessonFlaw[] = [];
  const history = new History(lesson.scenario);
  const done: Command[] = [];
  const perform = (place: string, commands: readonly Command[]): void => {
    const refused = carryOn(history, commands);
    if (refused !== null) flaws.push({ place: `${place}.${refused}`, reason: { code: 'refused' } });
    done.push(...commands);
  };
  perform('before', lesson.before);
  for (const [index, beat] of lesson.beats.entries()) {
    const place = `beats.${index}`;
    if (beat.kind === 'task') flaws.push(...taskFlaws(lesson, beat, place, done));
    perform(`${place}.${beat.kind === 'task' ? 'solution' : 'commands'}`, commandsOf(beat));
    flaws.push(...flawsAfter(history, beat, place));
  }
  return flaws;
}

/** What a beat does to the machine when everything goes as it is meant to. */
export function commandsOf(beat: Beat): readonly Command[] {
  switch (beat.kind) {
    case 'tell':
    case 'predict':
      return beat.commands;
    case 'task':
      return beat.solution;
    case 'byHand':
      return [{ type: 'write', block: beat.block, count: 1, content: beat.content }];
    case 'diagnose':
      return [];
  }
}

function historyAfter(lesson: Lesson, commands: readonly Command[]): History {
  const history = new History(lesson.scenario);
  carryOn(history, commands);
  return history;
}

function taskFlaws(lesson: Lesson, task: Task, place: string, done: readonly Command[]): LessonFlaw[] {
  const isReached = (history: History): boolean =>
    task.goal.every((expectation) => holds(history, expectation));
  const flaws: LessonFlaw[] = [];
  if (isReached(historyAfter(lesson, done))) {
    flaws.push({ place: `${place}.goal`, reason: { code: 'holdsAlready' } });
  }
  for (const [index, detour] of task.detours.entries()) {
    const there = historyAfter(lesson, [...done, ...detour.example]);
    flaws.push(...missing(there, detour.claims, `${place}.detours.${index}.claims`));
    if (isReached(there)) {
      flaws.push({ place: `${place}.detours.${index}`, reason: { code: 'detourReachesGoal' } });
    }
  }
  return flaws;
}

function flawsAfter(history: History, beat: Beat, place: string): LessonFlaw[] {
  switch (beat.kind) {
    case 'tell':
      return missing(history, beat.expect, `${place}.expect`);
    case 'task':
      return missing(history, beat.goal, `${place}.goal`);
    case 'predict': {
      const right = beat.answers.filter(({ claims }) => claims.every((claim) => holds(history, claim)));
      return right.length === 1
        ? []
        : [{ place: `${place}.answers`, reason: { code: 'rightAnswers', count: right.length } }];
    }
    case 'byHand':
    case 'diagnose':
      return [];
  }
}

function missing(history: History, expectations: readonly Expectation[], place: string): LessonFlaw[] {
  return expectations.flatMap((expectation, index) =>
    holds(history, expectation)
      ? []
      : [{ place: `${place}.${index}`, reason: { code: 'doesNotHold' as const, expectation } }],
  );
}
