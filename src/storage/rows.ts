import * as v from 'valibot';
import { assert } from '../core/assert';
import { BLOCK_SIZE_BYTES } from '../core/block';
import { withoutFingerprints, type LogRecord } from '../core/log-record';
import type { StorageProblem } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { WORLD_IDS } from '../core/scenario';
import { recordsIn, rowsOfRecords, withoutRecords } from './record-rows';
import {
  BLOCKS_PER_SEGMENT,
  type BytesRow,
  type Commit,
  type ContentNames,
  type Loaded,
  type RowSchemas,
  type StartPiece,
  type StartRow,
  type UnreadableRecord,
} from './laboratory-store';
import {
  blockKey,
  machineKey,
  META_KEY,
  nameOfKey,
  namesKey,
  pieceKey,
  piecesPrefix,
  segmentKey,
  startKey,
  type FoundRow,
  type RowChange,
  type RowName,
} from './row-key';

/** The version of everything that is written here: the keys, the rows, and what they mean. */
const FORMAT = 4;

/**
 * The rows that a commit writes and removes. What is large is made one by one. `log`: the rows in which the records lie
 * that it removes, and perhaps others of the log.
 */
export function* rowChangesOf(commit: Commit, log: readonly FoundRow[]): Iterable<RowChange> {
  yield* withoutRecords(log, commit.removedRecords);
  yield* removals(commit);
  yield* rowsOfRecords(commit.records);
  for (const { id, kept } of commit.starts) yield { key: startKey(id), value: kept };
  for (const { id, names, bytes } of commit.segments) {
    checkBytes(bytes);
    assert(names.length === NUMBERS_PER_NAME * (bytes.length / BLOCK_SIZE_BYTES), 'all bytes have names');
    yield { key: segmentKey(id), value: bytes };
    yield { key: namesKey(id), value: names };
  }
  for (const world of WORLD_IDS) {
    const summary = commit.machines[world];
    yield summary === null ? { removed: machineKey(world) } : { key: machineKey(world), value: summary };
  }
  yield { key: META_KEY, value: { format: FORMAT, state: commit.state } };
}

/** They come first: what is written may take the place of what is removed. */
function* removals(commit: Commit): Iterable<RowChange> {
  for (const id of commit.removedStarts) yield { removed: startKey(id) };
  for (const id of commit.removedSegments) {
    yield { removed: segmentKey(id) };
    yield { removed: namesKey(id) };
  }
  yield* dropPieces(commit.removedPieces);
  for (const place of commit.removedBlocks) yield { removed: blockKey(place) };
}

export function* keepPieces(pieces: readonly StartPiece[]): Iterable<RowChange> {
  for (const piece of pieces) {
    checkBytes(piece.bytes);
    yield { key: pieceKey(piece), value: piece.bytes };
  }
}

export function* dropPieces(starts: readonly number[]): Iterable<RowChange> {
  for (const start of starts) yield { removedPrefix: piecesPrefix(start) };
}

function checkBytes(bytes: Uint8Array<ArrayBuffer>): void {
  // A view into a larger buffer would be stored with all of that buffer.
  assert(bytes.buffer.byteLength === bytes.length, 'bytes are stored in a buffer of their own');
  assert(isWholeBlocks(bytes.length), 'a row holds between one and 64 whole blocks');
}

function isWholeBlocks(length: number): boolean {
  return length > 0 && length % BLOCK_SIZE_BYTES === 0 && length <= BLOCKS_PER_SEGMENT * BLOCK_SIZE_BYTES;
}

/** What was found in a database: all keys, and the values of the rows that are not bytes. */
export interface FoundRows {
  readonly keys: readonly unknown[];
  readonly meta: unknown;
  readonly log: readonly FoundRow[];
  readonly starts: readonly FoundRow[];
  readonly names: readonly FoundRow[];
}

/** Reads what was found. Of what cannot be read the rest is kept; only a newer format is refused as a whole. */
export function readRows(found: FoundRows, schemas: RowSchemas): Result<Loaded, StorageProblem> {
  const state = readMeta(found.meta, schemas);
  if (!state.ok) return state;
  const isFormat1 = v.is(format1Schema, found.meta);
  const log = readLog(found.log, schemas, isFormat1);
  const starts = found.starts.flatMap(([key, kept]): readonly StartRow[] => {
    const name = nameOfKey(key);
    return name?.kind === 'start' ? [{ id: name.start, kept }] : [];
  });
  const unknownKeys: string[] = [];
  const names: RowName[] = [];
  for (const key of found.keys) {
    const name = nameOfKey(key);
    if (name === null) unknownKeys.push(JSON.stringify(key));
    else names.push(name);
  }
  const blocks = names.flatMap((name) => (name.kind === 'block' ? [name.place] : []));
  const pieces = names.flatMap((name) => (name.kind === 'piece' ? [name.place] : []));
  const segments = readSegments(names, found.names);
  return success({
    ...{ state: state.value, ...log, starts },
    ...{ ...segments, pieces, blocks, isFormat1, unknownKeys },
  });
}

