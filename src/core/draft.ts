import { assert, required } from './assert';
import type { Area, Machine, WriteRequest } from './machine';
import type { ReleasedSlot } from './event';
import type { TableEditor } from './table';

export const TABLES = ['live', 'diffContents', 'slotArea', 'slotBlock', 'slotOlder', 'newestCopy'] as const;

export type TableName = (typeof TABLES)[number];

/** A machine being changed: the same fields, writable, its tables under edit. It never leaves the core. */
export type Draft = { -readonly [Key in keyof Machine]: Key extends TableName ? TableEditor : Machine[Key] };

/** Between the two. */
type Opening = { -readonly [Key in keyof Machine]: Machine[Key] | Draft[Key] };

// The tables are assigned one by one: in one literal with the spread, V8 takes several times as long.

export function openDraft(machine: Machine): Draft {
  const draft: Opening = { ...machine };
  draft.live = machine.live.edit();
  draft.diffContents = machine.diffContents.edit();
  draft.slotArea = machine.slotArea.edit();
  draft.slotBlock = machine.slotBlock.edit();
  draft.slotOlder = machine.slotOlder.edit();
  draft.newestCopy = machine.newestCopy.edit();
  return draft as Draft;
}

export function closeDraft(draft: Draft): Machine {
  const machine: Opening = { ...draft };
  machine.live = draft.live.finish();
  machine.diffContents = draft.diffContents.finish();
  machine.slotArea = draft.slotArea.finish();
  machine.slotBlock = draft.slotBlock.finish();
  machine.slotOlder = draft.slotOlder.finish();
  machine.newestCopy = draft.newestCopy.finish();
  return machine as Machine;
}

export function requestOf(draft: Draft): WriteRequest {
  return required(draft.request, 'a write is in progress');
}

export function newestArea(draft: Draft): Area {
  return required(draft.areas[draft.areas.length - 1], 'there is an area to copy into');
}

function lowestFreeSlot(draft: Draft, from: number): number {
  let slot = from;
  while (slot < draft.allocated && draft.slotArea.get(slot) !== 0) slot += 1;
  return slot;
}

function withCopies(draft: Draft, snapshot: number, change: number): readonly Area[] {
  const last = newestArea(draft);
  assert(last.snapshot === snapshot, 'only the newest area receives copies');
  return [...draft.areas.slice(0, -1), { ...last, copies: last.copies + change }];
}

/** Records a copy in the table of the newest area: from here on its snapshot reads the block from `slot`. */
export function recordCopy(draft: Draft, block: number, slot: number, snapshot: number): void {
  assert(slot === draft.firstFree, 'the lowest free slot is taken first');
  draft.slotArea.set(slot, snapshot);
  draft.slotBlock.set(slot, block);
  draft.slotOlder.set(slot, draft.newestCopy.get(block));
  draft.newestCopy.set(block, slot + 1);
  draft.used += 1;
  draft.firstFree = lowestFreeSlot(draft, slot + 1);
}

export function countCopies(draft: Draft, snapshot: number, copies: number): void {
  draft.areas = withCopies(draft, snapshot, copies);
}

export function forgetCopy(draft: Draft, block: number, slot: number): void {
  draft.newestCopy.set(block, draft.slotOlder.get(slot));
  draft.slotArea.set(slot, 0);
  draft.slotBlock.set(slot, 0);
  draft.slotOlder.set(slot, 0);
  draft.used -= 1;
  draft.firstFree = slot;
}

export function setAllocated(draft: Draft, allocated: number): void {
  draft.allocated = allocated;
  draft.firstFree = lowestFreeSlot(draft, Math.min(draft.firstFree, allocated));
}

/** The slots of an area with what is needed to give them back to it. */
export function slotsOfArea(draft: Draft, snapshot: number): readonly ReleasedSlot[] {
  const slots: ReleasedSlot[] = [];
  for (let slot = 0; slot < draft.allocated; slot += 1) {
    if (draft.slotArea.get(slot) !== snapshot) continue;
    slots.push({ slot, block: draft.slotBlock.get(slot), older: draft.slotOlder.get(slot) });
  }
  return slots;
}

/** Frees the slots of the oldest or the newest area of the chain. */
export function releaseArea(draft: Draft, area: Area, slots: readonly ReleasedSlot[]): void {
  for (const { slot, block, older } of slots) {
    if (draft.newestCopy.get(block) === slot + 1)
      draft.newestCopy.set(block, validLink(draft, block, older, area));
    draft.slotArea.set(slot, 0);
    draft.slotBlock.set(slot, 0);
    draft.slotOlder.set(slot, 0);
  }
  draft.used -= slots.length;
  draft.firstFree = lowestFreeSlot(draft, 0);
  draft.areas = draft.areas.filter((other) => other.snapshot !== area.snapshot);
}

/** A link to an older copy, or 0 when its slot was freed or given to another block or to a newer area. */
function validLink(draft: Draft, block: number, link: number, newer: Area): number {
  if (link === 0) return 0;
  const owner = draft.slotArea.get(link - 1);
  return owner !== 0 && owner < newer.snapshot && draft.slotBlock.get(link - 1) === block ? link : 0;
}

export function restoreArea(draft: Draft, area: Area, slots: readonly ReleasedSlot[]): void {
  const isNewest = draft.areas.every((other) => other.snapshot < area.snapshot);
  for (const { slot, block, older } of slots) {
    draft.slotArea.set(slot, area.snapshot);
    draft.slotBlock.set(slot, block);
    draft.slotOlder.set(slot, older);
    if (isNewest || draft.newestCopy.get(block) === 0) draft.newestCopy.set(block, slot + 1);
  }
  draft.used += slots.length;
  draft.firstFree = lowestFreeSlot(draft, 0);
  draft.areas = isNewest ? [...draft.areas, area] : [area, ...draft.areas];
}
