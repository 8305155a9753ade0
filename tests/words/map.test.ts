import { expect, it } from 'vitest';
import { BLOCK_KINDS } from '../../src/drawing/block-state';
import { SLOT_KINDS } from '../../src/drawing/slot-state';
import { MAP_WORDS } from '../../src/words/map';

it('says of every kind of block and slot what it is, and of no other', () => {
  expect(Object.keys(MAP_WORDS.kinds).sort()).toEqual([...BLOCK_KINDS, ...SLOT_KINDS].sort());
});

it('says how many blocks a point stands for', () => {
  expect([1, 35, 1_024].map((blocks) => MAP_WORDS.scale(blocks))).toEqual([
    'Each square is a block',
    'A point stands for 35 blocks',
    'A point stands for 1,024 blocks',
  ]);
});
