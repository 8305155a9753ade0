import type { Command } from '../../src/core/command';
import type { PlainAction } from './side-by-side';
import type { NaiveSettings } from './naive-machine';

/** A sequence that once broke a property. */
export interface Regression {
  readonly why: string;
  readonly settings: NaiveSettings;
  readonly level: 'ORIGINAL_VOLUME' | 'SNAPSHOT';
  readonly steps: readonly PlainAction[];
}

const SETTINGS: NaiveSettings = {
  blockCount: 6,
  diffVolumeBlocks: 16,
  initialBlocks: 4,
  maximumBlocks: null,
  growthStepBlocks: 4,
  snapshotLimit: 64,
  timing: { liveReadMs: 1, liveWriteMs: 1, diffWriteMs: 1, tableWriteMs: 1, growMs: 8 },
};

const CREATE: Command = { type: 'createSnapshot' };
const DETACH: Command = { type: 'detachDiffVolume' };

function write(block: number, count = 1): Command {
  return { type: 'write', block, count, content: { kind: 'text', text: 'new' } };
}

/** Counterexamples that were found, by the properties or by reading, with what was wrong. */
export const REGRESSIONS: readonly Regression[] = [
  {
    why: 'a fault from outside failed a write that had overwritten half of its blocks',
    settings: SETTINGS,
    level: 'SNAPSHOT',
    // Places to stop at: gate, then six stages a block, then two blocks to overwrite, then the end.
    steps: [CREATE, { stopped: write(0, 2), at: 14, interruption: DETACH }],
  },
  {
    why: 'a fault from outside failed a write that only had to be completed',
    settings: SETTINGS,
    level: 'SNAPSHOT',
    steps: [CREATE, { stopped: write(0), at: 8, interruption: { type: 'unexpectedError' } }],
  },
  {
    why: 'a count limit of 1 gave the next snapshot more slots than the maximum',
    settings: { ...SETTINGS, snapshotLimit: 1 },
    level: 'ORIGINAL_VOLUME',
    steps: [CREATE, { type: 'resizeDiffArea', maximumBlocks: 2 }, CREATE],
  },
  {
    why: 'growth that takes no time was never over for the write that waited for it',
    settings: {
      ...SETTINGS,
      initialBlocks: 1,
      maximumBlocks: 1,
      timing: { ...SETTINGS.timing, growMs: 0 },
    },
    level: 'SNAPSHOT',
    steps: [CREATE, write(0), { type: 'resizeDiffArea', maximumBlocks: null }, write(1)],
  },
  {
    why: 'five minutes that ended where a write was stopped did not end when it went on',
    settings: SETTINGS,
    level: 'ORIGINAL_VOLUME',
    steps: [
      CREATE,
      write(0),
      { type: 'takeOffline' },
      DETACH,
      { type: 'bringOnline' },
      { type: 'wait', durationMs: 299_999 },
      {
        stopped: write(0),
        at: 3,
        interruption: { type: 'break', condition: { name: 'growthSlow' } },
      },
    ],
  },
];
