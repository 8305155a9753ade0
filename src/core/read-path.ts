import { assert } from './assert';
import type { Area, Machine } from './machine';

/** A table that can be read, whether it is a value or in the middle of an edit. */
interface Readable {
  get(index: number): number;
}

/** The part of a machine that resolves a read; a draft has it too. */
export interface ReadableMachine {
  readonly areas: readonly Area[];
  readonly live: Readable;
  readonly diffContents: Readable;
  readonly newestCopy: Readable;
  readonly slotArea: Readable;
  readonly slotBlock: Readable;
  readonly slotOlder: Readable;
}

/** One place a read looked at. Only the last one of a path had the block. */
export type ReadHop =
  | {
      readonly place: 'area';
      readonly snapshot: number;
      readonly retained: boolean;
      readonly slot: number | null;
    }
  | { readonly place: 'live' };

export type ReadPath = readonly ReadHop[];

export type ReadOrigin = { readonly place: 'slot'; readonly slot: number } | { readonly place: 'live' };

/** The copies of a block from newest to oldest, as slots. A link into a slot that was freed since ends the chain. */
export function copiesOf(machine: ReadableMachine, block: number): readonly number[] {
  const slots: number[] = [];
  let link = machine.newestCopy.get(block);
  let newerArea = Infinity;
  while (link !== 0) {
    const slot = link - 1;
    const area = machine.slotArea.get(slot);
    if (area === 0 || area >= newerArea || machine.slotBlock.get(slot) !== block) break;
    slots.push(slot);
    newerArea = area;
    link = machine.slotOlder.get(slot);
  }
  return slots;
}

/** The slot of the newest area that holds a copy of the block; `null` when there is none. */
export function newestAreaCopy(machine: ReadableMachine, block: number): number | null {
  const newest = machine.areas[machine.areas.length - 1];
  const link = machine.newestCopy.get(block);
  if (newest === undefined || link === 0) return null;
  const isOwn =
    machine.slotArea.get(link - 1) === newest.snapshot && machine.slotBlock.get(link - 1) === block;
  return isOwn ? link - 1 : null;
}

/** Where block `block` of snapshot `snapshot` is read from: its own area, else the next newer one, ..., else live. */
export function resolveSnapshotRead(machine: ReadableMachine, snapshot: number, block: number): ReadOrigin {
  let found: number | null = null;
  for (const slot of copiesOf(machine, block)) {
    if (machine.slotArea.get(slot) < snapshot) break;
    found = slot;
  }
  return found === null ? { place: 'live' } : { place: 'slot', slot: found };
}

export function stampAt(machine: ReadableMachine, origin: ReadOrigin, block: number): number {
  return origin.place === 'slot' ? machine.diffContents.get(origin.slot) : machine.live.get(block);
}

/** The content stamp of a block as of a snapshot. */
export function snapshotStamp(machine: ReadableMachine, snapshot: number, block: number): number {
  return stampAt(machine, resolveSnapshotRead(machine, snapshot, block), block);
}

/** Every place such a read looks at, in order, so that it can be shown. */
export function traceSnapshotRead(machine: ReadableMachine, snapshot: number, block: number): ReadPath {
  const origin = resolveSnapshotRead(machine, snapshot, block);
  const holder = origin.place === 'slot' ? machine.slotArea.get(origin.slot) : null;
  const hops: ReadHop[] = [];
  for (const area of machine.areas) {
    if (area.snapshot < snapshot) continue;
    const slot = area.snapshot === holder && origin.place === 'slot' ? origin.slot : null;
    hops.push({ place: 'area', snapshot: area.snapshot, retained: !area.exists, slot });
    if (slot !== null) return hops;
  }
  assert(origin.place === 'live', 'the copy that a read found belongs to an area of the chain');
  return [...hops, { place: 'live' }];
}

/** A whole snapshot, one stamp a block. */
export function snapshotStamps(machine: Machine, snapshot: number): Uint32Array {
  const stamps = new Uint32Array(machine.settings.blockCount);
  for (let block = 0; block < stamps.length; block += 1)
    stamps[block] = snapshotStamp(machine, snapshot, block);
  return stamps;
}
