import type { FaultNumber } from './fault';
import type { BranchOrigin } from './laboratory';
import { runOfFault, type FaultRun } from './run-of-fault';

/** The story of the first visit is the run of COW_WRITE_FAILURE: a copy cannot be written, so something must give. */
export const STORY_FAULT: FaultNumber = 7;

/** A branch that begins with a built-in run, as opposed to one that forks off another branch or begins empty. */
export type RunOrigin = Extract<BranchOrigin, { readonly kind: 'story' | 'fault' }>;

export function isRun(origin: BranchOrigin): origin is RunOrigin {
  return origin.kind === 'story' || origin.kind === 'fault';
}

export function runOfOrigin(origin: RunOrigin): FaultRun {
  return runOfFault(origin.kind === 'story' ? STORY_FAULT : origin.fault);
}
