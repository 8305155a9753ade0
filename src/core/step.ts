import { WRITE_COMMANDS } from './command';
import { carryOut } from './decide/decide';
import { Run } from './decide/run';
import { resumeWrite } from './decide/write-path';
import type { Digest } from './digest';
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

/** How many steps an instruction takes: the worlds go side by side, and the one with less to do waits. */
export function stepsOf(digests: readonly Digest[]): number {
  return Math.max(0, ...digests.map(({ events }) => events));
}

/** How many steps two worlds take alike before the first in which they do different things; `null`: all. */
export function firstDifferentStep({ events: [first, second] }: Outcome): number | null {
  if (first === undefined || second === undefined) return null;
  for (let step = 0; step < Math.max(first.length, second.length); step += 1) {
    if (JSON.stringify(first[step]) !== JSON.stringify(second[step])) return step;
  }
  return null;
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
 * Afterwards the worlds stand at the same time again: the faster one waits on the common clock. `steps`: only the
 * events up to there, when it was cut short.
 */
export function decideTogether(
  worlds: readonly WorldId[],
  machines: readonly Machine[],
  instruction: Instruction,
  steps = Infinity,
): Result<Outcome, Refusal> {
  const runs = machines.map((machine) => new Run(machine, true));
  const refusals = carryOutTogether(worlds, runs, instruction);
  return refusals.ok
    ? success({ refusals: refusals.value, events: runs.map(({ events }) => events.slice(0, steps)) })
    : failure(refusals.problem);
}

/** What an instruction did, per world, in numbers; and what each world said to it. */
export interface Summary {
  readonly digests: readonly Digest[];
  readonly refusals: readonly (Refusal | null)[];
}

/** What each world said, or the refusal of all. */
export function carryOutTogether(
  worlds: readonly WorldId[],
  runs: readonly Run[],
  { command, worlds: asked }: Instruction,
): Result<readonly (Refusal | null)[], Refusal> {
  const isAsked = (index: number): boolean => asked.includes(worlds[index]!);
  const refusals = runs.map((run, index) => (isAsked(index) ? carryOut(run, command) : null));
  const refusal = refusals.find((said) => said !== null);
  if (refusal && refusals.every((said, index) => said !== null || !isAsked(index))) return failure(refusal);
  finishWrites(runs);
  alignClocks(runs);
  return success(refusals);
}

/** A write that was stopped between two stages goes on, also in a world that was not asked or that refused. */
function finishWrites(runs: readonly Run[]): void {
  for (const run of runs) {
    if (run.state.request !== null) resumeWrite(run);
  }
}

function alignClocks(runs: readonly Run[]): void {
  const latestMs = Math.max(...runs.map((run) => run.state.clockMs));
  for (const run of runs) {
    const durationMs = latestMs - run.state.clockMs;
    if (durationMs > 0) carryOut(run, { type: 'wait', durationMs });
  }
}

/** Writes are done without their events: there can be a hundred thousand of them on a path, a million in one burst. */
export function isUnwatched({ command }: Instruction): boolean {
  return WRITE_COMMANDS.has(command.type);
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
