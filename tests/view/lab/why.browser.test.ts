import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/core/command';
import { explain } from '../../../src/core/describe/why/why';
import { runOfFault } from '../../../src/core/run-of-fault';
import Lab from '../../../src/view/lab/Lab.svelte';
import { LabSelection } from '../../../src/view/lab/selection.svelte';
import { causeWords } from '../../../src/words/why';
import { openSession, perform, type LocalOptions } from '../../client/local-client';
import { violationsIn } from '../violations';

/** What is loaded when it is needed takes its time on a busy machine. */
const PATIENT = { timeout: 15_000 };

async function openLab(commands: readonly Command[] = runOfFault(7).commands, options: LocalOptions = {}) {
  const opened = await openSession(options);
  await perform(opened.session, commands);
  const selection = new LabSelection();
  render(Lab, { session: opened.session, selection });
  await screen.findByRole('region', { name: 'Event log' }, PATIENT);
  return { ...opened, selection, user: userEvent.setup() };
}

const write = (block: number): Command => ({
  type: 'write',
  block,
  count: 1,
  content: { kind: 'text', text: `block ${block}` },
});
const CREATE: Command = { type: 'createSnapshot' };

function world(name: 'Protection off' | 'Protection on'): HTMLElement {
  return screen.getByRole('region', { name });
}

function answer(name = 'Why?'): Promise<HTMLElement> {
  return screen.findByRole('region', { name }, PATIENT);
}

/** The numbers of the badges on a stage. */
function badges(within: HTMLElement): readonly string[] {
  return [...within.querySelectorAll('.figure [data-badge] text')].map((text) => text.textContent);
}

async function drawn(within: HTMLElement): Promise<readonly string[]> {
  await waitFor(() => expect(badges(within)).not.toEqual([]), PATIENT);
  return [...badges(within)].sort();
}

describe('the caption', () => {
  test('asks of the world whose sentence it stands beside, when the worlds differ', async () => {
    const { selection, user } = await openLab();

    await user.click(screen.getByRole('button', { name: /^Why\? Protection on: Reading block 9/ }));

    expect(selection.asked?.worldIndex).toBe(1);
    expect(world('Protection on')).toContainElement(await answer());
    expect(world('Protection off').querySelector('.answer')).toBeNull();
  });

  test('asks once, when the worlds do the same', async () => {
    const { selection, user } = await openLab([CREATE, write(3)]);

    await user.click(screen.getByRole('button', { name: 'Why? The write to block 3 is complete.' }));

    expect(selection.asked?.worldIndex).toBe(0);
    expect(await answer()).toHaveTextContent('Why? The write to block 3 is complete.');
  });

  test('shows the path of a read of a snapshot', async () => {
    const { user } = await openLab([
      CREATE,
      CREATE,
      write(3),
      { type: 'read', block: 3, from: { snapshot: 1 } },
    ]);

    await user.click(
      within(document.querySelector<HTMLElement>('.caption')!).getByRole('button', { name: 'Show the path' }),
    );

    const path = await answer('The way of a read');
    expect(within(path).getAllByRole('listitem')[2]).toHaveTextContent(
      'The area of snapshot 2 has it, in slot 0.',
    );
    expect(await drawn(world('Protection off'))).toEqual(['1', '2', '3']);
  });
});

