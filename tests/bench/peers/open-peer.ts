import type { Peer } from './peer';

/** In databases that do not exist yet. Code is loaded with its peer, so that none carries that of another one. */
const RIVALS = {
  records: async () => (await import('./raw-records')).openRecords(NAME),
  recordsByReference: async () => (await import('./raw-records')).openRecordsByReference(NAME),
  megabytes: async () => (await import('./raw-megabytes')).openMegabytes(NAME),
  waSqliteBatch: () => waSqlite('IDBBatchAtomicVFS', 'openSqlByCopy'),
  waSqliteBatchByReference: () => waSqlite('IDBBatchAtomicVFS', 'openSqlByReference'),
  waSqliteMirror: () => waSqlite('IDBMirrorVFS', 'openSqlByCopy'),
  waSqliteMirrorByReference: () => waSqlite('IDBMirrorVFS', 'openSqlByReference'),
  absurdSql: () => absurdSql('openSqlByCopy'),
  absurdSqlByReference: () => absurdSql('openSqlByReference'),
} satisfies Readonly<Record<string, () => Promise<Peer>>>;

export type RivalName = keyof typeof RIVALS;

export type PeerName = RivalName | 'ours' | 'oursInBursts';

type Way = 'openSqlByCopy' | 'openSqlByReference';

const NAME = 'peer';

export function openRival(name: RivalName): Promise<Peer> {
  return RIVALS[name]();
}

async function waSqlite(fileSystem: 'IDBBatchAtomicVFS' | 'IDBMirrorVFS', way: Way): Promise<Peer> {
  const [{ openWaSqlite }, sql] = await Promise.all([import('./wa-sqlite'), import('./sql')]);
  return sql[way](await openWaSqlite(NAME, fileSystem));
}

async function absurdSql(way: Way): Promise<Peer> {
  const [{ openAbsurdSql }, sql] = await Promise.all([import('./absurd-sql'), import('./sql')]);
  return sql[way](await openAbsurdSql(NAME));
}
