import { FAULT_NAMES } from '../core/fault';
import type { Command } from '../core/command';
import type { Expectation } from '../core/lesson/expectation';
import type { Beat, Highlight, Lesson } from '../core/lesson/lesson';
import { commandsOf } from '../core/lesson/replay-lesson';
import type { MachineSettings } from '../core/machine';
import type { Flaw } from '../core/problem';
import { MAXIMUM_BURST_WRITES, MAXIMUM_WRITE_BLOCKS, replayedBlocks } from '../core/workload';

/** What a lesson may ask of a replay, so that reading a file never takes long, whoever wrote it. */
const LARGEST_VOLUME = 4_096;
const MOST_COMMANDS = 2_000;
const MOST_CLAIMS = 2_000;
/** Block writes and other commands of a whole replay, in all worlds together. */
const MOST_WORK = 100_000;

interface Placed<Thing> {
  readonly place: string;
  readonly thing: Thing;
}

/** Why a lesson, finished or not, must not be replayed: it would take too long, or speaks of what is not there. */
export function flawOfBounds(lesson: Lesson): Flaw | null {
  return sizeFlaw(lesson) ?? amountFlaw(lesson) ?? outsideFlaw(lesson);
}

function sizeFlaw({ scenario: { settings } }: Lesson): Flaw | null {
  for (const name of ['blockCount', 'diffVolumeBlocks'] as const) {
    if (settings[name] > LARGEST_VOLUME) {
      return { place: `scenario.settings.${name}`, reason: `Expected <=${LARGEST_VOLUME} in a lesson` };
    }
  }
  return null;
}

function amountFlaw(lesson: Lesson): Flaw | null {
  const claims = lesson.beats.reduce((sum, beat) => sum + claimsOf(beat, '').length, 0);
  if (claims > MOST_CLAIMS) {
    return { place: 'beats', reason: `Expected at most ${MOST_CLAIMS} claims together` };
  }
  const commands = lesson.beats.reduce((sum, beat) => sum + allCommandsOf(beat).length, lesson.before.length);
  if (commands > MOST_COMMANDS) {
    return { place: 'beats', reason: `Expected at most ${MOST_COMMANDS} commands together` };
  }
  return workOf(lesson) > MOST_WORK
    ? { place: 'beats', reason: `Replaying it would take more than ${MOST_WORK} writes` }
    : null;
}

function allCommandsOf(beat: Beat): readonly Command[] {
  const detours = beat.kind === 'task' ? beat.detours : [];
  return [...commandsOf(beat), ...detours.flatMap(({ example }) => example)];
}

/** Commands and block writes of a replay. Before a task, and for each detour of it, the way there is gone again. */
function workOf({ scenario: { settings, worlds }, before, beats }: Lesson): number {
  const sum = (commands: readonly Command[]): number =>
    commands.reduce((total, command) => total + workOfCommand(command, settings), 0);
  let done = sum(before);
  let again = 0;
  for (const beat of beats) {
    if (beat.kind === 'task') {
      again += done + beat.detours.reduce((total, { example }) => total + done + sum(example), 0);
    }
    done += sum(commandsOf(beat));
  }
  return (done + again) * worlds.length;
}

function workOfCommand(command: Command, { blockCount }: MachineSettings): number {
  switch (command.type) {
    case 'write':
      return 1 + Math.min(Math.max(command.count, 0), blockCount);
    case 'writeBurst':
      return 1 + Math.min(Math.max(command.writes, 0), MAXIMUM_BURST_WRITES);
    case 'replayWrites':
      return 1 + Math.min(Math.max(replayedBlocks(command), 0), MAXIMUM_WRITE_BLOCKS);
    case 'revertToSnapshot':
      return blockCount;
    default:
      return 1;
  }
}

