import { describe, expect, test } from 'vitest';
import { branchOf, currentBranch } from '../../src/core/laboratory';
import { DEFAULT_SETTINGS, type MachineSettings } from '../../src/core/machine';
import type { Scenario } from '../../src/core/scenario';
import { printLaboratoryFile } from '../../src/formats/print-laboratory';
import {
  expectAllKept,
  BOTH,
  branchIds,
  burst,
  Harness,
  historyOf,
  problem,
  reopened,
  segmentsOn,
  value,
  writeText,
} from './harness';

function scenarioWith(settings: Partial<MachineSettings> = {}, worlds: Scenario['worlds'] = BOTH): Scenario {
  return { settings: { ...DEFAULT_SETTINGS, ...settings }, worlds };
}

const SMALL = scenarioWith({ blockCount: 16, diffVolumeBlocks: 20, maximumBlocks: null, snapshotLimit: 3 });

/** A laboratory whose branch 2 is one of the learner's own. */
async function openOwn(scenario = SMALL, name = 'Mine'): Promise<Harness> {
  const lab = new Harness();
  await lab.open();
  value(await lab.ask({ type: 'newLaboratory', scenario, name }));
  return lab;
}

describe('a new laboratory', () => {
  test('is an empty branch with the machine that was asked for; what was there is kept', async () => {
    const lab = new Harness();
    const { state: before } = await lab.open();

    const made = value(await lab.ask({ type: 'newLaboratory', scenario: SMALL, name: 'Mine' }));

    expect(made).toMatchObject({ records: [], removedRecords: [] });
    expect(made.state).toMatchObject({ currentBranch: 2, position: 0, startedOverFrom: [] });
    expect(currentBranch(made.state)).toEqual({
      id: 2,
      name: 'Mine',
      origin: { kind: 'own' },
      scenario: SMALL,
      tip: null,
    });
    expect(branchOf(made.state, 1)).toEqual(branchOf(before, 1));
    const again = await reopened(lab.disk);
    expect(again).toMatchObject({ state: made.state, damages: [] });
    expect(historyOf(again).machines.map(({ settings, level }) => [settings, level])).toEqual([
      [SMALL.settings, 'ORIGINAL_VOLUME'],
      [SMALL.settings, 'SNAPSHOT'],
    ]);
    // The blocks of the story are in the log only.
    expect(segmentsOn(lab.disk)).toEqual([]);
  });

  test('takes commands, and everything survives a reload, byte for byte', async () => {
    const lab = await openOwn(scenarioWith({ blockCount: 16 }, ['on']));
    value(await lab.act({ type: 'createSnapshot' }, 2, 'end', ['on']));
    value(await lab.act(burst(40, 16), 2, 'end', ['on']));

    const again = await reopened(lab.disk);

    expect(again.damages).toEqual([]);
    expect(historyOf(again).machines[0]).toMatchObject({ used: 16, host: { completed: 40 } });
    expectAllKept(lab.disk, again);
    expect(problem(await lab.act(writeText(16, 'x'), 2, 'end', ['on']))).toMatchObject({
      refusal: { code: 'blockOutsideVolume', blockCount: 16 },
    });
  });

  test('may be as small and as large as it gets', async () => {
    const lab = await openOwn();
    const largest = scenarioWith({
      blockCount: 1_048_576,
      diffVolumeBlocks: 1_048_576,
      maximumBlocks: 1_048_576,
    });

    const { state } = value(await lab.ask({ type: 'newLaboratory', scenario: largest, name: '' }));
    value(await lab.act(writeText(1_048_575, 'the last one'), state.currentBranch));

    const again = await reopened(lab.disk);
    expect(historyOf(again).machines[0]!.live.get(1_048_575)).toBe(1);
    expectAllKept(lab.disk, again);
  });

  test('that is asked for again, before anything was done on it, is the same one', async () => {
    const lab = await openOwn();
    const ask = async (scenario: Scenario, name = 'Mine') =>
      value(await lab.ask({ type: 'newLaboratory', scenario, name })).state.currentBranch;

    expect(await ask(SMALL)).toBe(2);
    expect(await ask(SMALL, 'Another')).toBe(3);
    expect(await ask(scenarioWith({ snapshotLimit: 4 }))).toBe(4);
    expect(await ask({ ...SMALL, worlds: ['off'] })).toBe(5);
    value(await lab.act(writeText(1, 'x'), 2));
    expect(await ask(SMALL)).toBe(6);
  });

  test.each<[what: string, scenario: Scenario, place: string]>([
    ['too small a volume', scenarioWith({ blockCount: 15 }), 'blockCount'],
    ['too large a volume', scenarioWith({ blockCount: 1_048_577 }), 'blockCount'],
    ['an initial size beyond the maximum', scenarioWith({ initialBlocks: 33 }), 'initialBlocks'],
    [
      'a timing that is none',
      scenarioWith({ timing: { ...DEFAULT_SETTINGS.timing, growMs: -1 } }),
      'timing.growMs',
    ],
  ])('with %s is not made, and the flaw has its place', async (_what, scenario, place) => {
    const lab = new Harness();
    const { state } = await lab.open();

    expect(problem(await lab.ask({ type: 'newLaboratory', scenario, name: '' }))).toMatchObject({
      kind: 'malformed',
      place: `request.scenario.settings.${place}`,
    });
    expect((await lab.open()).state).toEqual(state);
  });
});

