import { render, screen, waitFor, within } from '@testing-library/svelte';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Session } from '../../../src/client/session.svelte';
import type { Command } from '../../../src/core/command';
import { runOfFault } from '../../../src/core/run-of-fault';
import { LabSelection } from '../../../src/view/lab/selection.svelte';
import Timeline from '../../../src/view/timeline/Timeline.svelte';
import { create, write } from '../../core/given';
import { openSession, perform, type LocalOptions } from '../../client/local-client';
import { violationsIn } from '../violations';

// What the page loads after the slider is at hand before the first test looks for it.
beforeAll(() => import('../../../src/view/timeline/Lanes.svelte'));

const STORY = runOfFault(7).commands;

async function openTimeline(commands: readonly Command[] = STORY, options: LocalOptions = {}) {
  await page.viewport(1280, 720);
  const opened = await openSession(options);
  await perform(opened.session, commands);
  const selection = new LabSelection();
  const { container } = render(Timeline, { session: opened.session, selection });
  return { ...opened, selection, container };
}

/** The lanes come a moment after the slider. */
async function field(container: HTMLElement): Promise<HTMLElement> {
  await waitFor(() => expect(container.querySelector('.field svg .elapsed')).not.toBeNull());
  return container.querySelector<HTMLElement>('.field')!;
}

function slider(): HTMLInputElement {
  return screen.getByRole<HTMLInputElement>('slider', { name: 'Step' });
}

async function sentences(): Promise<readonly string[]> {
  const list = await screen.findByRole('list', { name: 'What the timeline shows' });
  return within(list)
    .getAllByRole('listitem')
    .map((item) => item.textContent.trim());
}

/** A place in the lanes, by its part of their width. */
function at(
  lanes: HTMLElement,
  part: number,
): { readonly position: { readonly x: number; readonly y: number } } {
  return { position: { x: Math.round(lanes.clientWidth * part), y: 50 } };
}

/** Acts in the past `count` times, each time on the first branch, so that there is a new one each time. */
async function fork(session: Session, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    session.seek(session.history!.entries[2]!.start);
    await session.act(create);
  }
}

test('the slider works at once, and says where it stands', async () => {
  const { session } = await openTimeline();

  expect(slider()).toHaveAttribute(
    'aria-valuetext',
    `Step ${session.length} of ${session.length}: Read block 9`,
  );
  session.seek(3);

  await waitFor(() =>
    expect(slider()).toHaveAttribute('aria-valuetext', `Step 3 of ${session.length}: Write block 9`),
  );
});

describe('the lanes in words', () => {
  test('tell of both worlds, a sentence a lane', async () => {
    const { session } = await openTimeline();
    const met = session.history!.firstDifference!;

    expect(await sentences()).toEqual([
      `Commands: 9 commands in ${session.length} steps.`,
      expect.stringMatching(
        /^Snapshots\. Protection off: 1 taken, 1 lost, the last one at step \d+, none exists in the end; Protection on: 1 taken, none lost, in the end there is snapshot 1\.$/,
      ),
      'Diff area. Protection off: in the end 0 of 0 blocks used, at most 32; Protection on: in the end 1 of 8 blocks used, at most 32.',
      `Faults. Protection off: fault 7 at step ${met}; Protection on: fault 7 at step ${met}, not cleared.`,
      'I/O. Protection off: 7 completed, none failed; Protection on: 4 completed, 3 failed.',
      `The paths part at step ${met}.`,
    ]);
  });

  test('grow with the history', async () => {
    const { session } = await openTimeline([write(0, 'A')], { worlds: ['on'] });
    expect((await sentences())[1]).toBe('Snapshots. none taken.');

    await session.act(create);

    await waitFor(async () => expect((await sentences())[1]).toMatch(/^Snapshots\. 1 taken, none lost/));
  });
});

describe('pointing', () => {
  test('marks the step everywhere and reads out what is there, until the pointer leaves', async () => {
    const { session, selection, container } = await openTimeline();
    const lanes = await field(container);

    await userEvent.hover(lanes, at(lanes, 0.6));

    const position = Math.round(session.length * 0.6);
    await waitFor(() => expect(selection.pointed).toBe(position));
    const [off, on] = session.history!.momentAt(position).machines;
    expect(lanes).toHaveTextContent(`Step ${position}`);
    expect(lanes).toHaveTextContent(`off ${off!.used} of ${off!.allocated} used`);
    expect(lanes).toHaveTextContent(`on ${on!.used} of ${on!.allocated} used`);
    expect(session.playback.position).toBe(session.length);

    await userEvent.unhover(lanes);
    await waitFor(() => expect(selection.pointed).toBeNull());
    expect(lanes).not.toHaveTextContent('used');
  });

  test('elsewhere shows its line here', async () => {
    const { session, selection, container } = await openTimeline();
    const lanes = await field(container);
    expect(container.querySelector('.pointed')).toBeNull();

    selection.point(Math.round(session.length / 2));

    await waitFor(() => expect(container.querySelector('.pointed')).not.toBeNull());
    const line = container.querySelector('.pointed')!.getBoundingClientRect();
    const { left, width } = lanes.getBoundingClientRect();
    expect(Math.abs(line.left - left - width / 2)).toBeLessThan(width / session.length);
    expect(lanes).not.toHaveTextContent('used');
  });

  test('a click goes there', async () => {
    const { session, container } = await openTimeline();
    const lanes = await field(container);

    await userEvent.click(lanes, at(lanes, 0.25));

    expect(session.playback.position).toBe(Math.round(session.length * 0.25));
  });
});

