import * as v from 'valibot';
import { assert } from '../core/assert';
import { BLOCK_SIZE_BYTES } from '../core/block';
import type { LogRecord } from '../core/history';
import type { StorageProblem } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { WORLD_IDS } from '../core/scenario';
import type {
  BlockPlace,
  BlockRow,
  Commit,
  Loaded,
  RowSchemas,
  StartRow,
  UnreadableRecord,
} from './laboratory-store';
import { blockKey, eventKey, machineKey, META_KEY, nameOfKey, startKey, type RowKey } from './row-key';

/** The version of everything that is written here: the keys, the rows, and what they mean. */
const FORMAT = 1;

/** A row to be written, or without a value one to be removed. */
export interface RowChange {
  readonly key: RowKey;
  readonly value?: unknown;
}

/** The rows that a commit writes and removes. Rows of blocks are made one by one. */
export function* rowChangesOf(commit: Commit): Iterable<RowChange> {
  for (const record of commit.records) yield { key: eventKey(record.id), value: record };
  for (const id of commit.removedRecords) yield { key: eventKey(id) };
  for (const { id, kept } of commit.starts) yield { key: startKey(id), value: kept };
  for (const id of commit.removedStarts) yield { key: startKey(id) };
  for (const { place, bytes } of commit.blocks) {
    const key = blockKey(place);
    if (bytes === null) {
      yield { key };
      continue;
    }
    // A view into a larger buffer would be stored with all of that buffer.
    assert(bytes.buffer.byteLength === BLOCK_SIZE_BYTES, 'a block is stored in a buffer of its own');
    yield { key, value: bytes };
  }
  for (const world of WORLD_IDS) {
    const summary = commit.machines[world];
    yield summary === null ? { key: machineKey(world) } : { key: machineKey(world), value: summary };
  }
  yield { key: META_KEY, value: { format: FORMAT, state: commit.state } };
}

/** What was found in a database: all keys, and the values of the rows that are not bytes. */
export interface FoundRows {
  readonly keys: readonly unknown[];
  readonly meta: unknown;
  readonly events: readonly FoundRow[];
  readonly starts: readonly FoundRow[];
}

export type FoundRow = readonly [key: unknown, value: unknown];

/** Reads what was found. Of what cannot be read the rest is kept; only a newer format is refused as a whole. */
export function readRows(found: FoundRows, schemas: RowSchemas): Result<Loaded, StorageProblem> {
  const state = readMeta(found.meta, schemas);
  if (!state.ok) return state;
  const records: LogRecord[] = [];
  const unreadableRecords: UnreadableRecord[] = [];
  for (const [key, value] of found.events) {
    const name = nameOfKey(key);
    if (name?.kind !== 'event') continue;
    const read = readRecord(name.record, value, schemas);
    if (read.ok) records.push(read.value);
    else unreadableRecords.push(read.problem);
  }
  const starts = found.starts.flatMap(([key, kept]): readonly StartRow[] => {
    const name = nameOfKey(key);
    return name?.kind === 'start' ? [{ id: name.start, kept }] : [];
  });
  const blocks: BlockPlace[] = [];
  const unknownKeys: string[] = [];
  for (const key of found.keys) {
    const name = nameOfKey(key);
    if (name === null) unknownKeys.push(JSON.stringify(key));
    else if (name.kind === 'block') blocks.push(name.place);
  }
  return success({ state: state.value, records, unreadableRecords, starts, blocks, unknownKeys });
}

const metaSchema = v.strictObject({ format: v.literal(FORMAT), state: v.unknown() });
const newerMetaSchema = v.object({ format: v.pipe(v.number(), v.minValue(FORMAT + 1)) });

/**
 * The only place that looks at the format. Format 1 is the first one: what is older cannot exist, and what is newer is
 * left as it is. A format 2 migrates format 1 here.
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
export function readBlockRow(value: unknown): BlockRow {
  if (value === undefined) return { kind: 'absent' };
  if (!(value instanceof Uint8Array)) return { kind: 'unreadable', reason: 'there are no bytes' };
  if (value.length !== BLOCK_SIZE_BYTES || !(value.buffer instanceof ArrayBuffer)) {
    return { kind: 'unreadable', reason: `there are ${value.length} bytes` };
  }
  return { kind: 'bytes', bytes: value as Uint8Array<ArrayBuffer> };
}

function reasonOf(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const place = v.getDotPath(issues[0]);
  return place === null ? issues[0].message : `${place}: ${issues[0].message}`;
}
