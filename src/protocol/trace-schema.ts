import * as v from 'valibot';
import type { ReplayReport, ReplaySettings } from '../core/replay/replay';
import {
  SKIP_REASONS,
  TRACE_FORMATS,
  UNPARSED_REASONS,
  type TraceDevice,
  type TraceSurvey,
} from '../core/replay/trace';
import { BLKPARSE_ACTIONS } from '../formats/trace/blkparse';
import type { TraceReading } from '../formats/trace/parsers';
import type { ReadTrace } from '../formats/trace/read-trace';
import type { SchemaOf } from './domain';

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** A sum of sizes, which may be beyond what is exact. */
const amount = v.pipe(v.number(), v.minValue(0));

export const readingSchema: SchemaOf<TraceReading> = v.strictObject({
  format: v.picklist(TRACE_FORMATS),
  blkparseAction: v.picklist(BLKPARSE_ACTIONS),
});

export const replaySettingsSchema: SchemaOf<ReplaySettings> = v.strictObject({
  records: natural,
  snapshotsAt: v.array(natural),
  device: v.nullable(natural),
  partitionOffsetBytes: natural,
});

function counts<Name extends string>(names: readonly Name[]): SchemaOf<Readonly<Record<Name, number>>> {
  const entries = Object.fromEntries(names.map((name) => [name, natural])) as Record<Name, typeof natural>;
  return v.strictObject(entries);
}

const rangeSchema = v.nullable(v.strictObject({ from: natural, to: natural }));

const deviceSchema: SchemaOf<TraceDevice> = v.strictObject({
  name: v.string(),
  records: natural,
  reads: natural,
  writes: natural,
  range: rangeSchema,
});

const surveySchema: SchemaOf<TraceSurvey> = v.strictObject({
  lines: natural,
  blank: natural,
  headers: natural,
  continuations: natural,
  skipped: counts(SKIP_REASONS),
  unparsed: counts(UNPARSED_REASONS),
  examples: v.array(
    v.strictObject({ line: natural, text: v.string(), reason: v.picklist(UNPARSED_REASONS) }),
  ),
  records: natural,
  reads: natural,
  writes: natural,
  discards: natural,
  others: natural,
  zeroLengthWrites: natural,
  writtenBytes: amount,
  devices: v.array(deviceSchema),
  times: v.nullable(v.strictObject({ earliest: v.string(), latest: v.string(), span: v.number() })),
  range: rangeSchema,
});

const column = v.instance(Float64Array);

const replayReportSchema: SchemaOf<ReplayReport> = v.strictObject({
  totals: v.strictObject({
    records: natural,
    writes: natural,
    blocksTouched: natural,
    uniqueBlocksWritten: natural,
    copies: natural,
    copiesPerSnapshot: v.array(natural),
  }),
  snapshotsAt: v.array(natural),
  writtenBytes: amount,
  copiedBytes: amount,
  copiedOverWritten: v.nullable(amount),
  recordsOutside: natural,
  touchesNotTracked: natural,
  growth: v.strictObject({
    records: column,
    writes: column,
    writtenBytes: column,
    uniqueBlocks: column,
    copies: column,
  }),
  copyCurve: v.strictObject({
    copies: natural,
    stride: natural,
    marks: v.instance(Uint32Array),
    lastRecord: natural,
  }),
});

export const readTraceSchema: SchemaOf<ReadTrace> = v.strictObject({
  survey: surveySchema,
  report: v.nullable(replayReportSchema),
});
