import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { fingerprint } from '../../../src/core/fingerprint';
import type { Branch } from '../../../src/core/laboratory';
import Notices from '../../../src/view/lab/Notices.svelte';
import type { MemoryDisk } from '../../../src/storage/memory-store';
import { openOnDisk } from '../../client/engine-in-page';
import { perform } from '../../client/local-client';
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

test('trimming keeps the moment and forgets the rest of the branch, after it was asked', async () => {
  const { session, user } = await openNotices(90_000);
  expect(screen.queryByRole('button', { name: /^Trim/ })).toBeNull();
  const write = { type: 'write', block: 3, count: 1, content: { kind: 'text', text: 'kept' } } as const;
  await perform(session, [write, { type: 'createSnapshot' }, write, { type: 'wait', durationMs: 5 }]);
  const end = session.history!.entries[2]!;
  session.seek(end.start + end.record.steps - 1);
  const machines = session.history!.momentAt(end.start + end.record.steps).machines.map(fingerprint);
  await screen.findByText('90,004 of at most', { exact: false });

  await user.click(screen.getByRole('button', { name: 'Trim: keep this moment, forget how it came about' }));
  const steps = end.start + end.record.steps;
  const cost = new RegExp(`the ${steps} steps before this moment and the one after it are forgotten`);
  expect(screen.getByRole('alertdialog', { name: cost })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Trim this branch' }));

  await waitFor(() => expect(session.branch?.origin).toEqual({ kind: 'trimmed' }));
  expect(session).toMatchObject({ length: 0, recordCount: 90_000, problem: null });
  expect(session.history!.machines.map(fingerprint)).toEqual(machines);
  expect(session.state?.branches).toHaveLength(2);
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
