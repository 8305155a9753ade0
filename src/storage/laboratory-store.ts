import type * as v from 'valibot';
import type { FaultName } from '../core/fault';
import type { LogRecord } from '../core/history';
import type { LaboratoryState } from '../core/laboratory';
import type { Access } from '../core/machine';
import type { StorageProblem, StoredPart } from '../core/problem';
import type { ProtectionLevel } from '../core/protection';
import type { Result } from '../core/result';
import type { WorldId } from '../core/scenario';

/** A block of the live volume of a world, or a block of its diff volume. */
export interface BlockPlace {
  readonly world: WorldId;
  readonly part: StoredPart;
  readonly number: number;
}

/** The new bytes of a block, exactly 16,384 of them in a buffer of their own; `null`: zeros, which need no row. */
export interface BlockChange {
  readonly place: BlockPlace;
  readonly bytes: Uint8Array<ArrayBuffer> | null;
}

/** A machine for whoever looks into the database. Nothing is read back from it. */
export interface MachineSummary {
  /** The record after which the machine is like this. */
  readonly record: number | null;
  readonly fingerprint: number;
  readonly clockMs: number;
  readonly protectionLevel: ProtectionLevel;
  readonly protectionFault: FaultName;
  readonly access: Access;
  readonly snapshots: readonly number[];
  readonly usedBlocks: number;
  readonly allocatedBlocks: number;
  readonly maximumBlocks: number | null;
}

/** What a branch begins from, as plain data. The store does not look into it: hardly any laboratory has one. */
export interface StartRow {
  readonly id: number;
  readonly kept: unknown;
}

/** What one transaction changes. A command is never spread over two of them. */
export interface Commit {
  readonly state: LaboratoryState;
  readonly records: readonly LogRecord[];
  readonly removedRecords: readonly number[];
  readonly starts: readonly StartRow[];
  readonly removedStarts: readonly number[];
  readonly machines: Readonly<Record<WorldId, MachineSummary | null>>;
  /** Gone through once, while the transaction is open: bytes may be made as they are asked for. */
  readonly blocks: Iterable<BlockChange>;
}

export interface UnreadableRecord {
  readonly id: number;
  /** The record before it, where that much could be read. */
  readonly parent: number | null | undefined;
  readonly reason: string;
}

/** Everything but the bytes. */
export interface Loaded {
  readonly state:
    | { readonly kind: 'absent' }
    | { readonly kind: 'read'; readonly state: LaboratoryState }
    | { readonly kind: 'unreadable'; readonly reason: string };
  /** By number, ascending. */
  readonly records: readonly LogRecord[];
  readonly unreadableRecords: readonly UnreadableRecord[];
  readonly starts: readonly StartRow[];
  /** The blocks that have a row. */
  readonly blocks: readonly BlockPlace[];
  /** What no version of this page that we know of has written. */
  readonly unknownKeys: readonly string[];
}

export type BlockRow =
  | { readonly kind: 'absent' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Where a laboratory is kept. Problems are values; an exception is a defect of the caller. */
export interface LaboratoryStore {
  load(): Promise<Result<Loaded, StorageProblem>>;
  /** All of it or nothing. */
  commit(commit: Commit): Promise<Result<void, StorageProblem>>;
  /** One row for each place, in order. */
  readBlocks(places: readonly BlockPlace[]): Promise<Result<readonly BlockRow[], StorageProblem>>;
  /** Gives the store free for others. Everything after it fails with `closed`. */
  close(): void;
}

/** How rows are recognised. Files and messages recognise the same values, so whoever opens a store brings them along. */
export interface RowSchemas {
  readonly state: v.GenericSchema<unknown, LaboratoryState>;
  readonly record: v.GenericSchema<unknown, LogRecord>;
}
