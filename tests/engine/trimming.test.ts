/** Forgetting what lies before a moment: the machines go on from there, and nothing that can be read has changed. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/core/command';
import { fingerprint } from '../../src/core/fingerprint';
import type { History } from '../../src/core/history';
import { currentBranch } from '../../src/core/laboratory';
import { DEFAULT_SETTINGS, existingSnapshots } from '../../src/core/machine';
import { snapshotStamps } from '../../src/core/read-path';
import { printLaboratoryFile } from '../../src/formats/print-laboratory';
import type { MemoryDisk } from '../../src/storage/memory-store';
import { NaiveMachine } from '../core/naive-machine';
import { commandOf, sequencesOf } from '../core/sequences';
import {
  expectAllKept,
  branchIds,
  burst,
  bytesAsText,
  Harness,
  historyOf,
  problem,
  recordsOn,
  renderMade,
  reopened,
  rowsOn,
  segmentsOn,
  value,
  writeText,
} from './harness';

/** Everything that can be read in a laboratory: per world the volumes and every snapshot, block by block. */
function contentsOf(history: History, position = history.length): readonly string[] {
  return history.momentAt(position).machines.flatMap((machine, world) => {
    const tables = [machine.live, machine.diffContents].map((table) =>
      Array.from({ length: table.length }, (_, index) => table.get(index)),
    );
    const snapshots = existingSnapshots(machine).map(({ snapshot }) => [
      ...snapshotStamps(machine, snapshot),
    ]);
    return [...tables, ...snapshots].flatMap((stamps) =>
      stamps.map((stamp) => bytesAsText(renderMade(history.recipeOf(world, stamp)).slice(0, 64))),
    );
  });
}

/** Commands that make sense after the first visit's story, as far as one can tell without it. */
const commands = sequencesOf(12).map(({ steps }) => {
  const naive = new NaiveMachine(DEFAULT_SETTINGS, 'ORIGINAL_VOLUME');
  return steps.map((step) => {
    const command = commandOf(step, naive);
    naive.perform(command);
    return command;
  });
});

