import { MAXIMUM_BLOCK_COUNT } from './block';
import type { MachineSettings } from './machine';

type Timing = MachineSettings['timing'];

/** A setting of a machine by its own name. Sizes are blocks of 16 KiB, timings virtual milliseconds. */
export type SettingName = Exclude<keyof MachineSettings, 'timing'> | keyof Timing;

interface Limits {
  readonly lowest: number;
  readonly highest: number;
}

const SOME_BLOCKS: Limits = { lowest: 1, highest: MAXIMUM_BLOCK_COUNT };
const ANY_BLOCKS: Limits = { lowest: 0, highest: MAXIMUM_BLOCK_COUNT };
/** Up to an hour: with more, a burst would run away with the clock. */
const DURATION_MS: Limits = { lowest: 0, highest: 3_600_000 };

export const TIMING_NAMES = [
  'liveReadMs',
  'liveWriteMs',
  'diffWriteMs',
  'tableWriteMs',
  'growMs',
] as const satisfies readonly (keyof Timing)[];

/** What a new laboratory may set. The snapshot limit is volsnap's own: 512 shadow copies a volume, of any kind. */
export const SETTING_LIMITS: Readonly<Record<SettingName, Limits>> = {
  blockCount: { lowest: 16, highest: MAXIMUM_BLOCK_COUNT },
  diffVolumeBlocks: SOME_BLOCKS,
  initialBlocks: ANY_BLOCKS,
  maximumBlocks: ANY_BLOCKS,
  growthStepBlocks: SOME_BLOCKS,
  snapshotLimit: { lowest: 1, highest: 512 },
  liveReadMs: DURATION_MS,
  liveWriteMs: DURATION_MS,
  diffWriteMs: DURATION_MS,
  tableWriteMs: DURATION_MS,
  growMs: DURATION_MS,
};

const SETTING_NAMES = Object.keys(SETTING_LIMITS) as SettingName[];

/** A file may hold a smaller volume than a new laboratory may have. */
export const SMALLEST_KEPT_VOLUME = 1;

/** What is wrong with one setting. `limit` is the number that it breaks. */
export interface SettingFlaw {
  readonly field: SettingName;
  readonly reason: 'notWhole' | 'tooSmall' | 'tooLarge' | 'aboveMaximum' | 'aboveDiffVolume';
  readonly limit: number;
}

/** Every setting that is wrong, at most one flaw each; none when a machine can be made of them. */
export function checkSettings(
  settings: MachineSettings,
  smallestVolume = SETTING_LIMITS.blockCount.lowest,
): readonly SettingFlaw[] {
  const { timing, ...sizes } = settings;
  const values: Readonly<Record<SettingName, number | null>> = { ...sizes, ...timing };
  return SETTING_NAMES.flatMap((field) => {
    const value = values[field];
    if (value === null) return [];
    const { lowest, highest } = SETTING_LIMITS[field];
    const least = field === 'blockCount' ? smallestVolume : lowest;
    return checkRange(field, value, least, highest) ?? checkFit(settings, field, value) ?? [];
  });
}

function checkRange(field: SettingName, value: number, lowest: number, highest: number): SettingFlaw | null {
  if (!Number.isSafeInteger(value)) return { field, reason: 'notWhole', limit: lowest };
  if (value < lowest) return { field, reason: 'tooSmall', limit: lowest };
  return value > highest ? { field, reason: 'tooLarge', limit: highest } : null;
}

/** The diff area lies within its maximum, and both lie within the diff volume. */
function checkFit(settings: MachineSettings, field: SettingName, value: number): SettingFlaw | null {
  const { maximumBlocks, diffVolumeBlocks } = settings;
  if (field === 'initialBlocks' && maximumBlocks !== null && value > maximumBlocks) {
    return { field, reason: 'aboveMaximum', limit: maximumBlocks };
  }
  if (field !== 'initialBlocks' && field !== 'maximumBlocks') return null;
  return value > diffVolumeBlocks ? { field, reason: 'aboveDiffVolume', limit: diffVolumeBlocks } : null;
}
