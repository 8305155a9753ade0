import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import { ProgressBook } from '../../../src/client/progress-book.svelte';
import { replayLesson } from '../../../src/core/lesson/replay-lesson';
import { DEFAULT_SETTINGS } from '../../../src/core/machine';
import { parseLessonDraft, parseLessonFile } from '../../../src/formats/lesson-file';
import Builder from '../../../src/view/builder/Builder.svelte';
import { editLesson } from '../../../src/view/builder/kept-lessons';
import OpenedLesson from '../../../src/view/builder/OpenedLesson.svelte';
import { LabSelection } from '../../../src/view/lab/selection.svelte';
import { openOnDisk } from '../../client/engine-in-page';
import { perform } from '../../client/local-client';
import { violationsIn } from '../violations';

const DRAFT = 'shadow-copy-lab.lesson-draft';

beforeEach(() => {
  localStorage.clear();
  location.hash = '#/lessons/new';
});

const WRITE = { type: 'write', block: 3, count: 1 } as const;
const MONDAY = { ...WRITE, content: { kind: 'text', text: 'Monday' } } as const;
const TUESDAY = { ...WRITE, content: { kind: 'text', text: 'Tuesday' } } as const;
const SNAPSHOT = { type: 'createSnapshot' } as const;

async function openBuilder() {
  const session = await openOnDisk();
  const rendered = render(Builder, { session, selection: new LabSelection() });
  const user = userEvent.setup();
  const builder = screen.getByRole('region', { name: 'Build a lesson' });
  return { session, user, builder, ...rendered };
}

async function begin() {
  const opened = await openBuilder();
  await opened.user.click(screen.getByRole('button', { name: 'A small machine, protection on' }));
  await waitFor(() => expect(opened.session.branch?.scenario.worlds).toEqual(['on']));
  return opened;
}

function kept() {
  const parsed = parseLessonDraft(localStorage.getItem(DRAFT) ?? '');
  if (!parsed.ok) throw new Error(parsed.problem.reason);
  return parsed.value;
}

/** A lesson of two sentences and a prediction, made as an author makes it. */
async function build() {
  const opened = await begin();
  const { session, user, builder } = opened;
  await perform(session, [MONDAY, SNAPSHOT]);
  await user.click(await screen.findByRole('button', { name: 'Add as sentences, one each' }));
  await perform(session, [TUESDAY]);
  await user.click(await screen.findByRole('button', { name: 'Add as a prediction' }));
  const write = (name: string | RegExp, text: string): Promise<void> =>
    user.type(within(builder).getByRole('textbox', { name }), text);
  await write('Title', 'My lesson');
  await write(/^Aim/, 'Say where the old content is.');
  await write('Question', 'What does the snapshot read?');
  await write('Answer 1', 'Monday.');
  await write('Answer 2', 'Tuesday.');
  await write(/^Why it is so/, 'The old block was saved first.');
  return opened;
}

async function claim(user: ReturnType<typeof userEvent.setup>, answer: number, words: string): Promise<void> {
  const summary = screen.getAllByText(/^What it claims:/)[answer - 1]!;
  await user.click(summary);
  await user.click(within(summary.parentElement!).getByRole('checkbox', { name: new RegExp(`^${words}`) }));
}

/** Of an answer whose claims are shown already. */
async function claimAgain(
  user: ReturnType<typeof userEvent.setup>,
  answer: number,
  words: string,
): Promise<void> {
  const chooser = screen.getAllByText(/^What it claims:/)[answer - 1]!.parentElement!;
  await user.click(within(chooser).getByRole('checkbox', { name: new RegExp(`^${words}`) }));
}

describe('what is done in the laboratory', () => {
  test('becomes beats that promise what changed', async () => {
    const { session, user } = await begin();
    await perform(session, [MONDAY, SNAPSHOT]);

    await user.click(await screen.findByRole('button', { name: 'Add as sentences, one each' }));

    const { beats } = kept();
    expect(beats.map(({ kind }) => kind)).toEqual(['tell', 'tell']);
    expect(beats[0]).toMatchObject({ commands: [MONDAY], text: 'Write block 3.' });
    expect(beats[0]).toMatchObject({
      expect: expect.arrayContaining([
        { world: 'every', fact: { kind: 'reads', from: 'live', block: 3, text: 'Monday' } },
      ]) as unknown,
    });
    expect(beats[1]).toMatchObject({
      expect: expect.arrayContaining([{ world: 'every', fact: { kind: 'snapshots', count: 1 } }]) as unknown,
    });
    expect(replayLesson(kept())).toEqual([]);
    expect(screen.getByText(/^Nothing since the last beat/)).toBeVisible();
  });

  test('becomes a task whose goal is what changed', async () => {
    const { session, user, builder } = await begin();
    await perform(session, [SNAPSHOT, MONDAY]);

    await user.click(await screen.findByRole('button', { name: 'Add as a task' }));
    await user.type(within(builder).getByRole('textbox', { name: 'What is to be done' }), 'Fill a slot.');

    expect(kept().beats).toMatchObject([
      { kind: 'task', text: 'Fill a slot.', solution: [SNAPSHOT, MONDAY], hints: [] },
    ]);
    expect(replayLesson(kept())).toEqual([]);
  });

  test('on another branch is not recorded; the laboratory can be taken back', async () => {
    const { session, user } = await build();
    await session.newLaboratory({ settings: DEFAULT_SETTINGS, worlds: ['off'] });

    await user.click(
      await screen.findByRole('button', { name: 'Take the laboratory to the end of the lesson' }),
    );

    expect(await screen.findByText(/^Nothing since the last beat/)).toBeVisible();
    expect(session.history?.machines[0]).toMatchObject({ used: 1, level: 'SNAPSHOT' });
    expect(kept().beats).toHaveLength(3);
  });
});

