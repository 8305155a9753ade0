import type { Machine } from '../core/machine';
import { stretchesOf } from './chunks';

/** What a block of the diff volume is to the diff area. Areas that lie next to each other in time can be told apart. */
export const SLOT_KINDS = [
  'free',
  'usedOdd',
  'usedEven',
  'retained',
  'growing',
  'available',
  'beyondMaximum',
] as const;

export type SlotKind = (typeof SLOT_KINDS)[number];

/** The state of a slot is the place of its kind among the kinds. */
const STATES = Object.fromEntries(SLOT_KINDS.map((kind, state) => [kind, state])) as Record<SlotKind, number>;

export function slotKind(state: number): SlotKind {
  return SLOT_KINDS[state] ?? 'free';
}

/** The first slots that are no longer allocated, not about to be, and not possible any more: ends of ranges. */
export interface SlotBounds {
  readonly allocated: number;
  readonly growingTo: number;
  readonly limit: number;
}

export function slotBounds({ settings, allocated, growth, maximumBlocks }: Machine): SlotBounds {
  const limit = Math.min(maximumBlocks ?? settings.diffVolumeBlocks, settings.diffVolumeBlocks);
  const grown = growth === null ? allocated : Math.min(allocated + settings.growthStepBlocks, limit);
  return { allocated, growingTo: Math.max(allocated, grown), limit: Math.max(allocated, limit) };
}

/** The states of as many slots, from `first` on, as `states` has room for. */
export function readSlotStates(machine: Machine, first: number, states: Uint8Array): void {
  const { slotArea, areas } = machine;
  const { allocated, growingTo, limit } = slotBounds(machine);
  const retained = new Set(areas.filter((area) => !area.exists).map((area) => area.snapshot));
  const last = first + states.length;
  for (const stretch of stretchesOf(first, Math.min(allocated, last))) {
    const owners = slotArea.chunks[stretch.chunk]!;
    for (let index = 0; index < stretch.length; index += 1) {
      states[stretch.first - first + index] = stateOfOwner(owners[stretch.offset + index]!, retained);
    }
  }
  fillRange(states, first, allocated, growingTo, STATES.growing);
  fillRange(states, first, growingTo, limit, STATES.available);
  fillRange(states, first, limit, last, STATES.beyondMaximum);
}

function stateOfOwner(snapshot: number, retained: ReadonlySet<number>): number {
  if (snapshot === 0) return STATES.free;
  if (retained.size > 0 && retained.has(snapshot)) return STATES.retained;
  return snapshot % 2 === 1 ? STATES.usedOdd : STATES.usedEven;
}

function fillRange(states: Uint8Array, first: number, from: number, to: number, state: number): void {
  states.fill(state, Math.max(0, from - first), Math.max(0, to - first));
}

/** The kind of one slot. */
export function kindOfSlot(machine: Machine, slot: number): SlotKind {
  const states = new Uint8Array(1);
  readSlotStates(machine, slot, states);
  return slotKind(states[0]!);
}
