import type { Command } from './command';
import type { SwitchCondition } from './condition';
import type { FaultNumber } from './fault';
import { DEFAULT_SETTINGS, type MachineSettings } from './machine';
import type { Scenario, WorldId } from './scenario';

/** The built-in run of a fault: a small machine, and the commands that cause the fault and show what it does. */
export interface FaultRun {
  readonly settings: MachineSettings;
  readonly commands: readonly Command[];
}

const write = (block: number, text: string, count = 1): Command => ({
  type: 'write',
  block,
  count,
  content: { kind: 'text', text },
});
const breakSwitch = (name: SwitchCondition): Command => ({ type: 'break', condition: { name } });

/** Where the runs write: three blocks that exist before the snapshot, one of which is overwritten after it. */
const FIRST = 9;
const SECOND = 18;
const THIRD = 27;

const BEFORE: readonly Command[] = [
  write(FIRST, 'Monday: the first draft'),
  write(SECOND, 'Monday: the accounts'),
  write(THIRD, 'Monday: the letters'),
  { type: 'createSnapshot' },
  write(FIRST, 'Tuesday: the second draft'),
];

/** What comes after every fault: the next write, the next read, and a look at the snapshot. */
const AFTER: readonly Command[] = [
  write(THIRD, 'Tuesday: new letters'),
  { type: 'read', block: FIRST, from: 'live' },
];

const NEXT_COPY = write(SECOND, 'Tuesday: new accounts');

function run(cause: readonly Command[], settings: Partial<MachineSettings> = {}): FaultRun {
  return { settings: { ...DEFAULT_SETTINGS, ...settings }, commands: [...BEFORE, ...cause, ...AFTER] };
}

/** The cause is broken while the volume is offline, and met when it comes online. */
function whileOffline(...causes: readonly Command[]): readonly Command[] {
  return [{ type: 'takeOffline' }, ...causes, { type: 'bringOnline' }];
}

const burst = (writes: number): Command => ({
  type: 'writeBurst',
  order: 'sequential',
  block: 32,
  span: 32,
  from: 0,
  writes,
  seed: 1,
});

const RUNS: Readonly<Record<FaultNumber, FaultRun>> = {
  1: run(whileOffline({ type: 'detachDiffVolume' })),
  2: run(whileOffline(breakSwitch('diffReadsFail'))),
  3: run([breakSwitch('diffMetadataCorrupt'), NEXT_COPY]),
  4: run([breakSwitch('kernelMemoryExhausted'), NEXT_COPY]),
  5: run([breakSwitch('pageFileTooSmall'), NEXT_COPY]),
  6: run([{ type: 'break', condition: { name: 'liveBadBlock', block: SECOND } }, NEXT_COPY]),
  7: run([breakSwitch('diffDataWritesFail'), NEXT_COPY]),
  8: run([{ type: 'createSnapshot' }, burst(6)], { initialBlocks: 4, maximumBlocks: 4, growthStepBlocks: 4 }),
  9: run([breakSwitch('growthSlow'), burst(8)]),
  10: run([breakSwitch('growthRefused'), burst(8)]),
  11: run([{ type: 'unexpectedError' }]),
  12: run(whileOffline(breakSwitch('diffFileSystemDamaged'))),
  13: run([breakSwitch('diffMetadataWritesFail'), NEXT_COPY]),
  14: run([{ type: 'detachDiffVolume' }]),
  15: run([{ type: 'externalWrite', block: 0 }]),
  16: run([{ type: 'clusterPrepareOffline' }, { type: 'bringOnline' }]),
};

export function runOfFault(fault: FaultNumber): FaultRun {
  return RUNS[fault];
}

export function scenarioOfRun(faultRun: FaultRun, worlds: readonly WorldId[]): Scenario {
  return { settings: faultRun.settings, worlds };
}
