import { expect, test } from 'vitest';
import { failure, success } from '../../src/core/result';
import { DOMAIN_SCHEMAS } from '../../src/formats/domain-schemas';
import { MemoryStore, type MemoryDisk } from '../../src/storage/memory-store';
import { describeStore } from './contract';
import { describeLog } from './log-contract';
import { createMemoryDisk } from './memory-disk';
import { commitOf, recordOf } from './samples';

describeStore('the memory store in Node', createMemoryDisk);
describeLog('the log in the memory store in Node', createMemoryDisk);

test('the memory store fails where it is told to, and changes nothing then', async () => {
  const disk: MemoryDisk = new Map();
  const failCommit = (commit: number) => (commit === 2 ? ({ kind: 'quota' } as const) : null);
  const store = new MemoryStore({ schemas: DOMAIN_SCHEMAS, disk, failCommit });

  expect(await store.commit(commitOf({ records: [recordOf(1)] }))).toEqual(success(undefined));
  expect(await store.commit(commitOf({ records: [recordOf(2)] }))).toEqual(failure({ kind: 'quota' }));
  expect(disk.has('["events",2,2]')).toBe(false);
  expect(await store.commit(commitOf({ records: [recordOf(3)] }))).toEqual(success(undefined));
  expect(disk.has('["events",3,3]')).toBe(true);
});
