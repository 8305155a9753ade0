import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Command } from '../../../src/core/command';
import { SWITCH_CONDITIONS } from '../../../src/core/condition';
import EnvironmentPanel from '../../../src/view/controls/EnvironmentPanel.svelte';
import { conditionWords } from '../../../src/words/conditions';
import { openSession, perform } from '../../client/local-client';
import { violationsIn } from '../violations';

async function openPanel(commands: readonly Command[] = []) {
  const opened = await openSession();
  await perform(opened.session, commands);
  opened.worker.asked.length = 0;
  render(EnvironmentPanel, { session: opened.session });
  const panel = screen.getByRole('region', { name: 'Environment' });
  return { ...opened, panel, user: userEvent.setup() };
}

function toggle(name: string): HTMLElement {
  return screen.getByRole('switch', { name });
}

function button(name: string): HTMLElement {
  return screen.getByRole('button', { name });
}

test.each(SWITCH_CONDITIONS)('%s is broken and repaired by a switch, with the keyboard', async (name) => {
  const { worker, user } = await openPanel();
  const { title } = conditionWords({ name });

  toggle(title).focus();
  await user.keyboard(' ');
  await waitFor(() => expect(toggle(title).getAttribute('aria-checked')).toBe('true'));
  await user.keyboard(' ');
  await waitFor(() => expect(toggle(title).getAttribute('aria-checked')).toBe('false'));

  expect(worker.asked).toEqual([
    { command: { type: 'break', condition: { name } }, worlds: ['off', 'on'] },
    { command: { type: 'repair', condition: { name } }, worlds: ['off', 'on'] },
  ]);
});

test('a block is made unreadable by its number and repaired by its switch', async () => {
  const { worker, user } = await openPanel();
  const block = screen.getByRole('spinbutton', { name: 'Block of the live volume' });

  await user.clear(block);
  await user.type(block, '64{Enter}');
  expect(block).toHaveAccessibleDescription('Block 64 is outside the volume: its blocks are 0 to 63.');
  expect(worker.asked).toEqual([]);
  await user.clear(block);
  await user.type(block, '18{Enter}');
  await user.click(await screen.findByRole('switch', { name: 'Block 18 of the live volume is bad' }));

  await waitFor(() => expect(screen.queryByRole('switch', { name: /Block 18/ })).toBeNull());
  expect(worker.asked.map(({ command }) => command.type)).toEqual(['break', 'repair']);
});

test('a switch asks only the worlds in which it changes something', async () => {
  const { session, worker, user } = await openPanel();
  await perform(session, [{ type: 'break', condition: { name: 'growthSlow' } }], ['on']);
  worker.asked.length = 0;

  await user.click(toggle('The diff area grows slowly'));

  expect(worker.asked).toEqual([
    { command: { type: 'repair', condition: { name: 'growthSlow' } }, worlds: ['on'] },
  ]);
});

test.each([
  ['Take offline', 'Bring online'],
  ['Detach diff volume', 'Attach diff volume'],
  ['Prepare failover', 'Finish failover'],
])('%s and %s take turns', async (first, second) => {
  const { user } = await openPanel();
  expect(button(second).getAttribute('aria-disabled')).toBe('true');

  await user.click(button(first));
  await waitFor(() => expect(button(second).getAttribute('aria-disabled')).toBeNull());
  expect(button(first).getAttribute('aria-disabled')).toBe('true');
  await user.click(button(second));

  await waitFor(() => expect(button(second).getAttribute('aria-disabled')).toBe('true'));
});

test('another program writes to a block of the diff volume, and an unexpected error strikes', async () => {
  const { worker, user, panel } = await openPanel();
  const block = screen.getByRole('spinbutton', { name: 'Block of the diff volume' });

  await user.click(button('Unexpected error'));
  await user.clear(block);
  await user.type(block, '64');
  await user.click(button('Foreign write'));
  expect(panel).toHaveTextContent('Block 64 is outside the diff volume: its blocks are 0 to 63.');
  await user.clear(block);
  await user.type(block, '5');
  await user.click(button('Foreign write'));

  expect(worker.asked.map(({ command }) => command)).toEqual([
    { type: 'unexpectedError' },
    { type: 'externalWrite', block: 5 },
  ]);
});

test('repair all mends everything, and says so when there is nothing to mend', async () => {
  const { session, user, panel } = await openPanel([
    { type: 'break', condition: { name: 'diffReadsFail' } },
    { type: 'break', condition: { name: 'liveBadBlock', block: 2 } },
    { type: 'detachDiffVolume' },
    { type: 'clusterPrepareOffline' },
  ]);

  await user.click(button('Repair all'));

  await waitFor(() => expect(button('Repair all').getAttribute('aria-disabled')).toBe('true'));
  for (const machine of session.history?.machines ?? []) {
    expect(machine.conditions.broken.size + machine.conditions.liveBadBlocks.length).toBe(0);
    expect(machine.diffVolumePresent).toBe(true);
    expect(machine.clusterOfflinePrepared).toBe(false);
  }
  await user.click(button('Repair all'));
  expect(panel).toHaveTextContent('Nothing is broken.');
});

test('the panel keeps the rules of accessibility', async () => {
  const { panel } = await openPanel([{ type: 'break', condition: { name: 'diffReadsFail' } }]);

  expect(await violationsIn(panel)).toEqual([]);
});
