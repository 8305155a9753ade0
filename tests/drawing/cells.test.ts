import { describe, expect, it } from 'vitest';
import type { Machine } from '../../src/core/machine';
import { traceSnapshotRead } from '../../src/core/read-path';
import { BLOCK_BITS, blockKind, blockState, readBlockStates } from '../../src/drawing/block-state';
import { gridColumns, isMapped, liveCells, slotCells } from '../../src/drawing/cells';
import { readSlotStates, slotKind } from '../../src/drawing/slot-state';
import { lifeOf, livedMachine } from './machines';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

/** Worked out from the path that a read of the newest snapshot takes, which asks no table of newest copies. */
function expectedPresent(machine: Machine, block: number): number {
  const newest = machine.areas.at(-1);
  const path = newest === undefined ? [] : traceSnapshotRead(machine, newest.snapshot, block);
  const isCopied = path[0]?.place === 'area' && path[0].slot !== null;
  return (
    (machine.live.get(block) === 0 ? 0 : BLOCK_BITS.written) |
    (newest === undefined ? 0 : isCopied ? BLOCK_BITS.copied : BLOCK_BITS.needed) |
    (machine.conditions.liveBadBlocks.includes(block) ? BLOCK_BITS.bad : 0)
  );
}

function expectedPast(machine: Machine, snapshot: number, block: number): number {
  const last = traceSnapshotRead(machine, snapshot, block).at(-1);
  const slot = last?.place === 'area' ? last.slot : null;
  const stamp = slot === null ? machine.live.get(block) : machine.diffContents.get(slot);
  const isOwn = last?.place === 'area' && last.snapshot === snapshot;
  const isBad = slot === null && machine.conditions.liveBadBlocks.includes(block);
  return (
    BLOCK_BITS.past |
    (stamp === 0 ? 0 : BLOCK_BITS.written) |
    (slot === null ? 0 : isOwn ? BLOCK_BITS.ownArea : BLOCK_BITS.newerArea) |
    (isBad ? BLOCK_BITS.bad : 0)
  );
}

function statesOf(machine: Machine, lookThrough: number | null, first = 0): Uint8Array {
  const states = new Uint8Array(machine.settings.blockCount - first);
  readBlockStates(machine, lookThrough, first, states);
  return states;
}

function blocksOf(machine: Machine): readonly number[] {
  return Array.from({ length: machine.settings.blockCount }, (_, block) => block);
}

describe('the state of a block', () => {
  it.each(SEEDS)('is what the read path says, at every moment of life %i', (seed) => {
    let looks = 0;
    for (const machine of lifeOf(70, seed, 40)) {
      const present = blocksOf(machine).map((block) => expectedPresent(machine, block));
      expect([...statesOf(machine, null)]).toEqual(present);
      for (const { snapshot } of machine.areas.filter((area) => area.exists)) {
        const past = blocksOf(machine).map((block) => expectedPast(machine, snapshot, block));
        expect([...statesOf(machine, snapshot)]).toEqual(past);
        looks += 1;
      }
    }
    expect(looks).toBeGreaterThan(10);
  });

  it('is the same whether it is read alone, in a part or with all others', () => {
    const machine = livedMachine(70, 3);
    const all = [...statesOf(machine, null)];

    expect(blocksOf(machine).map((block) => blockState(machine, block, null))).toEqual(all);
    expect([...statesOf(machine, null, 33)]).toEqual(all.slice(33));
  });

  it.each(SEEDS)('is what the cells of the elements show, in life %i', (seed) => {
    const machine = livedMachine(64, seed);
    const snapshot = machine.areas.find((area) => area.exists)!.snapshot;
    for (const lookThrough of [null, snapshot]) {
      const states = statesOf(machine, lookThrough);
      for (const cell of liveCells(machine, lookThrough)) {
        const has = (bit: number): boolean => (states[cell.block]! & bit) !== 0;
        expect(cell.stamp !== 0).toBe(has(BLOCK_BITS.written));
        expect(cell.isNeeded).toBe(has(BLOCK_BITS.needed));
        expect(cell.isBad).toBe(has(BLOCK_BITS.bad));
        expect(cell.provenance === 'ownArea').toBe(has(BLOCK_BITS.ownArea));
        expect(cell.provenance === 'newerArea').toBe(has(BLOCK_BITS.newerArea));
        expect(cell.provenance !== null).toBe(has(BLOCK_BITS.past));
      }
    }
  });
});

it('every kind of block is met, and each has one name', () => {
  const kinds = new Set(
    SEEDS.flatMap((seed) =>
      [...lifeOf(64, seed, 40)].flatMap((machine) =>
        [null, ...machine.areas.filter((area) => area.exists).map((area) => area.snapshot)].flatMap((look) =>
          [...statesOf(machine, look)].map(blockKind),
        ),
      ),
    ),
  );

  expect([...kinds].sort()).toEqual(
    ['blank', 'blankNeeded', 'written', 'needed', 'copied', 'bad', 'ownArea', 'newerArea', 'pastLive']
      .concat('pastBlank')
      .sort(),
  );
});

it.each(SEEDS)('the kind of a slot is what its cell shows, at every moment of life %i', (seed) => {
  for (const machine of lifeOf(70, seed, 40)) {
    const cells = slotCells(machine);
    const states = new Uint8Array(cells.length);
    readSlotStates(machine, 0, states);
    const shown = cells.map(({ state, owner }) => {
      if (owner === null) return state;
      if (owner.isRetained) return 'retained';
      return owner.snapshot % 2 === 1 ? 'usedOdd' : 'usedEven';
    });
    expect([...states].map(slotKind)).toEqual(shown);
    expect(shown.filter((kind) => /used|retained/.test(kind))).toHaveLength(machine.used);
    expect(cells.filter(({ state }) => state === 'used' || state === 'free')).toHaveLength(machine.allocated);
  }
});

it('up to 256 blocks are elements, and a grid has a power of two of columns', () => {
  expect([16, 64, 256, 257].map(isMapped)).toEqual([false, false, false, true]);
  expect([16, 64, 65, 256, 300, 5_000, 70_000, 1_048_576].map(gridColumns)).toEqual([
    4, 8, 16, 16, 32, 128, 512, 1024,
  ]);
});

describe('cells of one moment after another', () => {
  it.each([1, 2, 3])(
    'are those made anew, and the same objects where nothing changed, in life %i',
    (seed) => {
      let [live, slots] = [liveCells(livedMachine(70, seed), null), slotCells(livedMachine(70, seed))];
      let [kept, changed] = [0, 0];
      for (const machine of lifeOf(70, seed, 40)) {
        const [nextLive, nextSlots] = [liveCells(machine, null, live), slotCells(machine, slots)];
        expect(nextLive).toEqual(liveCells(machine, null));
        expect(nextSlots).toEqual(slotCells(machine));
        for (const [before, after] of [
          [live, nextLive],
          [slots, nextSlots],
        ] as const) {
          const isSame = after.map((cell, index) => cell === before[index]);
          const isEqual = after.map((cell, index) => JSON.stringify(cell) === JSON.stringify(before[index]));
          expect(isSame).toEqual(isEqual);
          kept += isSame.filter((same) => same).length;
          changed += isSame.filter((same) => !same).length;
        }
        [live, slots] = [nextLive, nextSlots];
      }
      expect(changed).toBeGreaterThan(20);
      expect(kept).toBeGreaterThan(changed);
    },
  );
});
