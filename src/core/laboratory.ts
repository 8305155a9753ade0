import { required } from './assert';
import type { FaultNumber } from './fault';
import type { LogRecord } from './history';
import type { Scenario } from './scenario';

/** Limits of one laboratory: far beyond what a lesson needs, and small enough to load. */
export const MAXIMUM_RECORDS = 100_000;
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
  readonly tip: number | null;
}

export type BranchOrigin =
  /** The prepared story of the first visit. */
  | { readonly kind: 'story' }
  /** The built-in run of a fault. */
  | { readonly kind: 'fault'; readonly fault: FaultNumber }
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
