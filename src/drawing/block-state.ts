import type { Machine } from '../core/machine';
import { newestAreaCopy, resolveSnapshotRead, stampAt } from '../core/read-path';
import { stretchesOf } from './chunks';

/**
 * What is true of a block of the live volume at one moment, a bit each. The cells of a small volume and the pixels of a
 * large one are drawn from these bits and from nothing else, so they cannot disagree.
 */
export const BLOCK_BITS = {
  /** There is content: somebody has written it. */
  written: 1,
  /** The newest snapshot still reads this block here: its next overwrite has to save it first. */
  needed: 2,
  /** The newest snapshot has its own copy: the next overwrite needs none. */
  copied: 4,
  bad: 8,
  /** Only when looking through a snapshot: where its bytes come from. With neither, from the live volume. */
  ownArea: 16,
  newerArea: 32,
  past: 64,
} as const;

/** The state of one block of the live volume, or of the volume as of snapshot `lookThrough`. */
export function blockState(machine: Machine, block: number, lookThrough: number | null): number {
  const states = new Uint8Array(1);
  readBlockStates(machine, lookThrough, block, states);
  return states[0]!;
}

/** The states of as many blocks, from `first` on, as `states` has room for. */
export function readBlockStates(
  machine: Machine,
  lookThrough: number | null,
  first: number,
  states: Uint8Array,
): void {
  if (lookThrough === null) readPresent(machine, first, states);
  else readPast(machine, lookThrough, first, states);
  for (const block of machine.conditions.liveBadBlocks) {
    const state = states[block - first];
    const isReadElsewhere = ((state ?? 0) & (BLOCK_BITS.ownArea | BLOCK_BITS.newerArea)) !== 0;
    if (state !== undefined && !isReadElsewhere) states[block - first] = state | BLOCK_BITS.bad;
  }
}

function readPresent(machine: Machine, first: number, states: Uint8Array): void {
  const { live, newestCopy, areas } = machine;
  const newest = areas.at(-1);
  const uncopied = newest === undefined ? 0 : BLOCK_BITS.needed;
  const hasCopies = newest !== undefined && newest.copies > 0;
  for (const stretch of stretchesOf(first, first + states.length)) {
    const stamps = live.chunks[stretch.chunk]!;
    const links = newestCopy.chunks[stretch.chunk]!;
    const { offset, length } = stretch;
    // What nobody has written yet is the same chunk everywhere.
    if (stamps === links) {
      states.fill(uncopied, stretch.first - first, stretch.first - first + length);
      continue;
    }
    for (let index = 0; index < length; index += 1) {
      const block = stretch.first + index;
      const written = stamps[offset + index] === 0 ? 0 : BLOCK_BITS.written;
      // Most blocks have never been copied, and a new snapshot has no copies at all: that is asked first.
      const isCopied = hasCopies && links[offset + index] !== 0 && newestAreaCopy(machine, block) !== null;
      states[block - first] = written | (isCopied ? BLOCK_BITS.copied : uncopied);
    }
  }
}

function readPast(machine: Machine, snapshot: number, first: number, states: Uint8Array): void {
  const { live, newestCopy } = machine;
  for (const stretch of stretchesOf(first, first + states.length)) {
    const stamps = live.chunks[stretch.chunk]!;
    const links = newestCopy.chunks[stretch.chunk]!;
    const { offset, length } = stretch;
    for (let index = 0; index < length; index += 1) {
      const block = stretch.first + index;
      const isLive = links[offset + index] === 0;
      const written = stamps[offset + index] === 0 ? 0 : BLOCK_BITS.written;
      states[block - first] = isLive ? BLOCK_BITS.past | written : pastState(machine, snapshot, block);
    }
  }
}

function pastState(machine: Machine, snapshot: number, block: number): number {
  const origin = resolveSnapshotRead(machine, snapshot, block);
  const written = stampAt(machine, origin, block) === 0 ? 0 : BLOCK_BITS.written;
  if (origin.place === 'live') return BLOCK_BITS.past | written;
  const isOwn = machine.slotArea.get(origin.slot) === snapshot;
  return BLOCK_BITS.past | written | (isOwn ? BLOCK_BITS.ownArea : BLOCK_BITS.newerArea);
}

/** What one pixel can show of a block, and what the legend counts. */
export const BLOCK_KINDS = [
  'blank',
  'blankNeeded',
  'written',
  'needed',
  'copied',
  'bad',
  'ownArea',
  'newerArea',
  'pastLive',
  'pastBlank',
] as const;

export type BlockKind = (typeof BLOCK_KINDS)[number];

/** The kind that a state belongs to. What is worse, and what is rarer, counts first. */
export function blockKind(state: number): BlockKind {
  const has = (bit: number): boolean => (state & bit) !== 0;
  const isWritten = has(BLOCK_BITS.written);
  if (has(BLOCK_BITS.bad)) return 'bad';
  if (has(BLOCK_BITS.ownArea)) return 'ownArea';
  if (has(BLOCK_BITS.newerArea)) return 'newerArea';
  if (has(BLOCK_BITS.past)) return isWritten ? 'pastLive' : 'pastBlank';
  if (has(BLOCK_BITS.copied)) return 'copied';
  if (has(BLOCK_BITS.needed)) return isWritten ? 'needed' : 'blankNeeded';
  return isWritten ? 'written' : 'blank';
}
