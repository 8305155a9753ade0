import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { settingsOfSize } from '../../../src/core/new-machine';
import WritePanel from '../../../src/view/controls/WritePanel.svelte';
import { openSession, perform, type LocalOptions } from '../../client/local-client';
import { violationsIn } from '../violations';

async function openPanel(options: LocalOptions = {}, block = 9) {
  const opened = await openSession(options);
  const rendered = render(WritePanel, { session: opened.session, block });
  return {
    ...opened,
    ...rendered,
    user: userEvent.setup(),
    panel: screen.getByRole('region', { name: 'Write' }),
  };
}

function field(name: string): HTMLInputElement {
  return screen.getByRole('spinbutton', { name });
}

async function type(user: ReturnType<typeof userEvent.setup>, name: string, text: string): Promise<void> {
  await user.clear(field(name));
  await user.type(field(name), text);
}

describe('a write', () => {
  test('puts the text into the block, in every world', async () => {
    const { worker, user, panel } = await openPanel();

    await user.type(screen.getByRole('textbox', { name: 'Text' }), 'Monday');
    expect(panel).toHaveTextContent('6 of 16,384 bytes');
    await user.click(screen.getByRole('button', { name: 'Write' }));

    expect(worker.asked).toEqual([
      {
        command: { type: 'write', block: 9, count: 1, content: { kind: 'text', text: 'Monday' } },
        worlds: ['off', 'on'],
      },
    ]);
  });

  test('without text makes a pattern from the seed; Return in a field sends it', async () => {
    const { worker, user } = await openPanel();

    await type(user, 'Blocks', '3');
    await type(user, 'Seed of the pattern', '7{Enter}');

    expect(worker.asked.map(({ command }) => command)).toEqual([
      { type: 'write', block: 9, count: 3, content: { kind: 'pattern', seed: 7 } },
    ]);
  });

  test('goes to the block that is picked on the stage', async () => {
    const { rerender } = await openPanel();

    await rerender({ block: 12 });

    expect(field('Block').value).toBe('12');
  });

  test('outside the volume is not sent: the field says why and gets the focus', async () => {
    const { worker, user } = await openPanel();

    await type(user, 'Block', '64');
    await user.click(screen.getByRole('button', { name: 'Write' }));

    const block = field('Block');
    expect(block).toHaveAccessibleDescription('Block 64 is outside the volume: its blocks are 0 to 63.');
    expect(block.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(block);
    expect(worker.asked).toEqual([]);
  });

  test.each([
    ['Block', '', 'Give a whole number from 0 to 63.'],
    ['Block', '1.5', 'Give a whole number from 0 to 63.'],
    ['Blocks', '0', 'Give a whole number, at least 1.'],
    ['Blocks', '56', 'Block 64 is outside the volume: its blocks are 0 to 63.'],
    ['Seed of the pattern', '-1', 'Give a whole number, at least 0.'],
  ])('says what is wrong with %s “%s”', async (name, typed, sentence) => {
    const { user } = await openPanel();

    await user.clear(field(name));
    if (typed !== '') await user.type(field(name), typed);

    expect(field(name)).toHaveAccessibleDescription(sentence);
  });

  test.each([
    ['Block', '1048576', 'Block 1048576 is outside the volume: its blocks are 0 to 1048575.'],
    ['Blocks', '4097', 'One write takes at most 4,096 blocks. For more, use a burst.'],
    ['Span', '1048577', 'Block 1048576 is outside the volume: its blocks are 0 to 1048575.'],
    ['Writes', '1000001', 'Give a whole number from 1 to 1000000.'],
  ])('on the largest volume says what is wrong with %s “%s”', async (name, typed, sentence) => {
    const { user } = await openPanel({ settings: settingsOfSize(1_048_576) });
    await user.click(screen.getByText('Burst of writes'));

    await type(user, name, typed);

    expect(field(name)).toHaveAccessibleDescription(sentence);
    await type(user, name, String(Number(typed) - 1));
    expect(field(name).getAttribute('aria-invalid')).toBeNull();
  });

  test('refuses a text that is longer than a block', async () => {
    const { worker, user, panel } = await openPanel();
    const text = screen.getByRole('textbox', { name: 'Text' });

    await user.click(text);
    await user.paste(`${'ä'.repeat(8192)}!`);
    await user.click(screen.getByRole('button', { name: 'Write' }));

    expect(panel).toHaveTextContent('16,385 of 16,384 bytes');
    expect(panel).toHaveTextContent(
      'The text is 16385 bytes long; a block holds 16384. Shorten it by 1 byte.',
    );
    expect(text.getAttribute('aria-invalid')).toBe('true');
    expect(worker.asked).toEqual([]);
  });

  test('clicked twice in a moment is sent once, and that is said', async () => {
    const { worker, user, panel } = await openPanel();

    await user.dblClick(screen.getByRole('button', { name: 'Write' }));

    await waitFor(() => expect(within(panel).getByText('A double click counts once.')).toBeVisible());
    expect(worker.asked).toHaveLength(1);
  });

  test('between two stages of another write says why it would do nothing', async () => {
    const { session, worker, user, panel } = await openPanel();
    await perform(session, [{ type: 'write', block: 1, count: 1, content: { kind: 'pattern', seed: 1 } }]);
    session.seek(2);
    const button = screen.getByRole('button', { name: 'Write' });

    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('true'));
    expect(button).toHaveAccessibleDescription(/^A write is still between two of its stages\./);
    await user.click(button);

    expect(within(panel).getByText(/^A write is still between two of its stages\./)).toBeVisible();
    expect(worker.asked).toHaveLength(1);
  });

  test('a refusal of the engine is shown in the panel', async () => {
    const { session, panel } = await openPanel();

    await session.act({ type: 'write', block: 99, count: 1, content: { kind: 'pattern', seed: 1 } });

    await waitFor(() => expect(panel).toHaveTextContent('Block 99 is outside the volume'));
  });
});

