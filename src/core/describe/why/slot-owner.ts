import { existingSnapshots, type Machine } from '../../machine';
import { resolveSnapshotRead } from '../../read-path';

/** Whom a slot in use belongs to, and whom it serves. */
export interface SlotOwner {
  /** The snapshot whose area owns the slot. */
  readonly snapshot: number;
  /** That snapshot is deleted, and its area is kept for older ones. */
  readonly isRetained: boolean;
  /** The live block whose old content lies in the slot. */
  readonly block: number;
  /** Existing snapshots whose read of the block ends here, oldest first; the owner is one of them unless deleted. */
  readonly readers: readonly number[];
}

/** `null`: the slot is free, not allocated, or outside the diff volume. */
export function ownerOfSlot(machine: Machine, slot: number): SlotOwner | null {
  const snapshot = slot < machine.settings.diffVolumeBlocks ? machine.slotArea.get(slot) : 0;
  if (snapshot === 0) return null;
  const block = machine.slotBlock.get(slot);
  const area = machine.areas.find((other) => other.snapshot === snapshot);
  const readers = existingSnapshots(machine)
    .map((existing) => existing.snapshot)
    .filter((reader) => {
      const origin = resolveSnapshotRead(machine, reader, block);
      return origin.place === 'slot' && origin.slot === slot;
    });
  return { snapshot, isRetained: area?.exists === false, block, readers };
}
