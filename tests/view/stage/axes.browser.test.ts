import { render, screen } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import BlockGrid from '../../../src/view/stage/BlockGrid.svelte';
import { violationsIn } from '../violations';

const cell = createRawSnippet(() => ({ render: () => '<span></span>' }));

function showGrid(count: number, columns: number, part: 'live' | 'diff'): HTMLElement {
  const labelOf = (index: number): string => `Block ${index}`;
  const props = {
    label: 'Blocks',
    count,
    columns,
    selected: null,
    part,
    labelOf,
    onfocus: () => undefined,
    cell,
  };
  const { container } = render(BlockGrid, props);
  container.style.setProperty('--cell', '30px');
  container.style.setProperty('--cell-gap', '2px');
  container.style.setProperty('--grid-width', '254px');
  container.style.padding = '3rem';
  return container;
}

const boxOf = (element: Element): DOMRect => element.getBoundingClientRect();

test('a block lies where the numbers of its row and of its column meet', async () => {
  const container = showGrid(64, 8, 'live');
  const block = boxOf(screen.getByRole('gridcell', { name: 'Block 26' }));
  const row = boxOf(screen.getByText('24'));
  const column = boxOf(screen.getByText('+2'));
  expect(row.top).toBeGreaterThanOrEqual(block.top);
  expect(row.bottom).toBeLessThanOrEqual(block.bottom);
  expect(row.right).toBeLessThan(boxOf(screen.getByRole('grid')).left);
  expect(column.left).toBeGreaterThanOrEqual(block.left);
  expect(column.right).toBeLessThanOrEqual(block.right);
  expect(column.top).toBeGreaterThan(boxOf(screen.getByRole('grid')).bottom);
  expect(await violationsIn(container)).toEqual([]);
});

test('where the blocks are small not every row and column has a number', () => {
  showGrid(256, 16, 'live');
  expect(screen.getByText('224')).toBeVisible();
  expect(screen.queryByText('240')).toBeNull();
  expect(screen.getAllByText(/^\+\d+$/).map(({ textContent }) => textContent)).toEqual([
    '+0',
    '+4',
    '+8',
    '+12',
  ]);
});

test('slots are told apart by their owners, not by numbers', () => {
  showGrid(64, 8, 'diff');
  expect(screen.queryByText('+1')).toBeNull();
});
