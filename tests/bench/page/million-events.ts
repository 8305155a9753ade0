import type { Command } from '../../../src/core/command';
import { History } from '../../../src/core/history';
import type { LogRecord } from '../../../src/core/log-record';
import { MAXIMUM_RECORDS } from '../../../src/core/laboratory';
import { DEFAULT_SETTINGS, existingSnapshots, type Machine } from '../../../src/core/machine';
import { randomBelow } from '../../../src/core/random';
import { WORLD_IDS, type Scenario } from '../../../src/core/scenario';
import { WRITES_PER_SLICE } from '../../../src/core/workload';
import { carryOut, fault, historyOf, recover, SCENARIO } from './long-history';

const SEED = 4_099;

/** Steps of the history of bursts, each of which is an event in at least one of its two worlds. */
const STEPS = 1_000_000;

const LARGE_BLOCKS = 65_536;

/** Eight snapshots can be kept, wherever is written. */
const LARGE: Scenario = {
  settings: {
    ...DEFAULT_SETTINGS,
    blockCount: LARGE_BLOCKS,
    diffVolumeBlocks: 8 * LARGE_BLOCKS,
    initialBlocks: 8 * LARGE_BLOCKS,
    maximumBlocks: null,
  },
  worlds: WORLD_IDS,
};

/** A snapshot comes every so many writes, and the oldest of eight goes. */
const SLICES_PER_SNAPSHOT = 256;
const WRITES_PER_SNAPSHOT = 50;

/** Now and then a copy fails, so that the two worlds are not the same. */
const WRITES_PER_FAULT = 1_000;
const SLICES_PER_FAULT = 700;

export interface LongLog {
  readonly scenario: Scenario;
  readonly records: readonly LogRecord[];
}

export const LOGS = {
  /** As many records as a laboratory can hold, most of them single writes, on 64 blocks. */
  writes: (): LongLog =>
    grown(SCENARIO, ({ history, records }, round) => {
      if (records.length > MAXIMUM_RECORDS - 20) return null;
      const { machines } = history;
      if (round % WRITES_PER_FAULT === WRITES_PER_FAULT - 1) return fault(round);
      const recovery = round % WRITES_PER_FAULT === 20 ? recover(machines) : [];
      return [...recovery, ...snapshots(machines, round, WRITES_PER_SNAPSHOT, 1), singleWrite(round)];
    }),
  /** A million steps in bursts all over 65,536 blocks. */
  bursts: (): LongLog =>
    grown(LARGE, ({ history: { length, machines } }, round) => {
      if (length >= STEPS) return null;
      if (round % SLICES_PER_FAULT === SLICES_PER_FAULT - 1) return fault(round);
      const recovery = round % SLICES_PER_FAULT === 20 ? recover(machines) : [];
      return [...recovery, ...snapshots(machines, round, SLICES_PER_SNAPSHOT, 8), slice(round)];
    }),
};

interface Growing {
  readonly history: History;
  readonly records: LogRecord[];
}

/** Carries out what is proposed, round by round, until nothing more is. */
function grown(
  scenario: Scenario,
  propose: (growing: Growing, round: number) => readonly Command[] | null,
): LongLog {
  const growing: Growing = { history: new History(scenario), records: [] };
  for (let round = 0; ; round += 1) {
    const commands = propose(growing, round);
    if (commands === null) return { scenario, records: growing.records };
    for (const command of commands) carryOut(growing.history, growing.records, command);
  }
}

function snapshots(
  machines: readonly Machine[],
  round: number,
  every: number,
  kept: number,
): readonly Command[] {
  if (round % every !== 0) return [];
  const fullest = machines.map(existingSnapshots).reduce((a, b) => (b.length > a.length ? b : a));
  const surplus = fullest.slice(0, Math.max(0, fullest.length - kept + 1));
  return [
    ...surplus.map(({ snapshot }) => ({ type: 'deleteSnapshot', snapshot }) as const),
    { type: 'createSnapshot' },
  ];
}

function singleWrite(round: number): Command {
  const content = { kind: 'text' as const, text: `write ${round}` };
  return { type: 'write', block: randomBelow(SEED, round, 56), count: 1, content };
}

function slice(round: number): Command {
  const where = { order: 'random', block: 0, span: LARGE_BLOCKS, seed: SEED } as const;
  return { type: 'writeBurst', ...where, from: round * WRITES_PER_SLICE, writes: WRITES_PER_SLICE };
}

export interface MillionEvents {
  readonly records: number;
  readonly steps: number;
  readonly events: number;
  /** From its records to the history. */
  readonly openMs: number;
}

/** A history that stays in memory, so that it can be weighed, together with its records. */
let open: { readonly log: LongLog; readonly history: History } | null = null;

export function openMillionEvents(name: keyof typeof LOGS): MillionEvents {
  const log = LOGS[name]();
  const from = performance.now();
  const history = historyOf(log.records, log.scenario);
  const openMs = performance.now() - from;
  open = { log, history };
  const events = history.entries.flatMap(({ digests }) => digests.map((digest) => digest.events));
  return {
    records: log.records.length,
    steps: history.length,
    events: events.reduce((sum, count) => sum + count, 0),
    openMs,
  };
}

/** To places all over it, in no order. */
export function seekMillionEvents(seeks: number): readonly number[] {
  if (open === null) throw new Error('No history is open');
  const { history } = open;
  return Array.from({ length: seeks }, (_, index) => {
    const position = randomBelow(SEED, index, history.length + 1);
    const from = performance.now();
    history.momentAt(position);
    return performance.now() - from;
  });
}
