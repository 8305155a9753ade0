import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { flushSync } from 'svelte';
import { describe, expect, test } from 'vitest';
import { runOfFault } from '../../../src/core/run-of-fault';
import { WORLD_IDS, type Instruction, type WorldId } from '../../../src/core/scenario';
import { loudOf, TimeScale } from '../../../src/drawing/time-scale';
import { LabSelection } from '../../../src/view/lab/selection.svelte';
import OverTime from '../../../src/view/plots/OverTime.svelte';
import { openSession, perform } from '../../client/local-client';
import { violationsIn } from '../violations';

const FULL = runOfFault(8);
const TITLES = ['Diff area', 'Copies per write', 'Latency per write', 'Failed I/O'] as const;

/** The plots of a diff area that runs full, seen from the end of the run. */
async function openPlots(worlds: readonly WorldId[] = WORLD_IDS) {
  const opened = await openSession({ settings: FULL.settings, worlds });
  await perform(opened.session, FULL.commands);
  const selection = new LabSelection();
  render(OverTime, { session: opened.session, selection });
  return {
    ...opened,
    selection,
    user: userEvent.setup(),
    panel: screen.getByRole('region', { name: 'Over time' }),
  };
}

function plot(title: string): HTMLElement {
  return screen.getByRole('slider', { name: new RegExp(`^${title}`) });
}

/** The place of a step on the screen. */
function place(field: HTMLElement, portion: number): { readonly clientX: number; readonly clientY: number } {
  const { left, top, width, height } = field.getBoundingClientRect();
  return { clientX: left + width * portion, clientY: top + height / 2 };
}

describe('pointing', () => {
  test('in one plot marks the step in all of them, with the values there, until the pointer leaves', async () => {
    const { session, selection } = await openPlots();
    const middle = Math.round(session.length / 2);
    const used = session.history!.momentAt(middle).machines.map((machine) => machine.used);
    await fireEvent.pointerMove(plot('Latency'), place(plot('Latency'), 0.5));

    expect(Math.abs(selection.pointed! - middle)).toBeLessThanOrEqual(1);
    for (const title of TITLES) expect(plot(title)).toHaveTextContent(`Step ${selection.pointed}`);
    expect(plot('Diff area')).toHaveTextContent(`off ${used[0]} of 4`);

    await fireEvent.pointerLeave(plot('Latency'));
    expect(selection.pointed).toBeNull();
    expect(plot('Failed')).not.toHaveTextContent('Step');
  });

  test('elsewhere, at a step of the timeline, marks it here, at its place', async () => {
    const { session, selection } = await openPlots();
    const position = session.history!.entries.find(({ digests }) => digests[1]!.failed > 0)!.start;
    selection.point(position);

    await waitFor(() => expect(plot('Diff area')).toHaveTextContent(`Step ${position}`));
    const { left, width } = plot('Failed').getBoundingClientRect();
    const cross = plot('Failed').querySelector('.cross')!.getBoundingClientRect();
    const time = new TimeScale(loudOf(session.history!, session.length), session.length, width);
    expect(cross.left + cross.width / 2 - left).toBeCloseTo(time.x(position), 0);
  });
});

describe('going to a step', () => {
  test('is a click on it', async () => {
    const { session } = await openPlots();
    await fireEvent.click(plot('Copies'), place(plot('Copies'), 0.25));

    expect(Math.abs(session.playback.time - session.length / 4)).toBeLessThanOrEqual(1);
    await waitFor(() => expect(plot('Failed')).toHaveAttribute('aria-valuenow', `${session.playback.time}`));
  });

  test('is a key, and the values there are read out', async () => {
    const { session, user } = await openPlots();
    plot('Diff area').focus();
    await user.keyboard('{Home}{ArrowRight}{ArrowRight}');
    expect(session.playback.time).toBe(2);

    await user.keyboard('{End}');
    expect(session.playback.time).toBe(session.length);
    await waitFor(() =>
      expect(plot('Diff area')).toHaveAttribute(
        'aria-valuetext',
        `Step ${session.length}. Protection off: 0 of 0, limit 4. Protection on: 4 of 4, limit 4.`,
      ),
    );
  });
});

