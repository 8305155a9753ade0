import { commit, get, getBytes, openDatabase } from './indexed-db';
import { SNAPSHOT, type Peer } from './peer';

/**
 * One record a block, as one would write it: for each block the copy of its old bytes, its new bytes and an entry of
 * the table.
 */
export async function openRecords(name: string): Promise<Peer> {
  const stores = ['live', 'copies', 'table'] as const;
  const database = await openDatabase(name, stores);
  return {
    fill: (blocks) =>
      commit(database, ['live'], ({ live }) => {
        for (const { block, newBytes } of blocks) live.put(newBytes, block);
      }),
    write: (blocks) =>
      commit(database, stores, ({ live, copies, table }) => {
        for (const { block, slot, oldBytes, newBytes } of blocks) {
          copies.put(oldBytes, slot);
          live.put(newBytes, block);
          table.put({ snapshot: SNAPSHOT, block }, slot);
        }
      }),
    read: async ({ block, slot }) => ({
      live: await getBytes(database, 'live', block),
      copy: await getBytes(database, 'copies', slot),
    }),
  };
}

/**
 * One record a block by the idea of our own store: new bytes get a record of their own, and the old record becomes the
 * copy, so that no byte is written twice.
 */
export async function openRecordsByReference(name: string): Promise<Peer> {
  const stores = ['contents', 'live', 'table'] as const;
  const database = await openDatabase(name, stores);
  /** Where the bytes of a block lie: known without reading, as the old bytes are. */
  const contentOf = new Map<number, number>();
  let nextContent = 0;
  return {
    fill: (blocks) =>
      commit(database, ['contents', 'live'], ({ contents, live }) => {
        for (const { block, newBytes } of blocks) {
          contents.put(newBytes, nextContent);
          live.put(nextContent, block);
          contentOf.set(block, nextContent);
          nextContent += 1;
        }
      }),
    write: (blocks) =>
      commit(database, stores, ({ contents, live, table }) => {
        for (const { block, slot, newBytes } of blocks) {
          contents.put(newBytes, nextContent);
          live.put(nextContent, block);
          table.put({ snapshot: SNAPSHOT, block, content: contentOf.get(block) }, slot);
          contentOf.set(block, nextContent);
          nextContent += 1;
        }
      }),
    read: async ({ block, slot }) => {
      const entry = (await get(database, 'table', slot)) as { readonly content: number };
      const content = (await get(database, 'live', block)) as number;
      return {
        live: await getBytes(database, 'contents', content),
        copy: await getBytes(database, 'contents', entry.content),
      };
    },
  };
}
