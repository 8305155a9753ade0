import type { ReplayReport } from './replay';
import { recordOfCopy, type RecordRange } from './copy-curve';

/** What level ORIGINAL_VOLUME does when the diff area has reached its maximum. */
type LossAtMaximum =
  | { readonly kind: 'oldestDeleted'; readonly deleted: number; readonly left: number }
  | { readonly kind: 'allLost'; readonly lost: number };

/**
 * A diff area that was too small for a trace, and what would have given. It follows from counting alone: every copy
 * takes a slot, none is given back, and the area never lags behind. What growth and its timing add, the engine tells.
 */
export interface TooSmall {
  readonly derivedBy: 'counting';
  /** The record whose write needed a slot that was not there. */
  readonly record: RecordRange;
  /** Those taken by then. */
  readonly snapshots: number;
  readonly originalVolume: {
    readonly atMaximum: LossAtMaximum;
    /** The diff volume itself is full: then all are lost, whatever their number. */
    readonly atCapacity: { readonly kind: 'allLost'; readonly lost: number };
  };
  /** From that record on the volume is offline, with its snapshots kept. */
  readonly snapshot: { readonly kind: 'offline'; readonly kept: number };
}

/**
 * What comes of a diff area of `diffAreaBlocks` blocks during the replayed trace; `null`: it is large enough. The
 * smallest that is large enough has as many blocks as there are copies.
 */
export function tooSmall({ totals, copyCurve }: ReplayReport, diffAreaBlocks: number): TooSmall | null {
  if (totals.copies <= diffAreaBlocks) return null;
  const newest = newestAtCopy(totals.copiesPerSnapshot, diffAreaBlocks + 1);
  const snapshots = newest + 1;
  return {
    derivedBy: 'counting',
    record: recordOfCopy(copyCurve, diffAreaBlocks + 1),
    snapshots,
    originalVolume: {
      atMaximum: lossAtMaximum(totals.copiesPerSnapshot, newest),
      atCapacity: { kind: 'allLost', lost: snapshots },
    },
    snapshot: { kind: 'offline', kept: snapshots },
  };
}

/** The place of the snapshot that was the newest when copy number `copy` was made. */
function newestAtCopy(copiesPerSnapshot: readonly number[], copy: number): number {
  let made = 0;
  return copiesPerSnapshot.findIndex((copies) => {
    made += copies;
    return made >= copy;
  });
}

/** From the oldest on they are deleted until one gave a slot back; the newest has nobody to make room for. */
function lossAtMaximum(copiesPerSnapshot: readonly number[], newest: number): LossAtMaximum {
  const giving = copiesPerSnapshot.findIndex((copies) => copies > 0);
  return giving < newest
    ? { kind: 'oldestDeleted', deleted: giving + 1, left: newest - giving }
    : { kind: 'allLost', lost: newest + 1 };
}
