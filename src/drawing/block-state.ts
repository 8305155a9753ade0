import type { Machine } from '../core/machine';
import { newestAreaCopy, resolveSnapshotRead, stampAt, type ReadOrigin } from '../core/read-path';

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

// A volume has up to a million blocks, and most of them have never been copied: that is asked first.

function readPresent(machine: Machine, first: number, states: Uint8Array): void {
  const { live, newestCopy, areas } = machine;
  const uncopied = areas.length === 0 ? 0 : BLOCK_BITS.needed;
  for (let index = 0; index < states.length; index += 1) {
    const block = first + index;
    const written = live.get(block) === 0 ? 0 : BLOCK_BITS.written;
    const isCopied = newestCopy.get(block) !== 0 && newestAreaCopy(machine, block) !== null;
    states[index] = written | (isCopied ? BLOCK_BITS.copied : uncopied);
  }
}

function readPast(machine: Machine, snapshot: number, first: number, states: Uint8Array): void {
  const { live, newestCopy } = machine;
  for (let index = 0; index < states.length; index += 1) {
    const block = first + index;
    if (newestCopy.get(block) === 0) {
      states[index] = BLOCK_BITS.past | (live.get(block) === 0 ? 0 : BLOCK_BITS.written);
      continue;
    }
    const origin = resolveSnapshotRead(machine, snapshot, block);
    const written = stampAt(machine, origin, block) === 0 ? 0 : BLOCK_BITS.written;
    states[index] = BLOCK_BITS.past | written | provenanceBit(machine, snapshot, origin);
  }
}

function provenanceBit(machine: Machine, snapshot: number, origin: ReadOrigin): number {
  if (origin.place === 'live') return 0;
  return machine.slotArea.get(origin.slot) === snapshot ? BLOCK_BITS.ownArea : BLOCK_BITS.newerArea;
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
