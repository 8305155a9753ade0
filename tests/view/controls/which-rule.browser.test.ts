import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Command } from '../../../src/core/command';
import type { WorldId } from '../../../src/core/scenario';
import Note from '../../../src/view/controls/Note.svelte';
import { Sender } from '../../../src/view/controls/sender.svelte';
import { openSession, perform } from '../../client/local-client';
import { violationsIn } from '../violations';

async function refuse(before: readonly Command[], command: Command, worlds?: readonly WorldId[]) {
  const { session } = await openSession();
  await perform(session, before);
  const sender = new Sender(session);
  const { container } = render(Note, { session, sender, about: () => true });
  await sender.send([command], worlds);
  return { container, sender, user: userEvent.setup() };
}

/** Opens the disclosure and gives what it says. */
async function ruleOf(user: ReturnType<typeof userEvent.setup>, name = 'Which rule?'): Promise<HTMLElement> {
  const summary = await screen.findByText(name);
  await user.click(summary);
  const details = summary.closest('details')!;
  await waitFor(() => expect(details.querySelector('p')).not.toBeNull(), { timeout: 15_000 });
  return details;
}

const PROTECT: Command = { type: 'setProtectionLevel', level: 'SNAPSHOT' };

test('a documented rule is named with its source', async () => {
  const { user } = await refuse([], { type: 'clearProtectionFault' });

  const rule = await ruleOf(user);

  expect(rule).toHaveTextContent('Clearing a volume that is not faulted does nothing.');
  expect(rule).toHaveTextContent('Documented');
  expect(
    within(rule)
      .getByRole('link', { name: /ClearVolumeProtectFault/ })
      .getAttribute('href'),
  ).toMatch(/^https:\/\/learn\.microsoft\.com\//);
});

test('an inferred rule says so, and why it is believed', async () => {
  const { user } = await refuse(
    [PROTECT, { type: 'createSnapshot' }, { type: 'unexpectedError' }],
    { type: 'read', block: 0, from: { snapshot: 1 } },
    ['on'],
  );

  const rule = await ruleOf(user, 'Which rule? Protection on');

  expect(rule).toHaveTextContent('its snapshots are safe but cannot be read');
  expect(rule).toHaveTextContent('Inferred');
  expect(rule).toHaveTextContent('It follows from the definition of the level');
});

test('a limit of our own is called that', async () => {
  const { user } = await refuse([], { type: 'bringOnline' });

  const rule = await ruleOf(user);

  expect(rule).toHaveTextContent('This is a limit of the laboratory. It says nothing about Windows.');
  expect(within(rule).queryByRole('link')).toBeNull();
});

test('what was never sent has no rule', async () => {
  const { sender } = await refuse([], { type: 'takeOffline' });

  sender.say('A double click counts once.');

  await screen.findByText('A double click counts once.');
  expect(screen.queryByText('Which rule?')).toBeNull();
});

test('keeps the rules of accessibility', async () => {
  const { container, user } = await refuse([], { type: 'clearProtectionFault' });
  await ruleOf(user);

  expect(await violationsIn(container)).toEqual([]);
});
