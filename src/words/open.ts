import { BLOCK_SIZE_BYTES } from '../core/block';
import type { TimeUnit, TraceSurvey } from '../core/replay/trace';
import { counted, grouped } from './phrase';

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** 61145088 as "58.3 MiB". */
function sizeOfBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${amount(bytes / 1024 ** power)} ${UNITS[power]}`;
}

/** Three digits of small numbers, all of large ones. */
function amount(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
}

const SMALL_NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

function snapshotsInWords(count: number): string {
  return `${SMALL_NUMBERS[count] ?? count} ${count === 1 ? 'snapshot' : 'snapshots'}`;
}

const UNIT_SECONDS: Readonly<Record<TimeUnit, number>> = {
  ps: 1e-12,
  ns: 1e-9,
  '100ns': 1e-7,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
};

/** A length of real time: "0.004 s", "12.5 min", "3.2 days". */
function seconds(count: number): string {
  if (count < 120) return `${count.toLocaleString('en', { maximumSignificantDigits: 3 })} s`;
  if (count < 7_200) return `${amount(count / 60)} min`;
  return count < 172_800 ? `${amount(count / 3600)} h` : `${amount(count / 86_400)} days`;
}

/** Opening a file of any kind. */
export const OPEN_WORDS = {
  title: 'The file',
  looking: 'Looking at what this file is…',
  close: 'Close',
  cancel: 'Stop',
  again: 'Read again',
  stopped: 'Stopped before the end.',
  unreadable: 'The file cannot be read. It may be a folder, or it was moved or changed after it was chosen.',
  empty: 'The file is empty: it has no bytes at all.',
  unknown:
    'This file is none that the page knows: no laboratory, lesson or progress of its own, no volume image with an NTFS volume (raw or qcow2), and no block trace in any of its formats.',
  progressReplaced: (lessons: number, done: number) =>
    `This was your progress in the lessons, ${done} of ${lessons} done. It has taken the place of the one before; lessons that were only begun start from their beginning. The page Lessons can take that back.`,
  progressRefused: (place: string, reason: string) =>
    `This is progress in the lessons, and it was not taken: ${place === '' ? '' : `${place}: `}${reason}`,
  pasted: 'Pasted text',
  of: (name: string, bytes: number) => `${name}, ${sizeOfBytes(bytes)}`,
  doneOf: (done: number, total: number) => `${sizeOfBytes(done)} of ${sizeOfBytes(total)}`,
  report: 'Download the report',
} as const;

interface AnswerFacts {
  readonly snapshots: number;
  readonly copies: number;
  /** There were more blocks than can be told apart. */
  readonly isLowerBound: boolean;
}

/** A block trace, and how large shadow storage must be for it. */
export const TRACE_WORDS = {
  title: 'Block trace',
  reading: 'Reading the trace',
  counting: 'Counting copies',
  answer: ({ snapshots, copies, isLowerBound }: AnswerFacts) =>
    `With ${snapshotsInWords(snapshots)} this workload needs ${isLowerBound ? 'at least ' : ''}${counted(copies, 'block')} ` +
    `(${sizeOfBytes(copies * BLOCK_SIZE_BYTES)}) of shadow storage.`,
  nothingWritten:
    'Nothing in this trace writes, so no block would be copied and no shadow storage is needed.',
  noRecords: 'Not one record was found in this file.',
  how: 'The old content of a block of 16 KiB is copied when it is first overwritten after a snapshot. Snapshots are taken at even distances, the first before the first record.',
  lowerBound:
    'The trace writes to more blocks than this page can tell apart, so the true number is higher than this one.',

  storage: 'Shadow storage, MiB',
  storageSlider: 'Shadow storage',
  storageOf: (count: number) => `${sizeOfBytes(count * BLOCK_SIZE_BYTES)}, ${counted(count, 'block')}`,
  notASize: 'Give a number of MiB from 0 on.',
  largeEnough: 'Large enough: the diff area would never be full in this trace.',
  consequences: 'What each protection level would have done then',
  level: 'Protection level',
  what: 'What gives',
  levels: { ORIGINAL_VOLUME: 'Off (ORIGINAL_VOLUME)', SNAPSHOT: 'On (SNAPSHOT)' },

  growth: 'Copies over the trace',
  growthSummary: (records: number, copies: number, needed: string) =>
    `From nothing at the start to ${counted(copies, 'block')}, ${needed}, after ${counted(records, 'record')}.`,
  growthAxes:
    'Size of all copies by record. The dashed line is the shadow storage chosen above; thin lines are snapshots.',
  record: grouped,
  recordsAxis: 'records',
  table: 'As a table',
  columns: ['Records', 'Writes', 'Written', 'Different blocks written', 'Copies'],

  unknownTitle: 'What the trace does not say',
  unknownHint: 'The answer holds for these assumptions. Change them where you know better.',
  countedWith: 'How it is counted',
  snapshots: 'Snapshots',
  snapshotsProblem: (highest: number) => `Give a whole number from 1 to ${highest}.`,
  otherStart: 'Another number of bytes',
  startBytes: 'Bytes before the volume',
  startProblem: 'Give a whole number of bytes from 0 on.',
  countAgain: 'Count again',

  totals: 'Counts',
  records: 'Records',
  writes: 'Writes',
  written: 'Written',
  blocksTouched: 'Blocks touched, once for each write',
  uniqueBlocks: 'Different blocks written',
  copies: 'Copies',
  ratio: 'Copied for each byte written',
  inFile: ({ records, reads, writes, discards, others }: TraceSurvey) =>
    `In the whole file ${counted(records, 'record')}: ${counted(reads, 'read')}, ${counted(writes, 'write')}, ${counted(discards, 'discard')}, ${counted(others, 'other')}.`,
  duration: 'Duration',
  durationOf: (span: number, unit: TimeUnit) => seconds(span * UNIT_SECONDS[unit]),
  outside: 'Records that begin before the volume',
  perSnapshot: 'Copies by snapshot',
  snapshot: (number: number) => `Snapshot ${number}`,
  beforeRecord: 'Taken before record',
  count: grouped,
  bytes: sizeOfBytes,
  ratioOf: (ratio: number | null) => (ratio === null ? 'nothing was written' : `${amount(ratio)} bytes`),

  notCounted: 'Lines that are not counted',
  everyLine: ({ lines, records }: Pick<TraceSurvey, 'lines' | 'records'>) =>
    `${grouped(lines)} in all, ${counted(records, 'record')}. Every line is accounted for.`,
  allUnderstood: 'Everything was understood.',
  examples: 'Examples',
} as const;

/** An opened volume image. */
export const IMAGE_WORDS = {
  title: 'Volume image',
  opening: 'Opening the image…',
  facts: 'The volume',
  size: 'Size',
  sizeOf: (bytes: number, blockCount: number) =>
    `${sizeOfBytes(bytes)}, ${counted(blockCount, 'block')} of 16 KiB`,
  version: 'Version of the structures',
  versions: { 1: '1, Windows Server 2003 to Windows 7', 2: '2, Windows 8 and later' } as Readonly<
    Record<number, string>
  >,
  offset: 'Begins at byte',
  level: 'Protection level',
  maximum: 'Limit of shadow storage',
  maximumOf: (bytes: number) => (bytes === 0 ? 'none' : sizeOfBytes(bytes)),
  snapshots: 'Shadow copies',
  none: 'The volume has no shadow copies now.',
  columns: {
    created: 'Created (UTC)',
    copies: 'Blocks in its list',
    machine: 'Machine',
    attributes: 'Attributes',
    flags: 'Flags',
  },
  noDate: 'beyond the year 9999',
  identifierNames: { store: 'Store', copy: 'Copy', set: 'Set' },
  hexadecimal: (value: number) => `0x${value.toString(16).padStart(8, '0')}`,
  live: 'Live volume',
  snapshot: (number: number) => `Shadow copy ${number}`,
  map: 'Where the blocks lie',
  mapping: 'Drawing the map…',
  mapOf: 'Map of',
  mapHint: 'By the block lists of the stores, and the bitmaps of the newest one.',
  liveMapHint: (isFreeKnown: boolean) =>
    isFreeKnown
      ? 'A block is free when the file system uses no cluster of it ($Bitmap of NTFS). Blocks that were overwritten since the newest shadow copy count as that.'
      : 'Which blocks are free is not known: the volume has no $Bitmap that can be read. All count as in use.',
  kinds: {
    used: 'in use',
    free: 'free',
    copied: 'overwritten since the newest shadow copy, the old content copied',
    unused: 'not in use when it was made: zeros',
    live: 'in the live volume, unchanged since',
    own: 'in its own store',
    newer: 'in the store of a newer shadow copy',
    moved: 'moved within the volume',
    overlaid: 'with sectors of its own above',
  },
  scale: (perPoint: number) =>
    perPoint === 1 ? 'A point is a block.' : `A point is ${counted(perPoint, 'block')}.`,
  inspector: 'What is in block',
  block: 'Block',
  blockProblem: (count: number) => `Give a whole number from 0 to ${grouped(count - 1)}.`,
  path: 'Read from:',
  hops: {
    nothing: (store: number) => `store ${store}: nothing`,
    copy: (store: number, offset: number) => `store ${store}: a copy at byte ${grouped(offset)}`,
    forwarder: (store: number, offset: number) => `store ${store}: moved to byte ${grouped(offset)}`,
    live: (offset: number) => `live volume, byte ${grouped(offset)}`,
    unused: 'not in use then: zeros',
  },
  overlaid: 'Some sectors come from an overlay of the store.',
  noSuchBlock: 'The volume was smaller then: there is no such block.',
  laboratory: 'A laboratory from this volume',
  startLaboratory: 'Start a laboratory from this volume',
  laboratoryHint:
    'Two machines begin with this volume and its shadow copies, one at each protection level, with the copies on a diff volume of their own. Blocks that were not in use read as zeros in the newest shadow copy: where something else lies there now, the machines have copies for it. Every content is kept in this browser once; the image is only read. Your present branch stays.',
  bringing: 'Bringing in the volume',
  laboratoryStopped: 'Stopped. Nothing of the volume was kept.',
  hashing: 'Reading every block of every shadow copy',
  reportStopped: 'Stopped. There is no report.',
} as const;

/** What leaves the page as a file, besides a laboratory. */
export const EXPORT_WORDS = {
  report: 'Export report',
  image: 'Export volume image',
  /** "Protection on" as a name for a file. */
  imageName: (world: string) => world.toLowerCase().replaceAll(' ', '-'),
  reportHint:
    'The worlds as they stand at this moment: levels, faults, the event log, and a SHA-256 of the live volume and of every snapshot.',
  imageHint:
    'The volume of one machine as it stands at this moment, with its snapshots in the structures that Windows keeps on disk. Readers such as libvshadow list the same snapshots with the same bytes. There are no files in it.',
  which: 'Machine',
  size: (bytes: number) => `The file will have ${sizeOfBytes(bytes)}.`,
  start: 'Export',
  stop: 'Stop',
  working: 'Writing',
  done: (name: string) => `${name} is complete.`,
  stopped: 'Stopped. What was written so far is no complete file.',
  damagedContent: 'bytes that came from a volume image cannot be read from the store of this browser',
  failed: (reason: string) => `It could not be written: ${reason}.`,
} as const;
