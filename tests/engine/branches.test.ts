import { describe, expect, test } from 'vitest';
import { branchOf, currentBranch } from '../../src/core/laboratory';
import { printLaboratoryFile } from '../../src/formats/print-laboratory';
import {
  expectAllKept,
  BOTH,
  branchIds,
  Harness,
  historyOf,
  problem,
  recordsOn,
  reopened,
  value,
  writeText,
} from './harness';

describe('the run of a fault', () => {
  test('is opened at its start, on a branch of its own', async () => {
    const lab = new Harness();
    await lab.open();

    const opened = value(
      await lab.ask({ type: 'openRun', origin: { kind: 'fault', fault: 8 }, worlds: ['on'] }),
    );

    expect(opened.state).toMatchObject({ currentBranch: 2, position: 0 });
    expect(currentBranch(opened.state)).toMatchObject({
      origin: { kind: 'fault', fault: 8 },
      scenario: { worlds: ['on'] },
    });
    const again = await reopened(lab.disk);
    expect(historyOf(again).machines[0]).toMatchObject({ fault: 8, access: 'offlineForProtection' });
    expectAllKept(lab.disk, again);
    expect([...lab.disk.keys()].filter((key) => key.startsWith('["machine"'))).toEqual([
      '["machine","Protection on"]',
    ]);
    // The first branch is in the log, not in the blocks.
    expect(historyOf(again, 1).scenario.worlds).toEqual(['off', 'on']);
  });

  test('opened again is the same branch, as long as nothing was added to it', async () => {
    const lab = new Harness();
    await lab.open();
    const origin = { kind: 'fault', fault: 5 } as const;
    const open = async (worlds: readonly ('off' | 'on')[] = BOTH) =>
      value(await lab.ask({ type: 'openRun', origin, worlds })).state.currentBranch;

    expect(await open()).toBe(2);
    expect(await open()).toBe(2);
    expect(await open(['off'])).toBe(3);
    expect(await open()).toBe(2);
    value(await lab.act(writeText(1, 'x'), 2));
    expect(await open()).toBe(4);
    expect(await open()).toBe(4);
  });

  test('is opened for every fault in every choice of worlds', async () => {
    const lab = new Harness();
    await lab.open();
    for (let fault = 1; fault <= 16; fault += 1) {
      for (const worlds of [['off', 'on'], ['off'], ['on']] as const) {
        const opened = await lab.ask({
          type: 'openRun',
          origin: { kind: 'fault', fault: fault as 1 },
          worlds,
        });
        expect(opened.ok, `${fault} ${worlds.join()}`).toBe(true);
      }
    }
    const again = await reopened(lab.disk);
    expect(again.state.branches).toHaveLength(1 + 16 * 3);
    expectAllKept(lab.disk, again);
  });
});

describe('starting over', () => {
  test('goes to a fresh run, and can be undone to the very place', async () => {
    const lab = new Harness();
    await lab.open();
    value(await lab.act(writeText(1, 'mine')));
    const before = value(await lab.ask({ type: 'remember', branch: 1, position: 7 })).state;

    const fresh = value(await lab.ask({ type: 'startOver' }));

    expect(fresh.state).toMatchObject({
      currentBranch: 2,
      position: 0,
      startedOverFrom: [{ branch: 1, position: 7 }],
    });
    expect(currentBranch(fresh.state).origin).toEqual({ kind: 'story' });
    expectAllKept(lab.disk, await reopened(lab.disk));

    const back = value(await lab.ask({ type: 'undoStartOver' }));

    expect(back.state).toMatchObject({ currentBranch: 1, position: 7, startedOverFrom: [] });
    expect(branchOf(back.state, 1)).toEqual(branchOf(before, 1));
    expectAllKept(lab.disk, await reopened(lab.disk));
    expect(problem(await lab.ask({ type: 'undoStartOver' }))).toEqual({ kind: 'nothingToUndo' });
  });

  test('again and again does not pile up branches', async () => {
    const lab = new Harness();
    await lab.open();

    for (let time = 0; time < 3; time += 1) value(await lab.ask({ type: 'startOver' }));

    expect((await lab.open()).state.branches).toHaveLength(1);
    expect((await lab.open()).state.startedOverFrom).toHaveLength(3);
  });

  test('from a fork of a fork leads to the run that they came from', async () => {
    const lab = new Harness();
    await lab.open();
    value(await lab.ask({ type: 'openRun', origin: { kind: 'fault', fault: 3 }, worlds: ['on'] }));
    value(await lab.act(writeText(1, 'x'), 2, 0, ['on']));
    value(await lab.act(writeText(2, 'y'), 3, 0, ['on']));

    const fresh = value(await lab.ask({ type: 'startOver' }));

    expect(currentBranch(fresh.state)).toMatchObject({ id: 2, origin: { kind: 'fault', fault: 3 } });
  });
});

