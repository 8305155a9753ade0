import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/core/command';
import { decide } from '../../../src/core/decide/decide';
import type { Event } from '../../../src/core/event';
import { fold } from '../../../src/core/evolve';
import { createMachine, DEFAULT_SETTINGS, existingSnapshots } from '../../../src/core/machine';
import type { ProtectionLevel } from '../../../src/core/protection';
import { tooSmall } from '../../../src/core/replay/shadow-storage';
import { blocks, replayed } from './batches';

/** Snapshots before records 0, 2 and 4: copies of blocks 0 and 1; of 0; of 2, 3 and 4. */
const TRACE = [blocks(0), blocks(1), blocks(0), blocks(0), blocks(2), blocks(3), blocks(4)];
const REPORT = replayed(TRACE, { snapshotsAt: [0, 2, 4] });

describe('how large the diff area must be', () => {
  test('as many blocks as there are copies are enough, and no fewer', () => {
    expect(REPORT.totals.copies).toBe(6);
    expect([0, 5, 6, 7].map((size) => tooSmall(REPORT, size) === null)).toEqual([false, false, true, true]);
  });

  test('one too small meets its end at the record that needs the next copy', () => {
    const records = [0, 1, 2, 3, 4, 5].map((size) => tooSmall(REPORT, size)?.record);

    expect(records).toEqual([0, 1, 2, 4, 5, 6].map((record) => ({ earliest: record, latest: record })));
  });

  test('the oldest snapshots give way as long as they give a slot back, or all are lost', () => {
    const lossAt = (size: number): unknown => tooSmall(REPORT, size)?.originalVolume.atMaximum;

    expect([0, 1, 2, 3, 4].map(lossAt)).toEqual([
      { kind: 'allLost', lost: 1 },
      { kind: 'allLost', lost: 1 },
      { kind: 'oldestDeleted', deleted: 1, left: 1 },
      { kind: 'oldestDeleted', deleted: 1, left: 2 },
      { kind: 'oldestDeleted', deleted: 1, left: 2 },
    ]);
    // Two snapshots before anything is written: the older one has nothing to give.
    const report = replayed([blocks(0), blocks(1)], { snapshotsAt: [0, 0] });
    expect(tooSmall(report, 1)?.originalVolume.atMaximum).toEqual({ kind: 'allLost', lost: 2 });
  });

  test('under protection every snapshot is kept; a full diff volume loses them all', () => {
    expect(tooSmall(REPORT, 3)).toMatchObject({
      derivedBy: 'counting',
      snapshots: 3,
      originalVolume: { atCapacity: { kind: 'allLost', lost: 3 } },
      snapshot: { kind: 'offline', kept: 3 },
    });
  });
});

interface Outcome {
  readonly record: number;
  readonly snapshots: number;
  readonly deleted: number;
  readonly isOffline: boolean;
}

/** Lets the simulated machine write the blocks, with a diff area that cannot grow, to the first record that fails it. */
function simulate(
  level: ProtectionLevel,
  size: number,
  written: readonly number[],
  snapshotsAt: readonly number[],
): Outcome | 'refused' | null {
  const settings = {
    ...DEFAULT_SETTINGS,
    ...{ blockCount: 16, diffVolumeBlocks: 64, initialBlocks: size, maximumBlocks: size },
  };
  let machine = createMachine(settings, level);
  const carryOut = (command: Command): readonly Event[] | null => {
    const decided = decide(machine, command);
    if (!decided.ok) return null;
    machine = fold(machine, decided.value);
    return decided.value;
  };
  for (const [record, block] of written.entries()) {
    for (const _ of snapshotsAt.filter((at) => at === record)) {
      if (carryOut({ type: 'createSnapshot' }) === null) return 'refused';
    }
    const snapshots = existingSnapshots(machine).length;
    const content = { kind: 'pattern', seed: record } as const;
    const events = carryOut({ type: 'write', block, count: 1, content }) ?? [];
    if (events.some((event) => event.type === 'faultMet')) {
      const deleted = snapshots - existingSnapshots(machine).length;
      return { record, snapshots, deleted, isOffline: machine.access === 'offlineForProtection' };
    }
  }
  return null;
}

test('the machine meets the same end', () => {
  const traces = fc.array(fc.nat(15), { minLength: 1, maxLength: 40 });
  const moments = fc
    .array(fc.nat(20), { minLength: 1, maxLength: 5 })
    .map((all) => [0, ...all].sort((a, b) => a - b));
  let compared = 0;

  fc.assert(
    fc.property(traces, moments, fc.integer({ min: 1, max: 20 }), (written, snapshotsAt, size) => {
      const report = replayed(
        written.map((block) => blocks(block)),
        { snapshotsAt },
      );
      const counted = tooSmall(report, size);
      const unprotected = simulate('ORIGINAL_VOLUME', size, written, snapshotsAt);
      const kept = simulate('SNAPSHOT', size, written, snapshotsAt);
      // A full area refuses another snapshot: then the rest of the trace is another one.
      fc.pre(unprotected !== 'refused' && kept !== 'refused');
      if (counted === null) {
        expect([unprotected, kept]).toEqual([null, null]);
        return;
      }
      compared += 1;
      const { atMaximum } = counted.originalVolume;
      const deleted = atMaximum.kind === 'allLost' ? atMaximum.lost : atMaximum.deleted;
      const { snapshots } = counted;
      const record = counted.record.earliest;
      expect(unprotected).toEqual({ record, snapshots, deleted, isOffline: false });
      expect(kept).toEqual({ record, snapshots, deleted: 0, isOffline: true });
    }),
    { numRuns: 300 },
  );
  expect(compared).toBeGreaterThan(50);
});
