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
import {
  blockKey,
  META_KEY,
  pieceKey,
  segmentKey,
  type FoundRow,
  type RowChange,
  type RowKey,
} from './row-key';
import { dropPieces, keepPieces, readBlockRow, readBytesRow, readRows, rowChangesOf } from './rows';

/** What a memory store writes on: it outlives the store, as a database outlives its connection. Rows by their key. */
export type MemoryDisk = Map<string, unknown>;

export interface MemoryStoreOptions {
  readonly schemas: RowSchemas;
  readonly disk?: MemoryDisk;
  /** Lets commit number `commit`, from 1, fail. */
  readonly failCommit?: (commit: number) => StorageProblem | null;
}

/** A laboratory in memory: for tests, and for when there is nothing better. */
export class MemoryStore implements LaboratoryStore {
  readonly #schemas: RowSchemas;
  readonly #disk: MemoryDisk;
  readonly #failCommit: (commit: number) => StorageProblem | null;
  #commits = 0;
  #isClosed = false;

  constructor({ schemas, disk = new Map<string, unknown>(), failCommit = () => null }: MemoryStoreOptions) {
    this.#schemas = schemas;
    this.#disk = disk;
    this.#failCommit = failCommit;
  }

  load(): Promise<Result<Loaded, StorageProblem>> {
    if (this.#isClosed) return Promise.resolve(failure({ kind: 'closed' }));
    const rows = this.#rows();
    const found = {
      keys: rows.map(([key]) => key),
      meta: this.#disk.get(JSON.stringify(META_KEY)),
      log: logOf(rows),
      starts: rowsOf(rows, 'start'),
      names: rowsOf(rows, 'names'),
    };
    return Promise.resolve(readRows(found, this.#schemas));
  }

  #rows(): readonly FoundRow[] {
    return [...this.#disk].map(([key, value]) => [JSON.parse(key) as unknown, value]);
  }

  commit(commit: Commit): Promise<Result<void, StorageProblem>> {
    return new Promise((resolve) => resolve(this.#commit(commit)));
  }

  #commit(commit: Commit): Result<void, StorageProblem> {
    if (this.#isClosed) return failure({ kind: 'closed' });
    this.#commits += 1;
    const problem = this.#failCommit(this.#commits);
    if (problem !== null) return failure(problem);
    const log = commit.removedRecords.length === 0 ? [] : logOf(this.#rows());
    return this.#writeAll(rowChangesOf(commit, log));
  }

  keepPieces(pieces: readonly StartPiece[]): Promise<Result<void, StorageProblem>> {
    return new Promise((resolve) => resolve(this.#writeAll(keepPieces(pieces))));
  }

  dropPieces(starts: readonly number[]): Promise<Result<void, StorageProblem>> {
    return new Promise((resolve) => resolve(this.#writeAll(dropPieces(starts))));
  }

  #writeAll(changes: Iterable<RowChange>): Result<void, StorageProblem> {
    if (this.#isClosed) return failure({ kind: 'closed' });
    // All rows are made before the first one is written: what cannot be made changes nothing.
    for (const change of [...changes].map((made) => structuredClone(made))) this.#write(change);
    return success(undefined);
  }

  #write(change: RowChange): void {
    if ('key' in change) this.#disk.set(JSON.stringify(change.key), change.value);
    else if ('removed' in change) this.#disk.delete(JSON.stringify(change.removed));
    else {
      const prefix = `${JSON.stringify(change.removedPrefix).slice(0, -1)},`;
      for (const key of this.#disk.keys()) if (key.startsWith(prefix)) this.#disk.delete(key);
    }
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

  #read(
    keys: readonly RowKey[],
    readRow: (value: unknown) => BytesRow,
  ): Promise<Result<readonly BytesRow[], StorageProblem>> {
    if (this.#isClosed) return Promise.resolve(failure({ kind: 'closed' }));
    const rows = keys.map((key) => structuredClone(readRow(this.#disk.get(JSON.stringify(key)))));
    return Promise.resolve(success(rows));
  }

  close(): void {
    this.#isClosed = true;
  }
}

function logOf(rows: readonly FoundRow[]): readonly FoundRow[] {
  return [...rowsOf(rows, 'event'), ...rowsOf(rows, 'events')];
}

/** The rows whose keys begin with a name, in the order of their numbers: as a database has them. */
function rowsOf(rows: readonly FoundRow[], kind: string): readonly FoundRow[] {
  const numbered = rows.flatMap(([key, value]) => {
    const [name, number] = Array.isArray(key) ? (key as unknown[]) : [];
    return name === kind && typeof number === 'number' ? [{ number, row: [key, value] as const }] : [];
  });
  return numbered.sort((a, b) => a.number - b.number).map(({ row }) => row);
}
