import { render } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import type { FaultNumber } from '../../../src/core/fault';
import { runOfFault } from '../../../src/core/run-of-fault';
import Lab from '../../../src/view/lab/Lab.svelte';
import { LabSelection } from '../../../src/view/lab/selection.svelte';
import { openSession, perform } from '../../client/local-client';

const FRAME_MS = 1000 / 60;

/** To a tenth of a pixel, and not at the border between two: sums of times differ in their last digits. */
function rounded(text: string): string {
  return text.replace(/\d+(\.\d+)?(e-\d+)?/g, (number) => (Number(number) + 0.0123).toFixed(1));
}

/** The whole lab over the built-in run of a fault, and a clock that is moved by hand. */
async function openRun(fault: FaultNumber) {
  let pending: ((nowMs: number) => void) | null = null;
  const { settings, commands } = runOfFault(fault);
  const { session } = await openSession({
    settings,
    schedule: (callback) => {
      pending = callback;
    },
  });
  await perform(session, commands);
  const selection = new LabSelection();
  const { container } = render(Lab, { session, selection });
  await expect.poll(() => container.querySelectorAll('svg.motion').length, { timeout: 10_000 }).toBe(2);
  let nowMs = 0;
  function nextFrame(): void {
    nowMs += FRAME_MS;
    const callback = pending;
    pending = null;
    callback?.(nowMs);
    flushSync();
  }
  const picture = (): string =>
    rounded([...container.querySelectorAll('.stage')].map((stage) => stage.innerHTML).join('\n'));
  return { session, selection, container, nextFrame, picture };
}

test('played backward the stage shows the same frames, element by element', async () => {
  const { session, nextFrame, picture } = await openRun(7);
  const { playback } = session;
  const frames = new Map<number, string>();
  const start = 36;
  session.seek(start);
  playback.play();
  while (playback.position < start + 6) {
    nextFrame();
    frames.set(Math.round(playback.time * 1e6), picture());
  }
  playback.playBackward();
  let compared = 0;
  const different: number[] = [];
  while (playback.time > start + 0.1) {
    nextFrame();
    const forward = frames.get(Math.round(playback.time * 1e6));
    // At a border itself, the last digit decides on which side of it the frame falls.
    const isBorder = Math.abs(playback.time - Math.round(playback.time)) < 1e-6;
    if (forward === undefined || isBorder) continue;
    compared += 1;
    if (forward !== picture()) different.push(playback.time);
  }
  expect(different).toEqual([]);
  expect(compared).toBeGreaterThan(150);
});

test('acting in mid-flight finishes what is under way, without a jump', async () => {
  const { session, nextFrame } = await openRun(11);
  const { playback } = session;
  session.seek(25);
  playback.stepForward();
  while (playback.progress < 0.4) nextFrame();
  playback.pause();
  const stopped = playback.time;
  const isCarriedOut = await session.act({ type: 'break', condition: { name: 'diffDataWritesFail' } });
  flushSync();

  expect(isCarriedOut).toBe(true);
  expect(playback.time).toBeGreaterThanOrEqual(stopped);
  expect(playback.time).toBeLessThan(stopped + 0.2);
  while (playback.isPlaying) nextFrame();
  expect(playback.time).toBe(session.length);
});

test('looking through a snapshot says that nothing moves there', async () => {
  const { selection, session, container } = await openRun(11);
  session.seek(28);
  selection.look(1);
  flushSync();

  expect(container.querySelectorAll('svg.motion')).toHaveLength(0);
  expect(container.querySelector('.shelf')).toHaveTextContent('as snapshot 1 keeps it: nothing moves here');
});

test('a snapshot that was deleted as asked is told from one that was lost', async () => {
  const { session, container } = await openRun(11);
  session.seek(29);
  await session.act({ type: 'deleteSnapshot', snapshot: 1 });
  session.seek(session.length);
  flushSync();
  const asked = [...container.querySelectorAll('[data-card="1"]')];
  expect(asked).toHaveLength(2);
  for (const card of asked) {
    expect(card).toHaveTextContent('deleted as asked');
    expect(card.querySelectorAll('line')).toHaveLength(1);
  }

  const lost = await openRun(7);
  const [off] = lost.container.querySelectorAll('[data-card="1"]');
  expect(off).toHaveTextContent('lost');
  expect(off?.querySelectorAll('line')).toHaveLength(2);
});
