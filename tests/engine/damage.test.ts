import { describe, expect, test } from 'vitest';
import { branchOf, currentBranch, type LaboratoryState } from '../../src/core/laboratory';
import type { OpenedLaboratory } from '../../src/protocol/answer';
import type { MemoryDisk } from '../../src/storage/memory-store';
import {
  asFormat2,
  burst,
  bytesAsText,
  changeRecord,
  expectAllKept,
  Harness,
  historyOf,
  recordOn,
  recordsOn,
  segmentsOn,
  reopened,
  value,
  writeText,
} from './harness';

/** A disk with the story (records 1 to 9), two commands more (10, 11), and a fork after record 4 (12). */
async function usedDisk(): Promise<MemoryDisk> {
  const lab = new Harness();
  const opened = await lab.open();
  const { start } = historyOf(opened).entries[4]!;
  value(await lab.act(writeText(30, 'ten')));
  value(await lab.act(writeText(31, 'eleven')));
  value(await lab.act(writeText(32, 'twelve'), 1, start));
  value(await lab.ask({ type: 'switchBranch', branch: 1 }));
  return lab.disk;
}

function putRecord(disk: MemoryDisk, number: number, record: unknown): void {
  changeRecord(disk, number, () => record);
}

function mendRecord(disk: MemoryDisk, number: number, by: object): void {
  changeRecord(disk, number, (record) => ({ ...record, ...by }));
}

/** Opens a disk and lets it be mended. */
async function mended(disk: MemoryDisk): Promise<OpenedLaboratory> {
  return new Harness({ disk }).open();
}

function pathsOf(opened: OpenedLaboratory): readonly (readonly number[])[] {
  return opened.state.branches.map(({ id }) => historyOf(opened, id).entries.map(({ record }) => record.id));
}

const STORY = [1, 2, 3, 4, 5, 6, 7, 8, 9];

const FORMATS: [what: string, inFormat: (disk: MemoryDisk) => MemoryDisk][] = [
  ['whose commits have a row of records each', (disk) => disk],
  ['of format 2, whose records have a row each', asFormat2],
];

test.each(FORMATS)('a sound disk %s is opened without a word', async (_what, inFormat) => {
  const disk = inFormat(await usedDisk());
  const lab = new Harness({ disk });

  const opened = await lab.open();
  await lab.settled();

  expect(opened.damages).toEqual([]);
  expect(pathsOf(opened)).toEqual([
    [...STORY, 10, 11],
    [1, 2, 3, 4, 12],
  ]);
  expect(lab.notices).toEqual([]);
  expect(lab.commits).toEqual([]);
});

