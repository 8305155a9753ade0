import type { LogRecord } from '../core/log-record';
import {
  nameOfKey,
  recordsKey,
  RECORDS_PER_ROW,
  type FoundRow,
  type RowChange,
  type RowKey,
} from './row-key';

/** What lies in a row under a number: perhaps it is no record. */
type NumberedRecord = readonly [number: number, record: unknown];

/** Takes the place of a record that was removed, in a row of others. */
const REMOVED = null;

/** The rows of new records. Their numbers follow each other without a gap: the key tells what is lost with a row. */
export function* rowsOfRecords(records: readonly LogRecord[]): Iterable<RowChange> {
  const sorted = [...records].sort((one, other) => one.id - other.id);
  let from = 0;
  for (const [at, { id }] of sorted.entries()) {
    if (at + 1 - from < RECORDS_PER_ROW && sorted[at + 1]?.id === id + 1) continue;
    yield { key: recordsKey(sorted[from]!.id, id), value: sorted.slice(from, at + 1) };
    from = at + 1;
  }
}

/** What lies in a row of the log. Formats 1 and 2 had a row for each record, without a list. */
export function recordsIn(row: FoundRow): readonly NumberedRecord[] {
  const isList = Array.isArray(row[1]);
  return placesIn(row).filter(([, record]) => !isList || record !== REMOVED);
}

function placesIn([key, value]: FoundRow): readonly NumberedRecord[] {
  const name = nameOfKey(key);
  if (name?.kind !== 'records') return [];
  const { first, last } = name;
  const list: readonly unknown[] | null = Array.isArray(value) ? value : null;
  return Array.from({ length: last - first + 1 }, (_, at) => [first + at, list === null ? value : list[at]]);
}

/** Those of the keys in whose rows any of some records can lie. */
export function keysHolding<Key>(keys: readonly Key[], records: readonly number[]): readonly Key[] {
  const wanted = new Set(records);
  return keys.filter((key) => placesIn([key, undefined]).some(([number]) => wanted.has(number)));
}

/** Takes records out of rows of the log. What lies beside them stays as it is, also where it cannot be read. */
export function* withoutRecords(rows: readonly FoundRow[], records: readonly number[]): Iterable<RowChange> {
  const removed = new Set(records);
  for (const row of rows) {
    const places = placesIn(row);
    if (!places.some(([number]) => removed.has(number))) continue;
    const left = places.map(([number, record]) => (removed.has(number) ? REMOVED : record));
    const key = row[0] as RowKey;
    yield left.every((record) => record === REMOVED) ? { removed: key } : { key, value: left };
  }
}
