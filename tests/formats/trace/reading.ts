/** Reads traces the way the product does: recognised, surveyed, then replayed from the start. */
import { Replay, replaySettings, type ReplayReport } from '../../../src/core/replay/replay';
import type { TraceBatch, TraceSurvey } from '../../../src/core/replay/trace';
import type { TraceReading } from '../../../src/formats/trace/parsers';
import { recogniseTrace, TRACE_HEAD_BYTES, type Recognition } from '../../../src/formats/trace/recognise';
import { TraceReader } from '../../../src/formats/trace/trace-reader';

export type Row = readonly [operation: number, device: number, offset: number, length: number, time: number];

export function recognise(bytes: Uint8Array): Recognition {
  const recognition = recogniseTrace(bytes.subarray(0, TRACE_HEAD_BYTES));
  if (recognition === null) throw new Error('not recognised');
  return recognition;
}

/** @param ends where the bytes are cut: ascending */
export function cutAt(bytes: Uint8Array, ends: readonly number[]): readonly Uint8Array[] {
  return [...ends, bytes.length].map((end, index) => bytes.slice(ends[index - 1] ?? 0, end));
}

export function surveyOf(chunks: readonly Uint8Array[], reading: TraceReading): TraceSurvey {
  const reader = new TraceReader(reading);
  for (const chunk of chunks) reader.push(chunk);
  return reader.end();
}

export function rowsOf(chunks: readonly Uint8Array[], reading: TraceReading): readonly Row[] {
  const rows: Row[] = [];
  const reader = new TraceReader(reading, ({ count, operations, devices, offsets, lengths, times }) => {
    for (let at = 0; at < count; at += 1) {
      rows.push([operations[at]!, devices[at]!, offsets[at]!, lengths[at]!, times[at]!]);
    }
  });
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return rows;
}

export function readAll(bytes: Uint8Array, reading: TraceReading, take: (batch: TraceBatch) => void): void {
  const reader = new TraceReader(reading, take);
  reader.push(bytes);
  reader.end();
}

/** @param snapshotsAt other than the usual four */
export function replayOf(
  bytes: Uint8Array,
  reading: TraceReading,
  snapshotsAt?: readonly number[],
): ReplayReport {
  const settings = replaySettings(surveyOf([bytes], reading), { device: null, partitionOffsetBytes: 0 });
  const replay = new Replay(snapshotsAt === undefined ? settings : { ...settings, snapshotsAt });
  readAll(bytes, reading, (batch) => replay.add(batch));
  return replay.finish();
}

export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
