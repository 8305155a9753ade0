/** What lies in the store as bytes: written once, copied by reference, thrown away when nothing holds it any more. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/core/command';
import { DEFAULT_SETTINGS } from '../../src/core/machine';
import type { StorageProblem } from '../../src/core/problem';
import type { WorldId } from '../../src/core/scenario';
import type { MemoryDisk } from '../../src/storage/memory-store';
import { laboratoriesOf } from '../core/laboratories';
import {
  asFormat2,
  BOTH,
  expectAllKept,
  Harness,
  historyOf,
  printOf,
  recordOn,
  recordsOn,
  renderMade,
  reopened,
  rowsOn,
  segmentsOn,
  value,
  writeText,
} from './harness';

const BLOCK = 16_384;

function burstOf(
  writes: number,
  span: number,
  seed: number,
  order: 'random' | 'sequential' = 'random',
): Command {
  return { type: 'writeBurst', order, block: 0, span, from: 0, writes, seed };
}

/** A laboratory with a volume of so many blocks, and as many on its diff volume. */
async function labOf(blocks: number, worlds: readonly WorldId[] = BOTH): Promise<Harness> {
  const lab = new Harness();
  await lab.open();
  const settings = {
    ...DEFAULT_SETTINGS,
    ...{ blockCount: blocks, diffVolumeBlocks: blocks, initialBlocks: blocks, maximumBlocks: null },
  };
  value(await lab.ask({ type: 'newLaboratory', scenario: { settings, worlds }, name: '' }));
  return lab;
}

/** Counts the bytes that are put onto a disk from here on, besides what names them. */
function countBytes(disk: MemoryDisk): () => number {
  let bytes = 0;
  const set = disk.set.bind(disk);
  disk.set = (key, row) => {
    if (row instanceof Uint8Array) bytes += row.length;
    return set(key, row);
  };
  return () => bytes;
}

describe('bytes are written once:', () => {
  test('a copy is a reference, and what both worlds write alike is there once', async () => {
    const lab = await labOf(256);
    value(await lab.act(burstOf(256, 256, 1, 'sequential'), 2));
    value(await lab.act({ type: 'createSnapshot' }, 2));
    const bytesPut = countBytes(lab.disk);

    value(await lab.act(burstOf(100, 100, 2, 'sequential'), 2));

    const { machines } = historyOf(await lab.open());
    expect(machines.map(({ used }) => used)).toEqual([100, 100]);
    expect(bytesPut()).toBe(100 * BLOCK);
    expectAllKept(lab.disk, await reopened(lab.disk));
  });

  test('a command that only moves contents writes none of them', async () => {
    const lab = await labOf(64, ['off']);
    const act = (command: Command) => lab.act(command, 2, 'end', ['off']);
    value(await act(burstOf(64, 64, 1, 'sequential')));
    value(await act({ type: 'createSnapshot' }));
    value(await act(burstOf(64, 64, 2, 'sequential')));
    const bytesPut = countBytes(lab.disk);

    value(await act({ type: 'revertToSnapshot', snapshot: 1 }));
    value(await lab.ask({ type: 'trim', branch: 2, position: 'end' }));

    expect(bytesPut()).toBe(0);
    const opened = await reopened(lab.disk);
    expect(historyOf(opened).machines[0]!.live.get(0)).toBe(1);
    expectAllKept(lab.disk, opened);
  });

  test('what is written over in the same transaction never gets there', async () => {
    const lab = await labOf(64, ['off']);
    const bytesPut = countBytes(lab.disk);

    value(await lab.act(burstOf(640, 64, 1, 'sequential'), 2, 'end', ['off']));

    expect(bytesPut()).toBe(64 * BLOCK);
  });

  test('what a replay writes is made again when somebody looks', async () => {
    const lab = await labOf(64, ['off']);
    const bytesPut = countBytes(lab.disk);

    value(
      await lab.act({ type: 'replayWrites', from: 0, writes: Uint32Array.of(0, 20, 5, 1) }, 2, 'end', [
        'off',
      ]),
    );
    value(await lab.act(writeText(3, 'kept'), 2, 'end', ['off']));

    expect(bytesPut()).toBe(BLOCK);
    expectAllKept(lab.disk, await reopened(lab.disk));
    const read = (number: number) => lab.ask({ type: 'readStored', world: 'off', part: 'block', number });
    expect(value(await read(7))).toEqual({ stamp: 8, bytes: null, agreesWithLog: true });
    expect(value(await read(3))).toMatchObject({ stamp: 22, agreesWithLog: true });
  });
});

