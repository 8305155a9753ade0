import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/core/command';
import Inspector from '../../../src/view/inspector/Inspector.svelte';
import { LabSelection } from '../../../src/view/lab/selection.svelte';
import { openSession, perform } from '../../client/local-client';
import { violationsIn } from '../violations';

function write(block: number, text: string): Command {
  return { type: 'write', block, count: 1, content: { kind: 'text', text } };
}

/** Block 5 is saved for snapshot 2 only, and snapshot 1 reads it from there. */
const STORY: readonly Command[] = [
  write(5, 'Monday'),
  { type: 'createSnapshot' },
  { type: 'createSnapshot' },
  write(5, 'Tuesday'),
];

async function openInspector(commands: readonly Command[] = STORY) {
  const opened = await openSession();
  await perform(opened.session, commands);
  const selection = new LabSelection();
  render(Inspector, { session: opened.session, selection });
  return {
    ...opened,
    selection,
    inspector: screen.getByRole('region', { name: 'Inspector' }),
    user: userEvent.setup(),
  };
}

function world(name: string): HTMLElement {
  return screen.getByRole('group', { name });
}

/** What is said of one of the sources of a block. */
async function source(worldName: string, name: string): Promise<HTMLElement> {
  const title = await within(await screen.findByRole('group', { name: worldName })).findByText(name);
  return title.closest('li')!;
}

test('without anything picked it says what can be picked', async () => {
  const { inspector } = await openInspector();

  expect(inspector).toHaveTextContent('Pick a block or a slot on the stage');
});

describe('a block', () => {
  test('shows its bytes in the live volume and in every snapshot, with the path of each read', async () => {
    const { selection } = await openInspector();
    selection.selectBlock(5);

    const live = await source('Protection on', 'Live volume');
    expect(live).toHaveTextContent('Tuesday');
    expect(within(live).getByRole('group', { name: 'Bytes of Live volume' })).toHaveTextContent(
      '0000 54 75 65 73 64 61 79 00',
    );
    const newest = await source('Protection on', 'Snapshot 2');
    expect(newest).toHaveTextContent('own area, slot 0');
    expect(newest).toHaveTextContent('Monday');
    expect(await source('Protection off', 'Snapshot 1')).toHaveTextContent('own area → area of 2, slot 0');
  });

  test('that no snapshot has saved is read through to the live volume', async () => {
    const { selection } = await openInspector();
    selection.selectBlock(6);

    const newest = await source('Protection on', 'Snapshot 2');
    expect(newest).toHaveTextContent('own area → live volume');
    expect(newest).toHaveTextContent('Never written: zeros.');
  });

  test('is shown as it was at the step that is looked at', async () => {
    const { session, selection } = await openInspector();
    selection.selectBlock(5);
    await source('Protection on', 'Snapshot 2');

    session.seek(session.history?.entries[1]?.start ?? 0);

    await waitFor(() => expect(screen.queryByText('Snapshot 2')).toBeNull());
    expect(await source('Protection on', 'Live volume')).toHaveTextContent('Monday');
  });

  test('is compared with what the browser has stored, at the end of the branch only', async () => {
    const { session, selection } = await openInspector();
    selection.selectBlock(5);

    expect(await source('Protection on', 'Live volume')).toHaveTextContent('Stored in this browser:');
    await waitFor(async () =>
      expect(await source('Protection on', 'Snapshot 1')).toHaveTextContent(
        'Stored in this browser: identical',
      ),
    );
    session.seek(3);

    await waitFor(async () =>
      expect(await source('Protection on', 'Live volume')).not.toHaveTextContent('Stored in this browser'),
    );
  });

  test('that was damaged in the store is told apart, and one that was never written is not there', async () => {
    const { worker, selection } = await openInspector();
    worker.isDamaged = true;
    selection.selectBlock(5);
    await waitFor(async () =>
      expect(await source('Protection off', 'Live volume')).toHaveTextContent('differs from the log'),
    );

    selection.selectBlock(6);

    await waitFor(async () =>
      expect(await source('Protection off', 'Live volume')).toHaveTextContent('not stored: never written'),
    );
  });

  test('can be asked for the path of a read of each snapshot', async () => {
    const { selection, user } = await openInspector();
    selection.selectBlock(5);
    const older = await source('Protection on', 'Snapshot 1');

    await user.click(
      within(older).getByRole('button', { name: 'Show the path of a read of block 5: Snapshot 1' }),
    );

    expect(selection.question).toEqual({ kind: 'read', worldIndex: 1, snapshot: 1, block: 5 });
    expect(
      within(await source('Protection on', 'Live volume')).queryByRole('button', { name: /path/ }),
    ).toBeNull();
  });

  test('of a volume that is offline says that reading fails', async () => {
    const { selection } = await openInspector([...STORY, { type: 'unexpectedError' }]);
    selection.selectBlock(5);

    expect(await source('Protection on', 'Live volume')).toHaveTextContent(
      'The volume is offline: reading fails now.',
    );
    expect(await source('Protection on', 'Snapshot 1')).toHaveTextContent(
      'Its snapshots cannot be read now.',
    );
    expect(within(world('Protection off')).queryByText('Snapshot 1')).toBeNull();
  });

  test('can be paged through to its last byte', async () => {
    const { selection, user } = await openInspector([
      { type: 'write', block: 0, count: 1, content: { kind: 'pattern', seed: 1 } },
    ]);
    selection.selectBlock(0);
    const live = await source('Protection off', 'Live volume');
    expect(live).toHaveTextContent('Bytes 0 to 255 of 16,384');

    await user.click(within(live).getByRole('button', { name: 'Show all' }));
    for (let page = 1; page < 8; page += 1) {
      await user.click(within(live).getByRole('button', { name: 'Next page' }));
    }

    expect(live).toHaveTextContent('Bytes 14,336 to 16,383 of 16,384');
    expect(within(live).getByRole('button', { name: 'Next page' })).toHaveAttribute('aria-disabled', 'true');
    await user.click(within(live).getByRole('button', { name: 'Show less' }));
    expect(live).toHaveTextContent('Bytes 0 to 255 of 16,384');
  });
});

