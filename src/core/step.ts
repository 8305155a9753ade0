import { decide } from './decide/decide';
import type { Event } from './event';
import { fold } from './evolve';
import type { Machine } from './machine';
import type { Refusal } from './refusal';
import { failure, success, type Result } from './result';
import type { Instruction, WorldId } from './scenario';

/** What an instruction did: per world, in the order of the scenario's worlds. */
export interface Outcome {
  readonly events: readonly (readonly Event[])[];
  /** A world that refused while another one did not. */
  readonly refusals: readonly (Refusal | null)[];
}

/** How many steps an outcome takes: the worlds go side by side, and the one with less to do waits. */
export function stepsOf(outcome: Outcome): number {
  return Math.max(0, ...outcome.events.map((events) => events.length));
}

/** The same events, but only those up to step `steps`. */
export function cutOutcome(outcome: Outcome, steps: number): Outcome {
  return { ...outcome, events: outcome.events.map((events) => events.slice(0, steps)) };
}

/** Folds the steps of an outcome from step `from` up to step `to`. */
export function foldOutcome(
  machines: readonly Machine[],
  outcome: Outcome,
  to = Infinity,
  from = 0,
): readonly Machine[] {
  return machines.map((machine, index) => fold(machine, (outcome.events[index] ?? []).slice(from, to)));
}

/**
 * Carries out an instruction in every world that it goes to. Refused as a whole only when every one of them refuses.
 * Afterwards the worlds stand at the same time again: the faster one waits on the common clock.
 */
export function decideTogether(
  worlds: readonly WorldId[],
  machines: readonly Machine[],
  instruction: Instruction,
): Result<Outcome, Refusal> {
  const answers = machines.map((machine, index) =>
    instruction.worlds.includes(worlds[index]!) ? decide(machine, instruction.command) : success([]),
  );
  const refusals = answers.map((answer) => (answer.ok ? null : answer.problem));
  const asked = answers.filter((_, index) => instruction.worlds.includes(worlds[index]!));
  const refused = asked.find((answer) => !answer.ok);
  if (refused && !refused.ok && asked.every((answer) => !answer.ok)) return failure(refused.problem);
  const events = answers.map((answer) => (answer.ok ? answer.value : []));
  return success({ refusals, events: alignClocks(machines, events) });
}

function alignClocks(
  machines: readonly Machine[],
  events: readonly (readonly Event[])[],
): readonly (readonly Event[])[] {
  const after = machines.map((machine, index) => fold(machine, events[index] ?? []));
  const latestMs = Math.max(...after.map((machine) => machine.clockMs));
  return after.map((machine, index) => {
    const own = events[index] ?? [];
    const durationMs = latestMs - machine.clockMs;
    if (durationMs === 0) return own;
    const waited = decide(machine, { type: 'wait', durationMs });
    return waited.ok ? [...own, ...waited.value] : own;
  });
}

/** Events that a write, stopped just before them, would come to by itself when it goes on. */
const RESUMABLE: ReadonlySet<Event['type']> = new Set([
  'gatePassed',
  'writeTurnedAway',
  'blockLookedUp',
  'memoryAllocated',
  'slotTaken',
  'oldBlockRead',
  'blockCopied',
  'copyRecorded',
  'blockOverwritten',
  'writeCompleted',
  'faultMet',
] satisfies Event['type'][]);

function canStopWorld(machine: Machine, events: readonly Event[], steps: number): boolean {
  const next = events[steps];
  if (next === undefined || steps === 0) return true;
  return next.type === 'writeRequested' || (machine.request !== null && RESUMABLE.has(next.type));
}

/**
 * Whether the learner can act after `steps` steps of an outcome, at which the worlds stand at `machines`: before or
 * after it, or between two stages of a write or two writes of a burst. What belongs together (a fault and what it
 * does) is never torn apart.
 */
export function canStopAt(machines: readonly Machine[], outcome: Outcome, steps: number): boolean {
  return machines.every((machine, index) => canStopWorld(machine, outcome.events[index] ?? [], steps));
}
