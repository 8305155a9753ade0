// MIT. SQLite in WebAssembly, as absurd-sql needs it.
import startSqlite from '@jlongster/sql.js';
import program from '@jlongster/sql.js/dist/sql-wasm.wasm?url';
// MIT. Its file system in IndexedDB, which works while SQLite waits: by Atomics, in a thread of its own.
import { SQLiteFS } from 'absurd-sql';
import IndexedDBBackend from 'absurd-sql/dist/indexeddb-backend.js';
import type { SqlDatabase } from './sql';

/** The journal that its authors recommend, and the page size and the cache that were best here. */
const SETTINGS = `PRAGMA page_size = 8192; PRAGMA cache_size = -262144; PRAGMA journal_mode = MEMORY;`;

export async function openAbsurdSql(name: string): Promise<SqlDatabase> {
  const sqlite = await startSqlite({ locateFile: () => program });
  const files = new SQLiteFS(sqlite.FS, new IndexedDBBackend());
  sqlite.register_for_idb(files);
  sqlite.FS.mkdir('/sql');
  sqlite.FS.mount(files, {}, '/sql');
  const database = new sqlite.Database(`/sql/${name}.sqlite`, { filename: true });
  database.exec(SETTINGS);
  return {
    execute: (sql) => {
      database.exec(sql);
      return Promise.resolve();
    },
    prepare: (sql) => {
      const statement = database.prepare(sql);
      return Promise.resolve({
        run: (...values) => {
          statement.bind(values);
          const row = statement.step() ? statement.get() : undefined;
          statement.reset();
          return Promise.resolve(row);
        },
      });
    },
  };
}
