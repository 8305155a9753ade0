import { afterEach, describe, expect, test } from 'vitest';
import { success } from '../../src/core/result';
import type { LaboratoryStore } from '../../src/storage/laboratory-store';
import { blockOf, bytesOf, commitOf, filled, namesOf, recordOf, stateWith, SUMMARY } from './samples';

/** A place that stores can be opened on, one after the other, and whose rows can be got at from outside. */
export interface Disk {
  open(): Promise<LaboratoryStore>;
  put(key: readonly unknown[], value: unknown): Promise<void>;
  get(key: readonly unknown[]): Promise<unknown>;
  keys(): Promise<readonly unknown[]>;
  dispose(): Promise<void>;
}

/** Makes disks that are disposed of after the test. */
export function disposed(createDisk: () => Disk): () => Disk {
  const disks: Disk[] = [];
  afterEach(async () => {
    for (const disk of disks.splice(0)) await disk.dispose();
  });
  return () => {
    const disk = createDisk();
    disks.push(disk);
    return disk;
  };
}

/** What every store promises, whatever it writes on. */
export function describeStore(name: string, createDisk: () => Disk): void {
  const newDisk = disposed(createDisk);

  describe(name, () => {
    test('is empty at first', async () => {
      const store = await newDisk().open();

      expect(await store.load()).toEqual(
        success({
          state: { kind: 'absent' },
          records: [],
          unreadableRecords: [],
          starts: [],
          segments: [],
          unreadableSegments: [],
          pieces: [],
          blocks: [],
          isFormat1: false,
          unknownKeys: [],
        }),
      );
      expect(await store.readSegments([1])).toEqual(success([{ kind: 'absent' }]));
    });

    test('gives back after reopening what was committed', async () => {
      const disk = newDisk();
      const store = await disk.open();
      const segments = [filled(10, 0xaa, 0xbb), filled(9, 0xcc)];
      const pieces = [{ start: 12, piece: 1, bytes: bytesOf(0xdd) }];
      // More than nine, which must not come back in the order of their digits.
      const records = Array.from({ length: 11 }, (_, index) => recordOf(index + 1));

      const starts = [{ id: 12, kept: { id: 12, of: 'whatever' } }];

      expect(await store.commit(commitOf({ state: stateWith(11), records, starts, segments }))).toEqual(
        success(undefined),
      );
      expect(await store.keepPieces(pieces)).toEqual(success(undefined));
      store.close();
      const again = await disk.open();

      expect(await again.load()).toEqual(
        success({
          state: { kind: 'read', state: stateWith(11) },
          records,
          unreadableRecords: [],
          starts,
          segments: [
            { id: 9, names: namesOf(9, 1) },
            { id: 10, names: namesOf(10, 2) },
          ],
          unreadableSegments: [],
          pieces: [{ start: 12, piece: 1 }],
          blocks: [],
          isFormat1: false,
          unknownKeys: [],
        }),
      );
      expect(await again.readSegments([10, 6, 9])).toEqual(
        success([
          { kind: 'bytes', bytes: bytesOf(0xaa, 0xbb) },
          { kind: 'absent' },
          { kind: 'bytes', bytes: bytesOf(0xcc) },
        ]),
      );
      expect(await again.readPieces([pieces[0]!, { start: 12, piece: 0 }])).toEqual(
        success([{ kind: 'bytes', bytes: bytesOf(0xdd) }, { kind: 'absent' }]),
      );
    });

    test('keeps rows that people can read', async () => {
      const disk = newDisk();
      const store = await disk.open();
      await store.commit(
        commitOf({
          records: [recordOf(1)],
          segments: [filled(5, 1, 2)],
        }),
      );
      await store.keepPieces([{ start: 3, piece: 0, bytes: bytesOf(7) }]);

      const keys = await disk.keys();
      expect(keys).toHaveLength(6);
      expect(keys).toEqual(
        expect.arrayContaining([
          ['meta'],
          ['events', 1, 1],
          ['machine', 'Protection on'],
          ['segment', 5],
          ['names', 5],
          ['content', 3, 0],
        ]),
      );
      expect(await disk.get(['meta'])).toEqual({ format: 4, state: stateWith(1) });
      expect(await disk.get(['events', 1, 1])).toEqual([recordOf(1)]);
      expect(await disk.get(['machine', 'Protection on'])).toEqual(SUMMARY);
      expect(await disk.get(['segment', 5])).toEqual(bytesOf(1, 2));
      expect(await disk.get(['names', 5])).toEqual(namesOf(5, 2));
      expect(await disk.get(['content', 3, 0])).toEqual(bytesOf(7));
    });

    test('changes and removes in one commit', async () => {
      const disk = newDisk();
      const store = await disk.open();
      const records = [recordOf(1), recordOf(2), recordOf(3)];
      const starts = [2, 3].map((id) => ({ id, kept: { id } }));
      const pieces = [2, 2, 23].map((start, piece) => ({ start, piece, bytes: bytesOf(start) }));
      await store.commit(commitOf({ records, starts, segments: [filled(5, 1), filled(6, 2)] }));
      await store.keepPieces(pieces);
      for (const key of [
        ['block', 'Protection on', 5],
        ['slot', 'Protection on', 5],
      ]) {
        await disk.put(key, bytesOf(5));
      }

      await store.commit(
        commitOf({
          records: [{ ...recordOf(2), steps: 9 }],
          removedRecords: [2, 3],
          removedStarts: [2],
          machines: { off: SUMMARY, on: null },
          // What is written may take the place of what is removed.
          segments: [filled(5, 3)],
          removedSegments: [5, 6],
          removedPieces: [2],
          removedBlocks: [blockOf(5)],
        }),
      );

      expect(await store.load()).toMatchObject({
        value: {
          records: [recordOf(1), { ...recordOf(2), steps: 9 }],
          starts: [starts[1]],
          segments: [{ id: 5, names: namesOf(5, 1) }],
          pieces: [{ start: 23, piece: 2 }],
          blocks: [blockOf(5, 'slot')],
        },
      });
      expect(await store.readSegments([5, 6])).toEqual(
        success([{ kind: 'bytes', bytes: bytesOf(3) }, { kind: 'absent' }]),
      );
      expect(await store.readBlocks([blockOf(5), blockOf(5, 'slot')])).toEqual(
        success([{ kind: 'absent' }, { kind: 'bytes', bytes: bytesOf(5) }]),
      );
      expect(await disk.get(['machine', 'Protection on'])).toBeUndefined();
      expect(await disk.get(['machine', 'Protection off'])).toEqual(SUMMARY);
    });

    test('keeps and drops pieces of starts by themselves', async () => {
      const disk = newDisk();
      const store = await disk.open();
      const piece = (start: number, number: number, fill: number) => ({
        ...{ start, piece: number },
        bytes: bytesOf(fill),
      });

      await store.keepPieces([piece(1, 0, 1), piece(1, 1, 2), piece(10, 0, 3)]);
      await store.keepPieces([piece(1, 1, 4)]);
      expect(await store.dropPieces([10, 7])).toEqual(success(undefined));

      expect(await disk.keys()).toHaveLength(2);
      expect(await store.readPieces([piece(1, 1, 0), piece(10, 0, 0)])).toEqual(
        success([{ kind: 'bytes', bytes: bytesOf(4) }, { kind: 'absent' }]),
      );
      const halves = [piece(2, 0, 1), { start: 2, piece: 1, bytes: new Uint8Array(100) }];
      await expect(store.keepPieces(halves)).rejects.toThrow('whole blocks');
      expect(await disk.keys()).toHaveLength(2);
      store.close();
      expect(await store.keepPieces([])).toEqual({ ok: false, problem: { kind: 'closed' } });
      expect(await store.dropPieces([1])).toEqual({ ok: false, problem: { kind: 'closed' } });
    });

    test('does not share its bytes with anybody', async () => {
      const store = await newDisk().open();
      const segment = filled(5, 1);
      await store.commit(commitOf({ segments: [segment] }));
      segment.bytes.fill(9);
      const read = await store.readSegments([5]);
      if (read.ok && read.value[0]?.kind === 'bytes') read.value[0].bytes.fill(8);

      expect(await store.readSegments([5])).toEqual(success([{ kind: 'bytes', bytes: bytesOf(1) }]));
    });

    test('keeps nothing of a commit that cannot be made', async () => {
      const disk = newDisk();
      const store = await disk.open();
      await store.commit(commitOf({ records: [recordOf(1)], segments: [filled(5, 1)] }));
      function* breaking() {
        yield filled(6, 2);
        throw new Error('no such content');
      }

      const broken = store.commit(
        commitOf({
          ...{ state: stateWith(2), records: [recordOf(2)] },
          ...{ removedSegments: [5], segments: breaking() },
        }),
      );
      await expect(broken).rejects.toThrow('no such content');

      const again = await disk.open();
      expect(await again.load()).toMatchObject({
        value: { state: { state: stateWith(1) }, records: [recordOf(1)] },
      });
      expect(await again.readSegments([5, 6])).toEqual(
        success([{ kind: 'bytes', bytes: bytesOf(1) }, { kind: 'absent' }]),
      );
    });

    const wrongBytes: [what: string, bytes: Uint8Array<ArrayBuffer>, reason: string][] = [
      ['a view into a larger buffer', new Uint8Array(65_536).subarray(0, 16_384), 'buffer of their own'],
      ['half a block', new Uint8Array(8_192), 'whole blocks'],
      ['no block', new Uint8Array(0), 'whole blocks'],
      ['more than a segment takes', new Uint8Array(65 * 16_384), 'whole blocks'],
      ['a block without a name', new Uint8Array(2 * 16_384), 'have names'],
    ];

    test.each(wrongBytes)('does not take %s for a segment', async (_what, bytes, reason) => {
      const store = await newDisk().open();

      const commit = store.commit(commitOf({ segments: [{ ...filled(5, 1), bytes }] }));

      await expect(commit).rejects.toThrow(reason);
    });

    test('carries out commits in their order, however fast they come', async () => {
      const store = await newDisk().open();
      const commits = [1, 2, 3, 4].map((fill) => store.commit(commitOf({ segments: [filled(5, fill)] })));

      expect(await Promise.all(commits)).toEqual([1, 2, 3, 4].map(() => success(undefined)));
      expect(await store.readSegments([5])).toEqual(success([{ kind: 'bytes', bytes: bytesOf(4) }]));
    });

    test('is closed when it is closed', async () => {
      const store = await newDisk().open();
      store.close();

      const closed = { ok: false, problem: { kind: 'closed' } };
      expect(await store.load()).toEqual(closed);
      expect(await store.commit(commitOf())).toEqual(closed);
      expect(await store.readSegments([1])).toEqual(closed);
      expect(await store.readPieces([{ start: 1, piece: 0 }])).toEqual(closed);
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
        await disk.put(['events', 1, 3], [recordOf(1), value, recordOf(3)]);
        await disk.put(['event', 4], value);

        const loaded = await store.load();

        const reason = expect.stringMatching(/./) as unknown;
        expect(loaded).toMatchObject({ value: { records: [recordOf(1), recordOf(3)] } });
        expect(loaded).toMatchObject({
          value: { unreadableRecords: [2, 4].map((id) => ({ id, parent, reason })) },
        });
        // Reported, and left as it is.
        expect(await disk.get(['events', 1, 3])).toEqual([recordOf(1), value, recordOf(3)]);
        expect(await disk.get(['event', 4])).toEqual(value);
      });

      const damagedStates: [what: string, value: unknown, reason: RegExp][] = [
        ['no state at all', { format: 4 }, /state/],
        ['a state without branches', { format: 4, state: { ...stateWith(1), branches: [] } }, /branches/],
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
        const meta = { format: 5, worlds: 'another shape' };
        await disk.put(['meta'], meta);

        expect(await store.load()).toEqual({ ok: false, problem: { kind: 'newerFormat', format: 5 } });
        expect(await disk.get(['meta'])).toEqual(meta);
      });

      test('bytes that are not those of a segment, and keys that are not its own', async () => {
        const disk = newDisk();
        const store = await disk.open();
        await store.commit(commitOf({ segments: [filled(5, 1), filled(6, 1), filled(7, 1)] }));
        await disk.put(['segment', 5], new Uint8Array(100));
        await disk.put(['segment', 6], 'text');
        const unknown = [['note'], ['event', 'one'], ['block', 'Protection maybe', 1], ['slot', 'on']];
        unknown.push(
          ['segment', -1],
          ['names', 'x'],
          ['names', 2 ** 40],
          ['content', 1],
          ['content', 1, 0.5],
        );
        unknown.push(
          ['events', 1],
          ['events', 3, 2],
          ['events', -1, 0],
          ['events', 0.5, 1],
          // More than a row holds.
          ['events', 0, 256],
          ['events', 0, Number.MAX_SAFE_INTEGER],
          ['events', 1, 1, 1],
        );
        for (const key of unknown) await disk.put(key, 1);

        const loaded = await store.load();
        const read = await store.readSegments([5, 6, 7]);

        expect(read).toEqual(
          success([
            { kind: 'unreadable', reason: 'there are 100 bytes' },
            { kind: 'unreadable', reason: 'there are no bytes' },
            { kind: 'bytes', bytes: bytesOf(1) },
          ]),
        );
        const unknownKeys = loaded.ok
          ? loaded.value.unknownKeys.map((key) => JSON.parse(key) as unknown)
          : [];
        expect(unknownKeys).toHaveLength(unknown.length);
        expect(unknownKeys).toEqual(expect.arrayContaining(unknown));
      });

      const damagedNames: [what: string, names: unknown][] = [
        ['that are gone', undefined],
        ['that are no numbers', 'text'],
        ['that are numbers of another kind', [3, 100]],
        ['of nothing', new Uint32Array(0)],
        ['of one content and a half', new Uint32Array(3)],
        ['of more than a segment takes', new Uint32Array(2 * 65)],
      ];

      test.each(damagedNames)('names %s', async (_what, names) => {
        const disk = newDisk();
        const store = await disk.open();
        await store.commit(commitOf({ segments: [filled(5, 1), filled(6, 1)] }));
        if (names === undefined) await store.commit(commitOf({ removedSegments: [5] }));
        if (names === undefined) await disk.put(['segment', 5], bytesOf(1));
        else await disk.put(['names', 5], names);

        expect(await store.load()).toMatchObject({
          value: { segments: [{ id: 6, names: namesOf(6, 1) }], unreadableSegments: [5] },
        });
      });

      test('names without bytes, and numbers that leave no room for others', async () => {
        const disk = newDisk();
        const store = await disk.open();
        await store.commit(commitOf({ segments: [filled(6, 1), filled(2 ** 31 + 1, 1)] }));
        await disk.put(['names', 5], namesOf(5, 1));

        const loaded = await store.load();

        const unreadable = loaded.ok ? [...loaded.value.unreadableSegments].sort((a, b) => a - b) : [];
        expect(unreadable).toEqual([5, 2 ** 31 + 1]);
        expect(loaded).toMatchObject({ value: { segments: [{ id: 6 }] } });
      });

      test('rows of format 1, which are told and can be read', async () => {
        const disk = newDisk();
        const store = await disk.open();
        await disk.put(['meta'], { format: 1, state: stateWith(1) });
        await disk.put(['block', 'Protection on', 5], bytesOf(1));
        await disk.put(['slot', 'Protection on', 7], bytesOf(2, 2));

        expect(await store.load()).toMatchObject({
          value: {
            state: { kind: 'read', state: stateWith(1) },
            blocks: [blockOf(5), blockOf(7, 'slot')],
            isFormat1: true,
            unknownKeys: [],
          },
        });
        expect(await store.readBlocks([blockOf(7, 'slot'), blockOf(5)])).toEqual(
          success([
            { kind: 'unreadable', reason: 'there are 32768 bytes' },
            { kind: 'bytes', bytes: bytesOf(1) },
          ]),
        );
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
  return { format: 4, state: { ...state, branches } };
}
