/** Going to a moment of a large volume: what is drawn of it is made first, in short tasks, and shown at once. */
import { describe, expect, test, vi } from 'vitest';
import type { Session } from '../../src/client/session.svelte';
import type { Moment } from '../../src/core/history';
import { moveBy } from '../../src/view/timeline/moves';
import { create, write } from '../core/given';
import { openSession } from './local-client';

const LARGE = { blockCount: 200_000, diffVolumeBlocks: 64 };

/** Six commands, and the picture at the end of them. */
async function open(settings: object): Promise<Session> {
  const { session } = await openSession({ settings });
  for (const command of [write(1, '1'), create, write(2, '2'), write(1, '3'), create, write(4, '4')])
    await session.act(command);
  session.seek(session.length);
  await vi.waitFor(() => expect(session.playback.position).toBe(session.length));
  return session;
}

/** Where the n-th command ends. */
function endOf(session: Session, command: number): number {
  const { start, record } = session.history!.entries[command]!;
  return start + record.steps;
}

describe('on a large volume', () => {
  test('the picture stands until everybody has prepared the moment', async () => {
    const session = await open(LARGE);
    const end = session.length;
    const prepared: Moment[] = [];
    const shownMeanwhile: number[] = [];
    session.beforeShown.add(function* (moment) {
      for (let part = 0; part < 3; part += 1) {
        shownMeanwhile.push(session.playback.position);
        yield;
      }
      prepared.push(moment);
    });

    session.seek(endOf(session, 1));

    expect(session.playback.position).toBe(end);
    await vi.waitFor(() => expect(session.playback.position).toBe(endOf(session, 1)));
    expect(shownMeanwhile).toEqual([end, end, end]);
    expect(prepared.map(({ position }) => position)).toEqual([endOf(session, 1)]);
    // What was prepared is what is shown: the same machines, not others that are like them.
    expect(session.worlds.map(({ machine }) => machine)).toEqual(prepared[0]!.machines);
    session.worlds.forEach(({ machine }, index) => expect(machine).toBe(prepared[0]!.machines[index]));
  });

  test('of several seeks only the last one is shown, and nothing more is prepared of the others', async () => {
    const session = await open(LARGE);
    const prepared: number[] = [];
    const positions = new Set<number>();
    session.beforeShown.add(function* ({ position }) {
      for (let part = 0; part < 40; part += 1) {
        const until = performance.now() + 1;
        while (performance.now() < until);
        positions.add(session.playback.position);
        yield;
      }
      prepared.push(position);
    });
    const end = session.length;

    for (const command of [0, 1, 2]) {
      session.seek(endOf(session, command));
      await new Promise((resolve) => setTimeout(resolve, 15));
    }

    await vi.waitFor(() => expect(session.playback.position).toBe(endOf(session, 2)));
    expect(prepared).toEqual([endOf(session, 2)]);
    expect([...positions]).toEqual([end]);
  });

  test('who goes on before the picture has come goes on from where it will be', async () => {
    const session = await open(LARGE);
    const end = session.length;

    for (let press = 0; press < 3; press += 1) void session.undo();
    expect(session.playback.position).toBe(end);
    await vi.waitFor(() => expect(session.playback.position).toBe(endOf(session, 2)));
    for (let press = 0; press < 2; press += 1) session.redo();
    await vi.waitFor(() => expect(session.playback.position).toBe(endOf(session, 4)));
    for (let press = 0; press < 3; press += 1) moveBy(session, 'command', -1);
    await vi.waitFor(() => expect(session.playback.position).toBe(endOf(session, 1)));
    for (let press = 0; press < 2; press += 1) moveBy(session, 'marker', -1);

    // The first snapshot lies in the second command, and nothing before it.
    await vi.waitFor(() => expect(session.playback.position).toBe(0));
    expect(session.goal).toBe(0);
  });

  test('whoever plays meanwhile is not taken away', async () => {
    const session = await open(LARGE);
    session.seek(endOf(session, 1));
    session.playback.playBackward();
    await new Promise((resolve) => setTimeout(resolve, 100));

    expect(session.playback.isPlaying).toBe(true);
    expect(session.playback.position).not.toBe(endOf(session, 1));
  });

  test('within a command nothing has to be prepared', async () => {
    const session = await open(LARGE);
    const prepare = vi.fn(() => []);
    session.beforeShown.add(prepare);

    session.seek(session.length - 1);

    expect(session.playback.position).toBe(session.length - 1);
    expect(prepare).not.toHaveBeenCalled();
  });

  test('whoever is no longer there is not asked', async () => {
    const session = await open(LARGE);
    const prepare = vi.fn(() => []);
    session.beforeShown.add(prepare)();

    session.seek(0);

    await vi.waitFor(() => expect(session.playback.position).toBe(0));
    expect(prepare).not.toHaveBeenCalled();
  });
});

test.each([64, 4_096, 131_072])('a seek on %i blocks is done when it is asked for', async (blockCount) => {
  const session = await open({ blockCount, diffVolumeBlocks: 64 });
  const prepare = vi.fn(() => []);
  session.beforeShown.add(prepare);

  for (const command of [0, 4, 2]) {
    session.seek(endOf(session, command));
    expect(session.playback.position).toBe(endOf(session, command));
  }
  expect(prepare).not.toHaveBeenCalled();
});