/** Where two rows have a record of the same number, the one that can be read counts, and the later one of two. */
function readLog(
  rows: readonly FoundRow[],
  schemas: RowSchemas,
  isFormat1: boolean,
): Pick<Loaded, 'records' | 'unreadableRecords'> {
  const records = new Map<number, LogRecord>();
  const unreadable = new Map<number, UnreadableRecord>();
  const found = rows.flatMap(recordsIn).sort(([one], [other]) => one - other);
  for (const [id, value] of found) {
    const read = readRecord(id, value, schemas);
    if (read.ok) records.set(id, isFormat1 ? withoutFingerprints(read.value) : read.value);
    else unreadable.set(id, read.problem);
  }
  return {
    records: [...records.values()],
    unreadableRecords: [...unreadable.values()].filter(({ id }) => !records.has(id)),
  };
}

/** Those with both of their rows, and the others. */
function readSegments(
  keys: readonly RowName[],
  rows: readonly FoundRow[],
): Pick<Loaded, 'segments' | 'unreadableSegments'> {
  const found = new Set<number>();
  const withBytes = new Set<number>();
  for (const key of keys) {
    if (key.kind !== 'segment' && key.kind !== 'names') continue;
    found.add(key.segment);
    if (key.kind === 'segment') withBytes.add(key.segment);
  }
  const segments = rows.flatMap(([key, value]) => {
    const name = nameOfKey(key);
    const names = readNames(value);
    const isReadable = name?.kind === 'names' && withBytes.has(name.segment) && names !== null;
    return isReadable && name.segment <= HIGHEST_SEGMENT ? [{ id: name.segment, names }] : [];
  });
  for (const { id } of segments) found.delete(id);
  return { segments, unreadableSegments: [...found] };
}

/** Leaves room for what comes after it. */
const HIGHEST_SEGMENT = 2 ** 31;

const NUMBERS_PER_NAME = 2;

/** `null`: not the names of any segment. */
function readNames(value: unknown): ContentNames | null {
  if (!(value instanceof Uint32Array) || !(value.buffer instanceof ArrayBuffer)) return null;
  const count = value.length / NUMBERS_PER_NAME;
  if (!Number.isInteger(count) || count < 1 || count > BLOCKS_PER_SEGMENT) return null;
  return value as ContentNames;
}

const metaSchema = v.strictObject({ format: v.picklist([1, 2, 3, FORMAT]), state: v.unknown() });
const format1Schema = v.object({ format: v.literal(1) });
const newerMetaSchema = v.object({ format: v.pipe(v.number(), v.minValue(FORMAT + 1)) });

/**
 * The only place that looks at the format. Format 1 is the first one: what is older cannot exist, and what is newer is
 * left as it is. Format 1 had a row for each block instead of segments, which whoever finds such rows writes in their place,
 * and reckoned the fingerprints in another way. It and format 2 had a row for each record, which stay until they are
 * removed: what is written joins the records of a commit. Up to format 3, the writes of a replay were plain lists.
 */
function readMeta(meta: unknown, schemas: RowSchemas): Result<Loaded['state'], StorageProblem> {
  if (meta === undefined) return success({ kind: 'absent' });
  const newer = v.safeParse(newerMetaSchema, meta);
  if (newer.success) return failure({ kind: 'newerFormat', format: newer.output.format });
  const envelope = v.safeParse(metaSchema, meta);
  if (!envelope.success) return success({ kind: 'unreadable', reason: reasonOf(envelope.issues) });
  const state = v.safeParse(schemas.state, envelope.output.state);
  if (!state.success) return success({ kind: 'unreadable', reason: reasonOf(state.issues) });
  return success({ kind: 'read', state: state.output });
}

const parentSchema = v.object({ parent: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))) });

function readRecord(id: number, value: unknown, schemas: RowSchemas): Result<LogRecord, UnreadableRecord> {
  const parsed = v.safeParse(schemas.record, value);
  if (parsed.success && parsed.output.id === id) return success(parsed.output);
  const parent = v.safeParse(parentSchema, value);
  const reason = parsed.success ? 'its number is not that of its key' : reasonOf(parsed.issues);
  return failure({ id, parent: parent.success ? parent.output.parent : undefined, reason });
}

/** A row of bytes as it was read; `undefined`: there is none. */
export function readBytesRow(value: unknown): BytesRow {
  if (value === undefined) return { kind: 'absent' };
  if (!(value instanceof Uint8Array)) return { kind: 'unreadable', reason: 'there are no bytes' };
  if (!isWholeBlocks(value.length) || !(value.buffer instanceof ArrayBuffer)) {
    return { kind: 'unreadable', reason: `there are ${value.length} bytes` };
  }
  return { kind: 'bytes', bytes: value as Uint8Array<ArrayBuffer> };
}

/** The same, of a row of format 1: one block. */
export function readBlockRow(value: unknown): BytesRow {
  const row = readBytesRow(value);
  if (row.kind !== 'bytes' || row.bytes.length === BLOCK_SIZE_BYTES) return row;
  return { kind: 'unreadable', reason: `there are ${row.bytes.length} bytes` };
}

function reasonOf(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const place = v.getDotPath(issues[0]);
  return place === null ? issues[0].message : `${place}: ${issues[0].message}`;
}
