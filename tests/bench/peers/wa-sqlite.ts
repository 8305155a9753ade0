// MIT. SQLite in WebAssembly with file systems in IndexedDB. This fork, because it is kept up and faster than the last
// release of wa-sqlite itself on npm (1.0.0), and because IDBMirrorVFS is in no release of that.
import startSqlite from '@journeyapps/wa-sqlite/dist/wa-sqlite-async.mjs';
import program from '@journeyapps/wa-sqlite/dist/wa-sqlite-async.wasm?url';
import { IDBBatchAtomicVFS } from '@journeyapps/wa-sqlite/src/examples/IDBBatchAtomicVFS.js';
import { IDBMirrorVFS } from '@journeyapps/wa-sqlite/src/examples/IDBMirrorVFS.js';
import { Factory, SQLITE_ROW } from '@journeyapps/wa-sqlite/src/sqlite-api.js';
import type { SqlDatabase } from './sql';
import { makeTransactionsStrict } from './strict-transactions';

const FILE_SYSTEMS = { IDBBatchAtomicVFS, IDBMirrorVFS };

/**
 * Set up as fast as it goes and no faster: the page size and the cache that were best here. Every commit waits until
 * IndexedDB has it, which is `PRAGMA synchronous = full`, the default, and what "strict" means to IDBBatchAtomicVFS.
 */
const SETTINGS = `PRAGMA page_size = 65536; PRAGMA cache_size = -262144; PRAGMA journal_mode = MEMORY;`;

export async function openWaSqlite(
  name: string,
  fileSystem: keyof typeof FILE_SYSTEMS,
): Promise<SqlDatabase> {
  // IDBMirrorVFS does not say how durable its transactions are to be.
  if (fileSystem === 'IDBMirrorVFS') makeTransactionsStrict();
  const sqlite = await startSqlite({ locateFile: () => program });
  const api = Factory(sqlite);
  api.vfs_register(await FILE_SYSTEMS[fileSystem].create(name, sqlite), true);
  const database = await api.open_v2(name);
  await api.exec(database, SETTINGS);
  return {
    execute: async (sql) => {
      await api.exec(database, sql);
    },
    prepare: async (sql) => {
      // A statement lives as long as the iteration that yields it.
      const prepared = await api.statements(database, sql).next();
      if (prepared.done) throw new Error(`Nothing to prepare: ${sql}`);
      const statement = prepared.value;
      return {
        run: async (...values) => {
          api.bind_collection(statement, values);
          const row =
            (await api.step(statement)) === SQLITE_ROW ? api.row(statement).map(ownBytes) : undefined;
          await api.reset(statement);
          return row;
        },
      };
    },
  };
}

/** Bytes are given as a view into the memory of the program. */
function ownBytes(value: unknown): unknown {
  return value instanceof Uint8Array ? value.slice() : value;
}
