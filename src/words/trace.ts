import type { RecordRange } from '../core/replay/copy-curve';
import type { TooSmall } from '../core/replay/shadow-storage';
import {
  LONGEST_LINE_BYTES,
  LONGEST_WRITE_BYTES,
  SECTOR_SIZE_BYTES,
  SKIP_REASONS,
  TRACE_UNITS,
  UNPARSED_REASONS,
  type SkipReason,
  type TimeUnit,
  type TraceConfidence,
  type TraceFormat,
  type TraceQuestion,
  type TraceSurvey,
  type UnparsedExample,
  type UnparsedReason,
} from '../core/replay/trace';
import { counted, grouped } from './phrase';

export const TRACE_FORMAT_NAMES: Readonly<Record<TraceFormat, string>> = {
  fio2: 'fio I/O log, version 2',
  fio3: 'fio I/O log, version 3',
  procmon: 'Process Monitor CSV',
  blkparse: 'blkparse text',
  msr: 'MSR Cambridge CSV',
  vscsi1: 'vscsi binary, version 1',
  vscsi2: 'vscsi binary, version 2',
  vscsiCsv: 'vscsi CSV',
  spc: 'SPC trace',
  alibaba: 'Alibaba block trace CSV',
  tencent: 'Tencent CBS CSV',
  mqsim: 'MQSim ASCII',
  ssdsim: 'SSDsim ASCII',
  disksim: 'DiskSim ASCII',
};

const TIME_UNIT_NAMES: Readonly<Record<TimeUnit, string>> = {
  ps: 'picoseconds',
  ns: 'nanoseconds',
  '100ns': 'units of 100 nanoseconds',
  us: 'microseconds',
  ms: 'milliseconds',
  s: 'seconds',
};

/** What the file is taken for, and how sure that is. */
export function sentenceOfRecognition(format: TraceFormat, confidence: TraceConfidence): string {
  const name = TRACE_FORMAT_NAMES[format];
  switch (confidence) {
    case 'certain':
      return `This is a block trace: ${name}.`;
    case 'likely':
      return `This reads as a block trace: ${name}. The file does not name its format.`;
    case 'ambiguous':
      return `This reads as a block trace in several formats. It is taken for ${name}.`;
  }
}

/** @param timeUnit the one the user chose, where the format leaves it open */
export function sentenceOfUnits(format: TraceFormat, timeUnit = TRACE_UNITS[format].time): string {
  const units = TRACE_UNITS[format];
  const time = timeUnit === null ? 'The records have no time' : `Time is in ${TIME_UNIT_NAMES[timeUnit]}`;
  const named = { bytes: 'bytes', sectors: `sectors of ${SECTOR_SIZE_BYTES} bytes` };
  const sizes =
    units.offset === units.length
      ? `offset and length are in ${named[units.offset]}`
      : `offset is in ${named[units.offset]}, length in ${named[units.length]}`;
  return `${time}; ${sizes}${format === 'procmon' ? ', counted from the start of each file' : ''}.`;
}

const SKIPPED: Readonly<Record<SkipReason, readonly [one: string, many: string]>> = {
  otherOperation: ['line is another operation than WriteFile', 'lines are other operations than WriteFile'],
  notSuccessful: ['write did not succeed', 'writes did not succeed'],
  otherAction: ['line is another event of a request', 'lines are other events of the same requests'],
  fileAction: ['line adds, opens or closes a file', 'lines add, open or close files'],
  wait: ['line is a wait', 'lines are waits'],
  summary: ['line belongs to the summary', 'lines belong to the summary'],
};

/** What was understood and is no record, a sentence for each kind that there is. */
export function sentencesOfSkipped({ skipped }: Pick<TraceSurvey, 'skipped'>): readonly string[] {
  return SKIP_REASONS.filter((reason) => skipped[reason] > 0).map((reason) => {
    const [one, many] = SKIPPED[reason];
    return `${counted(skipped[reason], one, many)}.`;
  });
}

const UNPARSED: Readonly<Record<UnparsedReason, string>> = {
  columns: 'the number of columns is not that of the format',
  noHeader: 'no line before it names the columns Operation, Path, Result and Detail',
  operation: 'the operation is unknown',
  time: 'the time is not a number from zero on',
  device: 'the device is missing or not a number',
  offset: 'the offset is not a whole number',
  length: 'the length is not a whole number',
  negative: 'the offset or the length is negative',
  beyondLimit: 'the record reaches beyond 2^53 bytes, further than any volume',
  writeTooLong: `one write is longer than ${LONGEST_WRITE_BYTES / 2 ** 30} GiB`,
  detail: 'the detail names no offset and length',
  control: 'it holds control characters',
  lineTooLong: `it is longer than ${LONGEST_LINE_BYTES / 2 ** 10} KiB`,
  quotation: 'a quotation mark is out of place or never closed',
  tooManyDevices: 'there are too many devices or files to tell apart',
  layout: 'it does not have the layout of this format and version',
  cutOff: 'the file ends in the middle of it',
};

