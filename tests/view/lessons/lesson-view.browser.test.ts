import { screen, waitFor, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Beat, Highlight } from '../../../src/core/lesson/lesson';
import { FAULT_WORDS } from '../../../src/words/catalogue-faults';
import { violationsIn } from '../violations';
import { openLesson, TASK } from './given';

const WAIT = { timeout: 10_000 };

function tell(highlight: Highlight): Beat {
  return { kind: 'tell', text: 'Look.', highlight, commands: [], expect: [] };
}

const write = (block: number) =>
  ({ type: 'write', block, count: 1, content: { kind: 'text', text: 'something else' } }) as const;

test('a reached goal is left with the one Next button there is', async () => {
  const { session, user } = await openLesson(TASK);
  const next = await screen.findByRole('button', { name: 'Next' });
  expect(next).toHaveAttribute('aria-disabled', 'true');
  await session.act({ ...write(9), content: { kind: 'text', text: 'the letters' } });
  await screen.findByText('Reached: go on with Next.', {}, WAIT);
  expect(screen.getAllByRole('button', { name: 'Next' })).toHaveLength(1);
  await user.click(next);
  await screen.findByText(/That was the lesson\./);
});

test('the solution is shown from where the task began, not from where the learner has strayed', async () => {
  const { session, user } = await openLesson(TASK);
  await screen.findByText(/Write block 9\./);
  const before = session.history!.lastRecord!.id;
  await session.act(write(3));
  await user.click(await screen.findByRole('button', { name: 'Show a solution' }));
  await waitFor(() => expect(session.history!.lastRecord!.parent).toBe(before), WAIT);
});

test.each<Highlight>([
  { part: 'program' },
  { part: 'gate' },
  { part: 'diffArea' },
  { part: 'shelf' },
  { part: 'protectionStatus' },
  { part: 'eventLog' },
  { part: 'timeline' },
  { part: 'block', number: 5 },
  { part: 'slot', number: 0 },
  { part: 'snapshot', number: 1 },
])('a beat that speaks of %o points at it', async (highlight) => {
  const { container } = await openLesson(tell(highlight));
  await waitFor(() => expect(container.querySelectorAll('.pointed-at')).toHaveLength(1), WAIT);
  const [marked] = container.querySelectorAll('.pointed-at');
  expect(getComputedStyle(marked!).outlineStyle).toBe('dashed');
});

test('the text can be put out of the way of the stage', async () => {
  const { user } = await openLesson(tell({ part: 'gate' }));
  const text = await screen.findByText('Look.');
  await user.click(screen.getByRole('button', { name: 'Hide the text' }));
  expect(text).not.toBeVisible();
  const show = screen.getByRole('button', { name: 'Show the text' });
  expect(show).toHaveAttribute('aria-expanded', 'false');
  await user.click(show);
  expect(text).toBeVisible();
});

test('a mystery is told by its symptoms, its log and its plots, and by no stage', async () => {
  const diagnose: Beat = { kind: 'diagnose', text: 'Which?', faults: [7, 13] };
  const { container, session, user } = await openLesson(diagnose);
  const plots = await screen.findByRole('region', { name: 'Over time, by step' }, WAIT);
  expect(within(plots).getAllByRole('figure')).toHaveLength(4);
  expect(within(plots).getByText('Failed I/O so far, requests')).toBeVisible();
  for (const figure of within(plots).getAllByRole('figure')) {
    expect(figure.querySelector('path')?.getAttribute('d')).toMatch(/^M/);
  }
  expect(screen.queryByRole('region', { name: 'Live volume' })).toBeNull();
  // Neither the plots nor the symptoms name what is to be found out.
  const told = plots.textContent + screen.getByRole('region', { name: 'What can be seen' }).textContent;
  for (const { title, label } of Object.values(FAULT_WORDS)) {
    expect(told).not.toContain(title);
    expect(told).not.toContain(label);
  }
  const { length } = session;
  for (const radio of screen.getAllByRole('radio')) {
    if (screen.queryByText('That is it.', { exact: false })) break;
    await user.click(radio);
    await user.click(screen.getByRole('button', { name: 'Name it' }));
    await waitFor(() => expect(screen.queryByText(/^Not “|That is it\./)).not.toBeNull(), WAIT);
  }
  await screen.findByText(/That is it\./);
  await screen.findByRole('region', { name: 'Live volume' }, WAIT);
  expect(session.length).not.toBe(length);
  expect(screen.getByRole('button', { name: 'Next' })).toHaveAttribute('aria-disabled', 'true');
  expect(await violationsIn(container)).toEqual([]);
});
