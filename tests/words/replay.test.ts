import { describe, expect, it } from 'vitest';
import type { LevelOutcome } from '../../src/core/replay/replay-outcome';
import { REPLAY_WORDS, sentencesOfOutcome } from '../../src/words/replay';

const WELL: LevelOutcome = {
  level: 'SNAPSHOT',
  fault: null,
  ...{ snapshotsTaken: 4, snapshotsLost: 0, lossAtRecord: null, offlineAtRecord: null, access: 'online' },
  ...{ completedWrites: 1_000, failedWrites: 0, uniqueBlocksWritten: 9, copiesPerSnapshot: [9, 0, 0, 0] },
};
const PLAN = { fault: null, snapshotsAt: [0, 250, 500, 750] };

describe('what a replay came to', () => {
  it('is told in a few words when nothing happened', () => {
    expect(sentencesOfOutcome(WELL, PLAN)).toEqual([
      '4 snapshots taken, none lost.',
      'All 1,000 writes were completed.',
    ]);
  });

  it('names the fault, and what gave way', () => {
    const fault = { fault: 8, atRecord: 1_499 } as const;
    const lost = { ...WELL, fault, snapshotsLost: 1, lossAtRecord: 1_499 };
    expect(sentencesOfOutcome(lost, PLAN).slice(0, 2)).toEqual([
      'Fault 8, DIFF_AREA_FULL, was met at record 1,500.',
      '4 snapshots taken, 1 lost, the first of them at record 1,500.',
    ]);

    const blocked = { ...WELL, fault, offlineAtRecord: 1_499, failedWrites: 1, snapshotsTaken: 2 };
    expect(sentencesOfOutcome(blocked, PLAN).slice(1)).toEqual([
      '2 of 4 snapshots taken, none lost.',
      'The volume went offline at record 1,500: 1 write failed, 1,000 were completed.',
    ]);
  });

  it('says so when the fault that was planned was not met', () => {
    const planned = { ...PLAN, fault: { fault: 9, atRecord: 10 } as const };
    expect(sentencesOfOutcome(WELL, planned)[0]).toBe(
      'Fault 9, GROW_TOO_SLOW, was not met: nothing after its cause needed what was broken.',
    );
    const another = { ...WELL, fault: { fault: 8, atRecord: 3 } as const };
    expect(sentencesOfOutcome(another, planned).slice(0, 2)).toEqual([
      'Fault 8, DIFF_AREA_FULL, was met at record 4.',
      'Fault 9, GROW_TOO_SLOW, was not met: nothing after its cause needed what was broken.',
    ]);
  });

  it('says where the blocks lie, and what fits', () => {
    expect(REPLAY_WORDS.places(null)).toMatch(/^The volume has as many blocks as the trace writes to/);
    expect(REPLAY_WORDS.places(64)).toBe(
      'The volume has 64 blocks (1 MiB), each where it lies in the trace.',
    );
    expect(REPLAY_WORDS.fitting(2_000_000, 5)).toMatch(
      /^The trace writes to 2,000,000 blocks .* 1,048,576\. Its/,
    );
  });
});
