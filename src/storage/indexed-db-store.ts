import { getMany, promisifyRequest, type UseStore } from 'idb-keyval';
import type { StorageProblem } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import type {
  BlockPlace,
  BytesRow,
  Commit,
  Loaded,
  LaboratoryStore,
  PiecePlace,
  RowSchemas,
  StartPiece,
} from './laboratory-store';
import { keysHolding } from './record-rows';
import {
  blockKey,
  LOG_KEYS,
  META_KEY,
  NAMES_KEYS,
  pieceKey,
  segmentKey,
  START_KEYS,
  type FoundRow,
  type RowChange,
  type RowKey,
} from './row-key';
import {
  dropPieces,
  keepPieces,
  readBlockRow,
  readBytesRow,
  readRows,
  rowChangesOf,
  type FoundRows,
} from './rows';

const DATABASE_VERSION = 1;
const OBJECT_STORE = 'laboratory';

export interface IndexedDbStoreOptions {
  /** One database is one laboratory. */
  readonly databaseName: string;
  readonly schemas: RowSchemas;
  /** How long opening may take: it can be held up by another window without end. */
  readonly openLimitMs?: number;
  /** Called once when the store is closed. */
  readonly onClose?: () => void;
}

const OPEN_LIMIT_MS = 3_000;

export async function openIndexedDbStore(
  options: IndexedDbStoreOptions,
): Promise<Result<LaboratoryStore, StorageProblem>> {
  const opened = await openDatabase(options.databaseName, options.openLimitMs ?? OPEN_LIMIT_MS);
  return opened.ok ? success(new IndexedDbStore(opened.value, options)) : opened;
}

function openDatabase(name: string, limitMs: number): Promise<Result<IDBDatabase, StorageProblem>> {
  return new Promise((resolve) => {
    const request = requestDatabase(name);
    if (!request.ok) return resolve(request);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      resolve(failure({ kind: 'blocked' }));
    }, limitMs);
    const { value: opening } = request;
    opening.onupgradeneeded = () => opening.result.createObjectStore(OBJECT_STORE);
    opening.onsuccess = () => {
      clearTimeout(timer);
      if (isLate) opening.result.close();
      else resolve(checkDatabase(opening.result));
    };
    opening.onerror = (event) => {
      // Firefox reports an error that nobody prevents on the worker itself.
      event.preventDefault();
      clearTimeout(timer);
      resolve(failure({ kind: 'unavailable', detail: String(opening.error) }));
    };
  });
}

/** Private modes have no IndexedDB, or one that throws. Without a version: a newer database opens too, to be told. */
function requestDatabase(name: string): Result<IDBOpenDBRequest, StorageProblem> {
  try {
    return success(indexedDB.open(name));
  } catch (error) {
    return failure({ kind: 'unavailable', detail: String(error) });
  }
}

function checkDatabase(database: IDBDatabase): Result<IDBDatabase, StorageProblem> {
  const { version } = database;
  if (version === DATABASE_VERSION && database.objectStoreNames.contains(OBJECT_STORE)) {
    return success(database);
  }
  database.close();
  if (version > DATABASE_VERSION) return failure({ kind: 'newerFormat', format: version });
  return failure({ kind: 'unavailable', detail: `The database has no object store "${OBJECT_STORE}".` });
}

class IndexedDbStore implements LaboratoryStore {
  readonly #database: IDBDatabase;
  readonly #schemas: RowSchemas;
  /** idb-keyval's own `createStore` cannot ask for durability, and silently opens a lost database anew. */
  readonly #useStore: UseStore;

  readonly #onClose: () => void;

  constructor(database: IDBDatabase, { schemas, onClose = () => {} }: IndexedDbStoreOptions) {
    this.#database = database;
    this.#schemas = schemas;
    this.#onClose = onClose;
    // Whoever wants to delete or to upgrade the database is not held up: the next commit says `closed`.
    database.onversionchange = () => database.close();
    this.#useStore = async (mode, callback) =>
      callback(database.transaction(OBJECT_STORE, mode, { durability: 'strict' }).objectStore(OBJECT_STORE));
  }

  async load(): Promise<Result<Loaded, StorageProblem>> {
    const found = await attempt(this.#useStore('readonly', findRows));
    return found.ok ? readRows(found.value, this.#schemas) : found;
  }

  commit(commit: Commit): Promise<Result<void, StorageProblem>> {
    const { removedRecords } = commit;
    return this.#write(async (store) => {
      // Without a wait where nothing is removed: whoever asked has more to do, once the transaction is on its way.
      const log = removedRecords.length === 0 ? [] : await rowsHolding(store, removedRecords);
      return writeRows(store, rowChangesOf(commit, log));
    });
  }

  keepPieces(pieces: readonly StartPiece[]): Promise<Result<void, StorageProblem>> {
    return this.#write((store) => writeRows(store, keepPieces(pieces)));
  }

