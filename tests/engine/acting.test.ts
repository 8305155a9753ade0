import { describe, expect, test } from 'vitest';
import { branchOf, currentBranch } from '../../src/core/laboratory';
import {
  blocksOn,
  expectAllKept,
  Harness,
  historyOf,
  problem,
  reopened,
  rowsOn,
  value,
  writeText,
} from './harness';

describe('a first visit', () => {
  test('finds the story at its start, committed in one transaction', async () => {
    const lab = new Harness();

    const opened = await lab.open();

    expect(opened).toMatchObject({ storage: { kind: 'stored' }, damages: [] });
    expect(opened.state).toMatchObject({ currentBranch: 1, position: 0, startedOverFrom: [] });
    expect(currentBranch(opened.state)).toMatchObject({ origin: { kind: 'story' } });
    const history = historyOf(opened);
    expect(history.scenario.worlds).toEqual(['off', 'on']);
    expect(history.firstDifference).not.toBeNull();
    expect(history.machines.map(({ fault }) => fault)).toEqual([0, 7]);
    expect(lab.commits).toEqual([opened.records.length]);
  });

  test('is not repeated: the next one finds what the first one left', async () => {
    const lab = new Harness();
    const opened = await lab.open();
    value(await lab.ask({ type: 'remember', branch: 1, position: 5 }));

    const again = await reopened(lab.disk);

    expect(again.records).toEqual(opened.records);
    expect(again.state).toEqual({ ...opened.state, position: 5 });
  });
});

