import { required } from './assert';
import type { FaultNumber } from './fault';
import type { LogRecord } from './log-record';
import type { Scenario, Start } from './scenario';

/** Limits of one laboratory: far beyond what a lesson needs, and small enough to load. */
export const MAXIMUM_RECORDS = 100_000;
/** From here on it is time to say that a laboratory will be full. */
export const NEARLY_FULL_RECORDS = 0.9 * MAXIMUM_RECORDS;
export const MAXIMUM_BRANCHES = 1_000;
export const MAXIMUM_NAME_LENGTH = 200;

/**
 * A branch: one path of the log that can be returned to. `tip` names its last record, `null` when nothing has happened
 * on it yet. `origin` says what it was opened from, so that opening the same thing again finds it.
 */
export interface Branch {
  readonly id: number;
  /** A name given by the learner; empty: named after its origin. */
  readonly name: string;
  readonly origin: BranchOrigin;
  readonly scenario: Scenario;
  /** The number of the start that its machines begin from; without it they begin new. */
  readonly start?: number;
  readonly tip: number | null;
}

export type BranchOrigin =
  /** The prepared story of the first visit. */
  | { readonly kind: 'story' }
  /** The built-in run of a fault. */
  | { readonly kind: 'fault'; readonly fault: FaultNumber }
  /** A machine that the learner made: the branch began with its scenario and nothing else. */
  | { readonly kind: 'own' }
  /** A real volume with its shadow copies: the branch began from a volume image. */
  | { readonly kind: 'image' }
  /** A moment of another branch, all that lay before which was forgotten. */
  | { readonly kind: 'trimmed' }
  /** The learner acted in the past of branch `branch`, after record `record`. */
  | { readonly kind: 'fork'; readonly branch: number; readonly record: number | null };

/** What the laboratory keeps besides the log: everything that survives a reload. */
export interface LaboratoryState {
  readonly branches: readonly Branch[];
  readonly currentBranch: number;
  /** Where the learner looks at on the current branch, in steps. */
  readonly position: number;
  readonly nextRecord: number;
  readonly nextBranch: number;
  /** What "start over" left, latest last: each can be returned to by undo. */
  readonly startedOverFrom: readonly Place[];
}

/** A position on a branch. */
interface Place {
  readonly branch: number;
  readonly position: number;
}

export function currentBranch(state: LaboratoryState): Branch {
  return branchOf(state, state.currentBranch);
}

export function branchOf(state: LaboratoryState, id: number): Branch {
  return required(
    state.branches.find((branch) => branch.id === id),
    'a branch is known by its number',
  );
}

/** What the machines of a branch begin from, given the starts of the laboratory by their numbers. */
export function scenarioOfBranch(
  { scenario, start }: Pick<Branch, 'scenario' | 'start'>,
  startOf: (id: number) => Start | undefined,
): Scenario {
  return start === undefined
    ? scenario
    : { ...scenario, start: required(startOf(start), 'a start is known by its number') };
}

/** A branch that forked off no other one. */
export interface RootBranch extends Branch {
  readonly origin: Exclude<BranchOrigin, { readonly kind: 'fork' }>;
}

/** The branch that a branch goes back to, by way of all that it forked off; itself when it is no fork. */
export function rootOf(state: LaboratoryState, branch: Branch): RootBranch {
  const { origin } = branch;
  return origin.kind === 'fork' ? rootOf(state, branchOf(state, origin.branch)) : { ...branch, origin };
}

/** The records from the first one to `tip`, by following the parents. Stops at a record that is not there. */
export function pathTo(
  tip: number | null,
  recordOf: (id: number) => LogRecord | undefined,
): readonly LogRecord[] {
  const path: LogRecord[] = [];
  for (let id = tip; id !== null;) {
    const record = recordOf(id);
    if (record === undefined) break;
    path.push(record);
    id = record.parent;
  }
  return path.reverse();
}
