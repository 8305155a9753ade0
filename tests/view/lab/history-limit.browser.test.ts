import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Branch } from '../../../src/core/laboratory';
import Notices from '../../../src/view/lab/Notices.svelte';
import type { MemoryDisk } from '../../../src/storage/memory-store';
import { openOnDisk } from '../../client/engine-in-page';
import { recordOf, stateWith } from '../../storage/samples';
import { violationsIn } from '../violations';

/** A disk with an empty branch, which is the current one, and another one with so many records. */
function diskWith(records: number): MemoryDisk {
  const empty = stateWith(null);
  const [branch] = empty.branches as readonly [Branch];
  const state = {
    ...empty,
    branches: [branch, { ...branch, id: 2, name: 'The long one', tip: records }],
    position: 0,
    nextRecord: records + 1,
    nextBranch: 3,
    startedOverFrom: [],
  };
  const rows = Array.from({ length: records }, (_, index) => {
    return [JSON.stringify(['event', index + 1]), recordOf(index + 1)] as const;
  });
  return new Map<string, unknown>([['["meta"]', { format: 1, state }], ...rows]);
}

async function openNotices(records: number) {
  const session = await openOnDisk(diskWith(records));
  const onsave = vi.fn();
  const props = { session, linkProblem: null, onsave, ondismisslink: () => {} };
  return { session, onsave, ...render(Notices, props), user: userEvent.setup() };
}

const notice = (): HTMLElement | null => screen.queryByRole('region', { name: 'Room for history' });

test('while there is room for a tenth, nothing is said', async () => {
  const { session } = await openNotices(89_999);

  expect(session.recordCount).toBe(89_999);
  expect(notice()).toBeNull();
});

test('from nine tenths on it is told how much is used, and the laboratory can be saved', async () => {
  const { onsave, user, container } = await openNotices(90_000);

  expect(notice()).toHaveTextContent('90,000 of at most 100,000 commands');
  await user.click(screen.getByRole('button', { name: 'Save to a file' }));

  expect(onsave).toHaveBeenCalledOnce();
  expect(await violationsIn(container)).toEqual([]);
});

test('other branches are deleted after it was asked, and what was said goes away', async () => {
  const { session, user } = await openNotices(90_000);
  const open = screen.getByRole('button', { name: 'Delete 1 other branch' });

  await user.click(open);
  const dialog = screen.getByRole('alertdialog', { name: /1 branch .* will be gone/ });
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Keep everything' }));
  await user.keyboard('{Enter}');
  expect(dialog.isConnected).toBe(false);
  expect(session.state?.branches).toHaveLength(2);

  await user.click(screen.getByRole('button', { name: 'Delete 1 other branch' }));
  await user.click(screen.getByRole('button', { name: 'Delete them' }));

  await waitFor(() => expect(notice()).toBeNull());
  expect(session.state?.branches.map(({ id }) => id)).toEqual([1]);
  expect(session.recordCount).toBe(0);
});

test('a command for which there is no room is told with what can be done about it', async () => {
  const { session, user } = await openNotices(100_000);

  await session.act({ type: 'createSnapshot' });

  await waitFor(() => expect(notice()).toHaveTextContent(/There is no room for that\..*100,000 of at most/));
  expect(session.recordCount).toBe(100_000);
  // The notice is the only one about it.
  expect(screen.getAllByRole('button', { name: 'Dismiss' })).toHaveLength(1);
  await user.click(screen.getByRole('button', { name: 'Dismiss' }));
  await waitFor(() => expect(screen.queryByText('There is no room for that.')).toBeNull());
});
