import type { Refusal } from './refusal';
import type { WorldId } from './scenario';

/**
 * What can go wrong around the machine: the shared vocabulary of the store, the engine and the page. Sentences for
 * them are words, and live there.
 */

/** Why the laboratory is not, or not any longer, kept in the browser's database. */
export type StorageProblem =
  /** There is no database here (private mode, settings), or it cannot be opened. */
  | { readonly kind: 'unavailable'; readonly detail: string }
  /** Another window holds the database in a way that lets nobody open it. */
  | { readonly kind: 'blocked' }
  /** The laboratory is open in another tab, which has the database for itself. */
  | { readonly kind: 'otherTab' }
  /** Written by a newer version of this page: not touched. */
  | { readonly kind: 'newerFormat'; readonly format: number }
  | { readonly kind: 'quota' }
  /** One transaction failed and changed nothing; the next one may succeed. */
  | { readonly kind: 'aborted'; readonly detail: string }
  /** The connection was lost: the database was deleted, or taken away by the browser. */
  | { readonly kind: 'closed' };

/** Where the laboratory is kept. In memory it lasts as long as the page, so it should be saved to a file. */
export type StorageStatus =
  { readonly kind: 'stored' } | { readonly kind: 'memory'; readonly reason: StorageProblem };

/** A part of the volumes: a block of the live volume, or the bytes in a block of the diff volume. */
export type StoredPart = 'block' | 'slot';

/** What was found damaged in the store, and what was done about it. Nothing damaged is deleted. */
export type Damage =
  | { readonly kind: 'recordUnreadable'; readonly record: number; readonly reason: string }
  /** The branch now ends before record `record`, which is damaged or leads elsewhere than it did. */
  | { readonly kind: 'branchShortened'; readonly branch: number; readonly record: number }
  /** What the branch began from cannot be read, and with it the whole branch. */
  | { readonly kind: 'branchLost'; readonly branch: number; readonly reason: string }
  /** These records are on no branch any more. */
  | { readonly kind: 'recordsUnreachable'; readonly records: readonly number[] }
  /** The laboratory's own record could not be read: `branches` branches were put together again from the log. */
  | { readonly kind: 'stateRebuilt'; readonly reason: string; readonly branches: number }
  /** Bytes that did not agree with the log were made again from it. */
  | {
      readonly kind: 'blockRebuilt';
      readonly world: WorldId;
      readonly part: StoredPart;
      readonly number: number;
      readonly reason: string;
    }
  /** Bytes that came with a volume are missing or others than they were. No log can make them again. */
  | {
      readonly kind: 'contentDamaged';
      readonly start: number;
      readonly contents: readonly number[];
      readonly reason: string;
    }
  /** A row that this version does not know: left alone. */
  | { readonly kind: 'rowUnknown'; readonly key: string };

/** Where an outside text or message is wrong, and how. */
export interface Flaw {
  /** A path such as `records.3.instruction.command.block`; empty for the whole. */
  readonly place: string;
  readonly reason: string;
}

/** Why a request to the engine was not fulfilled. Nothing has changed then. */
export type EngineProblem =
  /** The machine turned the command down in every world that it went to. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | ({ readonly kind: 'malformed' } & Flaw)
  | { readonly kind: 'notOpen' }
  | { readonly kind: 'branchUnknown'; readonly branch: number }
  | { readonly kind: 'branchInUse'; readonly branch: number }
  | { readonly kind: 'positionOutside'; readonly position: number; readonly length: number }
  | { readonly kind: 'nothingToUndo' }
  | { readonly kind: 'tooMuch'; readonly what: 'records' | 'branches'; readonly limit: number }
  | { readonly kind: 'notCommitted'; readonly problem: StorageProblem }
  /** The stored bytes could not be read. */
  | { readonly kind: 'notRead'; readonly problem: StorageProblem }
  /** The command would have led to a machine that breaks its own rules: a defect of the laboratory. */
  | { readonly kind: 'invariantBroken'; readonly detail: string }
  | { readonly kind: 'cancelled' }
  /** A defect of the laboratory, told instead of hidden. */
  | { readonly kind: 'internal'; readonly detail: string }
  /** The worker is gone; what was not committed did not happen. Restart it. */
  | { readonly kind: 'workerDied'; readonly detail: string };

/** What is wrong with a link to the laboratory, and the part of it that is wrong. */
export interface LinkProblem {
  readonly kind: 'unknownRoute' | 'unknownFault' | 'unknownLevel' | 'unknownPosition' | 'faultMissing';
  readonly text: string;
}
