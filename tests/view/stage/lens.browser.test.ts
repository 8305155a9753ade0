import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/core/command';
import Lab from '../../../src/view/lab/Lab.svelte';
import { LabSelection } from '../../../src/view/lab/selection.svelte';
import { openSession, perform } from '../../client/local-client';
import { violationsIn } from '../violations';

function write(block: number, text: string): Command {
  return { type: 'write', block, count: 1, content: { kind: 'text', text } };
}

const STORY: readonly Command[] = [
  write(5, 'Monday'),
  write(6, 'Monday'),
  write(7, 'Sunday'),
  { type: 'createSnapshot' },
];

async function openLab(schedule?: (callback: (nowMs: number) => void) => void) {
  const opened = await openSession(schedule === undefined ? {} : { schedule });
  await perform(opened.session, STORY);
  const selection = new LabSelection();
  render(Lab, { session: opened.session, selection });
  const choice = await screen.findByRole('radiogroup', { name: 'Blocks show' }, { timeout: 10_000 });
  const user = userEvent.setup();
  const choose = (name: string) => user.click(within(choice).getByRole('radio', { name }));
  return { ...opened, selection, choice, choose, user };
}

function cell(name: string): HTMLElement {
  const world = screen.getByRole('region', { name: 'Protection on' });
  return within(world).getByRole('gridcell', { name: new RegExp(`^${name}:`) });
}

/** The figure on a block or a slot: an SVG path. */
function figure(name: string): string | null | undefined {
  return cell(name).querySelector('path')?.getAttribute('d');
}

function shade(name: string): number | null {
  const swatch = cell(name).querySelector<HTMLElement>('i');
  return swatch === null ? null : Number(swatch.style.getPropertyValue('--age'));
}

test('blocks show the number of the write unless something else is chosen', async () => {
  const { choice } = await openLab();

  expect(within(choice).getByRole('radio', { name: 'Write number' })).toBeChecked();
  expect(cell('Block 5')).toHaveTextContent('1');
});

describe('bytes', () => {
  test('equal bytes have equal figures, whichever write made them, and other bytes another one', async () => {
    const { choose } = await openLab();
    await choose('Bytes');

    await waitFor(() => expect(figure('Block 5')).toMatch(/^M/));
    expect(figure('Block 6')).toBe(figure('Block 5'));
    expect(figure('Block 7')).not.toBe(figure('Block 5'));
    expect(figure('Block 8')).toBeUndefined();
  });

  test('the slot holds the figure that the overwritten block had, and the snapshot still reads it', async () => {
    const { session, selection, choose } = await openLab();
    await choose('Bytes');
    await waitFor(() => expect(figure('Block 5')).toMatch(/^M/));
    const monday = figure('Block 5');
    await perform(session, [write(5, 'Tuesday')]);

    await waitFor(() => expect(figure('Slot 0')).toBe(monday));
    expect(figure('Block 5')).toMatch(/^M/);
    expect(figure('Block 5')).not.toBe(monday);
    selection.look(1);
    await waitFor(() => expect(figure('Block 5')).toBe(monday));
  });
});

describe('age', () => {
  test('is told by shade, from the latest write to the oldest; what was never written has none', async () => {
    const { session, choose } = await openLab();
    await perform(session, [write(9, 'Tuesday')]);
    await choose('Age');

    await waitFor(() => expect(shade('Block 9')).toBe(0));
    expect(shade('Block 5')).toBe(1);
    expect(shade('Block 7')).toBeGreaterThan(0);
    expect(shade('Block 7')).toBeLessThan(shade('Block 6')!);
    expect(shade('Block 8')).toBeNull();
  });

  test('old is darker than new, in the light and in the dark theme, on the block and in the legend', async () => {
    const { choose, choice } = await openLab();
    await choose('Age');
    await waitFor(() => expect(shade('Block 5')).toBe(1));

    const lightness = (element: Element | null | undefined): number =>
      Number(/oklab\(([\d.]+)/.exec(getComputedStyle(element!).backgroundColor)?.[1]);
    const legend = [...choice.parentElement!.querySelectorAll('i')];
    for (const theme of ['light', 'dark']) {
      document.documentElement.dataset['theme'] = theme;
      expect(lightness(cell('Block 5').querySelector('i'))).toBeLessThan(
        lightness(cell('Block 7').querySelector('i')) - 0.2,
      );
      expect(lightness(legend.at(-1))).toBeCloseTo(lightness(cell('Block 5').querySelector('i')));
    }
    delete document.documentElement.dataset['theme'];
  });
});

test('the choice is made with the keyboard, and axe finds nothing in it', async () => {
  const { user, choice, selection } = await openLab();
  within(choice).getByRole('radio', { name: 'Write number' }).focus();

  for (const lens of ['fingerprint', 'age']) {
    await user.keyboard('{ArrowRight}');
    expect(selection.lens).toBe(lens);
    expect(await violationsIn(choice.parentElement!)).toEqual([]);
  }
});

describe('a content on its way', () => {
  /** The parcels of the world with protection on, in mid-flight of the copy of block 5. */
  async function openInFlight() {
    const opened = await openLab((callback) => void requestAnimationFrame(callback));
    const { session } = opened;
    await perform(session, [write(5, 'Tuesday')]);
    const { length, history } = session;
    const copied = Array.from({ length }, (_, position) => position + 1).findLast(
      (position) => history?.momentAt(position).events[1]?.type === 'blockCopied',
    );
    session.playback.seek(copied! - 1);
    session.playback.play();
    await expect.poll(() => session.playback.progress).toBeGreaterThan(0.1);
    session.playback.pause();
    const parcels = (): readonly SVGElement[] => [
      ...screen.getByRole('region', { name: 'Protection on' }).querySelectorAll<SVGElement>('.parcel.old'),
    ];
    await expect.poll(parcels).toHaveLength(1);
    return { ...opened, parcel: () => parcels()[0]! };
  }

  test('shows the number of its write, the figure of its bytes or the shade of its age, as its block does', async () => {
    const { parcel, choose } = await openInFlight();
    expect(parcel()).toHaveTextContent('1');

    await choose('Bytes');
    await waitFor(() => expect(figure('Block 6')).toMatch(/^M/));
    expect(parcel().querySelector('path')?.getAttribute('d')).toBe(figure('Block 6'));
    expect(parcel()).toHaveTextContent('');

    await choose('Age');
    await waitFor(() => expect(shade('Block 5')).not.toBeNull());
    const swatch = parcel().querySelector<SVGElement>('.age-shade')!;
    expect(Number(swatch.style.getPropertyValue('--age'))).toBe(shade('Block 5'));
    expect(getComputedStyle(swatch).fill).toBe(
      getComputedStyle(cell('Block 5').querySelector('i')!).backgroundColor,
    );
    expect(getComputedStyle(parcel().querySelector('text')!).display).toBe('none');
  });
});