describe('starting over', () => {
  test('opens a fresh one with the same settings, and can be undone to the very place', async () => {
    const lab = await openOwn();
    value(await lab.act(writeText(1, 'mine'), 2));
    value(await lab.act({ type: 'createSnapshot' }, 2));
    const before = value(await lab.ask({ type: 'remember', branch: 2, position: 3 })).state;

    const fresh = value(await lab.ask({ type: 'startOver' }));

    expect(fresh.state).toMatchObject({
      currentBranch: 3,
      position: 0,
      startedOverFrom: [{ branch: 2, position: 3 }],
    });
    expect(currentBranch(fresh.state)).toEqual({ ...branchOf(before, 2), id: 3, tip: null });
    expect(segmentsOn(lab.disk)).toEqual([]);
    expect((await reopened(lab.disk)).state).toEqual(fresh.state);

    const back = value(await lab.ask({ type: 'undoStartOver' }));

    expect(back.state).toMatchObject({ currentBranch: 2, position: 3, startedOverFrom: [] });
    expect(branchOf(back.state, 2)).toEqual(branchOf(before, 2));
    expectAllKept(lab.disk, await reopened(lab.disk));
  });

  test('again and again does not pile up branches', async () => {
    const lab = await openOwn();

    for (let time = 0; time < 3; time += 1) value(await lab.ask({ type: 'startOver' }));

    const { state } = await lab.open();
    expect(branchIds(state)).toEqual([1, 2]);
    expect(state.startedOverFrom).toHaveLength(3);
  });

  test('from a fork of a fork leads to the machine that they came from', async () => {
    const lab = await openOwn();
    value(await lab.act(writeText(1, 'x'), 2));
    value(await lab.act(writeText(2, 'y'), 2, 0));
    value(await lab.act(writeText(3, 'z'), 3, 0));

    const fresh = value(await lab.ask({ type: 'startOver' }));

    expect(currentBranch(fresh.state)).toMatchObject({ id: 5, name: 'Mine', scenario: SMALL, tip: null });
  });

  test('works after the branch that it began on was deleted', async () => {
    const lab = await openOwn();
    value(await lab.act(writeText(1, 'x'), 2));
    value(await lab.act(writeText(2, 'y'), 2, 0));
    const deleted = value(await lab.ask({ type: 'deleteBranch', branch: 2 }));
    expect(currentBranch(deleted.state).origin).toEqual({ kind: 'own' });

    const fresh = value(await lab.ask({ type: 'startOver' }));

    expect(currentBranch(fresh.state)).toMatchObject({ id: 4, scenario: SMALL, tip: null });
  });
});

test('a laboratory file keeps it, with what was done on it', async () => {
  const lab = await openOwn(scenarioWith({ ...SMALL.settings, snapshotLimit: 512 }));
  value(await lab.act(writeText(15, 'mine'), 2));
  const saved = await lab.open();
  const text = printLaboratoryFile(saved);

  const other = new Harness();
  await other.open();
  const imported = value(await other.ask({ type: 'importLaboratory', text }));

  expect(currentBranch(imported.state)).toMatchObject({
    name: 'Mine',
    origin: { kind: 'own' },
    scenario: { settings: { blockCount: 16, snapshotLimit: 512, maximumBlocks: null } },
  });
  const again = await reopened(other.disk);
  expect(historyOf(again).machines[0]!.live.get(15)).toBe(1);
  expect(currentBranch(value(await other.ask({ type: 'startOver' })).state).tip).toBeNull();
});
