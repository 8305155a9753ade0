import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import ReferencePage from '../../../src/view/reference/ReferencePage.svelte';
import { violationsIn } from '../violations';

test('the search finds as one types, and says when nothing matches', async () => {
  const user = userEvent.setup();
  render(ReferencePage, { section: null, query: '' });
  const search = screen.getByRole('searchbox', { name: 'Search the reference' });
  await user.type(search, '87');
  expect(screen.getByRole('heading', { level: 2, name: /^87 · Error/ })).toBeVisible();
  expect(location.hash).toBe('#/reference?q=87');
  await user.clear(search);
  await user.type(search, 'xyzzy');
  expect(screen.getByRole('status')).toHaveTextContent('Nothing here matches “xyzzy”');
  history.replaceState(null, '', '#');
});

test('the table of the hotfix is filtered and sorted', async () => {
  const user = userEvent.setup();
  const { container } = render(ReferencePage, { section: 'hotfix', query: '' });
  const table = screen.getByRole('table');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Edition' }), 'IA-64');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Service pack' }), 'SP2');
  expect(screen.getByText('12 of 68 files')).toBeVisible();
  const bySize = within(table).getByRole('button', { name: /^Bytes/ });
  await user.click(bySize);
  await user.click(bySize);
  expect(within(table).getAllByRole('row')[1]).toHaveTextContent('Vssvc.exe');
  expect(within(table).getByRole('columnheader', { name: /^Bytes/ })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  expect(await violationsIn(container)).toEqual([]);
});

test('the whole reference has no accessibility violations', async () => {
  const { container } = render(ReferencePage, { section: null, query: '' });
  expect(await violationsIn(container)).toEqual([]);
});
