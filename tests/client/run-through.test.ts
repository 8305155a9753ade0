/** Long work on the page's side: with the real engine behind the real client, taken in while the page goes on. */
import { expect, test, vi } from 'vitest';
import type { Session } from '../../src/client/session.svelte';
import type { Command } from '../../src/core/command';
import type { Instruction } from '../../src/core/scenario';
import type { MemoryDisk } from '../../src/storage/memory-store';
import { create, write } from '../core/given';
import { openOnDisk } from './engine-in-page';
import { openSession, perform } from './local-client';

async function* instructions(commands: Iterable<Command>, onNext?: () => void): AsyncGenerator<Instruction> {
  for (const command of commands) {
    onNext?.();
    // As what comes from a file does.
    await Promise.resolve();
    yield { command, worlds: ['off', 'on'] };
  }
}

function writes(count: number): readonly Command[] {
  return Array.from({ length: count }, (_, index) => write(index % 64, `write ${index}`));
}

const NEVER = new AbortController().signal;

function fingerprintsOf(session: Session): readonly (readonly number[])[] {
  return session.history!.entries.map(({ record }) => record.fingerprints);
}

test('a run is carried out in its order, and the page hears of all of it at its end', async () => {
  const disk: MemoryDisk = new Map();
  const session = await openOnDisk(disk);
  const before = session.length;
  const lengths = new Set<number>();

  const done = await session.runThrough(
    instructions([create, ...writes(60)], () => lengths.add(session.length)),
    NEVER,
  );

  expect(done).toEqual({ carriedOut: 61, refused: 0, stoppedBy: null });
  expect([...lengths]).toEqual([before]);
  expect(session.length).toBe(session.history!.length);
  const commands = session.history!.entries.slice(-60).map(({ record }) => record.instruction.command);
  expect(commands).toEqual(writes(60));
  const again = await openOnDisk(disk);
  expect(fingerprintsOf(again)).toEqual(fingerprintsOf(session));
  expect(again.length).toBe(session.length);
});

test('what every world refuses is counted, and the run goes on', async () => {
  const session = await openOnDisk();
  const unknown: Command = { type: 'deleteSnapshot', snapshot: 99 };

  const done = await session.runThrough(instructions([unknown, ...writes(3), unknown]), NEVER);

  expect(done).toEqual({ carriedOut: 3, refused: 2, stoppedBy: null });
  expect(session.turnedDown).toBeNull();
});

test('a run that is stopped asks for nothing more, and keeps what is under way', async () => {
  const disk: MemoryDisk = new Map();
  const session = await openOnDisk(disk);
  const entries = session.history!.entries.length;
  const stop = new AbortController();
  let asked = 0;
  const counted = instructions(writes(1_000), () => {
    asked += 1;
    if (asked === 40) stop.abort();
  });

  const done = await session.runThrough(counted, stop.signal);

  expect(asked).toBe(40);
  expect(done).toEqual({ carriedOut: 39, refused: 0, stoppedBy: { kind: 'cancelled' } });
  expect(session.history!.entries.length).toBe(entries + 39);
  expect(fingerprintsOf(await openOnDisk(disk))).toEqual(fingerprintsOf(session));
});

test('what fails to come ends the run after what is under way was kept', async () => {
  const session = await openOnDisk();
  const entries = session.history!.entries.length;
  const broken = instructions(writes(1_000), () => {
    if (session.records.length === entries) return;
    throw new Error('the file is gone');
  });

  await expect(session.runThrough(broken, NEVER)).rejects.toThrow('the file is gone');
  expect(session.history!.entries.length).toBeGreaterThan(entries);
  expect(session.length).toBe(session.history!.length);
});

test('a long burst is taken in part by part, and played from where it began', async () => {
  const { session, worker } = await openSession();
  await perform(session, [create]);
  const start = session.length;
  worker.isHeld = true;
  const burst: Command = {
    ...{ type: 'writeBurst', order: 'random', block: 0, span: 64 },
    ...{ from: 0, writes: 150, seed: 7 },
  };

  const acting = session.act(burst);
  const lengths: number[] = [];
  for (const done of [1, 2, 3]) {
    await vi.waitFor(() => expect(session.progress).toEqual({ done, total: 3 }));
    await vi.waitFor(() => expect(session.length).toBeGreaterThan(lengths.at(-1) ?? start));
    lengths.push(session.length);
    worker.release();
  }

  expect(await acting).toBe(true);
  expect(session.length).toBe(lengths.at(-1));
  expect(session.playback.isPlaying).toBe(true);
  expect(session.playback.time).toBeLessThan(lengths[0]!);
  expect(session.history!.machines[0]!.host.completed).toBe(150);
});
