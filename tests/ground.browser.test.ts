import { expect, test } from 'vitest';

test('IndexedDB here is the browser’s own and keeps what it is given', async () => {
  const name = `ground-${crypto.randomUUID()}`;
  const database = await open(name);
  const transaction = database.transaction('blocks', 'readwrite', { durability: 'strict' });
  transaction.objectStore('blocks').put(new Uint8Array([1, 2, 3]), ['block', 0]);
  await new Promise((resolve) => transaction.addEventListener('complete', resolve));

  const reading = database.transaction('blocks').objectStore('blocks').get(['block', 0]);

  expect(await settled(reading)).toEqual(new Uint8Array([1, 2, 3]));
  database.close();
  await settled(indexedDB.deleteDatabase(name));
});

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore('blocks'));
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('no reason given')));
  });
}
