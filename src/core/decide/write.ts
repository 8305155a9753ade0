import type { Command } from '../command';
import { burstBlock } from '../workload';
import { QuietWriter } from './quiet-write';
import type { Run } from './run';
import { writeBlocks } from './write-path';

type Write = Command & { readonly type: 'write' };
type WriteBurst = Command & { readonly type: 'writeBurst' };

export function decideWrite(run: Run, { block, count }: Write): void {
  if (run.watched || !writeQuietly(run, block, count)) writeBlocks(run, block, count);
}

function writeQuietly(run: Run, block: number, count: number): boolean {
  const quiet = new QuietWriter(run);
  if (!QuietWriter.isPossible(run) || !quiet.write(block, count)) return false;
  quiet.settle();
  return true;
}

export function decideWriteBurst(run: Run, burst: WriteBurst): void {
  if (run.watched) writeBurstWatched(run, burst);
  else writeBurstUnwatched(run, burst);
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
    if (isQuiet && quiet.write(block, 1)) continue;
    quiet.settle();
    writeBlocks(run, block, 1);
    isQuiet = QuietWriter.isPossible(run);
  }
  quiet.settle();
}
