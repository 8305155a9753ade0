import { render, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { SnapshotEnding, Traces } from '../../../src/core/describe/traces';
import { createMachine, DEFAULT_SETTINGS, type Machine } from '../../../src/core/machine';
import Shelf from '../../../src/view/stage/Shelf.svelte';
import '../../../src/view/base.css';
import '../../../src/view/tokens.css';
import { violationsIn } from '../violations';

/** Two snapshots were there, and none is left. */
const MACHINE: Machine = { ...createMachine(DEFAULT_SETTINGS, 'SNAPSHOT'), nextSnapshot: 3 };

function openShelf(endings: Readonly<Record<number, SnapshotEnding>>) {
  const traces: Traces = { fault: null, endingOf: (snapshot) => endings[snapshot] ?? null };
  const still = { machine: MACHINE, event: null, progress: 0, lookThrough: null };
  const { container } = render(Shelf, { ...still, traces, onlook: () => undefined });
  const card = (snapshot: number): HTMLElement => container.querySelector(`[data-card="${snapshot}"]`)!;
  return { container, card };
}

describe('a snapshot that was gone when the history was cut', () => {
  test('is neither crossed out as lost nor struck through as deleted', async () => {
    const { container, card } = openShelf({ 2: 'fault' });

    expect(card(1)).toHaveTextContent('gone before this history began');
    expect(card(1).querySelectorAll('line')).toHaveLength(0);
    expect(card(2)).toHaveTextContent('lost');
    expect(card(2).querySelectorAll('line')).toHaveLength(2);
    expect(await violationsIn(container)).toEqual([]);
  });

  test('has a colour of its own, and not that of what gives', () => {
    const { card } = openShelf({ 2: 'fault' });
    const colourOf = (element: Element): string => getComputedStyle(element).borderTopColor;

    expect(colourOf(card(1))).not.toBe(colourOf(card(2)));
    expect(getComputedStyle(card(1)).borderTopStyle).toBe('dotted');
    expect(screen.getByRole('region', { name: 'Shadow copies' })).toContainElement(card(1));
  });
});
