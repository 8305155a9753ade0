import { isOnline, type Machine } from '../core/machine';
import { snapshotStamp } from '../core/read-path';
import { BLOCK_BITS, blockState, readBlockStates } from './block-state';
import { kindOfSlot, readSlotStates, slotKind, type SlotKind } from './slot-state';

/** Where the bytes of a block come from when the volume is looked at as of a snapshot. */
type Provenance = 'ownArea' | 'newerArea' | 'live';

/** What the grid of the live volume shows of a block. */
export interface LiveCell {
  readonly block: number;
  /** 0: never written. */
  readonly stamp: number;
  /** The newest snapshot still reads this block here: its next overwrite has to save it first. */
  readonly isNeeded: boolean;
  readonly isBad: boolean;
  /** Only when looking through a snapshot. */
  readonly provenance: Provenance | null;
}

type SlotState = 'used' | 'free' | 'growing' | 'available' | 'beyondMaximum';

/** What the grid of the diff volume shows of one of its blocks. */
export interface SlotCell {
  readonly slot: number;
  readonly state: SlotState;
  /** Of a used slot: the snapshot whose area owns it, the block it was copied from, and its content. */
  readonly owner: {
    readonly snapshot: number;
    readonly block: number;
    readonly stamp: number;
    readonly isRetained: boolean;
  } | null;
}

/**
 * The live volume, or the volume as of snapshot `lookThrough`: every block of it, so only for a small volume. A cell that
 * is as it was in `before` is the same object, so that nobody has to draw it again.
 */
export function liveCells(
  machine: Machine,
  lookThrough: number | null,
  before: readonly LiveCell[] = [],
): readonly LiveCell[] {
  const states = new Uint8Array(machine.settings.blockCount);
  readBlockStates(machine, lookThrough, 0, states);
  return Array.from(states, (state, block) => {
    const cell = liveCellOf(machine, block, lookThrough, state);
    const known = before[block];
    return known !== undefined && isSameBlock(known, cell) ? known : cell;
  });
}

function isSameBlock(one: LiveCell, other: LiveCell): boolean {
  return (
    one.stamp === other.stamp &&
    one.isNeeded === other.isNeeded &&
    one.isBad === other.isBad &&
    one.provenance === other.provenance
  );
}

export function liveCell(machine: Machine, block: number, lookThrough: number | null): LiveCell {
  return liveCellOf(machine, block, lookThrough, blockState(machine, block, lookThrough));
}

function liveCellOf(machine: Machine, block: number, lookThrough: number | null, state: number): LiveCell {
  return {
    block,
    stamp: lookThrough === null ? machine.live.get(block) : snapshotStamp(machine, lookThrough, block),
    isNeeded: (state & BLOCK_BITS.needed) !== 0,
    isBad: (state & BLOCK_BITS.bad) !== 0,
    provenance: provenanceOf(state),
  };
}

function provenanceOf(state: number): Provenance | null {
  if ((state & BLOCK_BITS.past) === 0) return null;
  if ((state & BLOCK_BITS.ownArea) !== 0) return 'ownArea';
  return (state & BLOCK_BITS.newerArea) === 0 ? 'live' : 'newerArea';
}

/** Every block of the diff volume, so only for a small one. What has not changed since `before` is the same object. */
export function slotCells(machine: Machine, before: readonly SlotCell[] = []): readonly SlotCell[] {
  const states = new Uint8Array(machine.settings.diffVolumeBlocks);
  readSlotStates(machine, 0, states);
  return Array.from(states, (state, slot) => {
    const cell = slotCellOf(machine, slot, slotKind(state));
    const known = before[slot];
    return known !== undefined && isSameSlot(known, cell) ? known : cell;
  });
}

function isSameSlot(one: SlotCell, other: SlotCell): boolean {
  const [owner, otherOwner] = [one.owner, other.owner];
  if (owner === null || otherOwner === null) return one.state === other.state && owner === otherOwner;
  return (
    one.state === other.state &&
    owner.snapshot === otherOwner.snapshot &&
    owner.block === otherOwner.block &&
    owner.stamp === otherOwner.stamp &&
    owner.isRetained === otherOwner.isRetained
  );
}

export function slotCell(machine: Machine, slot: number): SlotCell {
  return slotCellOf(machine, slot, kindOfSlot(machine, slot));
}

function slotCellOf(machine: Machine, slot: number, kind: SlotKind): SlotCell {
  if (kind !== 'usedOdd' && kind !== 'usedEven' && kind !== 'retained')
    return { slot, state: kind, owner: null };
  const owner = {
    snapshot: machine.slotArea.get(slot),
    block: machine.slotBlock.get(slot),
    stamp: machine.diffContents.get(slot),
    isRetained: kind === 'retained',
  };
  return { slot, state: 'used', owner };
}

/** Snapshots as the shelf shows them, oldest first: those that exist and the traces of those that are gone. */
export interface ShelfCard {
  readonly snapshot: number;
  readonly state: 'kept' | 'retained' | 'gone';
  readonly copies: number;
  readonly createdAtMs: number | null;
  readonly isReadable: boolean;
}

export function shelfCards(machine: Machine): readonly ShelfCard[] {
  const isReadable = isOnline(machine) && machine.pendingUntilMs === null;
  return Array.from({ length: machine.nextSnapshot - 1 }, (_, index): ShelfCard => {
    const snapshot = index + 1;
    const area = machine.areas.find((other) => other.snapshot === snapshot);
    if (area === undefined)
      return { snapshot, state: 'gone', copies: 0, createdAtMs: null, isReadable: false };
    return {
      snapshot,
      state: area.exists ? 'kept' : 'retained',
      copies: area.copies,
      createdAtMs: area.createdAtMs,
      isReadable: area.exists && isReadable,
    };
  });
}

/** The columns of a grid of `count` cells: square, and a power of two wide so that rows are easy to count. */
export function gridColumns(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.sqrt(Math.max(1, count))));
}

/** A larger volume is drawn as a map: elements for every block would be too many for the browser, and for the eye. */
const LARGEST_GRID = 256;

export function isMapped(count: number): boolean {
  return count > LARGEST_GRID;
}