describe.each(FORMATS)('on a disk %s, a damaged record ends its branch before it', (_what, inFormat) => {
  const damages: [what: string, damage: (disk: MemoryDisk) => void][] = [
    ['where it still says what it followed', (disk) => mendRecord(disk, 7, { steps: 'many' })],
    ['where nothing of it can be read', (disk) => putRecord(disk, 7, 'garbage')],
    ['where it claims to be its own ancestor', (disk) => mendRecord(disk, 7, { parent: 8 })],
  ];

  test.each(damages)('%s', async (_what, damage) => {
    const disk = inFormat(await usedDisk());
    damage(disk);
    const damaged = recordOn(disk, 7);

    const lab = new Harness({ disk });
    const opened = await lab.open();

    expect(opened.damages).toEqual([
      { kind: 'recordUnreadable', record: 7, reason: expect.stringMatching(/./) as unknown },
      { kind: 'branchShortened', branch: 1, record: 7 },
      { kind: 'recordsUnreachable', records: expect.arrayContaining([8, 9, 10, 11]) as unknown },
    ]);
    expect(pathsOf(opened)).toEqual([
      [1, 2, 3, 4, 5, 6],
      [1, 2, 3, 4, 12],
    ]);
    expect(opened.state.position).toBe(historyOf(opened).length);
    // Nothing is deleted, and nothing is written over.
    expect(recordsOn(disk)).toEqual([...STORY, 10, 11, 12]);
    expect(recordOn(disk, 7)).toEqual(damaged);
    expectAllKept(disk, opened);
    expect(value(await lab.act(writeText(33, 'on'))).records).toMatchObject([{ id: 13, parent: 6 }]);
    expectAllKept(disk, await reopened(disk));
  });

  test('where it is the first of a fork', async () => {
    const disk = inFormat(await usedDisk());
    putRecord(disk, 12, 'garbage');

    const opened = await mended(disk);

    // Record 11 comes before it by number, but is on another branch.
    expect(pathsOf(opened)[1]).toEqual([1, 2, 3, 4]);
  });

  test('where it is the first of all', async () => {
    const disk = inFormat(await usedDisk());
    putRecord(disk, 1, 'garbage');

    const opened = await mended(disk);

    expect(pathsOf(opened)).toEqual([[], []]);
    expect(segmentsOn(disk)).toEqual([]);
  });

  test('where it leads elsewhere than it did', async () => {
    const disk = inFormat(await usedDisk());
    mendRecord(disk, 6, { fingerprints: [1, 2] });

    const opened = await mended(disk);

    expect(opened.damages).toContainEqual({ kind: 'branchShortened', branch: 1, record: 6 });
    expect(pathsOf(opened)).toEqual([
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 12],
    ]);
  });

  test('also where that is found out only when the branch is entered', async () => {
    const disk = inFormat(await usedDisk());
    mendRecord(disk, 12, { fingerprints: [1, 2] });
    const lab = new Harness({ disk });
    expect((await lab.open()).damages).toEqual([]);

    const switched = value(await lab.ask({ type: 'switchBranch', branch: 2 }));

    expect(lab.notices).toEqual([
      { type: 'damaged', damages: [{ kind: 'branchShortened', branch: 2, record: 12 }] },
    ]);
    expect(currentBranch(switched.state).tip).toBe(4);
    expectAllKept(disk, await reopened(disk));
  });

  test('and not in the middle of a write', async () => {
    const lab = new Harness();
    await lab.open();
    value(await lab.act({ type: 'break', condition: { name: 'growthSlow' } }, 1, 2));
    const disk = inFormat(lab.disk);
    // Record 10 is the beginning of a write, 11 what came between.
    putRecord(disk, 11, 'garbage');

    const opened = await mended(disk);

    expect(pathsOf(opened)[1]).toEqual([]);
    expect(historyOf(opened).machines.every(({ request }) => request === null)).toBe(true);
  });
});

test('a record that is gone ends its branches before it', async () => {
  const disk = asFormat2(await usedDisk());
  disk.delete('["event",4]');

  const opened = await mended(disk);

  expect(opened.damages).toEqual([
    { kind: 'branchShortened', branch: 1, record: 4 },
    { kind: 'branchShortened', branch: 2, record: 4 },
    { kind: 'recordsUnreachable', records: [5, 6, 7, 8, 9, 10, 11, 12] },
  ]);
  expect(pathsOf(opened)).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
});

