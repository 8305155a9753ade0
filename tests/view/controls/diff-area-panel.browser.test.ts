import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import DiffAreaPanel from '../../../src/view/controls/DiffAreaPanel.svelte';
import { openSession } from '../../client/local-client';
import { violationsIn } from '../violations';

async function openPanel() {
  const opened = await openSession();
  render(DiffAreaPanel, { session: opened.session });
  const user = userEvent.setup();
  await user.click(screen.getByRole('heading', { name: 'Diff area and time' }));
  return { ...opened, user, panel: screen.getByRole('region', { name: 'Diff area and time' }) };
}

function maximum(): HTMLInputElement {
  return screen.getByRole('spinbutton', { name: 'Maximum, in blocks' });
}

test('the field shows the maximum that holds, and setting it again would do nothing', async () => {
  const { user, worker, panel } = await openPanel();

  expect(maximum().value).toBe('32');
  await user.click(screen.getByRole('button', { name: 'Set maximum' }));

  expect(panel).toHaveTextContent('The diff area has this maximum already. S_OK (0x00000000).');
  expect(worker.asked).toEqual([]);
});

test('the maximum is set in blocks, or taken away', async () => {
  const { user, worker } = await openPanel();

  await user.clear(maximum());
  await user.type(maximum(), '40{Enter}');
  await waitFor(() => expect(worker.asked).toHaveLength(1));
  await user.click(screen.getByRole('checkbox', { name: 'No maximum' }));
  expect(maximum().disabled).toBe(true);
  await user.click(screen.getByRole('button', { name: 'Set maximum' }));

  expect(worker.asked.map(({ command }) => command)).toEqual([
    { type: 'resizeDiffArea', maximumBlocks: 40 },
    { type: 'resizeDiffArea', maximumBlocks: null },
  ]);
});

test('what is no size is not sent', async () => {
  const { user, worker } = await openPanel();

  await user.clear(maximum());
  await user.type(maximum(), '-1{Enter}');

  expect(maximum()).toHaveAccessibleDescription('Give a whole number, at least 0.');
  expect(worker.asked).toEqual([]);
});

test('time passes as long as is typed, or as a preset says', async () => {
  const { user, worker } = await openPanel();
  const wait = screen.getByRole('spinbutton', { name: 'Wait, in ms' });

  await user.clear(wait);
  await user.type(wait, '0{Enter}');
  expect(wait).toHaveAccessibleDescription('Give a whole number from 1 to 604800000.');
  await user.clear(wait);
  await user.type(wait, '250{Enter}');
  await user.click(screen.getByRole('button', { name: 'Wait 5 minutes' }));

  await waitFor(() => expect(worker.asked).toHaveLength(2));
  expect(worker.asked.map(({ command }) => command)).toEqual([
    { type: 'wait', durationMs: 250 },
    { type: 'wait', durationMs: 300_000 },
  ]);
});

test('the panel keeps the rules of accessibility', async () => {
  const { panel } = await openPanel();

  expect(await violationsIn(panel)).toEqual([]);
});
