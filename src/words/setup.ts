import { BLOCK_SIZE_BYTES } from '../core/block';
import { SETTING_LIMITS, type SettingFlaw, type SettingName } from '../core/settings';
import { counted, grouped } from './phrase';

/** Choosing the machine of a new laboratory, and what is said when a laboratory is full. */

const UNITS = ['KiB', 'MiB', 'GiB'] as const;

/** 256 KiB, 1 MiB, 1.5 MiB, 16 GiB. */
function sizeOf(blockCount: number): string {
  const sizeBytes = blockCount * BLOCK_SIZE_BYTES;
  const power = Math.max(1, Math.min(UNITS.length, Math.floor(Math.log2(Math.max(1, sizeBytes)) / 10)));
  const size = sizeBytes / 1024 ** power;
  return `${size.toLocaleString('en', { maximumFractionDigits: 1 })} ${UNITS[power - 1]}`;
}

/** 50 %, 0.4 %, less than 0.1 %. */
function share(part: number, whole: number): string {
  const percent = (part / whole) * 100;
  if (percent > 0 && percent < 0.1) return 'less than 0.1 %';
  return `${percent.toLocaleString('en', { maximumFractionDigits: 1 })} %`;
}

export const SETUP_WORDS = {
  title: 'New laboratory',
  kept: 'It opens as a branch of its own. What you have now is kept, under Branches.',
  name: 'Name, if you like',
  volume: 'Live volume',
  presets: 'Sizes to begin with',
  preset: (blockCount: number) => ({ blocks: grouped(blockCount), size: sizeOf(blockCount) }),
  blocks: ' blocks, ',
  scaled: 'The sizes of the diff area follow the live volume until you type your own.',
  diffArea: 'Diff area',
  unbounded: 'No maximum',
  snapshots: 'Snapshots',
  snapshotLimit: '64 is the documented default, 512 the most. At the limit the oldest one goes.',
  machines: 'Machines',
  timings: 'Timings, in ms of the virtual clock',
  create: 'Create laboratory',
  cancel: 'Cancel',
} as const;

export const SETTING_LABELS: Readonly<Record<SettingName, string>> = {
  blockCount: 'Blocks of the live volume',
  diffVolumeBlocks: 'Blocks of the diff volume',
  initialBlocks: 'Initial size, in blocks',
  maximumBlocks: 'Maximum size, in blocks',
  growthStepBlocks: 'Growth step, in blocks',
  snapshotLimit: 'Most snapshots at once',
  liveReadMs: 'Read a live block',
  liveWriteMs: 'Write a live block',
  diffWriteMs: 'Write a copy',
  tableWriteMs: 'Record a copy',
  growMs: 'Grow by a step',
};

/** What is wrong with a setting, and what would be right. */
export function sentenceOfFlaw({ field, reason, limit }: SettingFlaw): string {
  const { lowest, highest } = SETTING_LIMITS[field];
  switch (reason) {
    case 'aboveMaximum':
      return `At most the maximum size, ${grouped(limit)}.`;
    case 'aboveDiffVolume':
      return `At most the diff volume, ${counted(limit, 'block')}.`;
    case 'notWhole':
    case 'tooSmall':
    case 'tooLarge':
      return `Give a whole number from ${grouped(lowest)} to ${grouped(highest)}.`;
  }
}

/** What a machine will be, in the order of its parts. */
export const OUTCOME_WORDS = {
  title: 'What this makes',
  volume: 'Live volume',
  volumeOf: (blockCount: number) => `${counted(blockCount, 'block')} of 16 KiB, ${sizeOf(blockCount)}`,
  diffArea: 'Diff area',
  diffAreaOf: (initial: number, largest: number, blockCount: number) =>
    (initial === largest
      ? counted(largest, 'block')
      : `from ${grouped(initial)} to ${counted(largest, 'block')}`) +
    `, ${sizeOf(largest)}: ${share(largest, blockCount)} of the live volume`,
  picture: 'Picture',
  pictures: { cells: 'every block a cell', map: 'a map, every block a point' },
  stored: 'Kept in this browser',
  storedBytes: 'only blocks that are written, 16 KiB each',
  unsound: 'Nothing yet: a field needs another number.',
  /** The lesson of a diff area that is smaller than the volume. */
  tooSmall: (largest: number, blockCount: number) =>
    `The diff area can never hold all of a snapshot: at most ${grouped(largest)} of ${grouped(blockCount)} blocks ` +
    'can be saved, then something must give (fault 8, DIFF_AREA_FULL). That is a lesson, not a mistake.',
} as const;

/** "the 51 steps before this moment and the 3 after it are" */
function forgotten(before: number, after: number): string {
  const earlier = `the ${before === 1 ? 'step' : `${grouped(before)} steps`} before this moment`;
  if (after === 0) return `${earlier} ${before === 1 ? 'is' : 'are'}`;
  return `${earlier} and the ${after === 1 ? 'one' : grouped(after)} after it are`;
}

export const LIMIT_WORDS = {
  title: 'Room for history',
  used: (records: number, limit: number) =>
    `This laboratory keeps ${grouped(records)} of at most ${grouped(limit)} commands, on all its branches together.`,
  usedBranches: (count: number, limit: number) =>
    `This laboratory keeps ${grouped(count)} of at most ${grouped(limit)} branches.`,
  full: 'There is no room for that.',
  trim: 'Trim: keep this moment, forget how it came about',
  trimCost: (before: number, after: number) =>
    `This branch will begin here: ${forgotten(before, after)} forgotten and cannot be stepped to or undone any more. ` +
    'The volumes, the snapshots and every byte in them stay as they are at this moment, and other branches stay whole. ' +
    'This cannot be undone: save to a file first.',
  confirmTrim: 'Trim this branch',
  deleteOthers: (count: number) => `Delete ${counted(count, 'other branch', 'other branches')}`,
  deleteOthersCost: (count: number) =>
    `${counted(count, 'branch', 'branches')} and what was done only there will be gone. ` +
    'The branch you are on stays whole. This cannot be undone: save to a file first.',
  confirmDelete: 'Delete them',
  keep: 'Keep everything',
} as const;