test('a prediction is whole when the machine makes exactly one answer right', async () => {
  const { user, builder } = await build();
  const save = within(builder).getByRole('button', { name: 'Save the lesson' });
  expect(save.getAttribute('aria-disabled')).toBe('true');

  await claim(user, 1, 'snapshot 1 reads “Monday” in block 3');
  await claim(user, 2, '1 slot in use');
  expect(within(builder).getAllByText('✓ The machine makes this one right')).toHaveLength(2);
  expect(within(builder).getAllByText(/makes 2 answers right/).length).toBeGreaterThan(0);

  await user.click(within(builder).getAllByRole('checkbox', { name: /^1 slot in use/ })[1]!);
  await claimAgain(user, 2, 'snapshot 1 reads “Tuesday” in block 3');

  expect(within(builder).getByText('✕ The machine makes this one wrong')).toBeVisible();
  expect(within(builder).getByText(/^✓ Complete/)).toBeVisible();
  expect(save.getAttribute('aria-disabled')).toBeNull();
  const parsed = parseLessonFile(localStorage.getItem(DRAFT) ?? '');
  expect(parsed).toMatchObject({ ok: true, value: { id: 'my-lesson', title: 'My lesson' } });
  if (parsed.ok) expect(replayLesson(parsed.value)).toEqual([]);
});

test('a reload finds what was typed', async () => {
  const { unmount } = await build();
  unmount();

  await openBuilder();

  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Title' }).value).toBe('My lesson');
  expect(screen.getByRole('button', { name: /Beat 3/ })).toHaveTextContent('What does the snapshot read?');
});

test('Escape discards nothing, and a beat that was deleted comes back', async () => {
  const { user, builder } = await build();
  const before = kept();

  await user.keyboard('{Escape}');
  await user.click(within(builder).getByRole('button', { name: 'Delete beat 2' }));

  expect(kept().beats).toHaveLength(2);
  expect(within(builder).getByText('Beat 2 is deleted.')).toBeVisible();
  await waitFor(() => expect(document.activeElement).toHaveTextContent('Undo the last change'));
  await user.keyboard('{Enter}');
  expect(kept()).toEqual(before);
});

test('beats are moved by buttons, and what no longer agrees is told at the beat', async () => {
  const { session, user, builder } = await begin();
  await perform(session, [MONDAY, TUESDAY]);
  await user.click(await screen.findByRole('button', { name: 'Add as sentences, one each' }));
  const [first, second] = kept().beats;

  await user.click(within(builder).getByRole('button', { name: 'Move beat 2 up' }));

  expect(kept().beats).toEqual([second, first]);
  await waitFor(() => expect(document.activeElement?.ariaLabel).toBe('Move beat 1 down'));
  const told = within(builder).getAllByText(/The machine does not make this true/);
  expect(told.length).toBeGreaterThan(0);
});

test('a lesson that is put away can be brought back', async () => {
  const { user, builder } = await build();
  const before = kept();

  await user.click(within(builder).getByRole('button', { name: 'Another lesson' }));
  expect(localStorage.getItem(DRAFT)).toBe('');
  await user.click(within(builder).getByRole('button', { name: 'Bring back the lesson you had before' }));

  expect(kept()).toEqual(before);
});

test('what is kept and damaged is told, and not lost', async () => {
  localStorage.setItem(DRAFT, '{"format":"shadow-copy-lab.lesson","version":9}');

  await openBuilder();

  expect(screen.getByText(/^The lesson kept by this browser could not be read \(version\)/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Save what was kept' })).toBeVisible();
  expect(localStorage.getItem(DRAFT)).toContain('"version":9');
});

test.each([
  ['no JSON', '{"format":\n"', /line 2, column 1.*has no end/],
  ['another format', '{"format":"other"}', /format/],
])('a file that is no lesson (%s) is refused with place and reason', async (_what, text, reason) => {
  localStorage.setItem('shadow-copy-lab.opened-lesson', text);
  const session = await openOnDisk();

  render(OpenedLesson, {
    session,
    selection: new LabSelection(),
    book: new ProgressBook({ read: () => null, write: () => undefined }),
  });

  expect(await screen.findByRole('alert')).toHaveTextContent(reason);
});

test('a file that is opened in the builder keeps the lesson before it', async () => {
  const { builder, user } = await build();
  const before = kept();
  const other = { ...before, title: 'Other' };

  editLesson(JSON.stringify({ format: 'shadow-copy-lab.lesson', version: 1, lesson: other }));

  await waitFor(() =>
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Title' }).value).toBe('Other'),
  );
  await user.click(within(builder).getByRole('button', { name: 'Bring back the lesson you had before' }));
  expect(kept()).toEqual(before);
});

test('the builder keeps the rules of accessibility', async () => {
  const { user, builder } = await build();
  await claim(user, 1, 'snapshot 1 reads “Monday” in block 3');

  expect(await violationsIn(builder)).toEqual([]);
  expect(await violationsIn(screen.getByRole('region', { name: 'What you did since' }))).toEqual([]);
});
