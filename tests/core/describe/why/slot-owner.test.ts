import { describe, expect, it } from 'vitest';
import type { Command } from '../../../../src/core/command';
import { ownerOfSlot } from '../../../../src/core/describe/why/slot-owner';
import type { Machine } from '../../../../src/core/machine';
import { traceSnapshotRead } from '../../../../src/core/read-path';
import { create, deleteSnapshot, write } from '../../given';
import { scenario, story } from '../told';

function machineAfter(...commands: readonly Command[]): Machine {
  return story(scenario(), commands).machines[0]!;
}

describe('the owner of a slot', () => {
  it('is the snapshot that was the newest when the block was copied, and older ones read it too', () => {
    const machine = machineAfter(create, create, create, write(5, 'A'), write(6, 'A'));

    expect(ownerOfSlot(machine, 1)).toEqual({ snapshot: 3, isRetained: false, block: 6, readers: [1, 2, 3] });
  });

  it('does not count snapshots that find a copy of their own before', () => {
    const machine = machineAfter(create, write(5, 'A'), create, write(5, 'B'));

    expect(ownerOfSlot(machine, 0)?.readers).toEqual([1]);
    expect(ownerOfSlot(machine, 1)?.readers).toEqual([2]);
  });

  it('can be deleted, while an older one still reads through its area', () => {
    const machine = machineAfter(create, create, write(5, 'A'), deleteSnapshot(2));

    expect(ownerOfSlot(machine, 0)).toEqual({ snapshot: 2, isRetained: true, block: 5, readers: [1] });
  });

  it('may keep a slot that nobody reads any more', () => {
    const machine = machineAfter(create, write(5, 'A'), create, write(5, 'B'), deleteSnapshot(2));

    expect(ownerOfSlot(machine, 1)).toMatchObject({ snapshot: 2, isRetained: true, readers: [] });
  });

  it('is nobody for a slot that is free, not allocated or not there', () => {
    const machine = machineAfter(create, write(5, 'A'));

    expect([1, 20, 64, 1000].map((slot) => ownerOfSlot(machine, slot))).toEqual([null, null, null, null]);
  });

  it('agrees with the paths of all reads', () => {
    const machine = machineAfter(
      create,
      write(1, 'A', 3),
      create,
      write(2, 'B', 4),
      create,
      write(0, 'C', 8),
    );

    for (let slot = 0; slot < machine.allocated; slot += 1) {
      const owner = ownerOfSlot(machine, slot);
      if (owner === null) continue;
      for (const snapshot of [1, 2, 3]) {
        const last = traceSnapshotRead(machine, snapshot, owner.block).at(-1);
        const isRead = last?.place === 'area' && last.slot === slot;
        expect(owner.readers.includes(snapshot), `slot ${slot}, snapshot ${snapshot}`).toBe(isRead);
      }
    }
    expect(machine.used).toBeGreaterThan(8);
  });
});
