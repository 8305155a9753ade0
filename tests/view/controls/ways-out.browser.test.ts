import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Command } from '../../../src/core/command';
import WaysOut from '../../../src/view/controls/WaysOut.svelte';
import { openSession, perform } from '../../client/local-client';
import { violationsIn } from '../violations';

const BROKEN: readonly Command[] = [
  { type: 'createSnapshot' },
  { type: 'break', condition: { name: 'diffDataWritesFail' } },
  { type: 'write', block: 3, count: 1, content: { kind: 'pattern', seed: 1 } },
];

const TRAP = /its diff area counts as unused: deleting it destroys the very snapshots that were kept/;

async function openWays(commands: readonly Command[], world: 0 | 1 = 1) {
  const opened = await openSession();
  const { session } = opened;
  await perform(session, commands);
  opened.worker.asked.length = 0;
  const rendered = render(WaysOut, { session, world: session.worlds[world]! });
  return { ...opened, ...rendered, user: userEvent.setup() };
}

function button(name: string): HTMLElement {
  return screen.getByRole('button', { name });
}

test('while nothing is wrong there is the level only, by its documented names', async () => {
  const { worker, user } = await openWays([]);

  const level = screen.getByRole('group', { name: 'Protection level' });
  expect(within(level).getAllByRole('button')).toHaveLength(2);
  expect(button('VSS_PROTECTION_LEVEL_SNAPSHOT').getAttribute('aria-pressed')).toBe('true');
  expect(level).toHaveAccessibleDescription(/^The snapshots come first/);
  expect(screen.queryByRole('group', { name: 'Ways out' })).toBeNull();
  await user.click(button('VSS_PROTECTION_LEVEL_SNAPSHOT'));
  expect(screen.getByText(/^The volume has this protection level already\./)).toBeVisible();
  await user.click(button('VSS_PROTECTION_LEVEL_ORIGINAL_VOLUME'));

  expect(worker.asked).toEqual([
    { command: { type: 'setProtectionLevel', level: 'ORIGINAL_VOLUME' }, worlds: ['on'] },
  ]);
});

test('the world in which nothing is wrong offers no way out', async () => {
  await openWays(BROKEN, 0);

  expect(screen.queryByRole('group', { name: 'Ways out' })).toBeNull();
  expect(button('VSS_PROTECTION_LEVEL_ORIGINAL_VOLUME').getAttribute('aria-pressed')).toBe('true');
});

test('repair, clear and leave go to the faulted world only', async () => {
  const { worker, user } = await openWays(BROKEN);
  expect(screen.getByRole('group', { name: 'Ways out' })).toHaveTextContent(
    'Make the diff volume writable again, then clear the fault.',
  );

  await user.click(button('Repair what is broken'));
  await waitFor(() => expect(button('Repair what is broken').getAttribute('aria-disabled')).toBe('true'));
  expect(button('Repair what is broken')).toHaveAccessibleDescription('Nothing is broken.');
  expect(screen.getByRole('group', { name: 'Ways out' })).toHaveTextContent('now clear the fault.');
  await user.click(button('Leave protection'));
  expect(worker.asked).toHaveLength(1);
  await user.click(await screen.findByRole('button', { name: 'Leave, and give the snapshots up' }));

  expect(worker.asked.slice(0, 2)).toEqual([
    { command: { type: 'repair', condition: { name: 'diffDataWritesFail' } }, worlds: ['on'] },
    { command: { type: 'setProtectionLevel', level: 'ORIGINAL_VOLUME' }, worlds: ['on'] },
  ]);
});

test('clearing brings the volume back with its snapshot', async () => {
  const { session, user } = await openWays(BROKEN);

  await user.click(button('Clear fault'));

  await waitFor(() => expect(session.history?.machines[1]?.access).toBe('online'));
  expect(session.history?.machines[1]?.areas).toHaveLength(1);
});

test('deleting unused diff areas explains the trap first, and loses nothing when it is declined', async () => {
  const { worker, user } = await openWays(BROKEN);

  await user.click(button('Delete unused diff areas'));
  expect(screen.getByRole('alertdialog', { name: TRAP })).toBeVisible();
  await waitFor(() => expect(document.activeElement).toBe(button('Keep them')));
  await user.keyboard('{Escape}');
  await waitFor(() => expect(document.activeElement).toBe(button('Delete unused diff areas')));
  expect(worker.asked).toEqual([]);

  await user.keyboard('{Enter}');
  await user.click(await screen.findByRole('button', { name: 'Delete, and lose the snapshots' }));

  expect(worker.asked).toEqual([{ command: { type: 'deleteUnusedDiffAreas' }, worlds: ['on'] }]);
});

test('a refusal is shown under the world that said it', async () => {
  const { session, container } = await openWays([]);

  await session.act({ type: 'clearProtectionFault' });

  await waitFor(() =>
    expect(container).toHaveTextContent(
      'The volume is not faulted: there is nothing to clear. S_OK (0x00000000).',
    ),
  );
});

test('the ways out keep the rules of accessibility', async () => {
  const { container, user } = await openWays(BROKEN);
  await user.click(button('Delete unused diff areas'));

  expect(await violationsIn(container)).toEqual([]);
});
