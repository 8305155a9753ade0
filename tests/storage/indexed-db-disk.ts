import { DOMAIN_SCHEMAS } from '../../src/formats/domain-schemas';
import { openIndexedDbStore } from '../../src/storage/indexed-db-store';
import type { LaboratoryStore } from '../../src/storage/laboratory-store';
import type { Disk } from './contract';

/** A database of its own for every test: all of them share the origin. */
export function createIndexedDbDisk(): Disk & { readonly databaseName: string } {
  const databaseName = `test-${crypto.randomUUID()}`;
  const stores: LaboratoryStore[] = [];
  return {
    databaseName,
    async open() {
      const opened = await openIndexedDbStore({ databaseName, schemas: DOMAIN_SCHEMAS });
      if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
      stores.push(opened.value);
      return opened.value;
    },
    put: (key, value) => withRows(databaseName, (rows) => rows.put(value, key as IDBValidKey)).then(() => {}),
    get: (key) => withRows(databaseName, (rows) => rows.get(key as IDBValidKey)),
    keys: () => withRows(databaseName, (rows) => rows.getAllKeys()),
    async dispose() {
      for (const store of stores) store.close();
      await settled(indexedDB.deleteDatabase(databaseName));
    },
  };
}

/** Looks into a database as the developer tools do: past the store. */
async function withRows<Value>(
  databaseName: string,
  work: (rows: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value> {
  const database = await settled(indexedDB.open(databaseName));
  const result = await settled(
    work(database.transaction('laboratory', 'readwrite').objectStore('laboratory')),
  );
  database.close();
  return result;
}

export function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no reason given'));
  });
}

interface Bucket {
  readonly indexedDB: IDBFactory;
}

/** Chromium's storage buckets have a quota each: the one way to a disk that is really full. */
interface Buckets {
  open(name: string, options: { readonly quota: number }): Promise<Bucket>;
  delete(name: string): Promise<void>;
}

export function buckets(): Buckets {
  return (navigator as unknown as { readonly storageBuckets: Buckets }).storageBuckets;
}
