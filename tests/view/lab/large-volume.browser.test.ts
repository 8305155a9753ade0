/** The whole laboratory at a moment of a large volume: the words, the maps and the lanes come together. */
import { configure, render, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Session } from '../../../src/client/session.svelte';
import type { Command } from '../../../src/core/command';
import Lab from '../../../src/view/lab/Lab.svelte';
import { LabSelection } from '../../../src/view/lab/selection.svelte';
import { burst, create } from '../../core/given';
import { openSession } from '../../client/local-client';
import { digestOf, frameIsOver } from '../stage/map-case';
import '../../../src/view/base.css';
import '../../../src/view/tokens.css';

const BLOCKS = 1_048_576;
const SIZE = { blockCount: BLOCKS, diffVolumeBlocks: BLOCKS, initialBlocks: 4_096, maximumBlocks: null };

const STORY: readonly Command[] = [burst(0, 200), create, burst(100, 200), create, burst(100_000, 200)];

function maps(): readonly HTMLCanvasElement[] {
  return [...document.querySelectorAll<HTMLCanvasElement>('.surface canvas')];
}

// A million blocks take their time on a busy machine.
configure({ asyncUtilTimeout: 25_000 });

/** What is on the screen: what is said of it, and all that is painted. */
function seen(session: Session): { readonly said: string; readonly maps: readonly number[] } {
  const used = [...document.querySelectorAll('.use')].map((text) => text.textContent).join();
  const head = document.querySelector('.timeline .head')?.getAttribute('d') ?? '';
  return {
    said: `${session.playback.position} ${used} ${head}`,
    maps: maps().map((canvas) => {
      const { width, height } = canvas;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
      return digestOf(new Uint32Array(data.buffer));
    }),
  };
}

async function open(): Promise<Session> {
  await page.viewport(1280, 900);
  const { session } = await openSession({ settings: SIZE });
  for (const command of STORY) await session.act(command);
  session.seek(session.length);
  await waitFor(() => expect(session.playback.position).toBe(session.length));
  render(Lab, { session, selection: new LabSelection() });
  await waitFor(() => expect(maps()).toHaveLength(4));
  await waitFor(() => expect(document.querySelector('.timeline .head')).not.toBeNull());
  await waitFor(() => expect(new Set(seen(session).maps).size).toBeGreaterThan(1));
  for (let frame = 0; frame < 10; frame += 1) await frameIsOver();
  return session;
}

/** Everything that is seen until the picture has gone to a position, frame by frame. */
async function watch(session: Session, position: number): Promise<readonly ReturnType<typeof seen>[]> {
  const frames = [seen(session)];
  session.seek(position);
  for (let after = 0; after < 10;) {
    await frameIsOver();
    frames.push(seen(session));
    if (session.playback.position === position) after += 1;
  }
  return frames;
}

test('going far changes everything in one frame, and never shows a part of it', async () => {
  const session = await open();
  const { entries } = session.history!;
  for (const entry of [entries[0]!, entries.at(-1)!, entries[2]!]) {
    const frames = await watch(session, entry.start + entry.record.steps);
    const pictures = new Set(frames.map(({ maps: pixels }) => pixels.join()));
    const changes = new Set(frames.map(({ said, maps: pixels }) => `${said} ${pixels.join()}`));

    expect(pictures.size).toBe(2);
    expect(changes.size).toBe(2);
  }
});

test('the numbers of the blocks keep their size wherever one looks', async () => {
  const session = await open();
  const sizeOfNumbers = () => getComputedStyle(document.querySelector('.sampled .block')!).fontSize;
  const atEnd = sizeOfNumbers();
  session.seek(1);
  await waitFor(() => expect(session.playback.position).toBe(1));
  await frameIsOver();
  expect(sizeOfNumbers()).toBe(atEnd);

  // 600 writes have their numbers by now; the next 400 come to four digits.
  session.seek(session.length);
  await waitFor(() => expect(session.playback.position).toBe(session.length));
  await session.act(burst(0, 400));
  await waitFor(() => expect(parseFloat(sizeOfNumbers())).toBeLessThan(parseFloat(atEnd)));
});