describe('bytes that nothing holds any more', () => {
  test('take no more room than what is held, whatever is written over in whatever order', async () => {
    const lab = await labOf(512, ['off']);
    for (let seed = 0; seed < 6; seed += 1) {
      value(await lab.act(burstOf(150 + 20 * seed, 512, seed), 2, 'end', ['off']));
      if (seed === 2) value(await lab.act({ type: 'createSnapshot' }, 2, 'end', ['off']));
      if (seed === 4) value(await lab.act({ type: 'deleteSnapshot', snapshot: 1 }, 2, 'end', ['off']));
      expectAllKept(lab.disk, await lab.open());
    }
    expectAllKept(lab.disk, await reopened(lab.disk));
  });

  test('not even where a little of every segment stays in use', async () => {
    const lab = await labOf(512, ['off']);
    const rounds = Array.from({ length: 7 }, (_, round) => round);
    for (const round of rounds) {
      for (let first = 0; first < 512; first += 64) {
        const place = { block: first + round, count: 64 - round };
        const content = { kind: 'pattern', seed: round } as const;
        value(await lab.act({ type: 'write', ...place, content }, 2, 'end', ['off']));
      }
      expectAllKept(lab.disk, await lab.open());
    }
    await expectReadBack(new Harness({ disk: lab.disk }));
  });

  test('and the segments of single writes are merged', async () => {
    const lab = await labOf(256, ['off']);
    let most = 0;
    for (let block = 0; block < 256; block += 1) {
      value(await lab.act(writeText(block, `${block}`), 2, 'end', ['off']));
      most = Math.max(most, segmentsOn(lab.disk).length);
    }

    expect(most).toBeGreaterThan(60);
    expect(most).toBeLessThan(64 + 256 / 16 + 2);
    expectAllKept(lab.disk, await reopened(lab.disk));
  });
});

/** Everything that is written, read back through the engine, against the log. */
async function expectReadBack(lab: Harness): Promise<void> {
  const opened = await lab.open();
  const history = historyOf(opened);
  for (const [index, machine] of history.machines.entries()) {
    const world = history.scenario.worlds[index]!;
    for (const [part, table] of [['block', machine.live] as const, ['slot', machine.diffContents] as const]) {
      for (let number = 0; number < table.length; number += 1) {
        const stored = value(await lab.ask({ type: 'readStored', world, part, number }));
        const stamp = table.get(number);
        expect(stored).toMatchObject({ stamp, agreesWithLog: true });
        const isKept = stamp !== 0 && history.keepsBytesOf(index, stamp);
        const expected = isKept ? printOf(renderMade(history.recipeOf(index, stamp))) : null;
        expect(stored.bytes && printOf(stored.bytes)).toBe(expected);
      }
    }
  }
}

test(
  'random laboratories are read back as their logs say, after a reload',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(laboratoriesOf(25), fc.nat(), fc.nat(), async ({ scenario, commands }, back, trim) => {
        const lab = new Harness();
        await lab.open();
        const { blockCount, diffVolumeBlocks: diff, initialBlocks, maximumBlocks } = scenario.settings;
        const diffVolumeBlocks = Math.max(16, diff, maximumBlocks ?? 0);
        const sizes = { blockCount: Math.max(16, blockCount), diffVolumeBlocks };
        const initial = Math.min(initialBlocks, maximumBlocks ?? initialBlocks);
        const settings = { ...scenario.settings, ...sizes, initialBlocks: initial };
        value(await lab.ask({ type: 'newLaboratory', scenario: { ...scenario, settings }, name: 'random' }));
        const half = Math.floor(commands.length / 2);
        for (const command of commands.slice(0, half)) await lab.act(command, 2);
        const { length } = historyOf(await lab.open());
        // Into the past, which begins another branch where stamps mean other contents.
        const acted = await lab.act(writeText(0, 'fork'), 2, back % (length + 1));
        const { currentBranch } = acted.ok ? acted.value.state : (await lab.open()).state;
        for (const command of commands.slice(half)) await lab.act(command, currentBranch);
        await expectReadBack(new Harness({ disk: lab.disk }));
        value(await lab.ask({ type: 'switchBranch', branch: 2 }));
        await lab.ask({ type: 'trim', branch: 2, position: trim % (length + 1) });

        const again = new Harness({ disk: lab.disk });
        await expectReadBack(again);
        await again.settled();
        expect(again.notices).toEqual([]);
        expectAllKept(lab.disk, await again.open());
      }),
      { numRuns: 20 },
    );
  },
);