test('a read asks the live volume for the block', async () => {
  const { worker, user } = await openPanel();

  await user.click(screen.getByRole('button', { name: 'Read' }));

  expect(worker.asked.map(({ command }) => command)).toEqual([{ type: 'read', block: 9, from: 'live' }]);
});

describe('a burst', () => {
  test('is written in a row or at random, as it is described', async () => {
    const { worker, user } = await openPanel();
    await user.click(screen.getByText('Burst of writes'));

    await user.click(screen.getByRole('radio', { name: 'At random' }));
    await type(user, 'First block', '8');
    await type(user, 'Writes', '5');
    await type(user, 'Seed', '3');
    await user.click(screen.getByRole('button', { name: 'Write burst' }));

    expect(worker.asked.map(({ command }) => command)).toEqual([
      { type: 'writeBurst', order: 'random', block: 8, span: 56, from: 0, writes: 5, seed: 3 },
    ]);
  });

  test('beyond the volume is not sent', async () => {
    const { worker, user } = await openPanel();
    await user.click(screen.getByText('Burst of writes'));

    await type(user, 'Span', '65');
    await user.click(screen.getByRole('button', { name: 'Write burst' }));

    expect(field('Span')).toHaveAccessibleDescription(
      'Block 64 is outside the volume: its blocks are 0 to 63.',
    );
    expect(worker.asked).toEqual([]);
  });

  test('that takes long shows how far it is, sends nothing else meanwhile, and can be stopped', async () => {
    const { session, worker, user, panel } = await openPanel();
    worker.isHeld = true;
    await user.click(screen.getByText('Burst of writes'));
    await type(user, 'Writes', '200');
    await user.click(screen.getByRole('button', { name: 'Write burst' }));

    await screen.findByRole('progressbar', { name: 'Progress of the burst' });
    await user.click(screen.getByRole('button', { name: 'Write' }));
    expect(panel).toHaveTextContent('The burst is still being written. Nothing was sent');
    expect(worker.asked).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Stop' }));

    await waitFor(() => expect(session.progress).toBeNull());
    expect(session.worlds[0]?.machine.host.completed).toBeLessThan(200);
    expect(screen.queryByRole('progressbar')).toBeNull();
  });
});

test('the panel keeps the rules of accessibility', async () => {
  const { user, panel } = await openPanel();
  await user.click(screen.getByText('Burst of writes'));
  await type(user, 'Block', '64');

  expect(await violationsIn(panel)).toEqual([]);
});
