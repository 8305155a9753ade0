import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import AtlasPage from '../../../src/view/atlas/AtlasPage.svelte';
import { violationsIn } from '../violations';

const WAIT = { timeout: 10_000 };

test('a link with a symptom opens on the faults that fit, and an event leaves one of them', async () => {
  const user = userEvent.setup();
  const { container } = render(AtlasPage, { seen: 'offline' });
  const finder = screen.getByRole('region', { name: 'What do you see?' });
  expect(within(finder).getByRole('button', { name: 'My volume is offline' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await within(finder).findByText(/^16 faults look like this/, {}, WAIT);
  expect(within(finder).getAllByRole('link')).toHaveLength(16);
  await user.selectOptions(within(finder).getByRole('combobox', { name: /^Event/ }), '87');
  const [link] = within(finder).getAllByRole('link');
  expect(link).toHaveAttribute('href', '#/faults/8');
  expect(within(finder).getByRole('status')).toHaveTextContent('One fault looks like this:');
  expect(await violationsIn(container)).toEqual([]);
});

test('another symptom begins anew, and what fits nothing says so', async () => {
  const user = userEvent.setup();
  render(AtlasPage, { seen: null });
  const finder = screen.getByRole('region', { name: 'What do you see?' });
  expect(within(finder).queryByRole('status')).toBeNull();
  const event = within(finder).getByRole('combobox', { name: /^Event/ });
  await expect.poll(() => event.hasAttribute('disabled'), WAIT).toBe(false);
  await user.click(within(finder).getByRole('button', { name: 'My snapshots vanished' }));
  await user.selectOptions(event, '33');
  expect(
    within(finder)
      .getAllByRole('link')
      .map((link) => link.getAttribute('href')),
  ).toEqual(['#/faults/8']);
  await user.selectOptions(
    within(finder).getByRole('combobox', { name: 'When' }),
    'As the volume came online',
  );
  expect(within(finder).getByRole('status')).toHaveTextContent('Take one away');
  await user.click(within(finder).getByRole('button', { name: 'Writes fail' }));
  expect(event).toHaveDisplayValue('I do not know');
});
