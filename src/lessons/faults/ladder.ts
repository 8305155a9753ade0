import type { Command } from '../../core/command';
import { FAULT_NAMES, type FaultNumber } from '../../core/fault';
import type { Expectation } from '../../core/lesson/expectation';
import type { Beat, Detour, Lesson } from '../../core/lesson/lesson';
import type { MachineSettings } from '../../core/machine';
import { bothWorlds, inWorld, SNAPSHOT, write } from '../making';

/** What one beat of a ladder says and does. */
interface Rung {
  readonly text: string;
  readonly commands: readonly Command[];
  readonly expect: readonly Expectation[];
}

interface Exercise {
  readonly text: string;
  readonly goal: readonly Expectation[];
  readonly solution: readonly Command[];
  readonly hints: readonly string[];
  readonly detours?: readonly Detour[];
}

/** The ladder of a fault: watch it, finish it, do it, diagnose it. */
export interface Ladder {
  readonly fault: FaultNumber;
  readonly title: string;
  readonly aim: string;
  readonly settings?: Partial<MachineSettings>;
  readonly before?: readonly Command[];
  readonly watch: readonly Rung[];
  /** What has been done already of the way out, before the learner finishes it. */
  readonly begun: readonly Rung[];
  readonly finish: Exercise;
  readonly doIt: Exercise;
  readonly diagnose: { readonly text: string; readonly faults: readonly FaultNumber[] };
}

/** Three blocks hold something, a snapshot keeps them, and the first one has been overwritten since. */
const BEFORE: readonly Command[] = [
  write(3, 'Monday: the first draft'),
  write(6, 'Monday: the accounts'),
  write(9, 'Monday: the letters'),
  SNAPSHOT,
  write(3, 'Tuesday: the second draft'),
];

/** The first overwrites of two blocks that the snapshot still needs. */
export const NEXT_COPY = write(6, 'Tuesday: new accounts');
export const LATER_COPY = write(9, 'Tuesday: new letters');

export const FULL_VOLUME: readonly Command[] = [
  { type: 'writeBurst', order: 'sequential', block: 0, span: 16, from: 0, writes: 16, seed: 1 },
  SNAPSHOT,
];

export function lessonOfFault(ladder: Ladder): Lesson {
  const { fault, title, aim, settings, before, watch, begun, finish, doIt, diagnose } = ladder;
  return {
    id: `fault-${fault}`,
    title,
    aim,
    scenario: bothWorlds(settings),
    before: before ?? BEFORE,
    beats: [
      ...watch.map(tell),
      ...begun.map(tell),
      task(finish),
      task(doIt),
      { kind: 'diagnose', ...diagnose },
    ],
  };
}

function tell({ text, commands, expect }: Rung): Beat {
  return { kind: 'tell', text, highlight: { part: 'protectionStatus' }, commands, expect };
}

function task({ detours = [], ...exercise }: Exercise): Beat {
  return { kind: 'task', highlight: null, detours, ...exercise };
}

/** Both worlds after a fault at level ORIGINAL_VOLUME and at level SNAPSHOT. */
export function bothOutcomes(fault: FaultNumber): readonly Expectation[] {
  return [
    ...inWorld('off', { kind: 'snapshots', count: 0 }, { kind: 'access', access: 'online' }),
    ...inWorld(
      'on',
      { kind: 'snapshots', count: 1 },
      { kind: 'access', access: 'offlineForProtection' },
      { kind: 'fault', fault },
    ),
  ];
}

/** The protected world is back with its snapshot. */
export function savedAfter(fault: FaultNumber, times: number): readonly Expectation[] {
  return inWorld(
    'on',
    { kind: 'met', fault, times },
    { kind: 'access', access: 'online' },
    { kind: 'fault', fault: 0 },
    { kind: 'snapshots', count: 1 },
  );
}

/** The protected world stands still, at a fault. */
export function blockedAt(fault: FaultNumber): readonly Expectation[] {
  return inWorld('on', { kind: 'access', access: 'offlineForProtection' }, { kind: 'fault', fault });
}

/** The same once more: the fault has been met at least `times` times. */
export function blockedAgain(fault: FaultNumber, times: number): readonly Expectation[] {
  return [...blockedAt(fault), ...inWorld('on', { kind: 'met', fault, times })];
}

export function titleOf(fault: FaultNumber, words: string): string {
  return `Fault ${fault}, ${FAULT_NAMES[fault]}: ${words}`;
}
