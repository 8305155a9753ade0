import { afterEach, describe, expect, test, vi } from 'vitest';
import { failure, success } from '../../src/core/result';
import { DOMAIN_SCHEMAS } from '../../src/formats/domain-schemas';
import { openIndexedDbStore } from '../../src/storage/indexed-db-store';
import { describeStore } from './contract';
import { buckets, createIndexedDbDisk, settled } from './indexed-db-disk';
import { describeLog } from './log-contract';
import { createMemoryDisk } from './memory-disk';
import { bytesOf, commitOf, filled, recordOf, stateWith } from './samples';

describeStore('the IndexedDB store', createIndexedDbDisk);
describeLog('the log in the IndexedDB store', createIndexedDbDisk);
describeStore('the memory store in the browser', createMemoryDisk);

afterEach(() => vi.restoreAllMocks());

test('every commit is one strict transaction', async () => {
  const disk = createIndexedDbDisk();
  const store = await disk.open();
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');

  await store.commit(commitOf({ records: [recordOf(1)], segments: [filled(5, 1), filled(6, 2)] }));

  expect(transaction.mock.calls).toEqual([['laboratory', 'readwrite', { durability: 'strict' }]]);
  await disk.dispose();
});

describe('what fails is a value:', () => {
  test('there is no IndexedDB', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('not in private mode', 'SecurityError');
    });

    const opened = await openIndexedDbStore({ databaseName: 'never', schemas: DOMAIN_SCHEMAS });

    expect(opened).toEqual(failure({ kind: 'unavailable', detail: 'SecurityError: not in private mode' }));
  });

  test('the database is held by another window', async () => {
    const databaseName = `test-${crypto.randomUUID()}`;
    const holder = await settled(indexedDB.open(databaseName));
    // It waits for the holder to close, and whoever opens the database waits for it.
    const deletion = settled(indexedDB.deleteDatabase(databaseName));

    const blocked = await openIndexedDbStore({
      databaseName,
      schemas: DOMAIN_SCHEMAS,
      openLimitMs: 50,
    });

    expect(blocked).toEqual(failure({ kind: 'blocked' }));
    holder.close();
    await deletion;
    // The late connection was closed again: nobody is held up by it.
    await settled(indexedDB.deleteDatabase(databaseName));
  });

  test('the database is one of a newer page', async () => {
    const databaseName = `test-${crypto.randomUUID()}`;
    (await settled(indexedDB.open(databaseName, 2))).close();

    const opened = await openIndexedDbStore({ databaseName, schemas: DOMAIN_SCHEMAS });

    expect(opened).toEqual(failure({ kind: 'newerFormat', format: 2 }));
    await settled(indexedDB.deleteDatabase(databaseName));
  });

  test('the database is something else', async () => {
    const databaseName = `test-${crypto.randomUUID()}`;
    (await settled(indexedDB.open(databaseName, 1))).close();

    const opened = await openIndexedDbStore({ databaseName, schemas: DOMAIN_SCHEMAS });

    expect(opened).toMatchObject({ ok: false, problem: { kind: 'unavailable' } });
    await settled(indexedDB.deleteDatabase(databaseName));
  });

  test('the database is deleted under a store, which holds nobody up', async () => {
    const disk = createIndexedDbDisk();
    const store = await disk.open();
    await store.commit(commitOf());

    await settled(indexedDB.deleteDatabase(disk.databaseName));

    expect(await store.commit(commitOf())).toEqual(failure({ kind: 'closed' }));
    const names = (await indexedDB.databases()).map(({ name }) => name);
    expect(names).not.toContain(disk.databaseName);
  });

  test('a transaction is aborted without a reason', async () => {
    const disk = createIndexedDbDisk();
    const store = await disk.open();
    await store.commit(commitOf({ segments: [filled(5, 1)] }));
    const commit = vi.spyOn(IDBTransaction.prototype, 'commit');
    commit.mockImplementation(function (this: IDBTransaction) {
      this.abort();
    });

    const aborted = await store.commit(commitOf({ state: stateWith(2), segments: [filled(5, 2)] }));
    commit.mockRestore();

    expect(aborted).toEqual(failure({ kind: 'aborted', detail: 'no reason given' }));
    expect(await store.readSegments([5])).toEqual(success([{ kind: 'bytes', bytes: bytesOf(1) }]));
    expect(await store.commit(commitOf())).toEqual(success(undefined));
    await disk.dispose();
  });

  test('a row cannot be written, and no other row is', async () => {
    const disk = createIndexedDbDisk();
    const store = await disk.open();
    const unclonable = { ...stateWith(1), branches: [() => {}] } as never;

    const written = await store.commit(commitOf({ state: unclonable, segments: [filled(5, 2)] }));

    expect(written).toMatchObject({ ok: false, problem: { kind: 'aborted' } });
    expect(await store.readSegments([5])).toEqual(success([{ kind: 'absent' }]));
    await disk.dispose();
  });

  test('the disk is full', async () => {
    const bucket = await buckets().open('full', { quota: 1_000_000 });
    vi.spyOn(indexedDB, 'open').mockImplementation((name) => bucket.indexedDB.open(name));
    const opened = await openIndexedDbStore({ databaseName: 'full', schemas: DOMAIN_SCHEMAS });
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
    const store = opened.value;
    await store.commit(commitOf({ segments: [filled(1, 1)] }));

    const segments = Array.from({ length: 128 }, (_, index) => filled(2 + index, 2));
    const written = await store.commit(commitOf({ state: stateWith(2), segments }));

    expect(written).toEqual(failure({ kind: 'quota' }));
    expect(await store.readSegments([1, 2])).toEqual(
      success([{ kind: 'bytes', bytes: bytesOf(1) }, { kind: 'absent' }]),
    );
    expect(await store.commit(commitOf())).toEqual(success(undefined));
    store.close();
    await buckets().delete('full');
  });
});
