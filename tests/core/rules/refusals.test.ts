import { describe, expect, it } from 'vitest';
import { breakBlock, breakIt, given, read, readSnapshot, repair, repairBlock, wait, write } from '../given';

const OUTSIDE = [-1, 8, 1.5, NaN, Infinity];

describe('a refused command', () => {
  it.each(OUTSIDE)('block %d is outside the volume', (block) => {
    const refused = { code: 'blockOutsideVolume', block, blockCount: 8 } as const;
    given().when(write(block, 'A')).then({ refused, events: [] });
    given().when(read(block)).then({ refused, events: [] });
    given().when(readSnapshot(1, block)).then({ refused, events: [] });
    given().when(breakBlock(block)).then({ refused, events: [] });
    given().when(repairBlock(block)).then({ refused, events: [] });
  });

  it('names the last block of a write that reaches beyond the end', () => {
    given()
      .when(write(6, 'A', 3))
      .then({ refused: { code: 'blockOutsideVolume', block: 8, blockCount: 8 } })
      .when(write(6, 'A', 2))
      .then({ live: '......AA' });
  });

  it.each([0, -1, 1.5, NaN, 4_097])('%d is no number of blocks', (count) => {
    given()
      .when(write(0, 'A', count))
      .then({ refused: { code: 'countInvalid', count } });
  });

  it('a text fits a block or is too long', () => {
    given()
      .when(write(0, 'x'.repeat(16_385)))
      .then({ refused: { code: 'contentTooLong', sizeBytes: 16_385, limitBytes: 16_384 }, events: [] })
      .when(write(0, 'é'.repeat(8_193)))
      .then({ refused: { code: 'contentTooLong', sizeBytes: 16_386 } })
      .when(write(0, 'é'.repeat(8_192)))
      .then({ requests: ['ok'] });
  });

  it('a burst stays in the volume and has a number of writes', () => {
    const burst = {
      type: 'writeBurst',
      order: 'random',
      block: 4,
      span: 4,
      from: 0,
      writes: 3,
      seed: 1,
    } as const;
    given()
      .when({ ...burst, span: 5 })
      .then({ refused: { code: 'blockOutsideVolume', block: 8 } })
      .when({ ...burst, span: 0 })
      .then({ refused: { code: 'countInvalid', count: 0 } })
      .when({ ...burst, writes: 0 })
      .then({ refused: { code: 'countInvalid', count: 0 } })
      .when({ ...burst, writes: 1_000_001 })
      .then({ refused: { code: 'countInvalid', count: 1_000_001 } })
      .when(burst)
      .then({ requests: ['ok', 'ok', 'ok'] });
  });

  it.each([0, -1, 0.5, 604_800_001])('%d is no time to wait', (durationMs) => {
    given()
      .when(wait(durationMs))
      .then({ refused: { code: 'durationInvalid', durationMs }, tookMs: 0 });
  });

  it('a week is a time to wait', () => {
    given()
      .when(wait(604_800_000))
      .then({ events: ['timePassed'], tookMs: 604_800_000 });
  });

  it('what is broken is not broken again, and what is not broken is not repaired', () => {
    given()
      .when(repair('growthSlow'))
      .then({ refused: { code: 'notBroken' } })
      .after(breakIt('growthSlow'))
      .when(breakIt('growthSlow'))
      .then({ refused: { code: 'brokenAlready' }, broken: ['growthSlow'] })
      .after(breakBlock(3), breakBlock(5))
      .when(breakBlock(3))
      .then({ refused: { code: 'brokenAlready' }, broken: ['growthSlow', 'liveBadBlock', 'liveBadBlock'] })
      .when(repairBlock(4))
      .then({ refused: { code: 'notBroken' } })
      .when(repairBlock(3))
      .then({ broken: ['growthSlow', 'liveBadBlock'] });
  });

  it('changes nothing: not the clock, not a stamp', () => {
    const laboratory = given().after(write(0, 'A'));
    const before = laboratory.machine;
    laboratory.when(write(8, 'B'), read(-1), wait(0), repair('growthSlow')).then({ refused: {}, events: [] });
    expect(laboratory.machine).toBe(before);
  });
});
