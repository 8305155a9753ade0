import { BLOCK_SIZE_BYTES } from '../../../src/core/block';
import { Replay, type ReplayReport, type ReplaySettings } from '../../../src/core/replay/replay';
import { READ, WRITE, type TraceBatch } from '../../../src/core/replay/trace';

export interface Request {
  readonly operation: number;
  readonly device: number;
  readonly offset: number;
  readonly length: number;
}

export const write = (offset: number, length: number, device = 0): Request => ({
  operation: WRITE,
  device,
  offset,
  length,
});

/** A write of `count` whole blocks. */
export const blocks = (block: number, count = 1, device = 0): Request =>
  write(block * BLOCK_SIZE_BYTES, count * BLOCK_SIZE_BYTES, device);

export const READING: Request = { operation: READ, device: 0, offset: 0, length: 4096 };

export function batchOf(requests: readonly Request[]): TraceBatch {
  return {
    count: requests.length,
    operations: Uint8Array.from(requests, ({ operation }) => operation),
    devices: Uint16Array.from(requests, ({ device }) => device),
    offsets: Float64Array.from(requests, ({ offset }) => offset),
    lengths: Float64Array.from(requests, ({ length }) => length),
    times: new Float64Array(requests.length),
  };
}

/** One snapshot before the first record, unless something else is said; batches of `size` records. */
export function replayed(
  requests: readonly Request[],
  settings: Partial<ReplaySettings> = {},
  size = 3,
): ReplayReport {
  const replay = new Replay({
    records: requests.length,
    snapshotsAt: [0],
    device: null,
    partitionOffsetBytes: 0,
    ...settings,
  });
  for (let from = 0; from < requests.length; from += size) {
    replay.add(batchOf(requests.slice(from, from + size)));
  }
  return replay.finish();
}
