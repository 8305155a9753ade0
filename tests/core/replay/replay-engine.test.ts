/** A trace replayed by the engine: what it copies is what the counting says, and every fault is met on the way. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAXIMUM_BLOCK_COUNT } from '../../../src/core/block';
import { decide } from '../../../src/core/decide/decide';
import type { FaultNumber } from '../../../src/core/fault';
import { checkMachine } from '../../../src/core/invariants';
import { createMachine, DEFAULT_SETTINGS, existingSnapshots } from '../../../src/core/machine';
import { snapshotStamps } from '../../../src/core/read-path';
import { recordOfCopy } from '../../../src/core/replay/copy-curve';
import { RankedBlocks } from '../../../src/core/replay/ranked-blocks';
import { evenSnapshots } from '../../../src/core/replay/replay';
import type { ReplayPlan } from '../../../src/core/replay/replay-plan';
import { WORLD_IDS } from '../../../src/core/scenario';
import { batchOf, blocks, READING, write, type Request } from './batches';
import { replayThrough, type BatchSource, type Replayed } from './replaying';

const sourceOf =
  (requests: readonly Request[], size = 7): BatchSource =>
  (take) => {
    for (let from = 0; from < requests.length; from += size) take(batchOf(requests.slice(from, from + size)));
  };

function planOf(records: number, changes: Partial<ReplayPlan> = {}): ReplayPlan {
  const base = { records, snapshotsAt: evenSnapshots(records, 4), device: null, partitionOffsetBytes: 0 };
  const machine = { blockCount: null, worlds: WORLD_IDS, maximumBlocks: null, fault: null } as const;
  return { ...base, ...machine, ...changes };
}

function replayed(requests: readonly Request[], changes: Partial<ReplayPlan> = {}): Replayed {
  return replayThrough(sourceOf(requests), planOf(requests.length, changes));
}

/** Anything a trace may hold: unaligned, of several devices, far apart, overlapping, of nothing, and reads. */
const request: fc.Arbitrary<Request> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.nat(600_000), fc.nat(80_000), fc.nat(2)).map((at) => write(...at)) },
  { weight: 2, arbitrary: fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 5 })).map((at) => blocks(...at)) },
  { weight: 1, arbitrary: fc.nat(5).map((far) => blocks(2 ** 38 + far, 2, 1)) },
  { weight: 1, arbitrary: fc.constant(READING) },
);
const trace = fc.array(request, { minLength: 1, maxLength: 120 });

