import { findSnapshot, type Machine } from '../../core/machine';
import { resolveSnapshotRead } from '../../core/read-path';

/** What a snapshot holds and what it costs, in blocks. */
export interface SnapshotAccount {
  readonly createdAtMs: number;
  /** Where its blocks are read from; together they are the volume. */
  readonly own: number;
  readonly newer: number;
  readonly live: number;
  /** Slots of its own area. */
  readonly cost: number;
  /** Slots that its deletion would give back at once. */
  readonly frees: number;
}

export function accountOfSnapshot(machine: Machine, snapshot: number): SnapshotAccount | null {
  const area = findSnapshot(machine, snapshot);
  if (area === undefined) return null;
  let own = 0;
  let newer = 0;
  for (let block = 0; block < machine.settings.blockCount; block += 1) {
    const origin = resolveSnapshotRead(machine, snapshot, block);
    if (origin.place === 'live') continue;
    if (machine.slotArea.get(origin.slot) === snapshot) own += 1;
    else newer += 1;
  }
  const live = machine.settings.blockCount - own - newer;
  const frees = freedByDeleting(machine, snapshot);
  return { createdAtMs: area.createdAtMs, own, newer, live, cost: area.copies, frees };
}

/** Areas go from the oldest on, up to the first one that an existing snapshot still reads. */
function freedByDeleting(machine: Machine, snapshot: number): number {
  let freed = 0;
  for (const area of machine.areas) {
    if (area.exists && area.snapshot !== snapshot) break;
    freed += area.copies;
  }
  return freed;
}