function claimsOf(beat: Beat, place: string): readonly Placed<Expectation>[] {
  const placed = (claims: readonly Expectation[], at: string): Placed<Expectation>[] =>
    claims.map((thing, index) => ({ place: `${place}.${at}.${index}`, thing }));
  switch (beat.kind) {
    case 'tell':
      return placed(beat.expect, 'expect');
    case 'predict':
      return beat.answers.flatMap(({ claims }, index) => placed(claims, `answers.${index}.claims`));
    case 'task':
      return [
        ...placed(beat.goal, 'goal'),
        ...beat.detours.flatMap(({ claims }, index) => placed(claims, `detours.${index}.claims`)),
      ];
    case 'byHand':
    case 'diagnose':
      return [];
  }
}

function outsideFlaw({ scenario: { settings, worlds }, beats }: Lesson): Flaw | null {
  for (const [index, beat] of beats.entries()) {
    const place = `beats.${index}`;
    if ('highlight' in beat && isOutside(beat.highlight, settings)) {
      return { place: `${place}.highlight.number`, reason: 'There is no such place on the volumes' };
    }
    if (beat.kind === 'byHand' && beat.block >= settings.blockCount) {
      return { place: `${place}.block`, reason: reasonOutside(settings) };
    }
    for (const { place: at, thing } of claimsOf(beat, place)) {
      if (thing.world !== 'every' && !worlds.includes(thing.world)) {
        return { place: `${at}.world`, reason: 'The lesson has no such world' };
      }
      if ('block' in thing.fact && thing.fact.block >= settings.blockCount) {
        return { place: `${at}.fact.block`, reason: reasonOutside(settings) };
      }
    }
  }
  return null;
}

function reasonOutside({ blockCount }: MachineSettings): string {
  return `The blocks of the volume are 0 to ${blockCount - 1}`;
}

function isOutside(highlight: Highlight | null, settings: MachineSettings): boolean {
  if (highlight?.part === 'block') return highlight.number >= settings.blockCount;
  return highlight?.part === 'slot' && highlight.number >= settings.diffVolumeBlocks;
}

/** Everything that a lesson still lacks before it can be given away, with the place. */
export function lacksOf({ id, title, aim, beats }: Lesson): readonly Flaw[] {
  return [
    ...lackIf(id === '', 'id', 'An id is missing: lower case letters, digits and hyphens'),
    ...lackIf(isBlank(title), 'title', 'A title is missing'),
    ...lackIf(isBlank(aim), 'aim', 'The aim is missing: what one can do after the lesson'),
    ...lackIf(beats.length === 0, 'beats', 'A lesson has at least one beat'),
    ...beats.flatMap((beat, index) => lacksOfBeat(beat, `beats.${index}`)),
  ];
}

function lackIf(isLacking: boolean, place: string, reason: string): readonly Flaw[] {
  return isLacking ? [{ place, reason }] : [];
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}

function lacksOfBeat(beat: Beat, place: string): readonly Flaw[] {
  if (beat.kind !== 'predict') {
    return [
      ...lackIf(isBlank(beat.text), `${place}.text`, 'The sentence is missing'),
      ...lackIf(
        beat.kind === 'task' && beat.goal.length === 0,
        `${place}.goal`,
        'A goal is missing: choose at least one fact',
      ),
      ...(beat.kind === 'diagnose' ? faultLacks(beat.faults, place) : []),
    ];
  }
  const { question, answers, because } = beat;
  return [
    ...lackIf(isBlank(question), `${place}.question`, 'The question is missing'),
    ...lackIf(answers.length < 2, `${place}.answers`, 'A prediction has at least two answers'),
    ...answers.flatMap(({ text, claims }, index) => [
      ...lackIf(isBlank(text), `${place}.answers.${index}.text`, 'The answer is missing'),
      ...lackIf(
        claims.length === 0,
        `${place}.answers.${index}.claims`,
        'What the answer claims is missing: choose at least one fact',
      ),
    ]),
    ...lackIf(isBlank(because), `${place}.because`, 'The explanation is missing'),
  ];
}

function faultLacks(faults: readonly number[], place: string): readonly Flaw[] {
  const isEnough = new Set(faults).size === faults.length && faults.length >= 2;
  return lackIf(
    !isEnough,
    `${place}.faults`,
    `Expected at least two different faults of 1 to ${FAULT_NAMES.length - 1}`,
  );
}
