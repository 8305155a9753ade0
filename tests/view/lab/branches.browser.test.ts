import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Session } from '../../../src/client/session.svelte';
import Branches from '../../../src/view/lab/Branches.svelte';
import { create, write } from '../../core/given';
import { openSession, perform } from '../../client/local-client';
import { violationsIn } from '../violations';

let session: Session;
let list: HTMLElement;
const user = userEvent.setup();

/** Branch 1 is the present one; it forked off the story. */
beforeEach(async () => {
  ({ session } = await openSession());
  await perform(session, [write(0, 'A'), write(1, 'B')]);
  session.seek(session.history!.entries[1]!.start);
  await session.act(create);
  render(Branches, { session });
  list = screen.getByRole('region', { name: 'Branches' });
});

function button(name: string): HTMLElement {
  return within(list).getByRole('button', { name });
}

test('every branch is listed, the present one as such, and can be gone to', async () => {
  const switchBranch = vi.spyOn(session, 'switchBranch').mockResolvedValue(true);

  expect(within(list).getAllByRole('listitem')).toHaveLength(2);
  expect(within(list).getByText('On branch 1')).toHaveAttribute('aria-current', 'true');
  await user.click(button('Go to the story'));

  expect(switchBranch).toHaveBeenCalledWith(0);
});

test('each gets a name: Return keeps it, Escape does not, and the focus comes back', async () => {
  const nameBranch = vi.spyOn(session, 'nameBranch').mockResolvedValue(true);

  await user.click(button('Rename the story'));
  expect(within(list).getByRole('textbox', { name: 'New name of the story' })).toHaveFocus();
  await user.keyboard('unwanted{Escape}');
  expect(nameBranch).not.toHaveBeenCalled();
  expect(button('Rename the story')).toHaveFocus();

  await user.click(button('Rename branch 1'));
  await user.keyboard('  An early snapshot {Enter}');
  expect(nameBranch).toHaveBeenCalledExactlyOnceWith(1, 'An early snapshot');
});

test('a branch is deleted only when that is confirmed, and the present one not at all', async () => {
  const deleteBranch = vi.spyOn(session, 'deleteBranch').mockResolvedValue(true);

  expect(within(list).queryByRole('button', { name: 'Delete branch 1' })).toBeNull();
  await user.click(button('Delete the story'));
  expect(within(list).getByRole('alertdialog')).toHaveTextContent('Delete the story?');
  await user.click(button('Keep it'));
  expect(deleteBranch).not.toHaveBeenCalled();

  await user.click(button('Delete the story'));
  await user.click(button('Delete the branch'));
  expect(deleteBranch).toHaveBeenCalledExactlyOnceWith(0);
});

test('the list keeps the rules of accessibility', async () => {
  await user.click(button('Rename the story'));
  await user.click(button('Delete the story'));

  expect(await violationsIn(list)).toEqual([]);
});