describe('a damaged row of records ends a branch before the first of them', () => {
  /** The story, the four records of a burst in one row (10 to 13), a command more (14), and a fork off the burst (15). */
  async function diskWithBurst(): Promise<MemoryDisk> {
    const lab = new Harness();
    await lab.open();
    const acted = value(await lab.act(burst(200)));
    value(await lab.act(writeText(30, 'after it')));
    const { start } = historyOf({ ...acted, records: (await lab.open()).records }, 1).entries[11]!;
    value(await lab.act(writeText(31, 'otherwise'), 1, start));
    return lab.disk;
  }

  const ROW = '["events",10,13]';

  const damages: [what: string, row: unknown, reason: string][] = [
    ['when it is no list', 'garbage', 'received "garbage"'],
    ['when it is nothing', null, 'received null'],
    ['when nothing of any of them can be read', [1, 2, 3, 4], 'received 1'],
    ['when the list is empty', [], 'received undefined'],
  ];

  test.each(damages)('%s', async (_what, row, reason) => {
    const disk = await diskWithBurst();
    disk.set(ROW, row);
    const lab = new Harness({ disk });

    const opened = await lab.open();

    const unreadable = opened.damages.filter(({ kind }) => kind === 'recordUnreadable');
    expect(unreadable).toMatchObject([10, 11, 12, 13].map((record) => ({ record })));
    expect(unreadable[0]).toMatchObject({ reason: expect.stringContaining(reason) as unknown });
    expect(pathsOf(opened)).toEqual([STORY, STORY]);
    expect(disk.get(ROW)).toEqual(row);
    expectAllKept(disk, opened);
    expect(value(await lab.act(writeText(33, 'on'))).records).toMatchObject([{ id: 16, parent: 9 }]);
    expectAllKept(disk, await reopened(disk));
  });

  test('when it is gone', async () => {
    const disk = await diskWithBurst();
    disk.delete(ROW);

    const opened = await mended(disk);

    expect(opened.damages).toMatchObject([
      { kind: 'branchShortened', branch: 1 },
      { kind: 'branchShortened', branch: 2 },
      { kind: 'recordsUnreachable', records: [14, 15] },
    ]);
    expect(pathsOf(opened)).toEqual([STORY, STORY]);
  });

  test('and no other one of it is lost with a record', async () => {
    const disk = await diskWithBurst();
    putRecord(disk, 12, 'garbage');

    const opened = await mended(disk);

    expect(opened.damages).toMatchObject([
      { kind: 'recordUnreadable', record: 12 },
      { kind: 'branchShortened', branch: 1, record: 12 },
      { kind: 'recordsUnreachable', records: [13, 14] },
    ]);
    expect(pathsOf(opened)).toEqual([
      [...STORY, 10, 11],
      [...STORY, 10, 11, 15],
    ]);
  });

  test('and stays unread where others are removed from its row', async () => {
    const disk = await diskWithBurst();
    putRecord(disk, 12, 'garbage');
    const lab = new Harness({ disk });
    await lab.open();
    value(await lab.ask({ type: 'switchBranch', branch: 1 }));
    value(await lab.ask({ type: 'deleteBranch', branch: 2 }));
    value(await lab.ask({ type: 'openRun', origin: { kind: 'story' }, worlds: ['off'] }));

    value(await lab.ask({ type: 'deleteBranch', branch: 1 }));

    expect(recordOn(disk, 12)).toBe('garbage');
    expect(recordsOn(disk).filter((number) => number < 16)).toEqual([12, 13, 14]);
    expect((await mended(disk)).damages).toMatchObject([
      { kind: 'recordUnreadable', record: 12 },
      { kind: 'recordsUnreachable', records: [13, 14] },
    ]);
  });
});

describe('a damaged state is put together again from the log', () => {
  const damages: [what: string, damage: (disk: MemoryDisk) => void][] = [
    ['when it cannot be read', (disk) => disk.set('["meta"]', { format: 4, state: 'lost' })],
    ['when it is gone', (disk) => disk.delete('["meta"]')],
    [
      'when it contradicts itself',
      (disk) => {
        const meta = disk.get('["meta"]') as { state: LaboratoryState };
        disk.set('["meta"]', { format: 4, state: { ...meta.state, currentBranch: 77 } });
      },
    ],
  ];

  test.each(damages)('%s', async (_what, damage) => {
    const disk = await usedDisk();
    const rows = new Map(disk);
    damage(disk);

    const opened = await mended(disk);

    expect(opened.damages).toMatchObject([{ kind: 'stateRebuilt', branches: 2 }]);
    expect(pathsOf(opened)).toEqual([
      [...STORY, 10, 11],
      [1, 2, 3, 4, 12],
    ]);
    expect(opened.state).toMatchObject({ nextRecord: 13, nextBranch: 3 });
    expect(branchOf(opened.state, 1)).toMatchObject({ origin: { kind: 'story' } });
    for (const record of recordsOn(rows)) {
      expect(recordOn(disk, record)).toEqual(recordOn(rows, record));
    }
    expectAllKept(disk, opened);
    // Once it is written again there is nothing to report any more.
    expect((await mended(disk)).damages).toEqual([]);
  });

  test('with the machine that the run of its fault began with', async () => {
    const lab = new Harness();
    await lab.open();
    value(await lab.ask({ type: 'openRun', origin: { kind: 'fault', fault: 8 }, worlds: ['on'] }));
    const before = value(await lab.ask({ type: 'deleteBranch', branch: 1 })).state;
    lab.disk.delete('["meta"]');

    const opened = await mended(lab.disk);

    expect(currentBranch(opened.state)).toEqual({ ...currentBranch(before), id: 1 });
  });

  test('or, where the log says nothing either, begins anew beside it', async () => {
    const disk = await usedDisk();
    disk.set('["meta"]', null);
    for (const record of recordsOn(disk)) putRecord(disk, record, 'garbage');

    const opened = await mended(disk);

    expect(opened.damages).toContainEqual(expect.objectContaining({ kind: 'stateRebuilt', branches: 0 }));
    expect(opened.state).toMatchObject({ currentBranch: 1, position: 0 });
    expect(Math.min(...opened.records.map(({ id }) => id))).toBe(13);
    expect(recordOn(disk, 12)).toBe('garbage');
    expectAllKept(disk, opened);
  });
});