describe('the answer to “Why?”', () => {
  async function ask() {
    const opened = await openLab();
    const asker = screen.getByRole('button', { name: /^Why\? Protection on/ });
    await opened.user.click(asker);
    const panel = await answer();
    return {
      ...opened,
      asker,
      panel,
      causes: explain(opened.session.history!, opened.selection.asked!.position, 1),
    };
  }

  test('is the chain of causes with its rules, and takes the focus', async () => {
    const { panel, causes } = await ask();
    const list = within(panel).getByRole('list', { name: 'Causes, the nearest first' });
    const items = within(list).getAllByRole('listitem');

    expect(items).toHaveLength(causes.length);
    causes.forEach((cause, index) => {
      const words = causeWords(cause);
      expect(items[index]).toHaveTextContent(words.sentence);
      if (words.rule !== null) expect(items[index]).toHaveTextContent(words.rule.sentence);
      expect(within(items[index]!).queryByText('inferred') !== null).toBe(words.rule?.isInferred ?? false);
    });
    expect(document.activeElement).toBe(list);
  });

  test('is drawn on the stage of that world, for the eye only', async () => {
    const { causes } = await ask();

    expect(await drawn(world('Protection on'))).toEqual(
      ['?', ...causes.map((_, index) => `${index + 1}`)].sort(),
    );
    expect(world('Protection on').querySelector('.figure')?.getAttribute('aria-hidden')).toBe('true');
    expect(badges(world('Protection off'))).toEqual([]);
    expect(world('Protection on').querySelectorAll('.figure .leg')).toHaveLength(causes.length);
  });

  test('no badge covers a cell, another badge or the answer', async () => {
    const { panel } = await ask();
    await drawn(world('Protection on'));
    const discs = [...world('Protection on').querySelectorAll('.figure .disc')].map((disc) =>
      disc.getBoundingClientRect(),
    );
    const cells = [...world('Protection on').querySelectorAll('[role="gridcell"]'), panel].map((cell) =>
      cell.getBoundingClientRect(),
    );
    const overlaps = (one: DOMRect, other: DOMRect): boolean =>
      one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

    discs.forEach((disc, index) => {
      expect([...cells, ...discs.slice(index + 1)].filter((rect) => overlaps(disc, rect))).toEqual([]);
    });
  });

  test('picking a number picks out sentence and badge together, by list and by badge', async () => {
    const { panel, user } = await ask();
    await drawn(world('Protection on'));
    const picked = (): (string | undefined)[] =>
      [...world('Protection on').querySelectorAll<SVGElement>('.figure .badge.picked')].map(
        (badge) => badge.dataset['badge'],
      );
    const three = within(panel).getByRole('button', { name: 'Pick out 3' });

    await user.click(three);
    expect(three.getAttribute('aria-pressed')).toBe('true');
    expect(picked()).toEqual(['3']);
    await user.click(world('Protection on').querySelector('.figure [data-badge="2"]')!);
    expect(three.getAttribute('aria-pressed')).toBe('false');
    expect(within(panel).getByRole('button', { name: 'Pick out 2' }).getAttribute('aria-pressed')).toBe(
      'true',
    );
    expect(picked()).toEqual(['2']);
    await user.click(within(panel).getByRole('button', { name: 'Pick out 2' }));
    expect(picked()).toEqual([]);
  });

  test('leads to the moment of a cause and stays open, so that the chain can be walked', async () => {
    const { session, panel, causes, user, selection } = await ask();
    const { position } = selection.asked!;
    const first = causes[0]!.position!;

    await user.click(within(panel).getByRole('button', { name: `Show that moment: step ${first}` }));

    expect(session.playback.position).toBe(first);
    expect(await answer()).toBe(panel);
    expect(await drawn(world('Protection on'))).toContain('1');
    await user.click(within(panel).getByRole('button', { name: `Show that moment: step ${position}` }));
    expect(session.playback.position).toBe(position);
  });

  test('ends with Escape or its button, and the focus goes back to who asked', async () => {
    const { panel, user, asker, selection } = await ask();

    await user.keyboard('{Escape}');
    await waitFor(() => expect(panel).not.toBeInTheDocument());
    expect(selection.question).toBeNull();
    expect(document.activeElement).toBe(asker);
    await user.click(asker);
    const again = await answer();
    await user.click(within(again).getByRole('button', { name: 'Close' }));

    await waitFor(() => expect(again).not.toBeInTheDocument());
    expect(document.activeElement).toBe(asker);
  });

  test('leaves Escape to a field', async () => {
    const { user } = await ask();
    screen.getByRole('combobox', { name: 'Speed' }).focus();

    await user.keyboard('{Escape}');

    expect(screen.queryByRole('region', { name: 'Why?' })).not.toBeNull();
  });

  test('is put away with the history that was asked about', async () => {
    const { session, selection } = await ask();
    session.seek(session.history!.entries[1]!.start);

    await session.act(write(60));

    await waitFor(() => expect(selection.question).toBeNull());
    expect(screen.queryByRole('region', { name: 'Why?' })).toBeNull();
  });

  test('keeps the rules of accessibility', async () => {
    const { panel } = await ask();
    await drawn(world('Protection on'));

    expect(await violationsIn(panel)).toEqual([]);
  });
});

describe('a slot', () => {
  const SHARED = [CREATE, CREATE, write(5)];

  test('tells on a click whose it is, and draws it', async () => {
    const { user } = await openLab(SHARED);

    await user.click(within(world('Protection on')).getByRole('gridcell', { name: /^Slot 0:/ }));

    const owner = await answer('Whose is this slot?');
    expect(owner).toHaveTextContent('It belongs to snapshot 2, the newest one when block 5 was copied.');
    expect(owner).toHaveTextContent('Only the newest area receives copies; older snapshots read through it.');
    expect(await drawn(world('Protection on'))).toEqual(['1', '2', '3', '?']);
    expect(badges(world('Protection off'))).toEqual([]);
  });

  test('tells so on Enter too, and is free of it when only walked over', async () => {
    const { user, selection } = await openLab(SHARED);
    const slot = within(world('Protection off')).getByRole('gridcell', { name: /^Slot 0:/ });

    slot.focus();
    await user.keyboard('{ArrowRight}{ArrowLeft}');
    expect(selection.question).toBeNull();
    await user.keyboard('{Enter}');

    expect(await answer('Whose is this slot?')).toHaveTextContent('Whose is slot 0?');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(slot));
  });

  test('whose snapshot is deleted says whose area is kept', async () => {
    const { user } = await openLab([...SHARED, { type: 'deleteSnapshot', snapshot: 2 }]);

    await user.click(within(world('Protection on')).getByRole('gridcell', { name: /^Slot 0:/ }));

    expect(await answer('Whose is this slot?')).toHaveTextContent(
      'It belongs to the area of snapshot 2, which is deleted',
    );
    expect(await drawn(world('Protection on'))).toEqual(['1', '2', '3', '?']);
  });
});

test('the log asks the same question', async () => {
  const { user, selection } = await openLab();
  const log = screen.getByRole('region', { name: 'Event log' });

  const row = [...log.querySelectorAll<HTMLElement>('.volsnap')].find((other) =>
    other.textContent.includes('86'),
  )!;

  await user.click(within(row).getByRole('button', { name: /^Why\?/ }));

  expect(world('Protection on')).toContainElement(await answer());
  expect(selection.asked?.worldIndex).toBe(1);
});
