import type { Draft } from '../draft';
import type { Machine } from '../machine';
import type { Refusal } from '../refusal';
import {
  MAXIMUM_REPLAY_WRITES,
  MAXIMUM_WRITE_BLOCKS,
  replayedRequests,
  type ReplayWrites,
} from '../workload';
import { QuietWriter } from './quiet-write';
import type { Run } from './run';
import { writeBlocks } from './write-path';

/** Why a stretch of a replay cannot be written as a whole; nothing of it is written then. */
export function refuseReplay(state: Machine | Draft, command: ReplayWrites): Refusal | null {
  const { writes } = command;
  const { blockCount } = state.settings;
  const count = replayedRequests(command);
  if (!Number.isInteger(count) || count < 1 || count > MAXIMUM_REPLAY_WRITES) {
    return { code: 'countInvalid', count };
  }
  let touched = 0;
  for (let at = 0; at < writes.length; at += 2) {
    const [block, blocks] = [writes[at]!, writes[at + 1]!];
    touched += blocks;
    if (blocks < 1 || touched > MAXIMUM_WRITE_BLOCKS) return { code: 'countInvalid', count: touched };
    if (block + blocks > blockCount) {
      return { code: 'blockOutsideVolume', block: block + blocks - 1, blockCount };
    }
  }
  return null;
}

export function decideReplayWrites(run: Run, command: ReplayWrites): void {
  if (run.watched) replayWatched(run, command);
  else replayUnwatched(run, command);
}

function replayWatched(run: Run, { writes }: ReplayWrites): void {
  for (let at = 0; at < writes.length; at += 2) writeBlocks(run, writes[at]!, writes[at + 1]!);
}

/** Quietly as long as nothing can interfere, else by the write path itself. */
function replayUnwatched(run: Run, { writes }: ReplayWrites): void {
  const quiet = new QuietWriter(run);
  let isQuiet = QuietWriter.isPossible(run);
  for (let at = 0; at < writes.length; at += 2) {
    const [block, blocks] = [writes[at]!, writes[at + 1]!];
    if (isQuiet && quiet.write(block, blocks)) continue;
    quiet.settle();
    writeBlocks(run, block, blocks);
    isQuiet = QuietWriter.isPossible(run);
  }
  quiet.settle();
}