test('what is compared with the log after opening is little, wherever it lies', async () => {
  const lab = await labOf(1_024, ['off']);
  for (let seed = 0; seed < 8; seed += 1) {
    value(await lab.act(burstOf(200, 1_024, seed), 2, 'end', ['off']));
  }
  const segments = new Map(segmentsOn(lab.disk).map(([id, , bytes]) => [id, bytes.length / BLOCK]));
  const stored = [...segments.values()].reduce((sum, blocks) => sum + blocks);
  expect(stored).toBeGreaterThan(512);
  const again = new Harness({ disk: new Map(lab.disk) });

  const opened = await again.open();
  await again.settled();

  const read = again.segmentsRead.map((id) => segments.get(id) ?? NaN);
  expect(read.reduce((sum, blocks) => sum + blocks, 0)).toBeGreaterThan(64);
  expect(
    [...new Set(again.segmentsRead)].reduce((sum, id) => sum + segments.get(id)!, 0),
  ).toBeLessThanOrEqual(128);
  expect(again.segmentsRead.length).toBeLessThanOrEqual(2 * new Set(again.segmentsRead).size);
  expect(opened.damages).toEqual([]);
  expect(again.notices).toEqual([]);
});

describe('a database of format 1', () => {
  /** As it was written then: a row for every written block and slot. */
  async function oldDisk(): Promise<MemoryDisk> {
    const lab = new Harness();
    const { start } = historyOf(await lab.open()).entries[4]!;
    value(await lab.act(burstOf(300, 64, 7)));
    value(await lab.act(writeText(1, 'in the past'), 1, start));
    value(await lab.act(burstOf(100, 40, 8), 2));
    const opened = await lab.open();
    const history = historyOf(opened);
    const disk: MemoryDisk = new Map();
    for (const [key, row] of lab.disk) if (!/^\["(segment|names|events)"/.test(key)) disk.set(key, row);
    for (const [index, machine] of history.machines.entries()) {
      const world = `Protection ${history.scenario.worlds[index]}`;
      for (const [part, table] of [
        ['block', machine.live] as const,
        ['slot', machine.diffContents] as const,
      ]) {
        for (let number = 0; number < table.length; number += 1) {
          if (table.get(number) === 0) continue;
          const bytes = renderMade(history.recipeOf(index, table.get(number)));
          disk.set(JSON.stringify([part, world, number]), bytes);
        }
      }
    }
    // Its fingerprints were reckoned in another way.
    for (const record of opened.records) {
      const fingerprints = record.fingerprints.map((number) => (number + 1) % 2 ** 32);
      disk.set(`["event",${record.id}]`, { ...record, fingerprints });
    }
    const { state } = disk.get('["meta"]') as { readonly state: unknown };
    disk.set('["meta"]', { format: 1, state });
    return disk;
  }

  function oldRows(disk: MemoryDisk): readonly string[] {
    return [...disk.keys()].filter((key) => /^\["(block|slot|event)"/.test(key));
  }

  test('is taken over as a whole, in one transaction', async () => {
    const disk = await oldDisk();
    expect(oldRows(disk).length).toBeGreaterThan(20);
    const lab = new Harness({ disk });

    const opened = await lab.open();
    await lab.settled();

    expect(opened).toMatchObject({ storage: { kind: 'stored' }, damages: [] });
    expect(lab.notices).toEqual([]);
    expect(lab.commits).toHaveLength(1);
    expect(oldRows(disk)).toEqual([]);
    expect(disk.get('["meta"]')).toEqual({ format: 4, state: opened.state });
    expectAllKept(disk, opened);
    expect(await reopened(disk)).toEqual(opened);
  });

  test('keeps the records of it that cannot be read, as they are', async () => {
    const disk = await oldDisk();
    const last = Math.max(...recordsOn(disk));
    disk.set(`["event",${last}]`, 'garbage');

    const opened = await new Harness({ disk }).open();

    // Its blocks are those of the branch as it was.
    expect(opened.damages.filter(({ kind }) => kind !== 'blockRebuilt')).toMatchObject([
      { kind: 'recordUnreadable', record: last },
      { kind: 'branchShortened', record: last },
    ]);
    expect(oldRows(disk)).toEqual([`["event",${last}]`]);
    expect(recordOn(disk, last)).toBe('garbage');
    expectAllKept(disk, opened);
  });

  test('is told where its bytes were damaged', async () => {
    const disk = await oldDisk();
    const [key] = oldRows(disk).filter((row) => !row.startsWith('["event"'));
    disk.set(key!, new Uint8Array(BLOCK).fill(7));
    disk.set('["block","Protection on",63]', 'text');
    const [part, , number] = JSON.parse(key!) as [string, string, number];

    const opened = await new Harness({ disk }).open();

    expect(opened.damages).toEqual([
      { kind: 'blockRebuilt', world: 'off', part, number, reason: 'its bytes are others' },
      { kind: 'blockRebuilt', world: 'on', part: 'block', number: 63, reason: 'there are no bytes' },
    ]);
    expectAllKept(disk, opened);
    expect(oldRows(disk)).toEqual([]);
  });

  const failures: StorageProblem[] = [{ kind: 'aborted', detail: 'a crash' }, { kind: 'quota' }];

  test.each(failures)('stays what it is when that does not work: $kind', async (problem) => {
    const disk = await oldDisk();
    const before = rowsOn(disk);
    const lab = new Harness({ disk, failCommit: (commit) => (commit === 1 ? problem : null) });

    const opened = await lab.open();

    expect(opened.storage).toEqual({ kind: 'memory', reason: problem });
    expect(rowsOn(disk)).toEqual(before);
    expect((await new Harness({ disk }).open()).storage).toEqual({ kind: 'stored' });
    expectAllKept(disk, opened);
  });
});

describe('a database of format 2', () => {
  test('is left as it is, and what is written joins it', async () => {
    const before = new Harness();
    await before.open();
    value(await before.act(writeText(30, 'ten')));
    const disk = asFormat2(before.disk);
    const rows = rowsOn(disk);
    const lab = new Harness({ disk });

    const opened = await lab.open();
    await lab.settled();

    expect(opened).toEqual(await before.open());
    expect(lab.commits).toEqual([]);
    expect(rowsOn(disk)).toEqual(rows);

    value(await lab.act(burstOf(200, 64, 7)));

    expect(lab.commits).toEqual([4]);
    expect(disk.get('["meta"]')).toMatchObject({ format: 4 });
    expect([...disk.keys()].filter((key) => key.startsWith('["event'))).toEqual([
      ...Array.from({ length: 10 }, (_, index) => `["event",${index + 1}]`),
      '["events",11,14]',
    ]);
    expectAllKept(disk, await reopened(disk));
  });

  test('loses the rows of a branch that is deleted', async () => {
    const before = new Harness();
    const { start } = historyOf(await before.open()).entries[4]!;
    value(await before.act(writeText(1, 'in the past'), 1, start));
    const disk = asFormat2(before.disk);
    const lab = new Harness({ disk });
    await lab.open();

    value(await lab.ask({ type: 'deleteBranch', branch: 1 }));

    expect(recordsOn(disk)).toEqual([1, 2, 3, 4, 10]);
    expectAllKept(disk, await reopened(disk));
  });
});
