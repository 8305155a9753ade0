import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { branchOf } from '../../../src/core/laboratory';
import { DEFAULT_SETTINGS } from '../../../src/core/machine';
import LabActions from '../../../src/view/shell/LabActions.svelte';
import { openOnDisk } from '../../client/engine-in-page';
import { stateWith } from '../../storage/samples';
import { violationsIn } from '../violations';

type User = ReturnType<typeof userEvent.setup>;

async function openDialog(disk = new Map<string, unknown>()) {
  const session = await openOnDisk(disk);
  render(LabActions, { session, ontask: () => undefined });
  const user = userEvent.setup();
  await user.click(screen.getByText('File'));
  await user.click(screen.getByRole('button', { name: 'New laboratory…' }));
  // It is loaded when it is asked for, which takes a while the first time.
  const dialog = await screen.findByRole<HTMLDialogElement>(
    'dialog',
    { name: 'New laboratory' },
    { timeout: 10_000 },
  );
  return { session, user, dialog, disk };
}

function field(name: string): HTMLInputElement {
  return screen.getByRole('spinbutton', { name });
}

async function type(user: User, name: string, text: string): Promise<void> {
  await user.clear(field(name));
  if (text !== '') await user.type(field(name), text);
}

async function create(user: User): Promise<void> {
  await user.click(screen.getByRole('button', { name: 'Create laboratory' }));
}

const SIZES = {
  volume: 'Blocks of the live volume',
  diffVolume: 'Blocks of the diff volume',
  initial: 'Initial size, in blocks',
  step: 'Growth step, in blocks',
  maximum: 'Maximum size, in blocks',
} as const;

function valuesOf(...names: readonly (keyof typeof SIZES)[]): readonly string[] {
  return names.map((name) => field(SIZES[name]).value);
}

describe('a new laboratory', () => {
  test('begins as the default machine, twice', async () => {
    const { session, user } = await openDialog();

    await create(user);

    await waitFor(() => expect(session.branch?.origin).toEqual({ kind: 'own' }));
    expect(session.branch?.scenario).toEqual({ settings: DEFAULT_SETTINGS, worlds: ['off', 'on'] });
    expect(session).toMatchObject({ length: 0, problem: null });
  });

  test('has every setting as it was chosen; the branch before it is kept', async () => {
    const { session, user, disk } = await openDialog();
    const before = session.branch!;

    await type(user, SIZES.volume, '1048576');
    await type(user, SIZES.diffVolume, '5000');
    await type(user, SIZES.initial, '100');
    await type(user, SIZES.step, '50');
    await user.click(screen.getByRole('checkbox', { name: 'No maximum' }));
    await type(user, 'Most snapshots at once', '512');
    await user.click(screen.getByRole('radio', { name: 'Protection on only' }));
    await user.click(screen.getByText(/^Timings/));
    await type(user, 'Grow by a step', '250');
    await user.type(screen.getByRole('textbox', { name: /^Name/ }), ' Large ');
    await create(user);

    await waitFor(() => expect(session.branch?.name).toBe('Large'));
    expect(session.branch?.scenario).toEqual({
      settings: {
        blockCount: 1_048_576,
        diffVolumeBlocks: 5000,
        initialBlocks: 100,
        maximumBlocks: null,
        growthStepBlocks: 50,
        snapshotLimit: 512,
        timing: { ...DEFAULT_SETTINGS.timing, growMs: 250 },
      },
      worlds: ['on'],
    });
    expect(branchOf(session.state!, before.id)).toEqual(before);
    // A reload finds the same.
    expect((await openOnDisk(disk)).state).toEqual(session.state);
  });

  test('is created with Return in a field, and the focus goes back to the menu', async () => {
    const { session, user, dialog } = await openDialog();

    await type(user, SIZES.volume, '16{Enter}');

    await waitFor(() => expect(dialog.isConnected).toBe(false));
    expect(session.branch?.scenario.settings).toMatchObject({ blockCount: 16, diffVolumeBlocks: 16 });
    expect(document.activeElement).toBe(screen.getByText('File'));
  });

  test.each(['Escape', 'Cancel'])('is not created with %s', async (way) => {
    const { session, user, dialog } = await openDialog();
    const { state } = session;
    await type(user, SIZES.volume, '16');

    if (way === 'Escape') await user.keyboard('{Escape}');
    else await user.click(screen.getByRole('button', { name: 'Cancel' }));
    // A key that is made by a script does not close a dialog by itself, as the browser's own does.
    if (dialog.isConnected && way === 'Escape') dialog.requestClose();

    await waitFor(() => expect(dialog.isConnected).toBe(false));
    expect(session.state).toBe(state);
    expect(document.activeElement).toBe(screen.getByText('File'));
  });

  test('that the engine turns down leaves the dialog open, with the reason', async () => {
    const [known] = stateWith(null).branches;
    const branches = Array.from({ length: 1000 }, (_, index) => ({ ...known!, id: index + 1 }));
    const state = { ...stateWith(null), branches, nextBranch: 1001, position: 0 };
    const { user, dialog } = await openDialog(new Map([['["meta"]', { format: 1, state }]]));

    await create(user);

    expect(await within(dialog).findByRole('alert')).toHaveTextContent(/at most 1,000 branches/);
    expect(dialog.open).toBe(true);
  });
});