describe('the lines', () => {
  test('are named at their ends: by world where the worlds differ', async () => {
    const { panel } = await openPlots();
    const figures = [...panel.querySelectorAll('figure')];
    const names = figures.map((figure) =>
      [...figure.querySelectorAll('.names span')].map(({ textContent }) => textContent.trim()),
    );

    await waitFor(() => expect(names[0]).toContain('limit'));
    expect(names[0]!.toSorted()).toEqual(['allocated off', 'allocated on', 'limit', 'used off', 'used on']);
    expect(names[1]).toEqual(['both']);
    expect(names[3]!.toSorted()).toEqual(['off', 'on']);
  });

  test('of one machine alone need no world', async () => {
    const { panel } = await openPlots(['on']);
    const names = [...panel.querySelectorAll('.names span')].map(({ textContent }) => textContent.trim());

    expect(names.filter((name) => name !== '').toSorted()).toEqual(['allocated', 'limit', 'used']);
    expect(panel.querySelectorAll('path.off')).toHaveLength(0);
  });

  test('grow with the history', async () => {
    const { session, panel } = await openPlots();
    const before = panel.querySelector('path.used.on')!.getAttribute('d');
    await perform(session, [{ type: 'clearProtectionFault' }], ['on']);

    await waitFor(() => expect(panel.querySelector('path.used.on')!.getAttribute('d')).not.toBe(before));
  });
});

describe('a replay of many steps', () => {
  /** Stretches of requests of one block each. */
  async function* stretches(count: number): AsyncGenerator<Instruction> {
    for (let index = 0; index < count; index += 1) {
      await Promise.resolve();
      const writes = Uint32Array.from({ length: 512 }, (_, at) => (at % 2 === 0 ? (index + at) % 64 : 1));
      yield { command: { type: 'replayWrites', from: index * 256, writes }, worlds: WORLD_IDS };
    }
  }

  function drawnSteps(): number {
    return Number(plot('Diff area').getAttribute('aria-valuemax'));
  }

  test('is drawn after the task in which everything else changes, to its end', async () => {
    const { session } = await openSession({ worlds: WORLD_IDS });
    render(OverTime, { session, selection: new LabSelection() });

    await session.runThrough(stretches(100), new AbortController().signal);
    flushSync();

    expect(session.length).toBeGreaterThan(100_000);
    expect(drawnSteps()).toBe(0);
    await waitFor(() => expect(drawnSteps()).toBe(session.length));
  });

  test('is drawn with what comes after it', async () => {
    const { session } = await openPlots();
    await session.runThrough(stretches(100), new AbortController().signal);
    await waitFor(() => expect(drawnSteps()).toBe(session.length));
    const before = session.length;
    session.seek(before);

    await perform(session, [{ type: 'createSnapshot' }]);

    expect(session.length).toBeGreaterThan(before);
    await waitFor(() => expect(drawnSteps()).toBe(session.length));
  });
});

describe('in words', () => {
  test('a plot is described by how its history went', async () => {
    await openPlots();

    expect(plot('Failed')).toHaveAccessibleDescription(
      'Protection off: no request fails. Protection on: 5 requests failed by the end.',
    );
  });

  test('the diff area is described by what is used, now and at most', async () => {
    const { session } = await openSession({ settings: FULL.settings, worlds: ['on'] });
    await perform(session, [...FULL.commands.slice(0, 5), { type: 'deleteSnapshot', snapshot: 1 }]);
    render(OverTime, { session, selection: new LabSelection() });

    expect(plot('Diff area')).toHaveAccessibleDescription(
      'Protection on: 0 of 0 allocated blocks are used at the end, 1 at most, with a limit of 4.',
    );
  });

  test('its table has the values of every command', async () => {
    const { session, user } = await openPlots();
    const figure = plot('Diff area').closest('figure')!;
    await user.click(within(figure).getByText('As a table'));

    const rows = within(within(figure).getByRole('table')).getAllByRole('row').slice(1);
    const told = rows.map((row) => [...row.children].map(({ textContent }) => textContent));
    expect(told).toEqual(
      session.history!.entries.map(({ start, record, samples }) => [
        `${start + 1}–${start + record.steps}`,
        ...samples.map(({ used, allocated, limit }) => `${used} of ${allocated}, limit ${limit}`),
      ]),
    );
  });

  test('its table has at most 50 rows', async () => {
    const { session, user } = await openPlots();
    const write = { type: 'write', block: 1, count: 1, content: { kind: 'pattern', seed: 1 } } as const;
    await perform(
      session,
      Array.from({ length: 100 }, () => write),
      ['off'],
    );
    const figure = plot('Failed').closest('figure')!;
    await user.click(within(figure).getByText('As a table'));

    const rows = within(within(figure).getByRole('table')).getAllByRole('row').slice(1);
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.length).toBeLessThanOrEqual(50);
  });
});

test('axe finds nothing, with a step marked and the tables open', async () => {
  const { panel, user, selection } = await openPlots();
  selection.point(20);
  for (const summary of screen.getAllByText('As a table')) await user.click(summary);

  expect(await violationsIn(panel)).toEqual([]);
});
