import { required } from '../../core/assert';
import type { Area, Machine } from '../../core/machine';
import { copiesOf } from '../../core/read-path';

/** The copies that one existing snapshot has to itself in an image. */
export interface MachineStore {
  readonly snapshot: Area;
  /** The slots of its copies, ascending; no two of them of the same block. */
  readonly slots: readonly number[];
}

/**
 * The existing snapshots of a machine, oldest first, each with its copies.
 *
 * On disk there are no retained areas: a snapshot that is gone has no store. Its copies are read by older snapshots
 * only, after their own and before those of newer ones. So they join the store of the next older existing snapshot; of
 * two copies of a block the older stays, as it is the one that a read finds first. No snapshot reads anything else than
 * before. There always is an older one, or the area would have been released.
 */
export function storesOf(machine: Machine): readonly MachineStore[] {
  const stores: { readonly snapshot: Area; readonly slots: number[] }[] = [];
  const storeOfArea = new Map<number, number>();
  for (const area of machine.areas) {
    if (area.exists) stores.push({ snapshot: area, slots: [] });
    storeOfArea.set(area.snapshot, stores.length - 1);
  }
  for (let block = 0; block < machine.newestCopy.length; block += 1) {
    let previous = -1;
    for (const slot of copiesOf(machine, block).toReversed()) {
      const store = required(
        storeOfArea.get(machine.slotArea.get(slot)),
        'a copy belongs to an area of the chain',
      );
      if (store > previous) stores[store]!.slots.push(slot);
      previous = store;
    }
  }
  for (const { slots } of stores) slots.sort((first, second) => first - second);
  return stores;
}
