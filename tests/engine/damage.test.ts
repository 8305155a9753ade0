import { describe, expect, test } from 'vitest';
import type { LogRecord } from '../../src/core/history';
import { branchOf, currentBranch, type LaboratoryState } from '../../src/core/laboratory';
import type { OpenedLaboratory } from '../../src/protocol/answer';
import type { MemoryDisk } from '../../src/storage/memory-store';
import {
  blockRowsOf,
  blockRowsOn,
  bytesAsText,
  Harness,
  historyOf,
  recordsOn,
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

function eventKey(record: number): string {
  return JSON.stringify(['event', record]);
}

function change<Row extends object>(disk: MemoryDisk, key: string, by: Partial<Row>): void {
  disk.set(key, { ...(disk.get(key) as Row), ...by });
}

/** Opens a disk and lets it be mended. */
async function mended(disk: MemoryDisk): Promise<OpenedLaboratory> {
  return new Harness({ disk }).open();
}

function pathsOf(opened: OpenedLaboratory): readonly (readonly number[])[] {
  return opened.state.branches.map(({ id }) => historyOf(opened, id).entries.map(({ record }) => record.id));
}

const STORY = [1, 2, 3, 4, 5, 6, 7, 8, 9];

test('a sound disk is opened without a word', async () => {
  const disk = await usedDisk();
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

describe('a damaged record ends its branch before it', () => {
  const damages: [what: string, damage: (disk: MemoryDisk) => void][] = [
    ['where it still says what it followed', (disk) => change(disk, eventKey(7), { steps: 'many' })],
    ['where nothing of it can be read', (disk) => disk.set(eventKey(7), 'garbage')],
    ['where it claims to be its own ancestor', (disk) => change(disk, eventKey(7), { parent: 8 })],
  ];

  test.each(damages)('%s', async (_what, damage) => {
    const disk = await usedDisk();
    damage(disk);

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
    expect(blockRowsOn(disk)).toEqual(blockRowsOf(opened));
    expect(value(await lab.act(writeText(33, 'on'))).records).toMatchObject([{ id: 13, parent: 6 }]);
    expect(blockRowsOn(disk)).toEqual(blockRowsOf(await reopened(disk)));
  });

  test('where it is gone', async () => {
    const disk = await usedDisk();
    disk.delete(eventKey(4));

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

  test('where it is the first of a fork', async () => {
    const disk = await usedDisk();
    disk.set(eventKey(12), null);

    const opened = await mended(disk);

    // Record 11 comes before it by number, but is on another branch.
    expect(pathsOf(opened)[1]).toEqual([1, 2, 3, 4]);
  });

  test('where it is the first of all', async () => {
    const disk = await usedDisk();
    disk.set(eventKey(1), null);

    const opened = await mended(disk);

    expect(pathsOf(opened)).toEqual([[], []]);
    expect(blockRowsOn(disk).size).toBe(0);
  });

  test('where it leads elsewhere than it did', async () => {
    const disk = await usedDisk();
    change<LogRecord>(disk, eventKey(6), { fingerprints: [1, 2] });

    const opened = await mended(disk);

    expect(opened.damages).toContainEqual({ kind: 'branchShortened', branch: 1, record: 6 });
    expect(pathsOf(opened)).toEqual([
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 12],
    ]);
  });

  test('also where that is found out only when the branch is entered', async () => {
    const disk = await usedDisk();
    change<LogRecord>(disk, eventKey(12), { fingerprints: [1, 2] });
    const lab = new Harness({ disk });
    expect((await lab.open()).damages).toEqual([]);

    const switched = value(await lab.ask({ type: 'switchBranch', branch: 2 }));

    expect(lab.notices).toEqual([
      { type: 'damaged', damages: [{ kind: 'branchShortened', branch: 2, record: 12 }] },
    ]);
    expect(currentBranch(switched.state).tip).toBe(4);
    expect(blockRowsOn(disk)).toEqual(blockRowsOf(await reopened(disk)));
  });

  test('and not in the middle of a write', async () => {
    const lab = new Harness();
    await lab.open();
    value(await lab.act({ type: 'break', condition: { name: 'growthSlow' } }, 1, 2));
    // Record 10 is the beginning of a write, 11 what came between.
    lab.disk.set(eventKey(11), null);

    const opened = await mended(lab.disk);

    expect(pathsOf(opened)[1]).toEqual([]);
    expect(historyOf(opened).machines.every(({ request }) => request === null)).toBe(true);
  });
});

describe('a damaged state is put together again from the log', () => {
  const damages: [what: string, damage: (disk: MemoryDisk) => void][] = [
    ['when it cannot be read', (disk) => disk.set('["meta"]', { format: 1, state: 'lost' })],
    ['when it is gone', (disk) => disk.delete('["meta"]')],
    [
      'when it contradicts itself',
      (disk) => {
        const meta = disk.get('["meta"]') as { state: LaboratoryState };
        disk.set('["meta"]', { format: 1, state: { ...meta.state, currentBranch: 77 } });
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
      expect(disk.get(eventKey(record))).toEqual(rows.get(eventKey(record)));
    }
    expect(blockRowsOn(disk)).toEqual(blockRowsOf(opened));
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
    for (const record of recordsOn(disk)) disk.set(eventKey(record), null);

    const opened = await mended(disk);

    expect(opened.damages).toContainEqual(expect.objectContaining({ kind: 'stateRebuilt', branches: 0 }));
    expect(opened.state).toMatchObject({ currentBranch: 1, position: 0 });
    expect(Math.min(...opened.records.map(({ id }) => id))).toBe(13);
    expect(disk.get(eventKey(12))).toBeNull();
    expect(blockRowsOn(disk)).toEqual(blockRowsOf(opened));
  });
});

describe('damaged bytes are made again from the log', () => {
  const block = '["block","Protection on",9]';
  const damages: [what: string, key: string, row: unknown, reason: string][] = [
    ['that are too few', block, new Uint8Array(12), 'there are 12 bytes'],
    ['that are others', block, new Uint8Array(16_384).fill(7), 'its bytes are others'],
    ['that are none', block, { bytes: 1 }, 'there are no bytes'],
    ['that are gone', block, undefined, 'it is missing'],
    [
      'that never were',
      '["slot","Protection on",60]',
      new Uint8Array(16_384).fill(7),
      'it was never written',
    ],
    ['of a block that there is not', '["block","Protection on",64]', 0, 'there are no bytes'],
  ];

  test.each(damages)('%s', async (_what, key, row, reason) => {
    const disk = await usedDisk();
    if (row === undefined) disk.delete(key);
    else disk.set(key, row);
    const lab = new Harness({ disk });

    const opened = await lab.open();
    await lab.settled();

    const [part, , number] = JSON.parse(key) as [string, string, number];
    expect(lab.notices).toEqual([
      { type: 'damaged', damages: [{ kind: 'blockRebuilt', world: 'on', part, number, reason }] },
    ]);
    expect(blockRowsOn(disk)).toEqual(blockRowsOf(opened));
  });

  test('also when that is found out by looking at them', async () => {
    const lab = new Harness();
    const opened = await lab.open();
    lab.disk.set(block, new Uint8Array(16_384).fill(7));

    const read = await lab.ask({ type: 'readStored', world: 'on', part: 'block', number: 9 });
    await lab.settled();

    expect(value(read)).toMatchObject({ agreesWithLog: false });
    expect(bytesAsText(value(read).bytes)[0]).toBe('\x07');
    expect(lab.notices).toMatchObject([{ type: 'damaged', damages: [{ kind: 'blockRebuilt' }] }]);
    expect(blockRowsOn(lab.disk)).toEqual(blockRowsOf(opened));
  });
});

test('a row that nobody knows is reported and left alone', async () => {
  const disk = await usedDisk();
  disk.set('["note"]', 'mine');

  const opened = await mended(disk);

  expect(opened.damages).toEqual([{ kind: 'rowUnknown', key: '["note"]' }]);
  expect(disk.get('["note"]')).toBe('mine');
});
