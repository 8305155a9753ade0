/** A replay on a large volume: what is kept of it without looking at the volume after each of its commands. */
import { afterEach, expect, test, vi } from 'vitest';
import type { Command } from '../../src/core/command';
import { fingerprint } from '../../src/core/fingerprint';
import { History } from '../../src/core/history';
import { DEFAULT_SETTINGS } from '../../src/core/machine';
import { BOTH, expectAllKept, Harness, historyOf, reopened, value, writeText } from './harness';

const BLOCKS = 262_144;

afterEach(() => {
  vi.restoreAllMocks();
});

function stretch(index: number): Command {
  const writes = Array.from({ length: 256 }, (_, at) => [(index * 256 + at) * 7, 1]).flat();
  return { type: 'replayWrites', from: index * 256, writes: Uint32Array.from(writes) };
}

async function largeLab(): Promise<Harness> {
  const lab = new Harness();
  await lab.open();
  const room = { blockCount: BLOCKS, diffVolumeBlocks: BLOCKS, initialBlocks: BLOCKS, maximumBlocks: null };
  const scenario = { settings: { ...DEFAULT_SETTINGS, ...room }, worlds: BOTH };
  value(await lab.ask({ type: 'newLaboratory', scenario, name: '' }));
  value(await lab.act({ type: 'createSnapshot' }, 2));
  value(await lab.act(stretch(0), 2));
  return lab;
}

test('nobody asks for the machines, and what is stored says the same of them', async () => {
  const lab = await largeLab();
  const asked = vi.spyOn(History.prototype, 'machines', 'get');

  for (let index = 1; index < 5; index += 1) value(await lab.act(stretch(index), 2));

  expect(asked).not.toHaveBeenCalled();
  asked.mockRestore();
  const { machines } = historyOf(await reopened(lab.disk));
  expect(machines.map(({ host }) => host.completed)).toEqual([1_280, 1_280]);
  expect(machines.map(fingerprint)).toEqual(historyOf(await lab.open()).machines.map(fingerprint));
});

test('what a learner writes after it is kept as bytes, and what was copied of it goes with its snapshot', async () => {
  const lab = await largeLab();
  value(await lab.act(stretch(1), 2));
  value(await lab.act(writeText(3, 'kept'), 2));
  expectAllKept(lab.disk, await reopened(lab.disk));
  value(await lab.act({ type: 'createSnapshot' }, 2));
  value(await lab.act({ type: 'replayWrites', from: 512, writes: Uint32Array.of(0, 9) }, 2));
  expectAllKept(lab.disk, await reopened(lab.disk));
});
