import { render } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { page } from 'vitest/browser';
import { afterEach, describe, expect, test } from 'vitest';
import type { FaultNumber } from '../../../src/core/fault';
import { runOfFault } from '../../../src/core/run-of-fault';
import type { WorldId } from '../../../src/core/scenario';
import '../../../src/view/base.css';
import Lab from '../../../src/view/lab/Lab.svelte';
import { LabSelection } from '../../../src/view/lab/selection.svelte';
import '../../../src/view/tokens.css';
import { openSession, perform } from '../../client/local-client';

afterEach(() => {
  delete document.documentElement.dataset['projector'];
  delete document.documentElement.dataset['theme'];
});

async function openRun(
  fault: FaultNumber,
  worlds: readonly WorldId[],
  width: number,
  height: number,
  moving: { readonly schedule?: (callback: (nowMs: number) => void) => void } = {},
) {
  await page.viewport(width, height);
  const { settings, commands } = runOfFault(fault);
  const { session } = await openSession({ settings, worlds, ...moving });
  await perform(session, commands);
  const { container } = render(Lab, { session, selection: new LabSelection() });
  await expect
    .poll(() => container.querySelectorAll('svg.motion').length, { timeout: 30_000 })
    .toBe(worlds.length);
  return { session, container };
}

/** Everything that is written on a stage, but for the numbers of the blocks. */
function wordsOn(
  stage: Element,
): readonly { readonly text: string; readonly box: DOMRect; readonly px: number }[] {
  const words = [];
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) {
    const { currentNode: node } = walker;
    const parent = node.parentElement!;
    const text = node.textContent?.trim() ?? '';
    if (text === '' || parent.closest('[role="grid"], .parcel, .visually-hidden') !== null) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const px = parseFloat(getComputedStyle(parent).fontSize);
    words.push({ text, box: range.getBoundingClientRect(), px });
  }
  return words;
}

function touch(one: DOMRect, other: DOMRect): boolean {
  const slack = 2;
  return (
    one.left < other.right - slack &&
    one.right > other.left + slack &&
    one.top < other.bottom - slack &&
    one.bottom > other.top + slack
  );
}

describe('on a phone', () => {
  test.each([8, 11] as const)('in the run of fault %i nothing that waits lies on a word', async (fault) => {
    const { session, container } = await openRun(fault, ['on'], 360, 740);
    const stage = container.querySelector('.stage')!;
    const covered: string[] = [];
    let parcels = 0;
    for (let position = 0; position <= session.length; position += 1) {
      session.seek(position);
      flushSync();
      for (const parcel of stage.querySelectorAll('.parcel')) {
        const box = parcel.getBoundingClientRect();
        parcels += 1;
        covered.push(...wordsOn(stage).flatMap(({ text, box: word }) => (touch(box, word) ? [text] : [])));
      }
    }
    expect(parcels).toBeGreaterThan(15);
    expect([...new Set(covered)]).toEqual([]);
  });

  test('a world is hardly taller than the screen, and no wider', async () => {
    const { container } = await openRun(8, ['on'], 360, 740);
    const { height, right } = container.querySelector('.stage')!.getBoundingClientRect();

    expect(height).toBeLessThan(740);
    expect(right).toBeLessThanOrEqual(360);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
  });
});

/**
 * The last row of a classroom sits six heights of the picture away: 8 m from a picture of 1.33 m. A letter can just be
 * told at 5 minutes of arc; a capital has about 0.7 of the size of its font.
 */
const AWAY_MM = 8_000;
const PICTURE_MM = AWAY_MM / 6;
const CAPITAL = 0.7;

function minutesOfArc(fontPx: number, screenPx: number): number {
  const capitalMm = (fontPx * CAPITAL * PICTURE_MM) / screenPx;
  return (Math.atan(capitalMm / AWAY_MM) * 180 * 60) / Math.PI;
}

describe('on a projector', () => {
  test.each([
    [1280, 720],
    [1920, 1080],
  ])(
    'of %i by %i no word lies on another one, and each can be read from the last row',
    async (width, height) => {
      document.documentElement.dataset['projector'] = '';
      const { session, container } = await openRun(8, ['off', 'on'], width, height);
      for (const position of [60, session.length]) {
        session.seek(position);
        flushSync();
        for (const stage of container.querySelectorAll('.stage')) {
          const words = wordsOn(stage);
          const collisions = words.flatMap(({ text, box }, index) =>
            words
              .slice(index + 1)
              .flatMap((other) => (touch(box, other.box) ? [`${text} / ${other.text}`] : [])),
          );
          expect(words.length).toBeGreaterThan(10);
          expect(collisions).toEqual([]);
          const smallest = Math.min(...words.map(({ px }) => px));
          expect(smallest).toBeGreaterThanOrEqual(20);
          expect(minutesOfArc(smallest, height)).toBeGreaterThan(7);
        }
      }
    },
  );
});

test('a stage that is resized, turned or given another theme while it plays goes on from where it was, over its blocks', async () => {
  const schedule = (callback: (nowMs: number) => void): void => void requestAnimationFrame(callback);
  const { session, container } = await openRun(8, ['on'], 1280, 800, { schedule });
  const { playback } = session;
  // A write whose old block has been looked up and not yet been copied: its block is ringed.
  const lookedUp = Array.from({ length: session.length }, (_, position) => position).find(
    (position) => session.history!.momentAt(position).events[0]?.type === 'oldBlockRead',
  )!;
  const { block } = session.history!.momentAt(lookedUp).machines[0]!.request!;
  session.seek(lookedUp);
  playback.setSpeed(0.125);
  playback.play();

  for (const [width, height, theme] of [
    [1920, 900, 'light'],
    [360, 740, 'light'],
    [740, 360, 'dark'],
    [1280, 800, 'light'],
  ] as const) {
    const before = playback.time;
    await page.viewport(width, height);
    document.documentElement.dataset['theme'] = theme;
    await expect
      .poll(() => {
        const cell = container.querySelector(`[data-part="live"] [data-index="${block}"]`)!;
        const ring = container.querySelector('.motion .ring.new');
        const [one, other] = [cell, ring].map((element) => element?.getBoundingClientRect());
        return Math.hypot(
          (one?.x ?? 0) + (one?.width ?? 0) / 2 - (other?.x ?? 0) - (other?.width ?? 0) / 2,
          (one?.y ?? 0) + (one?.height ?? 0) / 2 - (other?.y ?? 0) - (other?.height ?? 0) / 2,
        );
      })
      .toBeLessThan(1.5);
    expect(playback.isPlaying).toBe(true);
    expect(playback.time).toBeGreaterThanOrEqual(before);
    expect(playback.time - lookedUp).toBeLessThan(1);
  }
});
