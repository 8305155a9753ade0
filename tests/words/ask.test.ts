import { describe, expect, it } from 'vitest';
import type { SlotOwner } from '../../src/core/describe/why/slot-owner';
import { LAB_LIMITS } from '../../src/core/describe/why/of-refusal';
import type { ReadHop } from '../../src/core/read-path';
import {
  LIMIT_WORDS,
  sentenceOfOlderReaders,
  sentenceOfOrigin,
  sentenceOfOwner,
  sentenceOfReaders,
  sentenceOfStop,
} from '../../src/words/ask';

const OWNER: SlotOwner = { snapshot: 4, isRetained: false, block: 7, readers: [1, 2, 3, 4] };

function area(snapshot: number, slot: number | null, retained = false): ReadHop {
  return { place: 'area', snapshot, slot, retained };
}

describe('the stops of a read', () => {
  const read = { snapshot: 2, block: 7 };

  it.each<[ReadHop | null, string]>([
    [null, 'Block 7 of snapshot 2 is asked for.'],
    [area(2, null), 'The snapshot’s own area has no copy of block 7.'],
    [area(2, 5), 'The snapshot’s own area has it, in slot 5.'],
    [area(3, null), 'The area of snapshot 3 has no copy of block 7.'],
    [area(3, null, true), 'The area of snapshot 3, which is deleted, has no copy of block 7.'],
    [area(3, 0, true), 'The area of snapshot 3, which is deleted, has it, in slot 0.'],
  ])('%j', (hop, sentence) => {
    expect(sentenceOfStop(hop, read)).toBe(sentence);
  });
});

describe('the owner of a slot', () => {
  it('is named, and every reader by its number', () => {
    expect(sentenceOfOwner(OWNER)).toContain('snapshot 4, the newest one when block 7 was copied');
    expect(sentenceOfOwner({ ...OWNER, isRetained: true })).toContain('snapshot 4, which is deleted');
    expect(sentenceOfReaders(OWNER)).toBe('A read of block 7 of snapshots 1, 2, 3 and 4 ends here.');
    expect(sentenceOfReaders({ ...OWNER, readers: [4] })).toBe('A read of block 7 of snapshot 4 ends here.');
    expect(sentenceOfReaders({ ...OWNER, readers: [] })).toContain('No snapshot reads block 7 here any more');
    expect(sentenceOfOlderReaders(OWNER, [1])).toBe('Snapshot 1 is older and reads block 7 here too.');
    expect(sentenceOfOlderReaders(OWNER, [1, 2])).toBe(
      'Snapshots 1 and 2 are older and read block 7 here too.',
    );
  });
});

it('every limit of our own has a sentence, and all of them are whole ones', () => {
  expect(Object.keys(LIMIT_WORDS)).toEqual([...LAB_LIMITS]);
  const sentences = [...Object.values(LIMIT_WORDS), sentenceOfOrigin(OWNER), sentenceOfOwner(OWNER)];
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z][^!]*\.$/);
});
