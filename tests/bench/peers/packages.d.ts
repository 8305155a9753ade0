/** As much as is used of packages that come without types. */

declare module '@journeyapps/wa-sqlite/dist/wa-sqlite-async.mjs' {
  export default function startSqlite(options: { locateFile: () => string }): Promise<object>;
}

declare module '@journeyapps/wa-sqlite/src/sqlite-api.js' {
  export const SQLITE_ROW: 100;
  export function Factory(sqlite: object): {
    vfs_register(fileSystem: object, isDefault: boolean): void;
    open_v2(name: string): Promise<number>;
    exec(database: number, sql: string): Promise<unknown>;
    statements(database: number, sql: string): AsyncIterator<number, void>;
    bind_collection(statement: number, values: readonly (number | Uint8Array)[]): void;
    step(statement: number): Promise<number>;
    row(statement: number): unknown[];
    reset(statement: number): Promise<unknown>;
  };
}

declare module '@journeyapps/wa-sqlite/src/examples/IDBBatchAtomicVFS.js' {
  export const IDBBatchAtomicVFS: { create(name: string, sqlite: object): Promise<object> };
}

declare module '@journeyapps/wa-sqlite/src/examples/IDBMirrorVFS.js' {
  export const IDBMirrorVFS: { create(name: string, sqlite: object): Promise<object> };
}

declare module '@jlongster/sql.js' {
  interface Statement {
    bind(values: readonly (number | Uint8Array)[]): void;
    step(): boolean;
    get(): unknown[];
    reset(): void;
  }
  interface Sqlite {
    readonly FS: {
      mkdir(path: string): void;
      mount(files: object, options: object, path: string): void;
    };
    readonly Database: new (
      path: string,
      options: { filename: true },
    ) => {
      exec(sql: string): unknown;
      prepare(sql: string): Statement;
    };
    register_for_idb(files: object): void;
  }
  export default function startSqlite(options: { locateFile: () => string }): Promise<Sqlite>;
}

declare module 'absurd-sql' {
  export const SQLiteFS: new (files: object, backend: object) => object;
}

declare module 'absurd-sql/dist/indexeddb-backend.js' {
  export default class IndexedDBBackend {}
}