/** The rows of the segment in which a block lies, and where in it. */
function segmentOf(disk: MemoryDisk, opened: OpenedLaboratory, world: number, block: number) {
  const stamp = historyOf(opened).machines[world]!.live.get(block);
  for (const [id, names, bytes] of segmentsOn(disk).toReversed()) {
    for (let position = 0; 2 * position < names.length; position += 1) {
      const isIt = (names[2 * position]! & (1 << world)) !== 0 && names[2 * position + 1] === stamp;
      if (isIt) return { id, position, stamp, names: names.slice(), bytes: bytes.slice() };
    }
  }
  throw new Error(`Block ${block} is in no segment.`);
}

type SegmentFound = ReturnType<typeof segmentOf>;

const BYTES = 16_384;

/** Its content is not the first one of its segment. */
const BLOCK = 27;

/** A disk with the story and two writes more, on which every content lies once. */
async function plainDisk(): Promise<MemoryDisk> {
  const lab = new Harness();
  await lab.open();
  value(await lab.act(writeText(30, 'ten')));
  value(await lab.act(writeText(31, 'eleven')));
  return lab.disk;
}

describe('damaged bytes are made again from the log', () => {
  type Spoil = (disk: MemoryDisk, segment: SegmentFound) => void;

  function putBytes(disk: MemoryDisk, { id }: SegmentFound, row: unknown): void {
    disk.set(JSON.stringify(['segment', id]), row);
  }

  function putNames(disk: MemoryDisk, { id }: SegmentFound, row: unknown): void {
    disk.set(JSON.stringify(['names', id]), row);
  }

  const damages: [what: string, spoil: Spoil, reason: string][] = [
    ['that are too few', (disk, found) => putBytes(disk, found, new Uint8Array(12)), 'there are 12 bytes'],
    [
      'that were cut off',
      (disk, found) => putBytes(disk, found, found.bytes.slice(0, BYTES)),
      'there are 16384 bytes in its segment',
    ],
    [
      'that were cut off in the middle of a block',
      (disk, found) => putBytes(disk, found, found.bytes.slice(0, -1)),
      'bytes',
    ],
    [
      'that are others',
      (disk, found) => {
        found.bytes.fill(7, found.position * BYTES, (found.position + 1) * BYTES);
        putBytes(disk, found, found.bytes);
      },
      'its bytes are others',
    ],
    ['that are none', (disk, found) => putBytes(disk, found, { bytes: 1 }), 'there are no bytes'],
    ['that are gone', (disk, { id }) => disk.delete(JSON.stringify(['segment', id])), 'it is missing'],
    ['whose names are gone', (disk, { id }) => disk.delete(JSON.stringify(['names', id])), 'it is missing'],
    ['whose names are text', (disk, found) => putNames(disk, found, 'names'), 'it is missing'],
    ['whose names are none', (disk, found) => putNames(disk, found, new Uint32Array(0)), 'it is missing'],
    ['whose names are cut', (disk, found) => putNames(disk, found, found.names.slice(1)), 'it is missing'],
    [
      'whose names are too many',
      (disk, found) => putNames(disk, found, new Uint32Array(1_000_000).fill(3)),
      'it is missing',
    ],
    [
      'whose names are of nothing',
      (disk, found) => putNames(disk, found, found.names.fill(0)),
      'it is missing',
    ],
    [
      'whose names are exchanged',
      (disk, found) => {
        const pairs = [...Array(found.names.length / 2).keys()].map((at) => [
          ...found.names.slice(2 * at, 2 * at + 2),
        ]);
        found.names.set(pairs.reverse().flat());
        putNames(disk, found, found.names);
      },
      'its bytes are others',
    ],
    [
      'that another segment claims to have',
      (disk, found) => {
        const id = 1_000;
        putBytes(disk, { ...found, id }, new Uint8Array(BYTES).fill(7));
        putNames(disk, { ...found, id }, Uint32Array.of(3, found.stamp));
      },
      'its bytes are others',
    ],
    [
      'that a segment beyond all numbers has',
      (disk, found) => {
        const id = 2 ** 32;
        putBytes(disk, { ...found, id }, found.bytes);
        putNames(disk, { ...found, id }, found.names);
        disk.delete(JSON.stringify(['names', found.id]));
        disk.delete(JSON.stringify(['segment', found.id]));
      },
      'it is missing',
    ],
  ];

  test.each(damages)('%s', async (_what, spoil, reason) => {
    const disk = await plainDisk();
    spoil(disk, segmentOf(disk, await reopened(disk), 1, BLOCK));
    const lab = new Harness({ disk });

    const opened = await lab.open();
    await lab.settled();

    expect(opened.damages).toEqual([]);
    const told = lab.notices.flatMap((notice) => (notice.type === 'damaged' ? notice.damages : []));
    expect(told).toContainEqual({
      ...{ kind: 'blockRebuilt', world: 'on', part: 'block', number: BLOCK },
      reason: expect.stringContaining(reason) as unknown,
    });
    expectAllKept(disk, opened);
    const again = new Harness({ disk });
    await again.open();
    await again.settled();
    expect(again.notices).toEqual([]);
  });

  test('also when that is found out by looking at them', async () => {
    const lab = new Harness();
    const opened = await lab.open();
    const found = segmentOf(lab.disk, opened, 1, 9);
    putBytes(lab.disk, found, found.bytes.fill(7));

    const read = await lab.ask({ type: 'readStored', world: 'on', part: 'block', number: 9 });
    await lab.settled();

    expect(value(read)).toMatchObject({ agreesWithLog: false });
    expect(value(read).bytes!.buffer.byteLength).toBe(BYTES);
    expect(bytesAsText(value(read).bytes)[0]).toBe('\x07');
    expect(lab.notices).toMatchObject([{ type: 'damaged', damages: [{ kind: 'blockRebuilt' }] }]);
    expect(segmentOf(lab.disk, opened, 1, 9).id).not.toBe(found.id);
  });

  test('and a segment of no use goes with the next commit', async () => {
    const disk = await plainDisk();
    const found = segmentOf(disk, await reopened(disk), 1, 9);
    putBytes(disk, { ...found, id: 500 }, new Uint8Array(BYTES));
    putNames(disk, { ...found, id: 500 }, Uint32Array.of(3, 4_000_000_000));
    putNames(disk, { ...found, id: 501 }, found.names);
    const lab = new Harness({ disk });
    const opened = await lab.open();
    await lab.settled();
    expect(lab.notices).toEqual([]);

    value(await lab.act(writeText(33, 'on')));

    expectAllKept(disk, await lab.open());
    expect(opened.damages).toEqual([]);
    expect([...disk.keys()].filter((key) => /,50[01]\]/.test(key))).toEqual([
      '["segment",501]',
      '["names",501]',
    ]);
  });
});

test('a row that nobody knows is reported and left alone', async () => {
  const disk = await plainDisk();
  disk.set('["note"]', 'mine');

  const opened = await mended(disk);

  expect(opened.damages).toEqual([{ kind: 'rowUnknown', key: '["note"]' }]);
  expect(disk.get('["note"]')).toBe('mine');
});
