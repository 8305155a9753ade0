import { describe, expect, test } from 'vitest';
import type { LogRecord } from '../../src/core/log-record';
import { success } from '../../src/core/result';
import { disposed, type Disk } from './contract';
import { commitOf, recordOf, stateWith } from './samples';

/** What every store does with the log: the records of a commit share a row, from which some of them may go. */
export function describeLog(name: string, createDisk: () => Disk): void {
  const newDisk = disposed(createDisk);

  /** The rows of the log, in the order of their keys. */
  async function logOn(disk: Disk): Promise<readonly (readonly [key: string, row: unknown])[]> {
    const keys = (await disk.keys()) as readonly (readonly [string, ...number[]])[];
    const ofLog = keys.filter(([kind]) => kind.startsWith('event'));
    const sorted = ofLog.toSorted((one, other) => one[1]! - other[1]!);
    return Promise.all(sorted.map(async (key) => [JSON.stringify(key), await disk.get(key)] as const));
  }

  const records = (first: number, last: number): readonly LogRecord[] =>
    Array.from({ length: last - first + 1 }, (_, at) => recordOf(first + at));

  describe(name, () => {
    test('has a row for the records of a commit', async () => {
      const disk = newDisk();
      const store = await disk.open();

      await store.commit(commitOf({ records: records(1, 3) }));
      await store.commit(commitOf({ records: records(4, 4) }));

      expect(await logOn(disk)).toEqual([
        ['["events",1,3]', records(1, 3)],
        ['["events",4,4]', records(4, 4)],
      ]);
      expect(await store.load()).toMatchObject({ value: { records: records(1, 4), unreadableRecords: [] } });
    });

    test('has no row beyond a size, and none with a gap in it', async () => {
      const disk = newDisk();
      const store = await disk.open();
      const many = [...records(300, 900), ...records(5, 6), ...records(2, 3)];

      await store.commit(commitOf({ records: many }));

      expect((await logOn(disk)).map(([key]) => key)).toEqual([
        '["events",2,3]',
        '["events",5,6]',
        '["events",300,555]',
        '["events",556,811]',
        '["events",812,900]',
      ]);
      const ascending = [...records(2, 3), ...records(5, 6), ...records(300, 900)];
      expect(await store.load()).toMatchObject({ value: { records: ascending } });
    });

    test('loses records in the middle of a row, at its ends, and with it', async () => {
      const disk = newDisk();
      const store = await disk.open();
      await store.commit(commitOf({ records: records(1, 9) }));
      await store.commit(commitOf({ records: records(10, 11) }));
      await store.commit(commitOf({ records: records(12, 12) }));

      // The last one never was there.
      await store.commit(commitOf({ removedRecords: [1, 4, 5, 9, 10, 11, 99] }));

      expect(await logOn(disk)).toEqual([
        ['["events",1,9]', [null, recordOf(2), recordOf(3), null, null, ...records(6, 8), null]],
        ['["events",12,12]', records(12, 12)],
      ]);
      const left = [...records(2, 3), ...records(6, 8), recordOf(12)];
      expect(await store.load()).toMatchObject({ value: { records: left, unreadableRecords: [] } });

      await store.commit(commitOf({ removedRecords: [6, 2, 7, 3, 8] }));

      expect((await logOn(disk)).map(([key]) => key)).toEqual(['["events",12,12]']);
    });

    test('has new records in the place of those that are removed with the same commit', async () => {
      const store = await newDisk().open();
      await store.commit(commitOf({ records: records(1, 4) }));
      const changed = [2, 3].map((id) => ({ ...recordOf(id), steps: 9 }));

      await store.commit(commitOf({ records: changed, removedRecords: [3, 2] }));

      const expected = [recordOf(1), ...changed, recordOf(4)];
      expect(await store.load()).toMatchObject({ value: { records: expected } });
    });

    test('keeps what it cannot read when others go from its row', async () => {
      const disk = newDisk();
      const store = await disk.open();
      await store.commit(commitOf({ records: records(1, 4) }));
      await disk.put(['events', 1, 4], [recordOf(1), recordOf(2), 'garbage']);

      await store.commit(commitOf({ removedRecords: [1] }));

      const left = [null, recordOf(2), 'garbage', undefined];
      expect(await logOn(disk)).toEqual([['["events",1,4]', left]]);
      expect(await store.load()).toMatchObject({
        value: { records: [recordOf(2)], unreadableRecords: [{ id: 3 }, { id: 4 }] },
      });
    });

    test('is read where every record has a row, as formats 1 and 2 had it, beside rows of many', async () => {
      const disk = newDisk();
      const store = await disk.open();
      for (const id of [1, 2, 10]) await disk.put(['event', id], recordOf(id));
      await disk.put(['meta'], { format: 2, state: stateWith(10) });
      expect(await store.load()).toMatchObject({
        value: { state: { kind: 'read', state: stateWith(10) }, records: [1, 2, 10].map(recordOf) },
      });

      await store.commit(commitOf({ records: records(3, 4), removedRecords: [2] }));

      expect(await logOn(disk)).toEqual([
        ['["event",1]', recordOf(1)],
        ['["events",3,4]', records(3, 4)],
        ['["event",10]', recordOf(10)],
      ]);
      expect(await disk.get(['meta'])).toEqual({ format: 4, state: stateWith(1) });
      expect(await store.load()).toMatchObject({ value: { records: [1, 3, 4, 10].map(recordOf) } });
    });

    test('is read where the writes of a replay are a plain list, as up to format 3, and written as numbers', async () => {
      const replayed = (id: number, writes: readonly number[] | Uint32Array) => {
        const command = { type: 'replayWrites', from: 0, writes };
        return { ...recordOf(id), instruction: { ...recordOf(id).instruction, command } } as LogRecord;
      };
      const disk = newDisk();
      const store = await disk.open();
      await disk.put(['events', 1, 2], [replayed(1, [3, 1, 0, 8]), recordOf(2)]);
      await disk.put(['meta'], { format: 3, state: stateWith(2) });
      const first = replayed(1, Uint32Array.of(3, 1, 0, 8));
      expect(await store.load()).toMatchObject({
        value: { state: { kind: 'read', state: stateWith(2) }, records: [first, recordOf(2)] },
      });

      const third = replayed(3, Uint32Array.of(5, 1));
      await store.commit(commitOf({ records: [third], removedRecords: [2] }));

      expect(await logOn(disk)).toEqual([
        ['["events",1,2]', [replayed(1, [3, 1, 0, 8]), null]],
        ['["events",3,3]', [third]],
      ]);
      expect(await store.load()).toMatchObject({ value: { records: [first, third] } });
    });

    test('has one record of a number, whatever the rows say, and loses it everywhere', async () => {
      const disk = newDisk();
      const store = await disk.open();
      const others = records(2, 4).map((record) => ({ ...record, steps: 9 }));
      await disk.put(['event', 1], recordOf(1));
      await disk.put(['event', 3], recordOf(3));
      await disk.put(['events', 1, 2], records(1, 2));
      await disk.put(['events', 2, 4], [others[0], others[1], 'garbage']);
      await disk.put(['events', 4, 4], [others[2]]);
      await disk.put(['events', 5, 5], null);

      // The later row counts, and one that can be read.
      expect(await store.load()).toMatchObject({
        value: { records: [recordOf(1), ...others], unreadableRecords: [{ id: 5 }] },
      });

      await store.commit(commitOf({ removedRecords: [1, 2, 3] }));

      expect(await store.load()).toMatchObject({
        value: { records: [others[2]], unreadableRecords: [{ id: 5 }] },
      });
    });

    const hostile: [what: string, row: unknown][] = [
      ['is text', 'garbage'],
      ['is nothing', null],
      ['is an object', { length: 3, 0: recordOf(1) }],
      ['is bytes', new Uint8Array(100)],
      ['is empty', []],
      ['holds the records of others', [7, 8, 9].map(recordOf)],
      ['holds rows', [records(1, 3)]],
    ];

    test.each(hostile)('tells every record of a row that %s', async (_what, row) => {
      const disk = newDisk();
      const store = await disk.open();
      await store.commit(commitOf({ records: [recordOf(4)] }));
      await disk.put(['events', 1, 3], row);

      const loaded = await store.load();

      const reason = expect.stringMatching(/./) as unknown;
      expect(loaded).toMatchObject({
        value: {
          records: [recordOf(4)],
          unreadableRecords: [1, 2, 3].map((id) => ({ id, reason })),
          unknownKeys: [],
        },
      });
      expect(await disk.get(['events', 1, 3])).toEqual(row);
    });

    test('leaves out what a row holds beyond its key', async () => {
      const disk = newDisk();
      const store = await disk.open();
      await disk.put(['events', 1, 2], records(1, 3));

      expect(await store.load()).toMatchObject({ value: { records: records(1, 2), unreadableRecords: [] } });
    });

    test('changes nothing where the commit cannot be made', async () => {
      const disk = newDisk();
      const store = await disk.open();
      await store.commit(commitOf({ records: records(1, 4) }));
      const before = await logOn(disk);
      const unclonable = { ...stateWith(1), branches: [() => {}] } as never;

      const written = store.commit(commitOf({ removedRecords: [2], state: unclonable }));

      expect(await written.catch(() => 'thrown')).not.toEqual(success(undefined));
      expect(await logOn(disk)).toEqual(before);
    });
  });
}
