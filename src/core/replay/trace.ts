/** The vocabulary of block traces: what readers of traces yield, the replay takes in, and the words explain. */

/** By who writes the format, not by what a file is called. */
export const TRACE_FORMATS = [
  'fio2',
  'fio3',
  'procmon',
  'blkparse',
  'msr',
  'vscsi1',
  'vscsi2',
  'vscsiCsv',
  'spc',
  'alibaba',
  'tencent',
  'mqsim',
  'ssdsim',
  'disksim',
] as const;

export type TraceFormat = (typeof TRACE_FORMATS)[number];

/** `100ns` is the unit of a Windows FILETIME. */
export type TimeUnit = 'ps' | 'ns' | '100ns' | 'us' | 'ms' | 's';

/** Logical blocks of disks, whatever their true sector size: 512 bytes. */
export const SECTOR_SIZE_BYTES = 512;

type SizeUnit = 'bytes' | 'sectors';

interface TraceUnits {
  /** `null`: the records of this format carry no time. */
  readonly time: TimeUnit | null;
  readonly offset: SizeUnit;
  readonly length: SizeUnit;
}

/** The units in which each format counts; the readers convert by this table, and the page shows it. */
export const TRACE_UNITS: Readonly<Record<TraceFormat, TraceUnits>> = {
  // fio HOWTO, "Trace file format v2": bytes; only its `wait` lines have a time, of which HOWTO and code disagree.
  fio2: { time: null, offset: 'bytes', length: 'bytes' },
  // fio iolog.c, log_io_u: utime_since_now, which is microseconds since the log began.
  fio3: { time: 'us', offset: 'bytes', length: 'bytes' },
  // "Time of Day" has seven decimals. Offsets are those in the file, not on the volume.
  procmon: { time: '100ns', offset: 'bytes', length: 'bytes' },
  // blkparse(1), OUTPUT DESCRIPTION: seconds and nanoseconds; start sector and number of sectors.
  blkparse: { time: 's', offset: 'sectors', length: 'sectors' },
  // README of the MSR Cambridge traces: FILETIME; bytes from the start of the logical disk.
  msr: { time: '100ns', offset: 'bytes', length: 'bytes' },
  // libCacheSim, traceReader/customizedReader/vscsi.h: lbn in sectors, len in bytes, ts in microseconds.
  vscsi1: { time: 'us', offset: 'sectors', length: 'bytes' },
  vscsi2: { time: 'us', offset: 'sectors', length: 'bytes' },
  vscsiCsv: { time: 'us', offset: 'sectors', length: 'bytes' },
  // SPC Trace File Format Specification 1.0.1: logical blocks, bytes, seconds.
  spc: { time: 's', offset: 'sectors', length: 'bytes' },
  // alibaba/block-traces README: bytes, bytes, microseconds.
  alibaba: { time: 'us', offset: 'bytes', length: 'bytes' },
  // Readme of the Tencent CBS traces (IOTTA 28064): seconds, sectors, sectors.
  tencent: { time: 's', offset: 'sectors', length: 'sectors' },
  // MQSim README, "Defining a Trace-based Workload": the unit of time is set beside the trace; nanoseconds is usual.
  mqsim: { time: 'ns', offset: 'sectors', length: 'sectors' },
  // SSDsim readme, notes 1 to 3.
  ssdsim: { time: 'ns', offset: 'sectors', length: 'sectors' },
  // DiskSim disksim_iotrace.c: milliseconds; blocks of the device, taken as sectors.
  disksim: { time: 'ms', offset: 'sectors', length: 'sectors' },
};

/** What a record asks of the volume, in `TraceBatch.operations`. */
export const READ = 0;
export const WRITE = 1;
export const DISCARD = 2;
export const OTHER = 3;

/** One write of more than this is a defect of the trace: no program writes so much at once, and it touches 65,536 blocks. */
export const LONGEST_WRITE_BYTES = 2 ** 30;

/** The longest line that is read: a path of 32,767 characters and all about it fit. */
export const LONGEST_LINE_BYTES = 2 ** 17;

/** How many volumes, disks or files of one trace can be told apart. */
export const MAXIMUM_TRACE_DEVICES = 65_536;