describe('a branch', () => {
  test('is switched to at its end, its bytes with it', async () => {
    const lab = new Harness();
    const opened = await lab.open();
    const { start } = historyOf(opened).entries[4]!;
    value(await lab.act(writeText(9, 'another Tuesday'), 1, start));
    value(await lab.act(writeText(50, 'and more'), 2));
    const forked = await reopened(lab.disk);
    expectAllKept(lab.disk, forked);

    for (const branch of [1, 2, 1]) {
      const { state } = value(await lab.ask({ type: 'switchBranch', branch }));

      const again = await reopened(lab.disk);
      expect(again.state).toEqual(state);
      expect(state.position).toBe(historyOf(again).length);
      expectAllKept(lab.disk, again);
    }
    expect(problem(await lab.ask({ type: 'switchBranch', branch: 9 }))).toEqual({
      kind: 'branchUnknown',
      branch: 9,
    });
  });

  test('is named', async () => {
    const lab = new Harness();
    await lab.open();

    value(await lab.ask({ type: 'nameBranch', branch: 1, name: 'What if?' }));

    expect(currentBranch((await reopened(lab.disk)).state).name).toBe('What if?');
  });

  test('is deleted with the records that are on no other one', async () => {
    const lab = new Harness();
    const opened = await lab.open();
    const { start } = historyOf(opened).entries[4]!;
    const { state } = value(await lab.act(writeText(9, 'otherwise'), 1, start));

    expect(problem(await lab.ask({ type: 'deleteBranch', branch: 2 }))).toEqual({
      kind: 'branchInUse',
      branch: 2,
    });
    const deleted = value(await lab.ask({ type: 'deleteBranch', branch: 1 }));

    expect(deleted.removedRecords).toEqual([9, 8, 7, 6, 5].reverse());
    expect(recordsOn(lab.disk)).toEqual([1, 2, 3, 4, currentBranch(state).tip]);
    expect(branchIds(deleted.state)).toEqual([2]);
    const again = await reopened(lab.disk);
    expect(again).toMatchObject({ state: deleted.state, damages: [] });
    expectAllKept(lab.disk, again);
    // What forked off it now hangs on what it came from itself.
    expect(currentBranch(deleted.state).origin).toEqual({ kind: 'story' });
    expect(value(await lab.ask({ type: 'startOver' })).state.branches).toHaveLength(2);
  });

  test('that is deleted leaves its forks where they forked off the path that is kept', async () => {
    const lab = new Harness();
    const opened = await lab.open();
    const ends = historyOf(opened).entries.map(({ start, record }) => start + record.steps);
    value(await lab.act(writeText(1, 'x'), 1, ends[4]));
    // One fork off the branch before it left the first one, and one after.
    value(await lab.act(writeText(2, 'y'), 2, ends[2]));
    const first = value(await lab.ask({ type: 'switchBranch', branch: 2 })).state.position;
    value(await lab.act(writeText(3, 'z'), 2));
    value(await lab.act(writeText(4, 'w'), 2, first));

    const { state } = value(await lab.ask({ type: 'deleteBranch', branch: 2 }));

    expect(branchIds(state)).toEqual([1, 3, 4]);
    expect(branchOf(state, 3).origin).toEqual({ kind: 'fork', branch: 1, record: 3 });
    expect(branchOf(state, 4).origin).toEqual({ kind: 'fork', branch: 1, record: 5 });
    expect((await reopened(lab.disk)).damages).toEqual([]);
  });

  test('that was started over from and deleted cannot be returned to', async () => {
    const lab = new Harness();
    await lab.open();
    value(await lab.act(writeText(1, 'x')));
    value(await lab.ask({ type: 'startOver' }));

    value(await lab.ask({ type: 'deleteBranch', branch: 1 }));

    expect(problem(await lab.ask({ type: 'undoStartOver' }))).toEqual({ kind: 'nothingToUndo' });
  });
});

test('a position of a branch that was left is not taken for one of the current branch', async () => {
  const lab = new Harness();
  await lab.open();
  const before = value(await lab.act(writeText(1, 'mine'), 1, 0)).state;

  const late = value(await lab.ask({ type: 'remember', branch: 1, position: 0 })).state;

  expect(before.currentBranch).not.toBe(1);
  expect(late).toEqual(before);
});

describe('a laboratory file', () => {
  test('adds its branches to what is here', async () => {
    const other = new Harness();
    await other.open();
    const { state } = value(await other.act(writeText(1, 'from elsewhere'), 1, 0));
    value(await other.ask({ type: 'remember', branch: state.currentBranch, position: 3 }));
    const file = await other.open();
    const lab = new Harness();
    const here = await lab.open();
    value(await lab.act(writeText(2, 'from here')));

    const imported = value(await lab.ask({ type: 'importLaboratory', text: printLaboratoryFile(file) }));

    expect(branchIds(imported.state)).toEqual([1, 2, 3]);
    expect(imported.state).toMatchObject({ currentBranch: 3, position: 3 });
    expect(currentBranch(imported.state).origin).toEqual({ kind: 'fork', branch: 2, record: null });
    const again = await reopened(lab.disk);
    expect(again.damages).toEqual([]);
    expect(historyOf(again).machines).toEqual(historyOf(file).machines);
    expect(historyOf(again, 1).length).toBeGreaterThan(historyOf(here).length);
    expectAllKept(lab.disk, again);
  });

  test('that does not lead where it says is refused, and nothing has changed', async () => {
    const lab = new Harness();
    const opened = await lab.open();
    const records = opened.records.map((record) =>
      record.id === 5 ? { ...record, fingerprints: [1, 2] } : record,
    );

    const refused = await lab.ask({
      type: 'importLaboratory',
      text: printLaboratoryFile({ state: opened.state, records }),
    });

    expect(problem(refused)).toEqual({
      kind: 'malformed',
      place: 'records.4',
      reason: 'Record 5 does not lead where it says',
    });
    expect(problem(await lab.ask({ type: 'importLaboratory', text: 'PNG' }))).toMatchObject({
      kind: 'malformed',
    });
    expect((await lab.open()).state).toEqual(opened.state);
    expect(lab.commits).toHaveLength(1);
  });
});

test('a position beyond the end of the branch is not remembered', async () => {
  const lab = new Harness();
  const opened = await lab.open();
  const { length } = historyOf(opened);

  expect(problem(await lab.ask({ type: 'remember', branch: 1, position: length + 1 }))).toEqual({
    kind: 'positionOutside',
    position: length + 1,
    length,
  });
});
