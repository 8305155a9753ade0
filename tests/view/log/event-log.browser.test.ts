import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/core/command';
import { runOfFault } from '../../../src/core/run-of-fault';
import { LabSelection } from '../../../src/view/lab/selection.svelte';
import EventLog from '../../../src/view/log/EventLog.svelte';
import { sentenceOfEventId } from '../../../src/words/event-text';
import { openSession, perform, type LocalOptions } from '../../client/local-client';
import { violationsIn } from '../violations';

async function openLog(commands: readonly Command[] = runOfFault(7).commands, options: LocalOptions = {}) {
  const opened = await openSession(options);
  await perform(opened.session, commands);
  const selection = new LabSelection();
  render(EventLog, { session: opened.session, selection });
  return {
    ...opened,
    selection,
    log: screen.getByRole('region', { name: 'Event log' }),
    user: userEvent.setup(),
  };
}

/** The rows of the log, as the texts of their cells; the answer to a "Why?" is none. */
function rows(): readonly (readonly string[])[] {
  return [...document.querySelectorAll('tr[data-position]')].map((row) =>
    [...row.querySelectorAll('td')].map((cell) => cell.textContent.trim()),
  );
}

function steps(): readonly number[] {
  return rows().map(([step]) => Number(step));
}

async function show(user: ReturnType<typeof userEvent.setup>, filter: string): Promise<void> {
  await user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), filter);
}

test('it is a table with the columns of Event Viewer, newest first', async () => {
  await openLog();

  expect(screen.getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual([
    'Step',
    'Time',
    'World',
    'Source',
    'Level',
    'Event ID',
    'What happened',
    'Why',
  ]);
  expect(steps()).toEqual([...steps()].sort((a, b) => b - a));
});

test('the System log has the events of both worlds and nothing else; oldest first if asked', async () => {
  const { user } = await openLog();

  await show(user, 'System log only');
  await user.click(screen.getByRole('checkbox', { name: 'Newest first' }));

  expect(rows().map((row) => row.slice(2, 7))).toEqual([
    ['Protection off', 'volsnap', '✕ Error', '14', sentenceOfEventId(14, 7)],
    ['Protection on', 'volsnap', '✕ Error', '86', sentenceOfEventId(86, 7)],
  ]);
});

test('nothing is shown that happens after the position', async () => {
  const { session, log } = await openLog();
  const all = steps();
  const middle = all[Math.floor(all.length / 2)]!;

  session.seek(middle);
  await waitFor(() => expect(steps()).toEqual(all.filter((step) => step <= middle)));
  session.seek(0);

  await waitFor(() => expect(log).toHaveTextContent('Nothing has been logged up to this step.'));
});

test('every step can be listed', async () => {
  const { session, user } = await openLog(runOfFault(7).commands.slice(0, 5));

  await show(user, 'Every step');

  const events = session.history?.entries.flatMap(
    ({ index }) => session.history?.derive(index).outcome.events ?? [],
  );
  expect(rows()).toHaveLength(events?.flat().length ?? 0);
});

test('a click on a row goes to its step, and so does its button', async () => {
  const { session, user } = await openLog();
  const [last, before] = [...new Set(steps())];

  await user.click(screen.getAllByRole('cell', { name: rows()[1]?.[6] ?? '' })[0]!);
  await waitFor(() => expect(session.playback.position).toBe(Number(rows()[0]?.[0])));
  session.seek(session.length);
  await user.click((await screen.findAllByRole('button', { name: `Go to step ${before}` }))[0]!);

  expect(session.playback.position).toBe(before);
  expect(last).toBeGreaterThan(before!);
});

test('“Why?” asks of the event of its row, in its world', async () => {
  const { selection, user } = await openLog();
  const [position, , , , , , sentence] = rows().find((row) => row[5] === '86')!;

  await user.click(screen.getByRole('button', { name: `Why? ${sentence}` }));

  expect(selection.question).toEqual({ kind: 'why', position: Number(position), worldIndex: 1 });
});

describe('a refusal', () => {
  test('of every world is a row, although nothing happened', async () => {
    const { session } = await openLog([]);

    await session.act({ type: 'clearProtectionFault' });

    await waitFor(() => expect(rows()).toHaveLength(2));
    expect(rows()[0]?.[6]).toBe('Refused. The volume is not faulted: there is nothing to clear.');
    expect(screen.queryByRole('button', { name: /^Why/ })).toBeNull();
  });

  test('of one world only is told once', async () => {
    const { session } = await openLog([{ type: 'createSnapshot' }, { type: 'unexpectedError' }]);

    await session.act({ type: 'createSnapshot' });
    session.seek(session.length);

    await waitFor(() => expect(rows().filter((row) => row[6]?.startsWith('Refused.'))).toHaveLength(1));
  });
});

test('one world needs no second', async () => {
  await openLog(runOfFault(7).commands, { worlds: ['on'] });

  expect(new Set(rows().map((row) => row[2]))).toEqual(new Set(['Protection on']));
});

test('a long log stands in the page a window at a time', async () => {
  const breaking: Command = { type: 'break', condition: { name: 'growthSlow' } };
  const repairing: Command = { type: 'repair', condition: { name: 'growthSlow' } };
  const { user, log } = await openLog(
    Array.from({ length: 70 }, (_, index) => (index % 2 ? repairing : breaking)),
  );

  expect(rows()).toHaveLength(100);
  expect(log).toHaveTextContent('Rows 41 to 140 of 140');
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('141');
  await user.click(screen.getByRole('button', { name: 'Earlier rows' }));

  expect(log).toHaveTextContent('Rows 1 to 40 of 140');
  expect(screen.getByRole('button', { name: 'Earlier rows' })).toHaveAttribute('aria-disabled', 'true');
  await user.click(screen.getByRole('button', { name: 'Later rows' }));
  expect(steps()[0]).toBe(70);
});

test('the log keeps the rules of accessibility', async () => {
  const { user, log } = await openLog();
  await user.click(screen.getAllByRole('button', { name: /^Why\?/ })[0]!);

  expect(await violationsIn(log)).toEqual([]);
});
