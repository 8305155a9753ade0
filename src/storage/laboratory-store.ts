import type * as v from 'valibot';
import type { FaultName } from '../core/fault';
import type { LogRecord } from '../core/log-record';
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

/** How many blocks a segment, or a piece of a start, holds at most: 1 MiB. Large values are written and read fastest. */
export const BLOCKS_PER_SEGMENT = 64;

/**
 * Which contents lie in a segment, two numbers for each, in the order of its bytes: the worlds that have it (1: off,
 * 2: on, 3: both) and its stamp there. Where two segments name the same content, the later one has it: stamps are given
 * anew on another branch.
 */
export type ContentNames = Uint32Array<ArrayBuffer>;

/** Contents that are written together and never changed. What is copied on the volumes is named again, not written. */
export interface Segment {
  readonly id: number;
  readonly names: ContentNames;
  /** 16,384 for each content, in a buffer of their own. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Contents that no command made: a start brought them along. They stay until they are removed with it. */
export interface StartPiece extends PiecePlace {
  /** Of 64 contents, the last piece of fewer; in a buffer of their own. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Piece number `piece` of a start begins with its content number 64 * `piece`. */
export interface PiecePlace {
  readonly start: number;
  readonly piece: number;
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
  /** Where one takes the place of another with its number, that one is removed. */
  readonly records: readonly LogRecord[];
  readonly removedRecords: readonly number[];
  readonly starts: readonly StartRow[];
  readonly removedStarts: readonly number[];
  readonly machines: Readonly<Record<WorldId, MachineSummary | null>>;
  /** Gone through once, while the transaction is open: bytes may be made as they are asked for. */
  readonly segments: Iterable<Segment>;
  readonly removedSegments: readonly number[];
  /** The starts whose pieces go. */
  readonly removedPieces: readonly number[];
  /** Rows of format 1 that segments have taken the place of. */
  readonly removedBlocks: readonly BlockPlace[];
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
  /** What lies in the segments whose rows are there, by their numbers, ascending. */
  readonly segments: readonly Omit<Segment, 'bytes'>[];
  /** The segments of which a row is missing or says nothing that could be true. */
  readonly unreadableSegments: readonly number[];
  readonly pieces: readonly PiecePlace[];
  /** The rows of format 1, which had one for each block: what they hold follows from the log. */
  readonly blocks: readonly BlockPlace[];
  /** All of it was written in format 1: its records have to be written again. */
  readonly isFormat1: boolean;
  /** What no version of this page that we know of has written. */
  readonly unknownKeys: readonly string[];
}

export type BytesRow =
  | { readonly kind: 'absent' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Where a laboratory is kept. Problems are values; an exception is a defect of the caller. */
export interface LaboratoryStore {
  load(): Promise<Result<Loaded, StorageProblem>>;
  /** All of it or nothing. */
  commit(commit: Commit): Promise<Result<void, StorageProblem>>;
  /** Writes pieces of starts, and touches nothing else: a start may bring along more than one transaction takes. */
  keepPieces(pieces: readonly StartPiece[]): Promise<Result<void, StorageProblem>>;
  /** Removes all pieces of starts, and nothing else. */
  dropPieces(starts: readonly number[]): Promise<Result<void, StorageProblem>>;
  /** The bytes of each segment, in order; whole blocks, but not necessarily as many as it names. */
  readSegments(ids: readonly number[]): Promise<Result<readonly BytesRow[], StorageProblem>>;
  readPieces(places: readonly PiecePlace[]): Promise<Result<readonly BytesRow[], StorageProblem>>;
  /** The rows of format 1. */
  readBlocks(places: readonly BlockPlace[]): Promise<Result<readonly BytesRow[], StorageProblem>>;
  /** Gives the store free for others. Everything after it fails with `closed`. */
  close(): void;
}

/** How rows are recognised. Files and messages recognise the same values, so whoever opens a store brings them along. */
export interface RowSchemas {
  readonly state: v.GenericSchema<unknown, LaboratoryState>;
  readonly record: v.GenericSchema<unknown, LogRecord>;
}
