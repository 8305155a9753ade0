import { expect, it } from 'vitest';
import { SPEEDS, type Speed } from '../../../src/client/playback.svelte';
import type { Session } from '../../../src/client/session.svelte';
import type { Command } from '../../../src/core/command';
import { liveCells, slotCells } from '../../../src/drawing/cells';
import type { Mark } from '../../../src/drawing/motion/mark';
import { marksOf } from '../../../src/drawing/motion/marks';
import { openSession, perform } from '../../client/local-client';
import { STAGE } from './stage';

const FRAME_MS = 1000 / 60;

/** Going on and off again: more often than this within a second is not allowed (WCAG 2.3.1). */
const MOST_FLASHES = 3;

/** The side of the squares that the stage is looked at in, in pixels: the size of a cell. */
const SQUARE_PX = 20;

const burst = (order: 'sequential' | 'random', writes: number): Command => ({
  type: 'writeBurst',
  order,
  block: 0,
  span: 32,
  from: 0,
  writes,
  seed: 7,
});

/** Long enough to go on for seconds at every speed: copies, growth, purges, the loss, snapshots that come and go. */
const BURSTS: readonly Command[] = [
  burst('sequential', 32),
  { type: 'createSnapshot' },
  burst('random', 160),
  { type: 'createSnapshot' },
  burst('random', 160),
  ...Array.from({ length: 40 }, (_, index): readonly Command[] => [
    { type: 'createSnapshot' },
    burst('random', 2),
    { type: 'takeOffline' },
    { type: 'bringOnline' },
    { type: 'read', block: index, from: 'live' },
  ]).flat(),
];

/** A session at the start of the bursts, and a clock that is moved by hand. */
async function atStart() {
  let pending: ((nowMs: number) => void) | null = null;
  const { session } = await openSession({
    worlds: ['off'],
    schedule: (callback) => {
      pending = callback;
    },
  });
  await perform(session, BURSTS);
  session.seek(0);
  let nowMs = 0;
  function nextFrame(): void {
    nowMs += FRAME_MS;
    const callback = pending;
    pending = null;
    callback?.(nowMs);
  }
  return { session, nextFrame };
}

/** What can be seen in a frame: each kind of mark with the square that it lies in, and the state of every cell. */
function seenIn(session: Session): ReadonlySet<string> {
  const [world] = session.worlds;
  if (world === undefined) throw new Error('There is no world');
  const { machine, event, lastEvent: last, traces, burst: counts } = world;
  const input = { machine, event, progress: session.playback.progress, last, traces, burst: counts };
  const marks = marksOf(input, STAGE).filter((mark) => !('opacity' in mark) || mark.opacity > 0.1);
  return new Set([
    ...marks.map((mark) => `${mark.kind} ${squareOf(mark)}`),
    ...slotCells(machine).flatMap(({ slot, state }) => (state === 'used' ? [`slot ${slot}`] : [])),
    ...liveCells(machine, null).flatMap(({ block, isNeeded }) => (isNeeded ? [`needed ${block}`] : [])),
    ...(machine.access === 'online' ? [] : ['gate shut']),
  ]);
}

function squareOf(mark: Mark): string {
  const at =
    'rect' in mark ? mark.rect : 'points' in mark ? mark.points[0] : mark.kind === 'line' ? mark.to : mark.at;
  return at === undefined ? '' : `${Math.round(at.x / SQUARE_PX)},${Math.round(at.y / SQUARE_PX)}`;
}

/** The most flashes of one thing within a second: how often it came on, having been off. */
function mostFlashes(frames: readonly ReadonlySet<string>[]): readonly [thing: string, flashes: number] {
  const cameOn = new Map<string, number[]>();
  let most: readonly [string, number] = ['nothing', 0];
  frames.forEach((seen, frame) => {
    for (const thing of seen) {
      if (frames[frame - 1]?.has(thing) !== false) continue;
      const times = [...(cameOn.get(thing) ?? []), frame * FRAME_MS].filter(
        (time) => time > frame * FRAME_MS - 1000,
      );
      cameOn.set(thing, times);
      if (times.length > most[1]) most = [thing, times.length];
    }
  });
  return most;
}

/** Frames of three seconds: a minute of them at each speed would show the same. */
function watch(session: Session, nextFrame: () => void): readonly ReadonlySet<string>[] {
  return Array.from({ length: 180 }, () => {
    nextFrame();
    return seenIn(session);
  });
}

it.for(SPEEDS.filter((speed) => speed >= 1))(
  'at speed %d nothing flashes more than three times a second',
  async (speed) => {
    const { session, nextFrame } = await atStart();
    // From where a copy is made with every write, and from where snapshots come and go.
    for (const from of [0.1, 0.4, 0.9]) {
      session.seek(Math.floor(session.length * from));
      session.playback.setSpeed(speed);
      session.playback.play();
      const [thing, flashes] = mostFlashes(watch(session, nextFrame));
      expect(flashes, thing).toBeLessThanOrEqual(MOST_FLASHES);
    }
  },
);

it('stages that were drawn one by one at that speed would flash', async () => {
  const { session, nextFrame } = await atStart();
  session.seek(Math.floor(session.length * 0.4));
  const frames = Array.from({ length: 120 }, () => {
    // Short runs are not merged, so this is what a burst would look like without.
    session.playback.setSpeed(8 satisfies Speed);
    if (!session.playback.isPlaying) session.playback.playTo(session.playback.position + 5);
    nextFrame();
    return seenIn(session);
  });
  expect(mostFlashes(frames)[1]).toBeGreaterThan(MOST_FLASHES);
});

it('backward is no different', async () => {
  const { session, nextFrame } = await atStart();
  session.seek(Math.floor(session.length * 0.6));
  session.playback.setSpeed(16);
  session.playback.playBackward();
  const [thing, flashes] = mostFlashes(watch(session, nextFrame));
  expect(flashes, thing).toBeLessThanOrEqual(MOST_FLASHES);
});

it('keys held down do not make it flash', async () => {
  const { session, nextFrame } = await atStart();
  session.seek(Math.floor(session.length * 0.4));
  const frames = Array.from({ length: 180 }, (_, frame) => {
    if (frame % 2 === 0) session.playback.stepForward();
    nextFrame();
    return seenIn(session);
  });
  const [thing, flashes] = mostFlashes(frames);
  expect(flashes, thing).toBeLessThanOrEqual(MOST_FLASHES);
  expect(session.playback.position).toBeGreaterThan(session.length * 0.4 + 80);
});

it('text of a burst changes at most three times a second and names what was done', async () => {
  const { session, nextFrame } = await atStart();
  session.seek(Math.floor(session.length * 0.1));
  session.playback.setSpeed(16);
  session.playback.play();
  const told = Array.from({ length: 120 }, () => {
    nextFrame();
    const counts = session.worlds[0]?.burst ?? null;
    return counts === null ? 'none' : `${counts.requests} ${counts.copies} ${counts.host.completed}`;
  });
  const changes = told.filter((text, frame) => frame > 0 && text !== told[frame - 1]).length;

  expect(changes).toBeGreaterThan(2);
  expect(changes).toBeLessThanOrEqual(6);
  expect(told).not.toContain('none');
  expect(session.worlds[0]?.event).toBeNull();
});
