import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type MachineSettings } from '../../src/core/machine';
import {
  checkSettings,
  SETTING_LIMITS,
  SMALLEST_KEPT_VOLUME,
  TIMING_NAMES,
  type SettingFlaw,
  type SettingName,
} from '../../src/core/settings';

const LARGEST = 1_048_576;
const SIZES = [
  'blockCount',
  'diffVolumeBlocks',
  'initialBlocks',
  'maximumBlocks',
  'growthStepBlocks',
] as const;

/** The default settings with some of them changed, timings by their own names too. */
function settingsWith(change: Partial<Record<SettingName, number | null>>): MachineSettings {
  const isTiming = (name: string): boolean => TIMING_NAMES.some((timing) => timing === name);
  const entries = Object.entries(change);
  return {
    ...DEFAULT_SETTINGS,
    ...Object.fromEntries(entries.filter(([name]) => !isTiming(name))),
    timing: {
      ...DEFAULT_SETTINGS.timing,
      ...Object.fromEntries(entries.filter(([name]) => isTiming(name))),
    },
  };
}

const flaw = (field: SettingName, reason: SettingFlaw['reason'], limit: number): SettingFlaw => ({
  field,
  reason,
  limit,
});

describe('settings are fine', () => {
  const fine: [what: string, change: Partial<Record<SettingName, number | null>>][] = [
    ['as they come', {}],
    ['at their lowest', { blockCount: 16, diffVolumeBlocks: 1, initialBlocks: 0, maximumBlocks: 0 }],
    [
      'at their highest',
      { ...Object.fromEntries(SIZES.map((name) => [name, LARGEST])), snapshotLimit: 512, growMs: 3_600_000 },
    ],
    ['without a maximum', { maximumBlocks: null, initialBlocks: 64 }],
    ['with a step that never fits', { growthStepBlocks: 65 }],
    ['with a diff area smaller than the volume', { blockCount: 65_536 }],
    ['with one snapshot', { snapshotLimit: 1 }],
    ['with operations that take no time', Object.fromEntries(TIMING_NAMES.map((name) => [name, 0]))],
  ];

  test.each(fine)('%s', (_what, change) => {
    expect(checkSettings(settingsWith(change))).toEqual([]);
  });
});

describe('a setting is told', () => {
  const flawed: [change: Partial<Record<SettingName, number | null>>, flaws: readonly SettingFlaw[]][] = [
    [{ blockCount: 15 }, [flaw('blockCount', 'tooSmall', 16)]],
    [{ blockCount: LARGEST + 1 }, [flaw('blockCount', 'tooLarge', LARGEST)]],
    [{ blockCount: 64.5 }, [flaw('blockCount', 'notWhole', 16)]],
    [{ blockCount: NaN }, [flaw('blockCount', 'notWhole', 16)]],
    [{ blockCount: Infinity }, [flaw('blockCount', 'notWhole', 16)]],
    [{ initialBlocks: -1 }, [flaw('initialBlocks', 'tooSmall', 0)]],
    [{ initialBlocks: 33 }, [flaw('initialBlocks', 'aboveMaximum', 32)]],
    [{ initialBlocks: 65, maximumBlocks: null }, [flaw('initialBlocks', 'aboveDiffVolume', 64)]],
    [{ maximumBlocks: 65 }, [flaw('maximumBlocks', 'aboveDiffVolume', 64)]],
    [{ maximumBlocks: NaN }, [flaw('maximumBlocks', 'notWhole', 0)]],
    [{ growthStepBlocks: 0 }, [flaw('growthStepBlocks', 'tooSmall', 1)]],
    [{ snapshotLimit: 0 }, [flaw('snapshotLimit', 'tooSmall', 1)]],
    [{ snapshotLimit: 513 }, [flaw('snapshotLimit', 'tooLarge', 512)]],
    [{ growMs: 3_600_001 }, [flaw('growMs', 'tooLarge', 3_600_000)]],
    [{ liveReadMs: -1 }, [flaw('liveReadMs', 'tooSmall', 0)]],
    [{ tableWriteMs: 0.5 }, [flaw('tableWriteMs', 'notWhole', 0)]],
    [
      { diffVolumeBlocks: 0, initialBlocks: 9, maximumBlocks: 8, blockCount: 1 },
      [
        flaw('blockCount', 'tooSmall', 16),
        flaw('diffVolumeBlocks', 'tooSmall', 1),
        flaw('initialBlocks', 'aboveMaximum', 8),
        flaw('maximumBlocks', 'aboveDiffVolume', 0),
      ],
    ],
  ];

  test.each(flawed)('%o', (change, flaws) => {
    expect(checkSettings(settingsWith(change))).toEqual(flaws);
  });

  test('below its lowest and above its highest value, whichever it is', () => {
    for (const [name, { lowest, highest }] of Object.entries(SETTING_LIMITS)) {
      for (const value of [lowest - 1, highest + 1]) {
        const found = checkSettings(settingsWith({ [name]: value }));
        expect(found.map(({ field }) => field)).toContain(name);
      }
    }
  });
});

test('what is kept may be smaller than what is new', () => {
  const small = settingsWith({ blockCount: 1, initialBlocks: 0, maximumBlocks: 1, diffVolumeBlocks: 1 });

  expect(checkSettings(small, SMALLEST_KEPT_VOLUME)).toEqual([]);
  expect(checkSettings({ ...small, blockCount: 0 }, SMALLEST_KEPT_VOLUME)).toEqual([
    flaw('blockCount', 'tooSmall', 1),
  ]);
});
