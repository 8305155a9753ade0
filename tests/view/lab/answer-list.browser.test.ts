import { render, screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import AnswerList from '../../../src/view/lab/AnswerList.svelte';
import { LabSelection } from '../../../src/view/lab/selection.svelte';
import { openSession } from '../../client/local-client';

async function showAnswer(count: number, isUnasked = false) {
  const { session } = await openSession();
  const selection = new LabSelection();
  const asked = { position: 1, worldIndex: 0 };
  if (isUnasked) selection.tell(asked);
  else selection.ask(asked);
  const items = Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    sentence: `Cause ${index + 1}.`,
    rule: null,
    position: null,
  }));
  // As wide as the answer is on a screen: there it scrolls by itself.
  const target = document.createElement('div');
  target.style.containerType = 'inline-size';
  target.style.width = '40rem';
  document.body.append(target);
  render(AnswerList, { target, props: { session, selection, name: 'Causes', items, drawn: [] } });
  return screen.getByRole('list', { name: 'Causes' });
}

test('an answer that goes on says so until its end is reached', async () => {
  const list = await showAnswer(60);
  const more = screen.getByText(/More below/);
  await expect.poll(() => getComputedStyle(more).display).toBe('block');
  expect(list.tabIndex).toBe(0);
  list.scrollTop = list.scrollHeight;
  await expect.poll(() => getComputedStyle(more).display).toBe('none');
});

test('an answer that is there whole says nothing of the kind, and is no tab stop', async () => {
  const list = await showAnswer(2);
  expect(getComputedStyle(screen.getByText(/More below/)).display).toBe('none');
  expect(list.tabIndex).toBe(-1);
});

test('who asked gets the focus there; what a lesson shows by itself takes it from nobody', async () => {
  expect(await showAnswer(2)).toHaveFocus();
  (document.activeElement as HTMLElement).blur();
  document.body.innerHTML = '';
  expect(await showAnswer(2, true)).not.toHaveFocus();
});