describe('a replay through the engine', () => {
  test('copies what the counting says, in both worlds, and breaks no rule', () => {
    fc.assert(
      fc.property(trace, (requests) => {
        const { outcomes, report, history, refused } = replayed(requests);
        expect(refused).toEqual([]);
        for (const outcome of outcomes) {
          expect(outcome.copiesPerSnapshot).toEqual(report.totals.copiesPerSnapshot);
          expect(outcome.uniqueBlocksWritten).toBe(report.totals.uniqueBlocksWritten);
          expect(outcome).toMatchObject({
            fault: null,
            failedWrites: 0,
            snapshotsTaken: 4,
            snapshotsLost: 0,
          });
        }
        expect(history.machines.flatMap(checkMachine)).toEqual([]);
      }),
    );
  });

  test('leaves in every snapshot the stamps that the blocks had when it was taken', () => {
    fc.assert(
      fc.property(trace, (requests) => {
        const { commands, history } = replayed(requests);
        const live = new Array<number>(history.scenario.settings.blockCount).fill(0);
        const kept: (readonly number[])[] = [];
        let stamp = 1;
        for (const command of commands) {
          if (command.type === 'createSnapshot') kept.push([...live]);
          if (command.type !== 'replayWrites') continue;
          for (let at = 0; at < command.writes.length; at += 2) {
            const [first, count] = [command.writes[at]!, command.writes[at + 1]!];
            for (let block = first; block < first + count; block += 1) live[block] = stamp++;
          }
        }
        for (const machine of history.machines) {
          expect(live.map((_, block) => machine.live.get(block))).toEqual(live);
          const found = existingSnapshots(machine).map(({ snapshot }) => [
            ...snapshotStamps(machine, snapshot),
          ]);
          expect(found).toEqual(kept);
        }
      }),
    );
  });

  test('is full at the copy that the counting names, whatever the maximum', () => {
    fc.assert(
      fc.property(trace, fc.nat(1_000), (requests, choice) => {
        const { totals } = replayed(requests).report;
        const maximumBlocks = 1 + (choice % Math.max(1, totals.copies));
        const { outcomes, report } = replayed(requests, { maximumBlocks, snapshotsAt: [0] });
        const [off, on] = outcomes;
        const full =
          report.totals.copies > maximumBlocks
            ? { fault: 8, atRecord: recordOfCopy(report.copyCurve, maximumBlocks + 1).earliest }
            : null;
        expect(off!.fault).toEqual(full);
        expect(on!.fault).toEqual(full);
        expect(off).toMatchObject({ failedWrites: 0, lossAtRecord: full?.atRecord ?? null });
        expect(on).toMatchObject({ snapshotsLost: 0, offlineAtRecord: full?.atRecord ?? null });
        expect(on!.failedWrites > 0).toBe(full !== null);
      }),
    );
  });

  test('tells in every block which write of the replay it is of', () => {
    const requests = [blocks(5, 3), READING, blocks(900, 2), blocks(6, 1)];
    const { history } = replayed(requests, { snapshotsAt: [0] });
    const [machine] = history.machines;
    const labels = [0, 1, 2, 3, 4].map((block) => history.recipeOf(0, machine!.live.get(block)));

    expect(labels.map((recipe) => 'label' in recipe && recipe.label)).toEqual([
      'Block 0 of C:, write 1 of the replay',
      'Block 1 of C:, write 3 of the replay',
      'Block 2 of C:, write 1 of the replay',
      'Block 3 of C:, write 2 of the replay',
      'Block 4 of C:, write 2 of the replay',
    ]);
  });

  test('takes a write of many blocks in pieces, and many writes in stretches', () => {
    const { commands, outcomes, report } = replayed([
      blocks(0, 10_000),
      ...Array.from({ length: 600 }, (_, index) => blocks(index * 2)),
    ]);
    const writes = commands.flatMap((command) => (command.type === 'replayWrites' ? [command] : []));

    expect(writes.map((command) => command.writes.length / 2)).toEqual([1, 1, 150, 150, 150, 151]);
    expect(writes.map(({ from }) => from)).toEqual([0, 1, 2, 152, 302, 452]);
    expect(outcomes[0]!.copiesPerSnapshot).toEqual(report.totals.copiesPerSnapshot);
    expect(outcomes[0]!.completedWrites).toBe(603);
  });

  test('is refused in stretches that are too long, or that are no pairs', () => {
    const machine = createMachine({ ...DEFAULT_SETTINGS, blockCount: 5_000 }, 'SNAPSHOT');
    const refusalOf = (writes: readonly number[]) => {
      const decided = decide(machine, { type: 'replayWrites', from: 0, writes: Uint32Array.from(writes) });
      return decided.ok ? null : decided.problem;
    };
    const pairs = (count: number) => Array.from({ length: 2 * count }, () => 1);

    expect([refusalOf(pairs(256)), refusalOf([904, 4_096])]).toEqual([null, null]);
    expect(refusalOf(pairs(257))).toEqual({ code: 'countInvalid', count: 257 });
    expect(refusalOf([0, 4_000, 0, 97])).toEqual({ code: 'countInvalid', count: 4_097 });
    expect(refusalOf([])).toEqual({ code: 'countInvalid', count: 0 });
    expect(refusalOf([0, 1, 2])).toEqual({ code: 'countInvalid', count: 1.5 });
    expect(refusalOf([905, 4_096])).toEqual({ code: 'blockOutsideVolume', block: 5_000, blockCount: 5_000 });
  });

  test('ends after the first records when not all are wanted', () => {
    const requests = Array.from({ length: 40 }, (_, index) => blocks(index));
    const { report, outcomes } = replayThrough(sourceOf(requests), planOf(10));

    expect(report.totals).toMatchObject({ records: 10, writes: 10, uniqueBlocksWritten: 10 });
    expect(outcomes[0]).toMatchObject({ completedWrites: 10, uniqueBlocksWritten: 10 });
  });
});

