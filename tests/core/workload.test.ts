import { describe, expect, it } from 'vitest';
import { advance } from '../../src/core/decide/decide';
import { createMachine, DEFAULT_SETTINGS, type Machine } from '../../src/core/machine';
import { burstBlock, sliceBurst, WRITES_PER_SLICE, type WriteBurst } from '../../src/core/workload';

const BURST: WriteBurst = {
  type: 'writeBurst',
  order: 'random',
  block: 10,
  span: 20,
  from: 5,
  writes: 1_000,
  seed: 9,
};

function blocksOf(burst: WriteBurst): readonly number[] {
  return Array.from({ length: burst.writes }, (_, index) => burstBlock(burst, burst.from + index));
}

describe('a burst', () => {
  it('stays in its blocks, and reaches all of them', () => {
    const blocks = new Set(blocksOf(BURST));
    expect([...blocks].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => 10 + index));
  });

  it('goes round in order when it is sequential, from where it begins', () => {
    const burst: WriteBurst = { ...BURST, order: 'sequential', span: 3, from: 2, writes: 5 };
    expect(blocksOf(burst)).toEqual([12, 10, 11, 12, 10]);
  });

  it.each(['random', 'sequential'] as const)('gives the same writes in slices (%s)', (order) => {
    const burst: WriteBurst = { ...BURST, order };
    for (const size of [1, 7, WRITES_PER_SLICE, 5_000]) {
      expect(sliceBurst(burst, size).flatMap(blocksOf)).toEqual(blocksOf(burst));
    }
  });

  it('has no slice that is empty or too large', () => {
    const sizes = sliceBurst({ ...BURST, writes: 130 }).map((slice) => slice.writes);
    expect(sizes).toEqual([64, 64, 2]);
    expect(sliceBurst({ ...BURST, writes: 64 })).toHaveLength(1);
  });

  it('leads to the same machine in slices as whole', () => {
    const settings = { ...DEFAULT_SETTINGS, maximumBlocks: null };
    const start = carriedOut(createMachine(settings, 'SNAPSHOT'), { type: 'createSnapshot' });
    const whole = carriedOut(start, BURST);
    const sliced = sliceBurst(BURST).reduce(carriedOut, start);
    expect(sliced).toEqual(whole);
    expect(whole.host.completed).toBe(1_000);
  });
});

function carriedOut(machine: Machine, command: Parameters<typeof advance>[1]): Machine {
  const answer = advance(machine, command);
  return answer.ok ? answer.value : machine;
}
