import { SNAPSHOT, type Peer } from './peer';

export type SqlValue = number | Uint8Array;

/** What is needed of SQLite, whatever its file lies in. */
export interface SqlDatabase {
  /** Statements without values, one after the other. */
  execute(sql: string): Promise<void>;
  prepare(sql: string): Promise<SqlStatement>;
}

export interface SqlStatement {
  /** Gives the first row, bytes in buffers of their own; `undefined`: there is none. */
  run(...values: readonly SqlValue[]): Promise<readonly unknown[] | undefined>;
}

/** As one would write it: old bytes are copied from one table into another, and new ones take their place. */
export async function openSqlByCopy(sql: SqlDatabase): Promise<Peer> {
  await sql.execute(
    `CREATE TABLE live (block INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
     CREATE TABLE copies (slot INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
     CREATE TABLE entries (slot INTEGER PRIMARY KEY, snapshot INTEGER NOT NULL, block INTEGER NOT NULL);`,
  );
  const fill = await sql.prepare('INSERT INTO live VALUES (?, ?)');
  const copy = await sql.prepare('INSERT INTO copies SELECT ?, bytes FROM live WHERE block = ?');
  const overwrite = await sql.prepare('UPDATE live SET bytes = ? WHERE block = ?');
  const enter = await sql.prepare('INSERT INTO entries VALUES (?, ?, ?)');
  const live = await sql.prepare('SELECT bytes FROM live WHERE block = ?');
  const kept = await sql.prepare('SELECT bytes FROM copies WHERE slot = ?');
  return {
    fill: (blocks) =>
      inTransaction(sql, async () => {
        for (const { block, newBytes } of blocks) await fill.run(block, newBytes);
      }),
    write: (blocks) =>
      inTransaction(sql, async () => {
        for (const { block, slot, newBytes } of blocks) {
          await copy.run(slot, block);
          await overwrite.run(newBytes, block);
          await enter.run(slot, SNAPSHOT, block);
        }
      }),
    read: async ({ block, slot }) => ({
      live: bytesOf(await live.run(block)),
      copy: bytesOf(await kept.run(slot)),
    }),
  };
}

/** By the idea of our own store: new bytes get a row of their own, and the old row becomes the copy. */
export async function openSqlByReference(sql: SqlDatabase): Promise<Peer> {
  await sql.execute(
    `CREATE TABLE contents (content INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
     CREATE TABLE live (block INTEGER PRIMARY KEY, content INTEGER NOT NULL);
     CREATE TABLE entries (slot INTEGER PRIMARY KEY, snapshot INTEGER NOT NULL, block INTEGER NOT NULL,
       content INTEGER NOT NULL);`,
  );
  const add = await sql.prepare('INSERT INTO contents VALUES (?, ?)');
  const fill = await sql.prepare('INSERT INTO live VALUES (?, ?)');
  const enter = await sql.prepare(
    'INSERT INTO entries SELECT ?, ?, block, content FROM live WHERE block = ?',
  );
  const overwrite = await sql.prepare('UPDATE live SET content = ? WHERE block = ?');
  const live = await sql.prepare('SELECT bytes FROM live JOIN contents USING (content) WHERE block = ?');
  const kept = await sql.prepare('SELECT bytes FROM entries JOIN contents USING (content) WHERE slot = ?');
  let nextContent = 0;
  return {
    fill: (blocks) =>
      inTransaction(sql, async () => {
        for (const { block, newBytes } of blocks) {
          await add.run(nextContent, newBytes);
          await fill.run(block, nextContent);
          nextContent += 1;
        }
      }),
    write: (blocks) =>
      inTransaction(sql, async () => {
        for (const { block, slot, newBytes } of blocks) {
          await add.run(nextContent, newBytes);
          await enter.run(slot, SNAPSHOT, block);
          await overwrite.run(nextContent, block);
          nextContent += 1;
        }
      }),
    read: async ({ block, slot }) => ({
      live: bytesOf(await live.run(block)),
      copy: bytesOf(await kept.run(slot)),
    }),
  };
}

async function inTransaction(sql: SqlDatabase, work: () => Promise<void>): Promise<void> {
  await sql.execute('BEGIN IMMEDIATE');
  await work();
  await sql.execute('COMMIT');
}

function bytesOf(row: readonly unknown[] | undefined): Uint8Array {
  const bytes = row?.[0];
  if (!(bytes instanceof Uint8Array)) throw new Error('There is no row with bytes');
  return bytes;
}