/** Where and why something was not understood. */
export function sentenceOfUnparsed(format: TraceFormat, { line, reason }: UnparsedExample): string {
  return `${nounOfLine(format)} ${line}: ${UNPARSED[reason]}.`;
}

/** How much was not understood, a sentence for each reason that there is. */
export function sentencesOfUnparsed(
  format: TraceFormat,
  { unparsed }: Pick<TraceSurvey, 'unparsed'>,
): readonly string[] {
  const noun = nounOfLine(format).toLowerCase();
  const reasons = UNPARSED_REASONS.filter((reason) => unparsed[reason] > 0);
  return reasons.map((reason) => `${counted(unparsed[reason], noun)} not understood: ${UNPARSED[reason]}.`);
}

function nounOfLine(format: TraceFormat): string {
  return format === 'vscsi1' || format === 'vscsi2' ? 'Record' : 'Line';
}

interface QuestionWords {
  readonly question: string;
  readonly why: string;
  /** In the order of the question's choices. */
  readonly choices: readonly string[];
}

/** @param survey tells the names of the devices */
export function wordsOfQuestion(question: TraceQuestion, { devices }: TraceSurvey): QuestionWords {
  switch (question.kind) {
    case 'format':
      return {
        question: 'Which program wrote this trace?',
        why: 'These formats have the same columns, and every line fits all of them.',
        choices: question.choices.map((format) => TRACE_FORMAT_NAMES[format]),
      };
    case 'timeUnit':
      return {
        question: 'In which unit are its times?',
        why: 'The trace does not say: the unit is set in the configuration beside it.',
        choices: question.choices.map((unit) => TIME_UNIT_NAMES[unit]),
      };
    case 'device':
      return {
        question: 'Which device is the volume?',
        why: `The trace names ${devices.length} devices. Blocks of different devices are never the same block.`,
        choices: question.choices.map((place) => nameOfDevice(devices, place)),
      };
    case 'partitionOffset':
      return {
        question: 'Where on the disk does the volume begin?',
        why: 'Shadow copies count their blocks of 16 KiB from the start of the volume, a trace of a whole disk from the start of the disk.',
        choices: question.choices.map(nameOfPartitionStart),
      };
  }
}

function nameOfDevice(devices: TraceSurvey['devices'], place: number | null): string {
  if (place === null) return 'All of them, each a volume of its own';
  const { name, writes } = devices[place]!;
  return `${name} (${counted(writes, 'write')})`;
}

function nameOfPartitionStart(bytes: number): string {
  return bytes === 0
    ? 'At its start: the trace is of a volume'
    : `At sector ${bytes / SECTOR_SIZE_BYTES} (${bytes} bytes)`;
}

interface TooSmallWords {
  readonly when: string;
  readonly originalVolumeAtMaximum: string;
  readonly originalVolumeAtCapacity: string;
  readonly snapshot: string;
  readonly basis: string;
}

/** What would have happened with a diff area that is too small, level by level. */
export function wordsOfTooSmall({ record, snapshots, originalVolume, snapshot }: TooSmall): TooSmallWords {
  const { atMaximum, atCapacity } = originalVolume;
  return {
    when: `The diff area would be full at ${nameOfRecord(record)}, with ${counted(snapshots, 'snapshot')}.`,
    originalVolumeAtMaximum:
      atMaximum.kind === 'oldestDeleted'
        ? `At the maximum: ${oldestOf(atMaximum.deleted)} deleted, ${atMaximum.left} left. Writing goes on.`
        : `At the maximum: ${lossOf(atMaximum.lost)}. Writing goes on.`,
    originalVolumeAtCapacity: `With the diff volume full: ${lossOf(atCapacity.lost)}. Writing goes on.`,
    snapshot: `${counted(snapshot.kept, 'snapshot')} kept. The volume is offline from that write on.`,
    basis: 'Found by counting copies. The growth of the diff area and its timing are left out.',
  };
}

function oldestOf(snapshots: number): string {
  return snapshots === 1 ? 'the oldest snapshot' : `the oldest ${snapshots} snapshots`;
}

function lossOf(snapshots: number): string {
  return snapshots === 1 ? 'the only snapshot lost' : `all ${snapshots} snapshots lost`;
}

/** Records as people count them, from 1. */
function nameOfRecord({ earliest, latest }: RecordRange): string {
  return earliest === latest
    ? `record ${grouped(earliest + 1)}`
    : `a record between ${grouped(earliest + 1)} and ${grouped(latest + 1)}`;
}
