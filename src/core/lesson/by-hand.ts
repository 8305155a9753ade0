import { assert } from '../assert';
import { decide } from '../decide/decide';
import type { Event, EventType } from '../event';
import { evolve, fold } from '../evolve';
import { existingSnapshots, type Machine } from '../machine';
import { snapshotStamp } from '../read-path';
import { failure, success, type Result } from '../result';

/** The stages of a copy-on-write that the learner performs, in the only order that is right. */
export const HAND_STAGES = ['read', 'copy', 'record', 'overwrite', 'complete'] as const;

export type HandStage = (typeof HAND_STAGES)[number];

/** A copy-on-write in the learner's hands: the request stands behind the gate, its slot is taken. */
export interface HandWork {
  readonly machine: Machine;
  readonly block: number;
  readonly slot: number;
  /** The newest snapshot, which still reads the block from the live volume. */
  readonly snapshot: number;
  readonly oldStamp: number;
  readonly newStamp: number;
  readonly done: readonly HandStage[];
  /** What the engine itself does in each stage. */
  readonly events: Readonly<Record<HandStage, readonly Event[]>>;
}

/** A stage at the wrong time, and what came of it when it was really done. */
export interface HandMistake {
  readonly stage: HandStage;
  readonly expected: HandStage;
  readonly consequence:
    | { readonly kind: 'doneAlready' }
    /** What is read now, and what ought to be read, as stamps. */
    | { readonly kind: 'snapshotFalse' | 'writeLost'; readonly reads: number; readonly ought: number };
}

const STAGE_EVENTS: Readonly<Record<HandStage, EventType>> = {
  read: 'oldBlockRead',
  copy: 'blockCopied',
  record: 'copyRecorded',
  overwrite: 'blockOverwritten',
  complete: 'writeCompleted',
};

/** A write of one block, up to the stage where the learner takes over; `null` when it would copy nothing. */
export function beginByHand(machine: Machine, block: number): HandWork | null {
  const content = { kind: 'pattern' as const, seed: 0 };
  const decided = decide(machine, { type: 'write', block, count: 1, content });
  if (!decided.ok) return null;
  const taken = decided.value.findLastIndex(({ type }) => type === 'slotTaken');
  const slotTaken = decided.value[taken];
  const newest = existingSnapshots(machine).at(-1);
  const isWhole = decided.value.some(({ type }) => type === 'copyRecorded');
  if (slotTaken?.type !== 'slotTaken' || newest === undefined || !isWhole) return null;
  return {
    machine: fold(machine, decided.value.slice(0, taken + 1)),
    block,
    slot: slotTaken.slot,
    snapshot: newest.snapshot,
    oldStamp: machine.live.get(block),
    newStamp: machine.nextStamp,
    done: [],
    events: eventsByStage(decided.value.slice(taken + 1)),
  };
}

/** Each stage with what follows from it by itself, such as a growth that begins. */
function eventsByStage(events: readonly Event[]): HandWork['events'] {
  const starts = HAND_STAGES.map((stage) => events.findIndex(({ type }) => type === STAGE_EVENTS[stage]));
  const stages = HAND_STAGES.map((stage, index) => [stage, events.slice(starts[index], starts[index + 1])]);
  return Object.fromEntries(stages) as HandWork['events'];
}

export function nextHandStage({ done }: HandWork): HandStage | null {
  return HAND_STAGES[done.length] ?? null;
}

/** Performs a stage. Out of order it is done all the same, on a machine that is thrown away, to see what comes of it. */
export function performByHand(work: HandWork, stage: HandStage): Result<HandWork, HandMistake> {
  const expected = nextHandStage(work);
  assert(expected !== null, 'a finished write has no more stages');
  if (stage === expected) {
    const machine = fold(work.machine, work.events[stage]);
    return success({ ...work, machine, done: [...work.done, stage] });
  }
  if (work.done.includes(stage)) {
    return failure({ stage, expected, consequence: { kind: 'doneAlready' } });
  }
  return failure({ stage, expected, consequence: consequenceOf(work, stage) });
}

function consequenceOf(work: HandWork, stage: HandStage): HandMistake['consequence'] {
  const { block, snapshot, oldStamp, newStamp } = work;
  const after = spoil(work, stage);
  if (stage === 'complete') {
    return { kind: 'writeLost', reads: after.live.get(block), ought: newStamp };
  }
  return { kind: 'snapshotFalse', reads: snapshotStamp(after, snapshot, block), ought: oldStamp };
}

/** The machine after a stage that came too early. */
function spoil({ machine, slot, events, done }: HandWork, stage: HandStage): Machine {
  const [event] = events[stage];
  assert(event !== undefined, 'every stage is an event');
  // Nothing has been read yet: what is copied is whatever lay in the memory, and the table will believe it.
  if (event.type === 'blockCopied' && !done.includes('read')) {
    const spoiled = evolve(machine, { ...event, stamp: machine.diffContents.get(slot) });
    return fold(spoiled, events.record.slice(0, 1));
  }
  return evolve(machine, event);
}
