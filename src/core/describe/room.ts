import type { FullBecause } from '../decide/fault';
import { growthLimit } from '../decide/growth';
import { existingSnapshots, isOnline, type Machine } from '../machine';

/** A diff area without room for one more copy, while the volume is online: the next first overwrite meets fault 8. */
export interface NoRoom {
  readonly limitedBy: FullBecause;
  /** A maximum with which the area can grow by a step; `null` when the diff volume itself is full. */
  readonly largerMaximum: number | null;
  readonly oldestSnapshot: number;
}

/** `null` while there is a free slot, growth is under way or can start, or nothing has to be copied. */
export function roomMissing(machine: Machine): NoRoom | null {
  const [oldest] = existingSnapshots(machine);
  if (!isOnline(machine) || oldest === undefined || machine.growth !== null) return null;
  const limitedBy = growthLimit(machine);
  if (machine.firstFree < machine.allocated || limitedBy === null) return null;
  const larger = machine.allocated + machine.settings.growthStepBlocks;
  const largerMaximum = larger <= machine.settings.diffVolumeBlocks ? larger : null;
  return { limitedBy, largerMaximum, oldestSnapshot: oldest.snapshot };
}
