import { BLOCK_SIZE_BYTES } from '../../../src/core/block';
import { randomBelow } from '../../../src/core/random';
import { Replay } from '../../../src/core/replay/replay';
import { WRITE, type TraceBatch } from '../../../src/core/replay/trace';

const SEED = 5_501;

/** A volume of 16 GiB. */
const BLOCKS = 1_048_576;

/** Records come in batches, as from the reader of a trace; these come several times over. */
const RECORDS_PER_BATCH = 65_536;
const BATCHES = 16;
const ROUNDS = 4;

export interface ReplayRun {
  readonly touches: number;
  readonly copies: number;
  readonly replayMs: number;
  readonly controlMs: number;
}

/** Batches are made once: making them is not what is measured. */
let batches: readonly TraceBatch[] | null = null;

/** Random writes of one block each. The control decides about the same writes in the same order. */
export function measureReplay(snapshots: number): ReplayRun {
  batches ??= Array.from({ length: BATCHES }, (_, batch) => newBatch(batch));
  const records = ROUNDS * BATCHES * RECORDS_PER_BATCH;
  const snapshotsAt = Array.from({ length: snapshots }, (_, index) =>
    Math.floor((index * records) / snapshots),
  );
  const replayFrom = performance.now();
  const { copies, blocksTouched } = replayed(batches, records, snapshotsAt);
  const controlFrom = performance.now();
  const controlCopies = replayedByControl(batches, snapshotsAt);
  const end = performance.now();
  if (copies !== controlCopies) throw new Error(`${copies} copies, the control ${controlCopies}`);
  return {
    touches: blocksTouched,
    copies,
    replayMs: controlFrom - replayFrom,
    controlMs: end - controlFrom,
  };
}

function newBatch(batch: number): TraceBatch {
  const offsets = new Float64Array(RECORDS_PER_BATCH);
  for (let at = 0; at < RECORDS_PER_BATCH; at += 1)
    offsets[at] = randomBelow(SEED + batch, at, BLOCKS) * BLOCK_SIZE_BYTES;
  return {
    count: RECORDS_PER_BATCH,
    operations: new Uint8Array(RECORDS_PER_BATCH).fill(WRITE),
    devices: new Uint16Array(RECORDS_PER_BATCH),
    offsets,
    lengths: new Float64Array(RECORDS_PER_BATCH).fill(BLOCK_SIZE_BYTES),
    times: new Float64Array(RECORDS_PER_BATCH),
  };
}

function replayed(
  played: readonly TraceBatch[],
  records: number,
  snapshotsAt: readonly number[],
): { readonly copies: number; readonly blocksTouched: number } {
  const replay = new Replay({ records, snapshotsAt, device: null, partitionOffsetBytes: 0 });
  for (let round = 0; round < ROUNDS; round += 1) for (const batch of played) replay.add(batch);
  return replay.finish().totals;
}

/** The floor: one typed array, told the size of the volume, and nothing reported but the number of copies. */
function replayedByControl(played: readonly TraceBatch[], snapshotsAt: readonly number[]): number {
  const writtenAt = new Uint8Array(BLOCKS);
  let copies = 0;
  let records = 0;
  let snapshots = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { count, offsets } of played) {
      for (let at = 0; at < count; at += 1) {
        while (records >= (snapshotsAt[snapshots] ?? Infinity)) snapshots += 1;
        const block = offsets[at]! / BLOCK_SIZE_BYTES;
        if (writtenAt[block] !== snapshots) {
          writtenAt[block] = snapshots;
          copies += 1;
        }
        records += 1;
      }
    }
  }
  return copies;
}
