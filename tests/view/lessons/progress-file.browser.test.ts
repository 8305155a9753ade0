import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { ProgressBook } from '../../../src/client/progress-book.svelte';
import { printProgress } from '../../../src/formats/progress';
import ProgressFile from '../../../src/view/lessons/ProgressFile.svelte';

const lesson = (id: string, isDone: boolean) => ({ id, beat: 1, places: [], answers: [], isDone });

test('a file of progress says what it did, and so does taking that back', async () => {
  const user = userEvent.setup();
  const book = new ProgressBook({ read: () => null, write: () => undefined });
  book.keep(lesson('blocks', false));
  render(ProgressFile, { book });
  const text = printProgress({
    gate: null,
    lessons: [lesson('blocks', true), lesson('first-write', false)],
  });
  await user.upload(screen.getByLabelText('Open progress'), new File([text], 'progress.json'));
  await expect
    .poll(() => screen.getByRole('status').textContent)
    .toContain('taken the place of yours: 2 lessons, 1 of them done');
  await user.click(screen.getByRole('button', { name: 'Take that back' }));
  expect(screen.getByRole('status')).toHaveTextContent('Your progress is back.');
  expect(book.lessons.map(({ id, isDone }) => [id, isDone])).toEqual([['blocks', false]]);
  await user.upload(screen.getByLabelText('Open progress'), new File(['{'], 'progress.json'));
  await expect.poll(() => screen.getByRole('status').textContent).toContain('no progress of this page');
});
