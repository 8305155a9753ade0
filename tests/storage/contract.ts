import { afterEach, describe, expect, test } from 'vitest';
import { success } from '../../src/core/result';
import type { LaboratoryStore } from '../../src/storage/laboratory-store';
import { blockOf, bytesOf, commitOf, filled, recordOf, stateWith, SUMMARY } from './samples';

/** A place that stores can be opened on, one after the other, and whose rows can be got at from outside. */
export interface Disk {
  open(): Promise<LaboratoryStore>;
  put(key: readonly unknown[], value: unknown): Promise<void>;
  get(key: readonly unknown[]): Promise<unknown>;
  keys(): Promise<readonly unknown[]>;
  dispose(): Promise<void>;
}

/** What every store promises, whatever it writes on. */
export function describeStore(name: string, createDisk: () => Disk): void {
  const disks: Disk[] = [];
  const newDisk = (): Disk => {
    const disk = createDisk();
    disks.push(disk);
    return disk;
  };
  afterEach(async () => {
    for (const disk of disks.splice(0)) await disk.dispose();
  });

  describe(name, () => {
    test('is empty at first', async () => {
      const store = await newDisk().open();

      expect(await store.load()).toEqual(
        success({
          state: { kind: 'absent' },
          records: [],
          unreadableRecords: [],
          starts: [],
          blocks: [],
          unknownKeys: [],
        }),
      );
      expect(await store.readBlocks([blockOf(0)])).toEqual(success([{ kind: 'absent' }]));
    });

    test('gives back after reopening what was committed', async () => {
      const disk = newDisk();
      const store = await disk.open();
      const blocks = [filled(5, 0xaa), filled(0, 0xbb, 'slot')];
      // More than nine, which must not come back in the order of their digits.
      const records = Array.from({ length: 11 }, (_, index) => recordOf(index + 1));

      const starts = [{ id: 12, kept: { id: 12, of: 'whatever' } }];

      expect(await store.commit(commitOf({ state: stateWith(11), records, starts, blocks }))).toEqual(
        success(undefined),
      );
      store.close();
      const again = await disk.open();

      expect(await again.load()).toEqual(
        success({
          state: { kind: 'read', state: stateWith(11) },
          records,
          unreadableRecords: [],
          starts,
          blocks: [blockOf(5), blockOf(0, 'slot')],
          unknownKeys: [],
        }),
      );
      expect(await again.readBlocks([blockOf(0, 'slot'), blockOf(6), blockOf(5)])).toEqual(
        success([
          { kind: 'bytes', bytes: bytesOf(0xbb) },
          { kind: 'absent' },
          { kind: 'bytes', bytes: bytesOf(0xaa) },
        ]),
      );
    });

    test('keeps rows that people can read', async () => {
      const disk = newDisk();
      const store = await disk.open();
      await store.commit(commitOf({ records: [recordOf(1)], blocks: [filled(5, 1), filled(7, 2, 'slot')] }));

      const keys = await disk.keys();
      expect(keys).toHaveLength(5);
      expect(keys).toEqual(
        expect.arrayContaining([
          ['meta'],
          ['event', 1],
          ['machine', 'Protection on'],
          ['block', 'Protection on', 5],
          ['slot', 'Protection on', 7],
        ]),
      );
      expect(await disk.get(['meta'])).toEqual({ format: 1, state: stateWith(1) });
      expect(await disk.get(['event', 1])).toEqual(recordOf(1));
      expect(await disk.get(['machine', 'Protection on'])).toEqual(SUMMARY);
      expect(await disk.get(['slot', 'Protection on', 7])).toEqual(bytesOf(2));
    });

    test('changes and removes in one commit', async () => {
      const disk = newDisk();
      const store = await disk.open();
      const records = [recordOf(1), recordOf(2), recordOf(3)];
      const starts = [2, 3].map((id) => ({ id, kept: { id } }));
      await store.commit(commitOf({ records, starts, blocks: [filled(5, 1), filled(6, 2)] }));

      await store.commit(
        commitOf({
          records: [{ ...recordOf(2), steps: 9 }],
          removedRecords: [3],
          removedStarts: [2],
          machines: { off: SUMMARY, on: null },
          blocks: [filled(5, 3), { place: blockOf(6), bytes: null }],
        }),
      );

      expect(await store.load()).toMatchObject({
        value: {
          records: [recordOf(1), { ...recordOf(2), steps: 9 }],
          starts: [starts[1]],
          blocks: [blockOf(5)],
        },
      });
      expect(await store.readBlocks([blockOf(5), blockOf(6)])).toEqual(
        success([{ kind: 'bytes', bytes: bytesOf(3) }, { kind: 'absent' }]),
      );
      expect(await disk.get(['machine', 'Protection on'])).toBeUndefined();
      expect(await disk.get(['machine', 'Protection off'])).toEqual(SUMMARY);
    });

    test('does not share its bytes with anybody', async () => {
      const store = await newDisk().open();
      const change = filled(5, 1);
      await store.commit(commitOf({ blocks: [change] }));
      change.bytes?.fill(9);
      const read = await store.readBlocks([blockOf(5)]);
      if (read.ok && read.value[0]?.kind === 'bytes') read.value[0].bytes.fill(8);

      expect(await store.readBlocks([blockOf(5)])).toEqual(success([{ kind: 'bytes', bytes: bytesOf(1) }]));
    });

    test('keeps nothing of a commit that cannot be made', async () => {
      const disk = newDisk();
      const store = await disk.open();
      await store.commit(commitOf({ records: [recordOf(1)], blocks: [filled(5, 1)] }));
      function* breaking() {
        yield filled(5, 2);
        throw new Error('no such content');
      }

      const broken = store.commit(
        commitOf({ state: stateWith(2), records: [recordOf(2)], blocks: breaking() }),
      );
      await expect(broken).rejects.toThrow('no such content');

      const again = await disk.open();
      expect(await again.load()).toMatchObject({
        value: { state: { state: stateWith(1) }, records: [recordOf(1)] },
      });
      expect(await again.readBlocks([blockOf(5)])).toEqual(success([{ kind: 'bytes', bytes: bytesOf(1) }]));
    });

    test('takes no bytes but whole blocks in buffers of their own', async () => {
      const store = await newDisk().open();
      const wide = new Uint8Array(65_536);
      const commits = [wide.subarray(0, 16_384), new Uint8Array(100)].map((bytes) =>
        store.commit(commitOf({ blocks: [{ place: blockOf(5), bytes }] })),
      );

      for (const commit of commits) await expect(commit).rejects.toThrow('buffer of its own');
    });

    test('carries out commits in their order, however fast they come', async () => {
      const store = await newDisk().open();
      const commits = [1, 2, 3, 4].map((fill) => store.commit(commitOf({ blocks: [filled(5, fill)] })));

      expect(await Promise.all(commits)).toEqual([1, 2, 3, 4].map(() => success(undefined)));
      expect(await store.readBlocks([blockOf(5)])).toEqual(success([{ kind: 'bytes', bytes: bytesOf(4) }]));
    });

    test('is closed when it is closed', async () => {
      const store = await newDisk().open();
      store.close();

      const closed = { ok: false, problem: { kind: 'closed' } };
      expect(await store.load()).toEqual(closed);
      expect(await store.commit(commitOf())).toEqual(closed);
      expect(await store.readBlocks([blockOf(0)])).toEqual(closed);
    });

    describe('does not trust what it reads:', () => {
      const damagedRecords: [what: string, value: unknown, parent: number | null | undefined][] = [
        ['what is no record at all', 'garbage', undefined],
        ['a record without a command', { ...recordOf(2), instruction: { worlds: ['on'] } }, 1],
        ['a command that nobody knows', damagedCommand({ type: 'formatDisk' }), 1],
        ['a command with more than it needs', damagedCommand({ type: 'bringOnline', force: true }), 1],
        ['a number that is none', damagedCommand({ type: 'deleteSnapshot', snapshot: NaN }), 1],
        [
          'a burst that was not sliced',
          damagedCommand({
            ...{ type: 'writeBurst', order: 'random', block: 0, span: 1 },
            ...{ from: 0, writes: 1_000_000, seed: 1 },
          }),
          1,
        ],
        ['the number of another record', { ...recordOf(2), id: 7 }, 1],
        ['a parent that is no number', { ...recordOf(2), parent: 'first' }, undefined],
      ];

      test.each(damagedRecords)('%s', async (_what, value, parent) => {
        const disk = newDisk();
        const store = await disk.open();
        await store.commit(commitOf({ records: [recordOf(1), recordOf(2), recordOf(3)] }));
        await disk.put(['event', 2], value);

        const loaded = await store.load();

        expect(loaded).toMatchObject({ value: { records: [recordOf(1), recordOf(3)] } });
        expect(loaded).toMatchObject({
          value: { unreadableRecords: [{ id: 2, parent, reason: expect.stringMatching(/./) as unknown }] },
        });
        // Reported, and left as it is.
        expect(await disk.get(['event', 2])).toEqual(value);
      });

      const damagedStates: [what: string, value: unknown, reason: RegExp][] = [
        ['no state at all', { format: 1 }, /state/],
        ['a state without branches', { format: 1, state: { ...stateWith(1), branches: [] } }, /branches/],
        ['a volume too large', withSettings({ blockCount: 2 ** 30 }), /blockCount/],
        ['an older format than there ever was', { format: 0, state: stateWith(1) }, /format/],
        ['something else', 42, /./],
      ];

      test.each(damagedStates)('%s', async (_what, value, reason) => {
        const disk = newDisk();
        const store = await disk.open();
        await store.commit(commitOf({ records: [recordOf(1)] }));
        await disk.put(['meta'], value);

        expect(await store.load()).toMatchObject({
          value: {
            state: { kind: 'unreadable', reason: expect.stringMatching(reason) as unknown },
            records: [recordOf(1)],
          },
        });
      });

      test('a newer format, which is refused as a whole', async () => {
        const disk = newDisk();
        const store = await disk.open();
        await store.commit(commitOf({ records: [recordOf(1)] }));
        const meta = { format: 2, worlds: 'another shape' };
        await disk.put(['meta'], meta);

        expect(await store.load()).toEqual({ ok: false, problem: { kind: 'newerFormat', format: 2 } });
        expect(await disk.get(['meta'])).toEqual(meta);
      });

      test('bytes that are not those of a block, and keys that are not its own', async () => {
        const disk = newDisk();
        const store = await disk.open();
        await store.commit(commitOf({ blocks: [filled(5, 1), filled(6, 1), filled(7, 1)] }));
        await disk.put(['block', 'Protection on', 5], new Uint8Array(100));
        await disk.put(['block', 'Protection on', 6], 'text');
        for (const key of [['note'], ['event', 'one'], ['block', 'Protection maybe', 1], ['slot', 'on']]) {
          await disk.put(key, 1);
        }

        const loaded = await store.load();
        const read = await store.readBlocks([blockOf(5), blockOf(6), blockOf(7)]);

        expect(read).toEqual(
          success([
            { kind: 'unreadable', reason: 'there are 100 bytes' },
            { kind: 'unreadable', reason: 'there are no bytes' },
            { kind: 'bytes', bytes: bytesOf(1) },
          ]),
        );
        const unknownKeys = loaded.ok ? [...loaded.value.unknownKeys].sort() : [];
        expect(unknownKeys).toEqual([
          '["block","Protection maybe",1]',
          '["event","one"]',
          '["note"]',
          '["slot","on"]',
        ]);
      });
    });
  });
}

function damagedCommand(command: unknown): unknown {
  return { ...recordOf(2), instruction: { command, worlds: ['off', 'on'] } };
}

function withSettings(change: object): unknown {
  const state = stateWith(1);
  const branches = state.branches.map((branch) => ({
    ...branch,
    scenario: { ...branch.scenario, settings: { ...branch.scenario.settings, ...change } },
  }));
  return { format: 1, state: { ...state, branches } };
}
