import type { Command } from './command';
import { randomBelow } from './random';

export type WriteBurst = Command & { readonly type: 'writeBurst' };

export type ReplayWrites = Command & { readonly type: 'replayWrites' };

/** A burst is decided in slices, so that no single command of the log holds more than this many writes. */
export const WRITES_PER_SLICE = 64;

/** Blocks of a single write: all of them are decided in one go, and shown stage by stage. */
export const MAXIMUM_WRITE_BLOCKS = 4_096;

export const MAXIMUM_BURST_WRITES = 1_000_000;

/** Requests of a replay that are decided as one command; their blocks are no more than those of one write. */
export const MAXIMUM_REPLAY_WRITES = 256;

/** The block of write number `index` of a burst. Any part of the sequence can be made without the parts before it. */
export function burstBlock(burst: WriteBurst, index: number): number {
  const offset =
    burst.order === 'sequential' ? index % burst.span : randomBelow(burst.seed, index, burst.span);
  return burst.block + offset;
}

/** The same writes in the same order, as commands of at most `size` writes. */
export function sliceBurst(burst: WriteBurst, size = WRITES_PER_SLICE): readonly WriteBurst[] {
  const slices: WriteBurst[] = [];
  for (let done = 0; done < burst.writes; done += size) {
    slices.push({ ...burst, from: burst.from + done, writes: Math.min(size, burst.writes - done) });
  }
  return slices;
}

/** How many host writes a stretch of a replay holds. */
export function replayedRequests({ writes }: ReplayWrites): number {
  return writes.length / 2;
}

/** The blocks that it touches, once for each request. */
export function replayedBlocks({ writes }: ReplayWrites): number {
  let blocks = 0;
  for (let at = 1; at < writes.length; at += 2) blocks += writes[at]!;
  return blocks;
}
