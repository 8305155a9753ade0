import { isOnline, type Machine } from '../core/machine';
import { newestAreaCopy, resolveSnapshotRead, stampAt } from '../core/read-path';

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

/** The live volume, or the volume as of snapshot `lookThrough`. */
export function liveCells(machine: Machine, lookThrough: number | null): readonly LiveCell[] {
  return Array.from({ length: machine.settings.blockCount }, (_, block) =>
    lookThrough === null ? presentCell(machine, block) : pastCell(machine, block, lookThrough),
  );
}

function presentCell(machine: Machine, block: number): LiveCell {
  return {
    block,
    stamp: machine.live.get(block),
    isNeeded: machine.areas.length > 0 && newestAreaCopy(machine, block) === null,
    isBad: machine.conditions.liveBadBlocks.includes(block),
    provenance: null,
  };
}

function pastCell(machine: Machine, block: number, snapshot: number): LiveCell {
  const origin = resolveSnapshotRead(machine, snapshot, block);
  return {
    block,
    stamp: stampAt(machine, origin, block),
    isNeeded: false,
    isBad: origin.place === 'live' && machine.conditions.liveBadBlocks.includes(block),
    provenance:
      origin.place === 'live'
        ? 'live'
        : machine.slotArea.get(origin.slot) === snapshot
          ? 'ownArea'
          : 'newerArea',
  };
}

export function slotCells(machine: Machine): readonly SlotCell[] {
  const { settings, allocated, growth, maximumBlocks } = machine;
  const limit = Math.min(maximumBlocks ?? settings.diffVolumeBlocks, settings.diffVolumeBlocks);
  const growingTo = growth === null ? allocated : Math.min(allocated + settings.growthStepBlocks, limit);
  return Array.from({ length: settings.diffVolumeBlocks }, (_, slot): SlotCell => {
    if (slot >= limit && slot >= allocated) return { slot, state: 'beyondMaximum', owner: null };
    if (slot >= growingTo) return { slot, state: 'available', owner: null };
    if (slot >= allocated) return { slot, state: 'growing', owner: null };
    const snapshot = machine.slotArea.get(slot);
    if (snapshot === 0) return { slot, state: 'free', owner: null };
    const area = machine.areas.find((other) => other.snapshot === snapshot);
    const owner = {
      snapshot,
      block: machine.slotBlock.get(slot),
      stamp: machine.diffContents.get(slot),
      isRetained: area?.exists === false,
    };
    return { slot, state: 'used', owner };
  });
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
