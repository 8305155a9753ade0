import { render, screen, within } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import { faultEntry } from '../../../src/core/catalogue/fault';
import { FAULT_NAMES, type FaultNumber } from '../../../src/core/fault';
import AtlasPage from '../../../src/view/atlas/AtlasPage.svelte';
import FaultPage from '../../../src/view/atlas/FaultPage.svelte';
import { NEIGHBOURS } from '../../../src/words/atlas';
import { openSession } from '../../client/local-client';
import { violationsIn } from '../violations';

test('every cell of the atlas is run: sixteen rows, two levels, the event of each', async () => {
  render(AtlasPage, { seen: null });
  const watch = await screen.findAllByRole('link', { name: /^Watch in the laboratory/ });
  await expect.poll(() => screen.getAllByRole('link', { name: /^Watch in the laboratory/ }).length).toBe(32);
  expect(watch.length).toBeGreaterThan(0);
  const rows = screen.getAllByRole('row').slice(1);
  expect(rows).toHaveLength(FAULT_NAMES.length - 1);
  rows.forEach((row, index) => {
    const [off, on] = within(row).getAllByRole('cell');
    const { eventSnapshot } = faultEntry((index + 1) as FaultNumber);
    expect(on).toHaveTextContent(/kept, all I\/O blocked/);
    expect(off).toHaveTextContent(/deleted, writing goes on/);
    expect(on!.textContent).toContain(eventSnapshot === null ? 'Event 113' : `Event ${eventSnapshot}`);
  });
  expect(await violationsIn(document.body)).toEqual([]);
});

test('a fault page names its enumerator, its stage, its ways out and its neighbours', async () => {
  const { session } = await openSession();
  render(FaultPage, { session, fault: 13 });
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Fault 13');
  expect(screen.getByText('VSS_PROTECTION_FAULT_IO_FAILURE = 13')).toBeVisible();
  expect(screen.getByText('Record it')).toHaveAttribute('aria-current', 'step');
  expect(screen.getAllByRole('button', { name: 'Play this way out' })).toHaveLength(2);
  expect(screen.getAllByText('Try the write that failed again: Write block 18')).toHaveLength(2);
  expect(screen.getByRole('link', { name: /^Fault 7/ })).toHaveAttribute('href', '#/faults/7');
  expect(await violationsIn(document.body)).toEqual([]);
});

test('neighbours are told apart by events that the engine logs for them', () => {
  for (const { faults, sentence } of NEIGHBOURS) {
    for (const fault of faults) expect(sentence).toContain(`event ${faultEntry(fault).eventSnapshot}`);
  }
  expect(NEIGHBOURS.map(({ faults }) => faults.join())).toEqual(['1,14', '7,13', '8,9,10', '4,5']);
});
