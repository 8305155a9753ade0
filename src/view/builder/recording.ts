import type { Command } from '../../core/command';
import { History } from '../../core/history';
import type { Expectation } from '../../core/lesson/expectation';
import { offersAfter, type Offer } from '../../core/lesson/offers';
import type { Lesson } from '../../core/lesson/lesson';
import { carryOn, commandsOf } from '../../core/lesson/replay-lesson';
import { failure, success, type Result } from '../../core/result';
import { isSameScenario } from '../../core/scenario';

/** Why what was done on a branch cannot be told as a lesson. */
export type Unrecordable = 'start' | 'cut' | 'oneWorld';

/** What was done on a branch, burst by burst and not slice by slice. */
export function commandsOfBranch({ scenario, entries }: History): Result<readonly Command[], Unrecordable> {
  if (scenario.start !== undefined) return failure('start');
  const commands: Command[] = [];
  for (const { record } of entries) {
    const { command, worlds } = record.instruction;
    if (record.cut) return failure('cut');
    if (worlds.length < scenario.worlds.length) return failure('oneWorld');
    const joined = joinSlices(commands[commands.length - 1], command);
    if (joined === null) commands.push(command);
    else commands[commands.length - 1] = joined;
  }
  return success(commands);
}

/** Two slices of one burst as one; `null` when they are none. */
function joinSlices(first: Command | undefined, second: Command): Command | null {
  if (first?.type !== 'writeBurst' || second.type !== 'writeBurst') return null;
  const isSame =
    first.order === second.order &&
    first.block === second.block &&
    first.span === second.span &&
    first.seed === second.seed &&
    first.from + first.writes === second.from;
  return isSame ? { ...first, writes: first.writes + second.writes } : null;
}

/** All that a lesson does before beat `end`. */
export function commandsBefore(lesson: Lesson, end = lesson.beats.length): readonly Command[] {
  return [...lesson.before, ...lesson.beats.slice(0, end).flatMap(commandsOf)];
}

/** What was done on a branch after a lesson's last beat; `null` when the branch is not the lesson's. */
export function doneSince(lesson: Lesson, history: History): Result<readonly Command[], Unrecordable> | null {
  if (!isSameScenario(lesson.scenario, history.scenario)) return null;
  const done = commandsOfBranch(history);
  if (!done.ok) return done;
  const told = commandsBefore(lesson);
  const isAhead = told.every((command, index) => isSame(command, done.value[index]));
  return isAhead ? success(done.value.slice(told.length)) : null;
}

function isSame(first: Command, second: Command | undefined): boolean {
  return second !== undefined && plain(first) === plain(second);
}

function plain(command: Command): string {
  return JSON.stringify(Object.entries(command).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * What can be claimed after the commands, when they come after what the lesson does before beat `index`. `also`: what
 * is claimed already.
 */
export function offersAt(
  lesson: Lesson,
  index: number,
  commands: readonly Command[],
  also: readonly Expectation[] = [],
): readonly Offer[] {
  const history = new History(lesson.scenario);
  carryOn(history, commandsBefore(lesson, index));
  const before = history.upTo(history.entries.length);
  carryOn(history, commands);
  return offersAfter(before, history, commands, also);
}

/** The position at which a beat ends on a branch that leads through the lesson; beat -1: where the first one begins. */
export function endOfBeat(lesson: Lesson, { entries }: History, beat: number): number {
  const steps = commandsBefore(lesson, beat + 1).reduce((sum, command) => sum + sizeOf(command), 0);
  let done = 0;
  for (const { start, record } of entries) {
    if (done >= steps) return start;
    done += sizeOf(record.instruction.command);
  }
  const last = entries[entries.length - 1];
  return last === undefined ? 0 : last.start + last.record.steps;
}

/** A burst is in the log in slices: its writes are counted, every other command counts as one. */
function sizeOf(command: Command): number {
  return command.type === 'writeBurst' ? command.writes : 1;
}
