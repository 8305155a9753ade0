import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Command } from '../../../src/core/command';
import SnapshotPanel from '../../../src/view/controls/SnapshotPanel.svelte';
import { openSession, perform } from '../../client/local-client';
import { violationsIn } from '../violations';

const CREATE: Command = { type: 'createSnapshot' };

async function openPanel(commands: readonly Command[] = []) {
  const opened = await openSession();
  await perform(opened.session, commands);
  opened.worker.asked.length = 0;
  const looked: (number | null)[] = [];
  const rendered = render(SnapshotPanel, {
    session: opened.session,
    lookThrough: null,
    onlook: (snapshot: number | null) => looked.push(snapshot),
  });
  const panel = screen.getByRole('region', { name: 'Snapshots' });
  return { ...opened, ...rendered, looked, panel, user: userEvent.setup() };
}

test('a snapshot is created by one press, and listed', async () => {
  const { session, user, panel } = await openPanel();
  expect(panel).toHaveTextContent('There is none.');

  await user.click(screen.getByRole('button', { name: 'Create snapshot' }));

  await waitFor(() => expect(within(panel).getByText('Snapshot 1')).toBeVisible());
  expect(session.history?.machines.map(({ areas }) => areas.length)).toEqual([1, 1]);
});

test('what no world can do is not sent: the reason is on the button, and said when it is pressed', async () => {
  const { worker, user, panel } = await openPanel([{ type: 'detachDiffVolume' }]);
  const create = screen.getByRole('button', { name: 'Create snapshot' });

  expect(create.getAttribute('aria-disabled')).toBe('true');
  expect(create).toHaveAccessibleDescription('The diff volume is not there. Attach the diff volume first.');
  await user.click(create);

  expect(
    within(panel).getByText('The diff volume is not there. Attach the diff volume first.'),
  ).toBeVisible();
  expect(worker.asked).toEqual([]);
});

test('what only one world turns down is said with its name', async () => {
  const { session, user, panel } = await openPanel([CREATE]);
  await perform(session, [{ type: 'unexpectedError' }]);

  await user.click(screen.getByRole('button', { name: 'Create snapshot' }));

  await waitFor(() =>
    expect(panel).toHaveTextContent('Protection on: The live volume is offline to protect its snapshots.'),
  );
});

test('a snapshot that one world has lost is deleted in the other one only', async () => {
  const { session, worker, user, panel } = await openPanel([CREATE]);
  await perform(session, [{ type: 'deleteSnapshot', snapshot: 1 }], ['off']);
  worker.asked.length = 0;

  await waitFor(() => expect(panel).toHaveTextContent('only with protection on'));
  await user.click(screen.getByRole('button', { name: 'Delete snapshot 1' }));

  expect(worker.asked).toEqual([{ command: { type: 'deleteSnapshot', snapshot: 1 }, worlds: ['on'] }]);
  await waitFor(() => expect(panel).toHaveTextContent('There is none.'));
});

test('a snapshot is reverted to, looked through and looked away from', async () => {
  const { worker, user, looked, rerender } = await openPanel([CREATE, CREATE]);

  await user.click(screen.getByRole('button', { name: 'Revert to snapshot 1' }));
  const look = screen.getByRole('button', { name: 'Look through snapshot 1' });
  await user.click(look);
  await rerender({ lookThrough: 1 });
  expect(look.getAttribute('aria-pressed')).toBe('true');
  look.focus();
  await user.keyboard('{Enter}');

  expect(worker.asked.map(({ command }) => command)).toEqual([{ type: 'revertToSnapshot', snapshot: 1 }]);
  expect(looked).toEqual([1, null]);
});

test('a block is read from the newest snapshot, or from the one that is chosen', async () => {
  const { worker, user } = await openPanel([CREATE, CREATE]);
  const block = screen.getByRole('spinbutton', { name: 'Read block' });

  await user.clear(block);
  await user.type(block, '7');
  await user.click(screen.getByRole('button', { name: 'Read from snapshot' }));
  await user.selectOptions(screen.getByRole('combobox', { name: 'of snapshot' }), '1');
  await user.type(block, '{Enter}');

  expect(worker.asked.map(({ command }) => command)).toEqual([
    { type: 'read', block: 7, from: { snapshot: 2 } },
    { type: 'read', block: 7, from: { snapshot: 1 } },
  ]);
});

test('a block outside the volume is not read', async () => {
  const { worker, user } = await openPanel([CREATE]);
  const block = screen.getByRole('spinbutton', { name: 'Read block' });

  await user.clear(block);
  await user.type(block, '64{Enter}');

  expect(block).toHaveAccessibleDescription('Block 64 is outside the volume: its blocks are 0 to 63.');
  expect(worker.asked).toEqual([]);
});

test('the panel keeps the rules of accessibility', async () => {
  const { panel } = await openPanel([CREATE, CREATE]);

  expect(await violationsIn(panel)).toEqual([]);
});