  dropPieces(starts: readonly number[]): Promise<Result<void, StorageProblem>> {
    return this.#write((store) => writeRows(store, dropPieces(starts)));
  }

  async #write(
    write: (store: IDBObjectStore) => Promise<Result<void, StorageProblem>>,
  ): Promise<Result<void, StorageProblem>> {
    const written = await attempt(this.#useStore('readwrite', write));
    return written.ok ? written.value : written;
  }

  readSegments(ids: readonly number[]): Promise<Result<readonly BytesRow[], StorageProblem>> {
    return this.#read(ids.map(segmentKey), readBytesRow);
  }

  readPieces(places: readonly PiecePlace[]): Promise<Result<readonly BytesRow[], StorageProblem>> {
    return this.#read(places.map(pieceKey), readBytesRow);
  }

  readBlocks(places: readonly BlockPlace[]): Promise<Result<readonly BytesRow[], StorageProblem>> {
    return this.#read(places.map(blockKey), readBlockRow);
  }

  async #read(
    keys: readonly RowKey[],
    readRow: (value: unknown) => BytesRow,
  ): Promise<Result<readonly BytesRow[], StorageProblem>> {
    const read = await attempt(getMany<unknown>([...keys], this.#useStore));
    return read.ok ? success(read.value.map(readRow)) : read;
  }

  close(): void {
    this.#database.close();
    this.#onClose();
  }
}

async function findRows(store: IDBObjectStore): Promise<FoundRows> {
  const [keys, meta, log, starts, names] = await Promise.all([
    promisifyRequest(store.getAllKeys()),
    promisifyRequest<unknown>(store.get(META_KEY)),
    rowsBetween(store, LOG_KEYS),
    rowsBetween(store, START_KEYS),
    rowsBetween(store, NAMES_KEYS),
  ]);
  return { keys, meta, log, starts, names };
}

/** The rows of the log in which some records lie. */
async function rowsHolding(store: IDBObjectStore, records: readonly number[]): Promise<readonly FoundRow[]> {
  const keys = await promisifyRequest(store.getAllKeys(rangeOf(LOG_KEYS)));
  const found = keysHolding(keys, records).map(async (key) => {
    return [key, await promisifyRequest<unknown>(store.get(key))] as const;
  });
  return Promise.all(found);
}

async function rowsBetween(store: IDBObjectStore, keysOfRows: typeof LOG_KEYS): Promise<readonly FoundRow[]> {
  const range = rangeOf(keysOfRows);
  const [keys, values] = await Promise.all([
    promisifyRequest(store.getAllKeys(range)),
    promisifyRequest<unknown[]>(store.getAll(range)),
  ]);
  return keys.map((key, index) => [key, values[index]]);
}

function rangeOf({ first, beyond }: typeof LOG_KEYS): IDBKeyRange {
  return IDBKeyRange.bound(first, beyond);
}

async function writeRows(
  store: IDBObjectStore,
  changes: Iterable<RowChange>,
): Promise<Result<void, StorageProblem>> {
  try {
    for (const change of changes) writeRow(store, change);
    // Nobody has anything to do in between: without it, the end waits until every row has been answered.
    store.transaction.commit();
  } catch (error) {
    // The rows before it would be committed without the rest.
    abort(store.transaction);
    throw error;
  }
  return ended(store.transaction);
}

function writeRow(store: IDBObjectStore, change: RowChange): void {
  if ('key' in change) store.put(change.value, change.key);
  else if ('removed' in change) store.delete(change.removed);
  else store.delete(IDBKeyRange.bound(change.removedPrefix, [...change.removedPrefix, []]));
}

/** Aborting fails when the transaction is over already, which is just as well. */
function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/**
 * Waits for the end and for nothing before it: idb-keyval's `promisifyRequest` also hears the error of a single put,
 * at a time when the transaction does not know its own error yet, so that a full disk would have no name.
 */
function ended(transaction: IDBTransaction): Promise<Result<void, StorageProblem>> {
  return new Promise((resolve) => {
    transaction.oncomplete = () => resolve(success(undefined));
    transaction.onabort = () => resolve(failure(problemOf(transaction.error)));
  });
}

async function attempt<Value>(work: Promise<Value>): Promise<Result<Value, StorageProblem>> {
  try {
    return success(await work);
  } catch (error) {
    if (error instanceof DOMException) return failure(problemOf(error));
    throw error;
  }
}

/** `null`: a transaction that was aborted by a call of `abort` has no error. */
function problemOf(error: DOMException | null): StorageProblem {
  if (error === null) return { kind: 'aborted', detail: 'no reason given' };
  if (error.name === 'QuotaExceededError') return { kind: 'quota' };
  // The connection is closing or closed.
  if (error.name === 'InvalidStateError') return { kind: 'closed' };
  return { kind: 'aborted', detail: `${error.name}: ${error.message}` };
}
