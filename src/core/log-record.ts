import type { Instruction } from './scenario';

/** One line of the log: an instruction and what is needed to repeat and to check it. Its events are derived. */
export interface LogRecord {
  readonly id: number;
  /** The record before it; `null` for the first one. Records form a tree: a branch is the path to its last record. */
  readonly parent: number | null;
  readonly instruction: Instruction;
  /** How many steps of it happened; `cut` when the learner acted before it was over. */
  readonly steps: number;
  readonly cut: boolean;
  /** Per world, of the machine after it; empty where an earlier version of this page kept others, which say nothing any more. */
  readonly fingerprints: readonly number[];
}

/** A record as an earlier version of this page kept it: its fingerprints were reckoned in another way. */
export function withoutFingerprints(record: LogRecord): LogRecord {
  return { ...record, fingerprints: [] };
}