test('a slot shows its owner, the block it came from and its bytes', async () => {
  const { selection } = await openInspector([...STORY, { type: 'deleteSnapshot', snapshot: 2 }]);
  selection.selectSlot(0);

  await waitFor(() => expect(world('Protection on')).toHaveTextContent('Monday'));
  expect(world('Protection on')).toHaveTextContent(
    'Belongs to the area of snapshot 2 and holds the old content of block 5.',
  );
  expect(world('Protection on')).toHaveTextContent(
    'Snapshot 2 is deleted; an older one still reads through its area.',
  );
  expect(world('Protection on')).toHaveTextContent('A read of block 5 of snapshot 1 ends here.');
  selection.selectSlot(7);
  await waitFor(() => expect(world('Protection on')).toHaveTextContent('Free: it belongs to no snapshot.'));
  selection.selectSlot(40);
  await waitFor(() => expect(world('Protection on')).toHaveTextContent('Not allocated.'));
});

test('a slot names every snapshot that reads it, and can be shown on the stage', async () => {
  const { selection, user } = await openInspector([{ type: 'createSnapshot' }, ...STORY]);
  selection.selectSlot(1);

  await waitFor(() =>
    expect(world('Protection off')).toHaveTextContent('A read of block 5 of snapshots 2 and 3 ends here.'),
  );
  await user.click(
    within(world('Protection off')).getByRole('button', { name: 'Show on the stage whose slot 1 is' }),
  );

  expect(selection.question).toEqual({ kind: 'owner', worldIndex: 0, slot: 1 });
});

test('a snapshot shows what it holds and what it costs', async () => {
  const { selection } = await openInspector();
  selection.look(1);

  await waitFor(() => expect(world('Protection on')).toHaveTextContent('Read from newer areas 1 block'));
  expect(world('Protection on')).toHaveTextContent('Saved in its own area 0 blocks');
  expect(world('Protection on')).toHaveTextContent('Still read from the live volume 63 blocks');
  expect(world('Protection on')).toHaveTextContent('Diff area of its own 0 slots, 0 KiB');
  selection.look(2);
  await waitFor(() =>
    expect(world('Protection on')).toHaveTextContent('Diff area of its own 1 slot, 16 KiB'),
  );
  expect(world('Protection on')).toHaveTextContent('Deleting it now would free 0 slots');
});

test('the volume shows the six members of its protection info, live', async () => {
  const { session } = await openInspector();
  const table = screen.getByRole('table', { name: 'VSS_VOLUME_PROTECTION_INFO' });
  expect(
    within(table)
      .getAllByRole('rowheader')
      .map((cell) => cell.textContent),
  ).toEqual([
    'm_protectionLevel VSS_PROTECTION_LEVEL',
    'm_volumeIsOfflineForProtection BOOL',
    'm_protectionFault VSS_PROTECTION_FAULT',
    'm_failureStatus LONG',
    'm_volumeHasUnusedDiffArea BOOL',
    'm_reserved DWORD',
  ]);

  await perform(session, [{ type: 'unexpectedError' }]);

  await waitFor(() =>
    expect(table).toHaveTextContent('VSS_PROTECTION_FAULT_DESTROY_ALL_SNAPSHOTS 0x0000000B'),
  );
  expect(table).toHaveTextContent('VSS_PROTECTION_FAULT_NONE 0x00000000');
  expect(table).toHaveTextContent('STATUS_INTERNAL_ERROR 0xC00000E5');
});

test('the inspector keeps the rules of accessibility', async () => {
  const { selection, inspector } = await openInspector();
  selection.selectBlock(5);
  selection.look(1);
  await screen.findAllByText('Snapshot 2');

  expect(await violationsIn(inspector)).toEqual([]);
});