test('moving the play head leaves the lanes as they are', async () => {
  const { session, container } = await openTimeline();
  await field(container);
  const changed = new Set<Node>();
  const observer = new MutationObserver((records) => records.forEach(({ target }) => changed.add(target)));
  observer.observe(container.querySelector('.lanes')!, { attributes: true, childList: true, subtree: true });

  for (const position of [0, 12, 40, 20]) {
    session.seek(position);
    await waitFor(() => expect(slider().valueAsNumber).toBe(position));
  }
  observer.disconnect();

  const classes = [...changed].map((node) => (node as Element).classList[0]);
  expect(classes).toContain('elapsed');
  for (const lane of ['plain', 'lives', 'used', 'standing', 'completed', 'axis']) {
    expect(container.querySelector(`.${lane}`)).not.toBeNull();
    expect(classes).not.toContain(lane);
  }
});

describe('other branches', () => {
  test('are lanes that lead to them, three of them, and the rest is counted', async () => {
    const { session } = await openTimeline([write(0, 'A'), write(1, 'B'), write(2, 'C')]);
    await fork(session, 5);
    const list = await screen.findByRole('list', { name: 'Other branches' });
    const returning = within(list).getAllByRole('button', { name: /^Return to/ });
    expect(returning.map((button) => button.textContent)).toHaveLength(1);
    await page.viewport(1280, 900);

    await waitFor(() => expect(within(list).getAllByRole('button', { name: /^Return to/ })).toHaveLength(3));
    expect(within(list).getByRole('button', { name: 'and 2 more, in the list of branches' })).toBeVisible();
    for (const button of within(list).getAllByRole('button')) {
      expect(button.getBoundingClientRect().height).toBeGreaterThanOrEqual(24);
    }
  });

  test('part at the step at which the past was acted in', async () => {
    const { session } = await openTimeline([write(0, 'A'), write(1, 'B'), write(2, 'C')]);
    await fork(session, 1);
    const { start } = session.history!.entries[2]!;
    const before = session.history!.entries[1]!.record.id;
    const returnTo = vi.spyOn(session, 'returnTo').mockResolvedValue(true);

    await userEvent.click(
      await screen.findByRole('button', { name: `Return to the story, which parts at step ${start}` }),
    );

    expect(returnTo).toHaveBeenCalledWith(0, before);
  });
});

describe('the transport', () => {
  const NAMES = [
    'To the start',
    'Previous marker',
    'Previous command',
    'Step back',
    'Play',
    'Step forward',
    'Next command',
    'Next marker',
    'To the end',
    'Play backward',
  ];

  test.each([320, 360, 1280])('has room for every step at %i pixels', async (width) => {
    const { session } = await openTimeline();
    session.seek(10);
    await page.viewport(width, 720);

    await waitFor(() => expect(document.documentElement.clientWidth).toBe(width));
    for (const name of NAMES) {
      const { width: wide, height } = screen.getByRole('button', { name }).getBoundingClientRect();
      expect(Math.min(wide, height), name).toBeGreaterThanOrEqual(24);
    }
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  });

  test('goes from marker to marker, both ways', async () => {
    const { session } = await openTimeline();
    session.seek(0);
    const visited: number[] = [];
    const next = screen.getByRole('button', { name: 'Next marker' });
    while (session.playback.position < session.length && visited.length < 40) {
      await userEvent.click(next);
      visited.push(session.playback.position);
    }
    expect(visited).toContain(session.history!.firstDifference!);
    const back = [...visited].reverse().slice(1);
    const previous = screen.getByRole('button', { name: 'Previous marker' });
    for (const position of back) {
      await userEvent.click(previous);
      expect(session.playback.position).toBe(position);
    }
    expect(back.length).toBeGreaterThan(2);
  });
});

test('the timeline keeps the rules of accessibility', async () => {
  const { session, container } = await openTimeline();
  await fork(session, 5);
  await field(container);

  expect(await violationsIn(container)).toEqual([]);
});
