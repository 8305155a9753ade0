/** What the peers share that use IndexedDB as it is. */

export function openDatabase(name: string, stores: readonly string[]): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onupgradeneeded = () => {
      for (const store of stores) opening.result.createObjectStore(store);
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error!);
  });
}

/** One transaction with the durability of ours: `strict`, so that the browser has flushed it when this resolves. */
export function commit<Name extends string>(
  database: IDBDatabase,
  names: readonly Name[],
  put: (stores: Readonly<Record<Name, IDBObjectStore>>) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction([...names], 'readwrite', { durability: 'strict' });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error!);
    const stores = names.map((name) => [name, transaction.objectStore(name)] as const);
    put(Object.fromEntries(stores) as Record<Name, IDBObjectStore>);
    transaction.commit();
  });
}

export function get(database: IDBDatabase, store: string, key: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request: IDBRequest<unknown> = database.transaction(store).objectStore(store).get(key);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });
}

export async function getBytes(database: IDBDatabase, store: string, key: number): Promise<Uint8Array> {
  const value = await get(database, store, key);
  if (!(value instanceof Uint8Array)) throw new Error(`There are no bytes at ${key} of ${store}`);
  return value;
}
