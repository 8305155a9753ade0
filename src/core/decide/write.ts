import { BLOCK_SIZE_BYTES } from '../block';
import type { Command } from '../command';
import { contentSizeBytes, type Content } from '../content';
import type { Draft } from '../draft';
import type { Refusal } from '../refusal';
import { burstBlock, MAXIMUM_BURST_WRITES, MAXIMUM_WRITE_BLOCKS } from '../workload';
import { QuietWriter } from './quiet-write';
import type { Run } from './run';
import { writeBlocks } from './write-path';

type Write = Command & { readonly type: 'write' };
type WriteBurst = Command & { readonly type: 'writeBurst' };

export function refuseBlocks(state: Draft, block: number, count: number): Refusal | null {
  const { blockCount } = state.settings;
  if (!Number.isSafeInteger(count) || count < 1) return { code: 'countInvalid', count };
  if (!Number.isSafeInteger(block) || block < 0) return { code: 'blockOutsideVolume', block, blockCount };
  return block + count > blockCount
    ? { code: 'blockOutsideVolume', block: block + count - 1, blockCount }
    : null;
}

export function decideWrite(run: Run, { block, count, content }: Write): Refusal | null {
  if (count > MAXIMUM_WRITE_BLOCKS) return { code: 'countInvalid', count };
  const refusal = refuseBlocks(run.state, block, count);
  if (refusal) return refusal;
  const sizeBytes = isShort(content) ? 0 : contentSizeBytes(content);
  if (sizeBytes > BLOCK_SIZE_BYTES)
    return { code: 'contentTooLong', sizeBytes, limitBytes: BLOCK_SIZE_BYTES };
  if (run.watched || count > 1 || !writeOneQuietly(run, block)) writeBlocks(run, block, count);
  return null;
}

/** A text that fits in any case: UTF-8 takes at most three bytes for a unit of UTF-16. */
function isShort(content: Content): boolean {
  return content.kind === 'text' && 3 * content.text.length <= BLOCK_SIZE_BYTES;
}

function writeOneQuietly(run: Run, block: number): boolean {
  const quiet = new QuietWriter(run);
  if (!QuietWriter.isPossible(run) || !quiet.write(block)) return false;
  quiet.settle();
  return true;
}

export function decideWriteBurst(run: Run, burst: WriteBurst): Refusal | null {
  const refusal = refuseBlocks(run.state, burst.block, burst.span);
  if (refusal) return refusal;
  if (!Number.isSafeInteger(burst.writes) || burst.writes < 1 || burst.writes > MAXIMUM_BURST_WRITES) {
    return { code: 'countInvalid', count: burst.writes };
  }
  if (run.watched) writeBurstWatched(run, burst);
  else writeBurstUnwatched(run, burst);
  return null;
}

function writeBurstWatched(run: Run, burst: WriteBurst): void {
  for (let index = burst.from; index < burst.from + burst.writes; index += 1) {
    writeBlocks(run, burstBlock(burst, index), 1);
  }
}

/** Quietly as long as nothing can interfere, else by the write path itself. */
function writeBurstUnwatched(run: Run, burst: WriteBurst): void {
  const quiet = new QuietWriter(run);
  let isQuiet = QuietWriter.isPossible(run);
  for (let index = burst.from; index < burst.from + burst.writes; index += 1) {
    const block = burstBlock(burst, index);
    if (isQuiet && quiet.write(block)) continue;
    quiet.settle();
    writeBlocks(run, block, 1);
    isQuiet = QuietWriter.isPossible(run);
  }
  quiet.settle();
}
