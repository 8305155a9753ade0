/** A trace replayed through the real client into the real engine, on a disk in memory. */
import { expect, test } from 'vitest';
import { TraceReplay, type ReplayResult } from '../../src/client/trace-replay.svelte';
import { checkMachine } from '../../src/core/invariants';
import { evenSnapshots } from '../../src/core/replay/replay';
import type { ReplayPlan } from '../../src/core/replay/replay-plan';
import { WORLD_IDS } from '../../src/core/scenario';
import { printLaboratoryFile } from '../../src/formats/print-laboratory';
import type { MemoryDisk } from '../../src/storage/memory-store';
import { recognise } from '../formats/trace/reading';
import { openOnDisk } from './engine-in-page';

const KIB = 1_024;

/** MSR Cambridge: a line a write, of `kib` KiB from block `block` on. */
function traceOf(writes: readonly (readonly [block: number, kib: number])[]): Blob {
  const lines = writes.map(
    ([block, kib], index) =>
      `${128166372000000000n + BigInt(index)},usr,0,Write,${block * 16 * KIB},${kib * KIB},1`,
  );
  return new Blob([`${lines.join('\n')}\n`]);
}

function planOf(records: number, changes: Partial<ReplayPlan> = {}): ReplayPlan {
  const base = { records, snapshotsAt: evenSnapshots(records, 4), device: null, partitionOffsetBytes: 0 };
  const machine = { blockCount: null, worlds: WORLD_IDS, maximumBlocks: null, fault: null };
  return { ...base, ...machine, ...changes };
}

async function replay(file: Blob, plan: ReplayPlan, disk: MemoryDisk = new Map()) {
  const session = await openOnDisk(disk);
  const job = new TraceReplay(session, file);
  const { reading } = recognise(new Uint8Array(await file.slice(0, 4_096).arrayBuffer()));
  return { session, job, reading, run: () => job.run(reading, plan, 'A trace') };
}

function resultOf(job: TraceReplay): ReplayResult {
  if (job.stage.kind !== 'done') throw new Error(JSON.stringify(job.stage));
  return job.stage.result;
}

/** Leaps over 3,000 blocks, twice: five thousand writes, every fourth of several blocks. */
const WRITES = Array.from({ length: 5_000 }, (_, index): readonly [number, number] => [
  (index * 769) % 3_000,
  index % 4 === 0 ? 60 : 8,
]);

test('a trace goes into a laboratory of its own, and what is there agrees with what was counted', async () => {
  const disk: MemoryDisk = new Map();
  const { session, job, run } = await replay(traceOf(WRITES), planOf(WRITES.length), disk);

  await run();

  const { report, outcomes } = resultOf(job);
  expect(report.totals).toMatchObject({ records: 5_000, writes: 5_000, uniqueBlocksWritten: 3_000 });
  for (const outcome of outcomes) {
    expect(outcome.copiesPerSnapshot).toEqual(report.totals.copiesPerSnapshot);
    expect(outcome).toMatchObject({ uniqueBlocksWritten: 3_000, completedWrites: 5_000, failedWrites: 0 });
  }
  expect(session.branch).toMatchObject({ name: 'A trace', origin: { kind: 'own' } });
  expect([session.playback.position, session.problem]).toEqual([session.length, null]);
  expect(session.history!.machines.flatMap(checkMachine)).toEqual([]);

  const again = await openOnDisk(disk);
  expect(again.length).toBe(session.length);
  expect(again.history!.machines).toEqual(session.history!.machines);
  const stored = await again.readStored('on', 'block', 17);
  expect(stored).toMatchObject({ ok: true, value: { agreesWithLog: true } });
});

test('whoever draws the path prepares all of it before anybody is told of it', async () => {
  const { session, run } = await replay(traceOf(WRITES.slice(0, 600)), planOf(600));
  const seen: { readonly carriedOut: number; readonly told: number }[] = [];
  session.beforeTold.add(function* (history) {
    for (let part = 0; part < 3; part += 1) {
      seen.push({ carriedOut: history.length, told: session.length });
      yield;
    }
  });

  await run();

  expect(session.length).toBeGreaterThan(600);
  expect(seen).toEqual(Array.from({ length: 3 }, () => ({ carriedOut: session.length, told: 0 })));
});

test('it can be saved as a file and opened again, and trimmed to its last moment', async () => {
  const { session, run } = await replay(traceOf(WRITES.slice(0, 600)), planOf(600));
  await run();
  const { machines } = session.history!;
  const saved = printLaboratoryFile({ state: session.state!, records: session.records });

  const other = await openOnDisk();
  expect(await other.importLaboratory(saved)).toBe(true);
  expect(other.history!.machines).toEqual(machines);

  session.seek(session.length);
  expect(await session.trim()).toBe(true);
  expect(session.history!.machines).toEqual(machines);
  const stamp = machines[0]!.live.get(17);
  expect(session.history!.recipeOf(0, stamp)).toMatchObject({
    label: expect.stringMatching(/^Block 17 of C:, write \d+ of the replay$/) as string,
  });
});

test('a fault in the middle of it is met, and each level gives up what it gives up', async () => {
  const plan = planOf(WRITES.length, { fault: { fault: 7, atRecord: 2_600 } });
  const { job, run } = await replay(traceOf(WRITES), plan);

  await run();

  const [off, on] = resultOf(job).outcomes;
  // Record 2,500 has begun snapshot 3: the next write copies. Snapshot 4 is taken after the loss, and lost as well.
  expect(off).toMatchObject({ fault: { fault: 7, atRecord: 2_600 }, snapshotsLost: 4, failedWrites: 0 });
  expect(on).toMatchObject({ fault: { fault: 7, atRecord: 2_600 }, snapshotsLost: 0, failedWrites: 2_400 });
});

test('places are those of the device when the plan says so', async () => {
  const { session, job, run } = await replay(
    traceOf([
      [5, 16],
      [40, 32],
    ]),
    planOf(2, { blockCount: 42 }),
  );

  await run();

  const written = [5, 40, 41, 6].map((block) => session.history!.machines[0]!.live.get(block));
  expect(written).toEqual([1, 2, 3, 0]);
  expect(resultOf(job).outcomes).toHaveLength(2);
});

test('a replay that is stopped leaves what it has done', async () => {
  const { session, job, run } = await replay(traceOf(WRITES), planOf(WRITES.length));
  const running = run();
  while (job.stage.kind !== 'replaying') await new Promise((resolve) => setTimeout(resolve));

  job.cancel();
  await running;

  expect(job.stage.kind).toBe('stopped');
  expect(session.branch?.name).toBe('A trace');
  expect(session.history!.machines.flatMap(checkMachine)).toEqual([]);
  expect(session.playback.position).toBe(session.length);
});

test('a trace that writes to more blocks than a machine has begins nothing, and says what fits', async () => {
  const giant = Array.from({ length: 20 }, (_, index): readonly [number, number] => [
    index * 65_536,
    2 ** 20,
  ]);
  const { session, job, run } = await replay(traceOf(giant), planOf(20));
  const { branch } = session;

  await run();

  expect(job.stage).toEqual({ kind: 'tooLarge', fitting: 16 });
  expect(session.branch).toBe(branch);
});

test('a file that gives nothing more ends the replay with that', async () => {
  const file = traceOf(WRITES);
  const { job, run } = await replay(file, planOf(WRITES.length));
  file.slice = () => {
    throw new DOMException('gone', 'NotReadableError');
  };

  await run();

  expect(job.stage).toEqual({ kind: 'failed', problem: null });
});