describe('a command', () => {
  test('at the end of a branch makes it longer, and is there after a reload', async () => {
    const lab = new Harness();
    const { state } = await lab.open();

    const acted = value(await lab.act(writeText(40, 'new')));

    const [record] = acted.records;
    expect(acted.records).toHaveLength(1);
    expect(record).toMatchObject({ id: state.nextRecord, parent: currentBranch(state).tip, cut: false });
    // The volume of the world with protection is offline: the write is turned away there, which is no refusal.
    expect(acted).toMatchObject({ refusals: [null, null], stoppedBy: null, removedRecords: [] });
    expect(acted.state).toMatchObject({ currentBranch: 1, nextRecord: state.nextRecord + 1 });
    expect(currentBranch(acted.state).tip).toBe(record?.id);
    const again = await reopened(lab.disk);
    expect(again.state).toEqual(acted.state);
    expect(again.records).toContainEqual(record);
    expect(acted.state.position).toBe(historyOf(again).length);
  });

  test('leaves in the store both the old bytes and the new ones', async () => {
    const lab = new Harness();
    await lab.open();
    await lab.ask({ type: 'openRun', origin: { kind: 'fault', fault: 8 }, worlds: ['on'] });
    const { state } = value(await lab.ask({ type: 'openRun', origin: { kind: 'story' }, worlds: ['off'] }));

    const again = await reopened(lab.disk);

    expect(again.state).toEqual(state);
    expectAllKept(lab.disk, again);
    const blocks = blocksOn(lab.disk, await lab.open());
    expect(blocks.get('block off 9')).toMatch(/^Tuesday: the second draft /);
    expect(blocks.get('slot off 0')).toMatch(/^Monday: the first draft /);
  });

  test('in the past starts a branch, and the old future is kept', async () => {
    const lab = new Harness();
    const opened = await lab.open();
    const third = historyOf(opened).entries[2]!;

    const acted = value(await lab.act(writeText(40, 'otherwise'), 1, third.start + third.record.steps));

    expect(acted.state.branches).toHaveLength(2);
    expect(branchOf(acted.state, 1)).toEqual(branchOf(opened.state, 1));
    const fork = currentBranch(acted.state);
    expect(fork).toMatchObject({
      id: 2,
      origin: { kind: 'fork', branch: 1, record: third.record.id },
      scenario: branchOf(opened.state, 1).scenario,
    });
    const again = await reopened(lab.disk);
    expect(historyOf(again).entries.map(({ record }) => record.id)).toEqual([1, 2, 3, fork.tip]);
    expect(historyOf(again, 1).length).toBe(historyOf(opened).length);
    expectAllKept(lab.disk, again);
  });

  test('between two stages of a write cuts the write short and goes on from there', async () => {
    const lab = new Harness();
    const opened = await lab.open();
    const history = historyOf(opened);
    const write = history.entries.find(({ record }) => record.instruction.command.type === 'write')!;
    const stage = write.start + 2;

    const acted = value(
      await lab.act({ type: 'break', condition: { name: 'kernelMemoryExhausted' } }, 1, stage),
    );

    expect(acted.records).toMatchObject([
      { cut: true, steps: 2, parent: write.record.parent, instruction: write.record.instruction },
      { cut: false, parent: opened.state.nextRecord, instruction: { command: { type: 'break' } } },
    ]);
    const again = await reopened(lab.disk);
    const forked = historyOf(again);
    expect(forked.machines.every(({ request }) => request === null)).toBe(true);
    expect(forked.machines.every(({ conditions }) => conditions.broken.has('kernelMemoryExhausted'))).toBe(
      true,
    );
    expectAllKept(lab.disk, again);
  });

  test('between two stages in one world only lets the write of the other one go on as well', async () => {
    const lab = new Harness();
    const history = historyOf(await lab.open());
    const write = history.entries.find(({ record }) => record.instruction.command.type === 'write')!;
    const broken = { type: 'break', condition: { name: 'kernelMemoryExhausted' } } as const;

    value(await lab.act(broken, 1, write.start + 2, ['on']));

    const { machines } = historyOf(await reopened(lab.disk));
    expect(machines.map(({ request }) => request)).toEqual([null, null]);
    expect(machines.map(({ conditions }) => conditions.broken.has('kernelMemoryExhausted'))).toEqual([
      false,
      true,
    ]);
    expect(machines.map(({ host }) => host.completed)).toEqual([1, 1]);
  });

  test('at the last position of a branch is at its end, not in its past', async () => {
    const lab = new Harness();
    const opened = await lab.open();

    const acted = value(await lab.act(writeText(40, 'new'), 1, historyOf(opened).length));

    expect(acted.state.branches).toHaveLength(1);
  });

  test('that every world refuses changes nothing', async () => {
    const lab = new Harness();
    const opened = await lab.open();
    const rows = rowsOn(lab.disk);

    const refused = await lab.act({ type: 'deleteSnapshot', snapshot: 99 });
    const inThePast = await lab.act({ type: 'deleteSnapshot', snapshot: 99 }, 1, 3);

    expect(problem(refused)).toMatchObject({
      kind: 'refused',
      refusal: { code: 'snapshotUnknown', snapshot: 99 },
    });
    expect(problem(inThePast)).toMatchObject({ kind: 'refused' });
    expect(rowsOn(lab.disk)).toEqual(rows);
    expect((await lab.open()).state).toEqual(opened.state);
    expect(lab.commits).toHaveLength(1);
  });

  test('that one world refuses is carried out in the other one, and the refusal is told', async () => {
    const lab = new Harness();
    await lab.open();

    const acted = value(await lab.act({ type: 'clearProtectionFault' }));

    expect(acted.refusals).toMatchObject([{ code: 'notFaulted' }, null]);
  });

  test('on a branch or at a position that is not there changes nothing', async () => {
    const lab = new Harness();
    const opened = await lab.open();
    const { length } = historyOf(opened);

    expect(problem(await lab.act(writeText(1, 'x'), 7))).toEqual({ kind: 'branchUnknown', branch: 7 });
    expect(problem(await lab.act(writeText(1, 'x'), 1, length + 1))).toEqual({
      kind: 'positionOutside',
      position: length + 1,
      length,
    });
    expect((await lab.open()).state).toEqual(opened.state);
  });

  test('to a world that the branch does not have changes nothing', async () => {
    const lab = new Harness();
    await lab.open();
    const { state } = value(await lab.ask({ type: 'openRun', origin: { kind: 'story' }, worlds: ['off'] }));

    expect(problem(await lab.act(writeText(1, 'x'), 2))).toMatchObject({
      kind: 'malformed',
      place: 'request.instruction.worlds',
    });
    expect((await lab.open()).state).toEqual(state);
  });

  test('on another branch than the current one makes that the current one', async () => {
    const lab = new Harness();
    await lab.open();
    value(await lab.act(writeText(40, 'otherwise'), 1, 10));

    const acted = value(await lab.act(writeText(41, 'back again'), 1));

    expect(acted.state.currentBranch).toBe(1);
    const again = await reopened(lab.disk);
    expectAllKept(lab.disk, again);
  });

  test('asked twice by one click too many, in the past: two branches, nothing lost', async () => {
    const lab = new Harness();
    await lab.open();

    const both = await Promise.all([lab.act(writeText(1, 'x'), 1, 10), lab.act(writeText(1, 'x'), 1, 10)]);

    expect(both.map((acted) => value(acted).state.currentBranch)).toEqual([2, 3]);
    expect((await reopened(lab.disk)).state.branches).toHaveLength(3);
  });
});

test('nothing but opening is answered before the laboratory is open', async () => {
  const lab = new Harness();

  expect(problem(await lab.act(writeText(1, 'x')))).toEqual({ kind: 'notOpen' });
  expect(problem(await lab.ask({ type: 'readStored', world: 'on', part: 'block', number: 1 }))).toEqual({
    kind: 'notOpen',
  });
  const [first, second] = await Promise.all([lab.open(), lab.open()]);
  expect(first).toEqual(second);
  expect(lab.commits).toHaveLength(1);
});