/** Two rounds over 200 blocks in leaps, each block for itself: copies all the way. */
const BUSY = Array.from({ length: 400 }, (_, index) => blocks((index * 77) % 200));

/** Cause by cause what else happens at level ORIGINAL_VOLUME: the table of the design, section 9. */
const LOSES_OLDEST: readonly FaultNumber[] = [8];

const FAULTS = Array.from({ length: 16 }, (_, index) => (index + 1) as FaultNumber);

describe.each(FAULTS)('fault %d in the middle of a replay', (fault) => {
  const { outcomes, history } = replayed(BUSY, { fault: { fault, atRecord: 200 } });
  const [off, on] = outcomes;

  test('is met by its cause, and nothing is met before it', () => {
    expect(off!.fault?.fault).toBe(fault);
    expect(on!.fault?.fault).toBe(fault);
    expect(Math.min(off!.fault!.atRecord, on!.fault!.atRecord)).toBeGreaterThanOrEqual(200);
  });

  test('costs snapshots at level ORIGINAL_VOLUME, and no write', () => {
    expect(off!.lossAtRecord).toBe(off!.fault!.atRecord);
    expect(off!.snapshotsLost).toBeGreaterThanOrEqual(LOSES_OLDEST.includes(fault) ? 1 : 2);
    expect(off!.offlineAtRecord).toBeNull();
    // Only while an administrator or the cluster has the volume offline, which is before the next record.
    expect(off!.failedWrites).toBe(0);
  });

  test('costs writes at level SNAPSHOT, and no snapshot', () => {
    expect(on!.snapshotsLost).toBe(0);
    expect(on!.access).toBe('offlineForProtection');
    expect(on!.offlineAtRecord).toBe(on!.fault!.atRecord);
    expect(on!.failedWrites).toBe(400 - on!.offlineAtRecord!);
    expect(on!.completedWrites).toBe(on!.offlineAtRecord);
    expect(history.machines[1]!.fault).toBe(fault);
  });
});

test('a diff area that is to be full is full at the next copy, also when the first snapshot came late', () => {
  const { outcomes } = replayed(BUSY, { snapshotsAt: [100], fault: { fault: 8, atRecord: 150 } });

  expect(outcomes.map(({ fault }) => fault)).toEqual([
    { fault: 8, atRecord: 150 },
    { fault: 8, atRecord: 150 },
  ]);
});

describe('blocks in their order', () => {
  const collected = (requests: readonly Request[], limit: number): RankedBlocks => {
    const ranked = new RankedBlocks(planOf(requests.length), limit);
    sourceOf(requests)((batch) => ranked.add(batch));
    ranked.rank();
    return ranked;
  };

  test('keep their neighbours, and devices come one after the other', () => {
    const ranked = collected([blocks(70, 3, 1), blocks(9), blocks(2 ** 38), blocks(69, 2, 1)], 100);

    expect(ranked.size).toBe(6);
    expect([9, 2 ** 38].map((block) => ranked.numberOf(0, block))).toEqual([0, 1]);
    expect([69, 70, 71, 72].map((block) => ranked.numberOf(1, block))).toEqual([2, 3, 4, 5]);
  });

  test('end with the first record that does not fit', () => {
    const ranked = collected([blocks(0, 3), READING, blocks(1, 2), blocks(2, 3), blocks(0)], 4);

    expect(ranked.fittingRecords).toBe(3);
    expect(collected([blocks(0, 3), READING], MAXIMUM_BLOCK_COUNT).fittingRecords).toBe(2);
  });
});
