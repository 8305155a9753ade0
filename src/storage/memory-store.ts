import type { StorageProblem } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import type { BlockPlace, BlockRow, Commit, Loaded, LaboratoryStore, RowSchemas } from './laboratory-store';
import { blockKey, META_KEY } from './row-key';
import { readBlockRow, readRows, rowChangesOf, type FoundRow } from './rows';

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
    const rows = [...this.#disk].map(([key, value]) => [JSON.parse(key) as unknown, value] as const);
    const found = {
      keys: rows.map(([key]) => key),
      meta: this.#disk.get(JSON.stringify(META_KEY)),
      events: rowsOf(rows, 'event'),
      starts: rowsOf(rows, 'start'),
    };
    return Promise.resolve(readRows(found, this.#schemas));
  }

  commit(commit: Commit): Promise<Result<void, StorageProblem>> {
    return new Promise((resolve) => resolve(this.#commit(commit)));
  }

  #commit(commit: Commit): Result<void, StorageProblem> {
    if (this.#isClosed) return failure({ kind: 'closed' });
    this.#commits += 1;
    const problem = this.#failCommit(this.#commits);
    if (problem !== null) return failure(problem);
    // All rows are made before the first one is written: a commit that cannot be made changes nothing.
    const changes = [...rowChangesOf(commit)].map((change) => structuredClone(change));
    for (const { key, value } of changes) {
      if (value === undefined) this.#disk.delete(JSON.stringify(key));
      else this.#disk.set(JSON.stringify(key), value);
    }
    return success(undefined);
  }

  readBlocks(places: readonly BlockPlace[]): Promise<Result<readonly BlockRow[], StorageProblem>> {
    if (this.#isClosed) return Promise.resolve(failure({ kind: 'closed' }));
    const rows = places.map((place) =>
      structuredClone(readBlockRow(this.#disk.get(JSON.stringify(blockKey(place))))),
    );
    return Promise.resolve(success(rows));
  }

  close(): void {
    this.#isClosed = true;
  }
}

/** The rows whose keys begin with a name, in the order of their numbers: as a database has them. */
function rowsOf(rows: readonly FoundRow[], kind: string): readonly FoundRow[] {
  const numbered = rows.flatMap(([key, value]) => {
    const [name, number] = Array.isArray(key) ? (key as unknown[]) : [];
    return name === kind && typeof number === 'number' ? [{ number, row: [key, value] as const }] : [];
  });
  return numbered.sort((a, b) => a.number - b.number).map(({ row }) => row);
}