describe('a size', () => {
  test('to begin with sets all sizes, and nothing else', async () => {
    const { user } = await openDialog();
    await type(user, SIZES.step, '3');
    await type(user, 'Most snapshots at once', '7');
    await user.click(screen.getByRole('checkbox', { name: 'No maximum' }));

    const preset = screen.getByRole('button', { name: '65,536 blocks, 1 GiB' });
    await user.click(preset);

    expect(preset.getAttribute('aria-pressed')).toBe('true');
    expect(valuesOf('volume', 'diffVolume', 'initial', 'step', 'maximum')).toEqual([
      '65536',
      '65536',
      '8192',
      '8192',
      '32768',
    ]);
    expect(field('Most snapshots at once').value).toBe('7');
    expect(field(SIZES.maximum).disabled).toBe(false);
  });

  test('that was typed stays; the others follow the live volume', async () => {
    const { user } = await openDialog();
    await type(user, SIZES.step, '3');

    await type(user, SIZES.volume, '1000');

    expect(valuesOf('diffVolume', 'initial', 'step', 'maximum')).toEqual(['1000', '125', '3', '500']);
    await type(user, SIZES.volume, '');
    expect(valuesOf('diffVolume', 'initial', 'step', 'maximum')).toEqual(['64', '8', '3', '32']);
  });
});

describe('a bad value', () => {
  const bad: [name: string, text: string, sentence: string][] = [
    [SIZES.volume, '15', 'Give a whole number from 16 to 1,048,576.'],
    [SIZES.volume, '', 'Give a whole number from 16 to 1,048,576.'],
    [SIZES.volume, '64.5', 'Give a whole number from 16 to 1,048,576.'],
    [SIZES.diffVolume, '0', 'Give a whole number from 1 to 1,048,576.'],
    [SIZES.initial, '33', 'At most the maximum size, 32.'],
    [SIZES.maximum, '65', 'At most the diff volume, 64 blocks.'],
    [SIZES.step, '0', 'Give a whole number from 1 to 1,048,576.'],
    ['Most snapshots at once', '513', 'Give a whole number from 1 to 512.'],
  ];

  test.each(bad)('%s: “%s” is told at its field and gets the focus; nothing is made', async (...row) => {
    const [name, text, sentence] = row;
    const { session, user, dialog } = await openDialog();
    const { state } = session;

    await type(user, name, text);
    expect(field(name)).toHaveAccessibleDescription(sentence);
    expect(within(dialog).getByRole('region', { name: 'What this makes' })).toHaveTextContent(/Nothing yet/);
    await create(user);

    await waitFor(() => expect(document.activeElement).toBe(field(name)));
    expect(field(name).getAttribute('aria-invalid')).toBe('true');
    expect(dialog.open).toBe(true);
    expect(session.state).toBe(state);
  });

  test('among the timings opens them', async () => {
    const { user } = await openDialog();
    const timings = screen.getByText(/^Timings/);
    await user.click(timings);
    await type(user, 'Write a copy', '-1');
    await user.click(timings);

    await create(user);

    await waitFor(() => expect(document.activeElement).toBe(field('Write a copy')));
    expect(field('Write a copy')).toHaveAccessibleDescription('Give a whole number from 0 to 3,600,000.');
  });
});

describe('what it makes', () => {
  const outcome = (): HTMLElement => screen.getByRole('region', { name: 'What this makes' });

  test('is told while it is typed', async () => {
    const { user } = await openDialog();
    expect(outcome()).toHaveTextContent('64 blocks of 16 KiB, 1 MiB');
    expect(outcome()).toHaveTextContent('from 8 to 32 blocks, 512 KiB: 50 % of the live volume');
    expect(outcome()).toHaveTextContent('every block a cell');

    await user.click(screen.getByRole('button', { name: '1,048,576 blocks, 16 GiB' }));

    expect(outcome()).toHaveTextContent('1,048,576 blocks of 16 KiB, 16 GiB');
    expect(outcome()).toHaveTextContent('from 131,072 to 524,288 blocks, 8 GiB: 50 % of the live volume');
    expect(outcome()).toHaveTextContent('a map, every block a point');
  });

  test('is a lesson where the diff area cannot hold a whole snapshot', async () => {
    const { user } = await openDialog();
    expect(outcome()).toHaveTextContent(/at most 32 of 64 blocks can be saved/);
    await type(user, SIZES.step, '7');
    expect(outcome()).toHaveTextContent(/at most 29 of 64 blocks can be saved/);
    await type(user, SIZES.step, '8');

    await user.click(screen.getByRole('checkbox', { name: 'No maximum' }));

    expect(outcome()).toHaveTextContent('from 8 to 64 blocks, 1 MiB: 100 % of the live volume');
    expect(outcome()).not.toHaveTextContent(/can be saved/);
  });
});

test('a link is not possible for a laboratory of one’s own, and the menu says so', async () => {
  const { session, user, dialog } = await openDialog();
  await create(user);
  await waitFor(() => expect(dialog.isConnected).toBe(false));

  await user.click(screen.getByText('File'));
  const copy = screen.getByRole('button', { name: 'Copy link to this moment' });

  expect(copy).toHaveAccessibleDescription(/leads to the run of a fault/);
  expect(copy.getAttribute('aria-disabled')).toBe('true');
  await session.switchBranch(1);
  expect(copy.getAttribute('aria-disabled')).toBeNull();
});

test('the dialog stands up to a checker of accessibility', async () => {
  const { user, dialog } = await openDialog();
  await user.click(screen.getByText(/^Timings/));
  await type(user, SIZES.initial, '99');

  expect(await violationsIn(dialog)).toEqual([]);
});
