import type { Command } from '../../../src/core/command';
import { brokenConditions } from '../../../src/core/condition';
import { act } from '../../../src/core/act';
import { History } from '../../../src/core/history';
import type { LogRecord } from '../../../src/core/log-record';
import { DEFAULT_SETTINGS, existingSnapshots, type Machine } from '../../../src/core/machine';
import { randomBelow } from '../../../src/core/random';
import { WORLD_IDS, type Scenario } from '../../../src/core/scenario';
import { WRITES_PER_SLICE } from '../../../src/core/workload';

const SEED = 2_147;
const STEPS = 10_000;

/** A burst stays within so many blocks, and room for so many copies is made before it. */
const BURST_SPAN = 24;

/** The two worlds of the lab as a visitor finds them, but for the maximum of the diff area. */
export const SCENARIO: Scenario = {
  settings: { ...DEFAULT_SETTINGS, maximumBlocks: null },
  worlds: WORLD_IDS,
};

/**
 * The records of a history of at least 10,000 steps, as a patient learner would leave it: snapshots come and go, blocks
 * are written one by one and in bursts, blocks are read, and now and then something breaks and is repaired again.
 */
export function longLog(): readonly LogRecord[] {
  const history = new History(SCENARIO);
  const records: LogRecord[] = [];
  for (let round = 0; history.length < STEPS; round += 1) {
    for (const propose of ROUND) {
      for (const command of propose(history.machines, round)) carryOut(history, records, command);
    }
  }
  return records;
}

export function historyOf(records: readonly LogRecord[], scenario = SCENARIO): History {
  const history = new History(scenario);
  for (const record of records) append(history, record);
  return history;
}

type Proposal = (machines: readonly Machine[], round: number) => readonly Command[];

const ROUND: readonly Proposal[] = [
  makeRoom,
  () => [{ type: 'createSnapshot' }],
  (_, round) => singleWrites(round, 0, 12),
  makeRoom,
  (_, round) => [burst(round, 'random')],
  (_, round) => reads(round),
  (_, round) => (round % 6 === 5 ? fault(round) : []),
  (_, round) => singleWrites(round, 12, 8),
  recover,
  makeRoom,
  (_, round) => (round % 2 === 0 ? [burst(round, 'sequential')] : []),
  recover,
];

function someBlock(round: number, index: number): number {
  return randomBelow(SEED + round, index, SCENARIO.settings.blockCount);
}

function singleWrites(round: number, from: number, count: number): readonly Command[] {
  return Array.from({ length: count }, (_, offset) => {
    const index = from + offset;
    const content = { kind: 'text' as const, text: `round ${round}, write ${index}` };
    return { type: 'write', block: someBlock(round, index), count: 1, content };
  });
}

function burst(round: number, order: 'random' | 'sequential'): Command {
  const block = randomBelow(SEED + round, 300, SCENARIO.settings.blockCount - BURST_SPAN);
  const where = { order, block, span: BURST_SPAN, from: 0, writes: WRITES_PER_SLICE };
  return { type: 'writeBurst', ...where, seed: SEED + round };
}

function reads(round: number): readonly Command[] {
  return [100, 101, 102].map((index) => ({ type: 'read', block: someBlock(round, index), from: 'live' }));
}

/** The oldest snapshots go, as many as it takes in the world that keeps more of them. */
function makeRoom(machines: readonly Machine[]): readonly Command[] {
  const fullest = machines.reduce((one, other) => (other.used > one.used ? other : one));
  const { settings, used, areas } = fullest;
  let free = settings.diffVolumeBlocks - used;
  return existingSnapshots(fullest).flatMap(({ snapshot }): readonly Command[] => {
    if (free >= BURST_SPAN) return [];
    free += areas.find((area) => area.snapshot === snapshot)?.copies ?? 0;
    return [{ type: 'deleteSnapshot', snapshot }];
  });
}

/** A copy cannot be written: one world loses its snapshots, the other one stands still. */
export function fault(round: number): readonly Command[] {
  return [
    { type: 'createSnapshot' },
    { type: 'break', condition: { name: 'diffDataWritesFail' } },
    { type: 'write', block: someBlock(round, 200), count: 1, content: { kind: 'text', text: 'too late' } },
  ];
}

export function recover(machines: readonly Machine[]): readonly Command[] {
  if (machines.every((machine) => machine.access === 'online')) return [];
  const repairs = brokenConditions(machines[0]!.conditions).map((condition) => {
    return { type: 'repair', condition } as const;
  });
  return [...repairs, { type: 'clearProtectionFault' }, { type: 'bringOnline' }];
}

/** What every world refuses is left out: the log holds only what was done. */
export function carryOut(history: History, records: LogRecord[], command: Command): void {
  const { worlds } = history.scenario;
  const point = history.branchPointAt(history.length);
  const acted = act(history.scenario, point, { command, worlds }, records.length + 1);
  if (!acted.ok) return;
  for (const record of acted.value.records) {
    append(history, record);
    records.push(record);
  }
}

function append(history: History, record: LogRecord): void {
  const appended = history.append(record);
  if (!appended.ok) throw new Error(`Record ${record.id}: ${appended.problem}`);
}