/** Records in columns. Only the first `count` places hold any, and only until the receiver returns. */
export interface TraceBatch {
  readonly count: number;
  /** `READ`, `WRITE`, `DISCARD` or `OTHER`. */
  readonly operations: Uint8Array;
  /** Places in the list of devices. */
  readonly devices: Uint16Array;
  /** Bytes from the start of the device: whole numbers below 2^53, the end of the record as well. */
  readonly offsets: Float64Array;
  readonly lengths: Float64Array;
  /** Since the first record, in the unit of the format; NaN where a record has no time. */
  readonly times: Float64Array;
}

/** Why a line, or a record of a binary trace, could not be understood. */
export const UNPARSED_REASONS = [
  'columns',
  'noHeader',
  'operation',
  'time',
  'device',
  'offset',
  'length',
  'negative',
  'beyondLimit',
  'writeTooLong',
  'detail',
  'control',
  'lineTooLong',
  'quotation',
  'tooManyDevices',
  'layout',
  'cutOff',
] as const;

export type UnparsedReason = (typeof UNPARSED_REASONS)[number];

/** Why a line that was understood is no record: an event that is not a request, or a second sight of the same one. */
export const SKIP_REASONS = [
  'otherOperation',
  'notSuccessful',
  'otherAction',
  'fileAction',
  'wait',
  'summary',
] as const;

export type SkipReason = (typeof SKIP_REASONS)[number];

export interface UnparsedExample {
  /** From 1; of a binary trace the number of the record. */
  readonly line: number;
  /** The beginning of the line; of a binary record its bytes in hexadecimal. */
  readonly text: string;
  readonly reason: UnparsedReason;
}

/** The bytes from the first one that a record names to behind the last one. */
interface ByteRange {
  readonly from: number;
  readonly to: number;
}

export interface TraceDevice {
  /** As the trace names it; empty where the format names none. */
  readonly name: string;
  readonly records: number;
  readonly reads: number;
  readonly writes: number;
  /** Of reads, writes and discards; `null` when there is none. */
  readonly range: ByteRange | null;
}

/** The times of a trace, in the unit of its format: exact as texts, for a FILETIME is beyond 2^53. */
interface TraceTimes {
  readonly earliest: string;
  readonly latest: string;
  readonly span: number;
}

/**
 * All that a reader saw. Every line is accounted for: `lines` = `blank` + `headers` + all of `skipped` + all of
 * `unparsed` + `records` + `continuations`, and `records` = `reads` + `writes` + `discards` + `others`.
 */
export interface TraceSurvey {
  /** Lines of text, or records of a binary trace. */
  readonly lines: number;
  readonly blank: number;
  readonly headers: number;
  /** Second and further lines of what takes up several, because a quoted field holds line ends. */
  readonly continuations: number;
  readonly skipped: Readonly<Record<SkipReason, number>>;
  readonly unparsed: Readonly<Record<UnparsedReason, number>>;
  /** The first of what was not understood. */
  readonly examples: readonly UnparsedExample[];
  readonly records: number;
  readonly reads: number;
  readonly writes: number;
  readonly discards: number;
  readonly others: number;
  readonly zeroLengthWrites: number;
  readonly writtenBytes: number;
  readonly devices: readonly TraceDevice[];
  /** `null` when there is no record, or none with a time. */
  readonly times: TraceTimes | null;
  readonly range: ByteRange | null;
}

/** `certain`: the file names itself. `likely`: one format fits. `ambiguous`: several fit as well, so ask. */
export type TraceConfidence = 'certain' | 'likely' | 'ambiguous';

/** What only the user can know about a trace, with what holds until they answer. */
export type TraceQuestion =
  | {
      readonly kind: 'format';
      readonly choices: readonly TraceFormat[];
      readonly default: TraceFormat;
      readonly why: 'sameColumns';
    }
  | {
      readonly kind: 'timeUnit';
      readonly choices: readonly TimeUnit[];
      readonly default: TimeUnit;
      readonly why: 'setBesideTheTrace';
    }
  | {
      readonly kind: 'device';
      /** Places in the list of devices, those with the most writes first; `null`: all, each a range of its own. */
      readonly choices: readonly (number | null)[];
      readonly default: null;
      readonly why: 'severalDevices';
    }
  | {
      readonly kind: 'partitionOffset';
      /** Bytes. Any other number of bytes is an answer as well. */
      readonly choices: readonly number[];
      readonly default: 0;
      readonly why: 'blocksBeginWithTheVolume';
    };