describe('a branch that is trimmed', () => {
  test('reads the same in every block and snapshot, and goes on the same, wherever it is trimmed', async () => {
    await fc.assert(
      fc.asyncProperty(commands, commands, fc.nat(), async (before, after, choice) => {
        const lab = new Harness();
        const twin = new Harness();
        await Promise.all([lab.open(), twin.open()]);
        for (const command of before) await Promise.all([lab.act(command), twin.act(command)]);
        const old = historyOf(await lab.open());
        const position = choice % (old.length + 1);
        const entry = old.entryBefore(position);
        const end = entry === null ? 0 : entry.start + entry.record.steps;

        const trimmed = await lab.ask({ type: 'trim', branch: 1, position });

        const again = await reopened(lab.disk);
        const history = historyOf(again);
        expect(value(trimmed).state.position).toBe(0);
        expect([history.length, again.records, again.damages]).toEqual([0, [], []]);
        expect(isDeepStrictEqual(history.machines, old.momentAt(end).machines)).toBe(true);
        expect(contentsOf(history)).toEqual(contentsOf(old, end));
        expectAllKept(lab.disk, again);
        await expectToGoOn(lab, twin, end, after);
      }),
      { numRuns: 25 },
    );
  });

  test('may lie in any place of another one, which goes with what nobody else needs', async () => {
    const lab = new Harness();
    const { records } = await lab.open();
    const [third] = historyOf(await lab.open()).entries.slice(2);
    value(await lab.act(writeText(5, 'a fork'), 1, third!.start));
    const forked = await lab.open();
    const rows = lab.commits.length;

    const trimmed = value(await lab.ask({ type: 'trim', branch: 1, position: 'end' }));

    expect(lab.commits.length).toBe(rows + 1);
    expect(branchIds(trimmed.state)).toEqual([2, 3]);
    expect(currentBranch(trimmed.state)).toMatchObject({ id: 3, start: 3, tip: null, name: '' });
    expect(currentBranch(trimmed.state).origin).toEqual({ kind: 'trimmed' });
    expect(trimmed.starts).toHaveLength(1);
    // The fork still needs the first two records of its path, and its own.
    expect(recordsOn(lab.disk)).toEqual([1, 2, records.length + 1]);
    expect(trimmed.removedRecords).toEqual(records.slice(2).map(({ id }) => id));
    const again = await reopened(lab.disk);
    expect(historyOf(again, 2).machines).toEqual(historyOf(forked, 2).machines);
    expect(again.state.branches[0]!.origin).toEqual({ kind: 'story' });
  });

  test('writes only the blocks that differ there from those in the store', async () => {
    const lab = new Harness();
    await lab.open();
    value(await lab.act(burst(200)));
    const written: string[] = [];
    const set = lab.disk.set.bind(lab.disk);
    lab.disk.set = (key, row) => {
      if (/^\["(segment|names)"/.test(key)) written.push(key);
      return set(key, row);
    };

    value(await lab.ask({ type: 'trim', branch: 1, position: 'end' }));
    expect(written).toEqual([]);
    expectAllKept(lab.disk, await reopened(lab.disk));

    value(await lab.act(writeText(7, 'seven'), 2));
    // The other world stands still since the story.
    expect(written.map((key) => (JSON.parse(key) as unknown[])[0])).toEqual(['segment', 'names']);
    expect([...segmentsOn(lab.disk)[segmentsOn(lab.disk).length - 1]![1]]).toEqual([1, expect.any(Number)]);
  });

  test('is told apart from a branch whose writes got the same stamps', async () => {
    const lab = new Harness();
    await lab.open();
    const { entries } = historyOf(await lab.open());
    // A fork, whose write takes the place of another one of the first branch, in the same block.
    const write = entries.find(({ record }) => record.instruction.command.type === 'write')!;
    const { command } = write.record.instruction;
    if (command.type !== 'write') throw new Error(command.type);
    value(await lab.act({ ...command, content: { kind: 'text', text: 'otherwise' } }, 1, write.start));
    value(await lab.ask({ type: 'trim', branch: 1, position: write.start + write.record.steps }));
    const rows = rowsOn(lab.disk);

    value(await lab.ask({ type: 'switchBranch', branch: 2 }));

    const again = await reopened(lab.disk);
    const [fork, trimmed] = [historyOf(again, 2), historyOf(again, 3)];
    expect(fork.machines.map(fingerprint)).toEqual(trimmed.machines.map(fingerprint));
    expectAllKept(lab.disk, again);
    expect(rowsOn(lab.disk)).not.toEqual(rows);
  });

  test('is undone by nothing, and started over at its beginning', async () => {
    const lab = new Harness();
    await lab.open();
    const trimmed = value(await lab.ask({ type: 'trim', branch: 1, position: 20 }));
    const branch = trimmed.state.currentBranch;
    expect(problem(await lab.ask({ type: 'undoStartOver' }))).toEqual({ kind: 'nothingToUndo' });
    value(await lab.act(writeText(3, 'three'), branch));

    const over = value(await lab.ask({ type: 'startOver' }));

    const again = await reopened(lab.disk);
    expect(over.state.currentBranch).not.toBe(branch);
    expect(historyOf(again).length).toBe(0);
    expect(historyOf(again).machines.map(fingerprint)).toEqual(
      historyOf(again, branch).momentAt(0).machines.map(fingerprint),
    );
    expect(value(await lab.ask({ type: 'undoStartOver' })).state.currentBranch).toBe(branch);
  });

  test('takes its start with it when it is deleted, or trimmed again', async () => {
    const lab = new Harness();
    await lab.open();
    const starts = (): readonly string[] => [...lab.disk.keys()].filter((key) => key.startsWith('["start"'));
    value(await lab.ask({ type: 'trim', branch: 1, position: 20 }));
    expect(starts()).toEqual(['["start",2]']);
    value(await lab.act(writeText(3, 'three'), 2));
    // A fork begins from the same start.
    value(await lab.act(writeText(4, 'four'), 2, 0));
    value(await lab.ask({ type: 'trim', branch: 2, position: 'end' }));
    expect(starts()).toEqual(['["start",2]', '["start",4]']);
    value(await lab.ask({ type: 'deleteBranch', branch: 3 }));
    expect(starts()).toEqual(['["start",4]']);
    expect(recordsOn(lab.disk)).toEqual([]);
    expect(contentsOf(historyOf(await reopened(lab.disk))).join()).toContain('three');
  });

  const broken = { type: 'break', condition: { name: 'pageFileTooSmall' } } as const;

  test('goes on to where a write is over that was stopped there', async () => {
    const lab = new Harness();
    const opened = await lab.open();
    const write = historyOf(opened).entries.find(
      ({ record }) => record.instruction.command.type === 'write',
    )!;
    value(await lab.act(broken, 1, write.start + 3));
    const forked = await lab.open();
    expect(historyOf(forked).machines.every(({ request }) => request === null)).toBe(true);

    value(await lab.ask({ type: 'trim', branch: 2, position: write.start + 2 }));

    expect(historyOf(await reopened(lab.disk)).machines).toEqual(historyOf(forked).machines);
  });

  test('is refused beyond the end and on no branch, and nothing has changed', async () => {
    const lab = new Harness();
    await lab.open();
    const state = (await lab.open()).state;
    const rows = rowsOn(lab.disk);

    expect(problem(await lab.ask({ type: 'trim', branch: 1, position: 10_000 }))).toMatchObject({
      kind: 'positionOutside',
    });
    expect(problem(await lab.ask({ type: 'trim', branch: 9, position: 0 }))).toEqual({
      kind: 'branchUnknown',
      branch: 9,
    });
    expect((await lab.open()).state).toEqual(state);
    expect(rowsOn(lab.disk)).toEqual(rows);
  });

  test('that could not be committed is whole again', async () => {
    const lab = new Harness({
      failCommit: (commit) => (commit === 2 ? { kind: 'aborted', detail: 'test' } : null),
    });
    const opened = await lab.open();
    const rows = rowsOn(lab.disk);

    expect(problem(await lab.ask({ type: 'trim', branch: 1, position: 'end' }))).toMatchObject({
      kind: 'notCommitted',
    });

    expect(rowsOn(lab.disk)).toEqual(rows);
    expect(await lab.open()).toEqual(opened);
    value(await lab.ask({ type: 'trim', branch: 1, position: 'end' }));
    expect(recordsOn(lab.disk)).toEqual([]);
  });

  test('moves into memory whole when the disk is full', async () => {
    const lab = new Harness({ failCommit: (commit) => (commit === 2 ? { kind: 'quota' } : null) });
    const opened = await lab.open();

    const trimmed = value(await lab.ask({ type: 'trim', branch: 1, position: 'end' }));

    expect(lab.notices).toMatchObject([{ type: 'storageChanged', storage: { kind: 'memory' } }]);
    expect(historyOf({ ...trimmed, records: [] }).machines).toEqual(historyOf(opened).machines);
    value(await lab.act(writeText(3, 'three'), 2));
  });
});

/** The same further commands: on the trimmed branch, and on a twin that forks off where it was trimmed. */
async function expectToGoOn(
  lab: Harness,
  twin: Harness,
  end: number,
  further: readonly Command[],
): Promise<void> {
  let isForked = false;
  for (const command of further) {
    const { currentBranch: branch } = (await twin.open()).state;
    const whole = await twin.act(command, branch, isForked ? 'end' : end);
    const trimmed = await lab.act(command, 2);
    expect(trimmed.ok).toBe(whole.ok);
    isForked ||= whole.ok;
  }
  if (!isForked) return;
  const [history, expected] = [historyOf(await reopened(lab.disk)), historyOf(await twin.open())];
  const shared = expected.entries.filter(({ start, record }) => start + record.steps <= end).length;
  expect(history.entries.length).toBe(expected.entries.length - shared);
  for (const { index } of history.entries) {
    expect(history.derive(index).outcome).toEqual(expected.derive(index + shared).outcome);
  }
  expect(contentsOf(history)).toEqual(contentsOf(expected));
}

describe('a laboratory file with a trimmed branch', () => {
  async function trimmedLab(): Promise<Harness> {
    const lab = new Harness();
    await lab.open();
    value(await lab.act(writeText(9, 'kept')));
    value(await lab.ask({ type: 'trim', branch: 1, position: 'end' }));
    value(await lab.act(writeText(10, 'new'), 2));
    return lab;
  }

  test('adds it with what it begins from', async () => {
    const file = await (await trimmedLab()).open();
    const lab = await trimmedLab();

    value(await lab.ask({ type: 'importLaboratory', text: printLaboratoryFile(file) }));

    const again = await reopened(lab.disk);
    expect(again.damages).toEqual([]);
    expect(branchIds(again.state)).toEqual([2, 3]);
    expect(again.state.branches.map(({ start }) => start)).toEqual([2, 4]);
    expect(historyOf(again).machines).toEqual(historyOf(file).machines);
    expect(contentsOf(historyOf(again, 2))).toEqual(contentsOf(historyOf(again, 3)));
    expectAllKept(lab.disk, again);
    // Whatever comes next has a number of its own.
    value(await lab.ask({ type: 'trim', branch: 3, position: 'end' }));
    expect((await reopened(lab.disk)).state.branches.map(({ id }) => id)).toEqual([2, 5]);
  });

  test.each([
    ['without the start', (file: Spoilt) => (file.starts = []), 'state.branches.0.start'],
    ['with the start twice', (file: Spoilt) => file.starts.push(file.starts[0]), 'starts.1.id'],
    ['with a start that is none', (file: Spoilt) => (file.starts = [7]), 'starts.0.'],
    [
      'with a table cut off',
      (file: Spoilt) => {
        const [start] = file.starts as [{ machines: { live: string }[] }];
        start.machines[1]!.live = start.machines[1]!.live.slice(1);
      },
      'starts.0.machines.1.live',
    ],
    [
      'with a branch of other settings',
      (file: Spoilt) => (file.state.branches[0]!.scenario.settings.growthStepBlocks = 3),
      'state.branches.0.start',
    ],
    [
      'with commands that lead elsewhere from there',
      (file: Spoilt) => (file.records[0]!.fingerprints = [1, 2]),
      'records.0',
    ],
  ])('%s is refused, with the place', async (_, spoil, place) => {
    const opened = await (await trimmedLab()).open();
    const file = JSON.parse(printLaboratoryFile(opened)) as Spoilt;
    spoil(file);
    const lab = new Harness();
    const before = await lab.open();

    const refused = await lab.ask({ type: 'importLaboratory', text: JSON.stringify(file) });

    expect(problem(refused)).toMatchObject({ kind: 'malformed', place });
    expect(await lab.open()).toEqual(before);
  });
});

interface Spoilt {
  starts: unknown[];
  state: { branches: { scenario: { settings: { growthStepBlocks: number } } }[] };
  records: { fingerprints: number[] }[];
}

describe('the start of a branch that is damaged on the disk', () => {
  async function damagedDisk(): Promise<MemoryDisk> {
    const lab = new Harness();
    await lab.open();
    value(await lab.ask({ type: 'openRun', origin: { kind: 'fault', fault: 8 }, worlds: ['on'] }));
    value(await lab.ask({ type: 'trim', branch: 1, position: 'end' }));
    value(await lab.act(writeText(3, 'three'), 3));
    return lab.disk;
  }

  test('costs the branch, and no other one', async () => {
    const disk = await damagedDisk();
    const kept = disk.get('["start",3]') as { machines: object[] };
    disk.set('["start",3]', { ...kept, machines: [kept.machines[0], { ...kept.machines[1], used: 99 }] });

    const opened = await new Harness({ disk }).open();

    expect(opened.damages).toMatchObject([
      { kind: 'branchLost', branch: 3, reason: expect.stringContaining('machines.1') as string },
      { kind: 'recordsUnreachable', records: [expect.any(Number) as number] },
    ]);
    expect(branchIds(opened.state)).toEqual([2]);
    expect(opened.state.currentBranch).toBe(2);
    expect(historyOf(opened).machines[0]!.fault).toBe(8);
    // Nothing damaged is deleted, or written over by what comes after it.
    expect(disk.has('["start",3]')).toBe(true);
    expect(opened.state.nextBranch).toBe(4);
  });

  test('or is missing, costs the branch', async () => {
    const disk = await damagedDisk();
    disk.delete('["start",3]');
    const { damages } = await new Harness({ disk }).open();
    expect(damages[0]).toEqual({ kind: 'branchLost', branch: 3, reason: 'it is missing' });
  });

  test('is found again when the list of branches is lost', async () => {
    const disk = await damagedDisk();
    const before = await reopened(disk);
    disk.delete('["meta"]');

    const opened = await new Harness({ disk }).open();

    expect(opened.damages).toMatchObject([{ kind: 'stateRebuilt', branches: 2 }]);
    const trimmed = opened.state.branches.find(({ start }) => start === 3)!;
    expect(trimmed.origin).toEqual({ kind: 'trimmed' });
    expect(historyOf(opened, trimmed.id).machines).toEqual(historyOf(before, 3).machines);
    expect(opened.state.nextBranch).toBe(4);
  });
});
