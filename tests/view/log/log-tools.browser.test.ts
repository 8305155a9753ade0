import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { systemLog } from '../../../src/core/describe/log';
import { LabSelection } from '../../../src/view/lab/selection.svelte';
import ApiLog from '../../../src/view/log/ApiLog.svelte';
import EventLog from '../../../src/view/log/EventLog.svelte';
import { csvOfRows, filterRows, textOfRows } from '../../../src/view/log/log-text';
import { openSession, perform } from '../../client/local-client';
import { violationsIn } from '../violations';

async function openStory() {
  const { session } = await openSession();
  const content = { kind: 'text', text: 'Monday' } as const;
  await perform(session, [
    { type: 'write', block: 3, count: 1, content },
    { type: 'createSnapshot' },
    { type: 'break', condition: { name: 'diffDataWritesFail' } },
    { type: 'write', block: 3, count: 1, content },
    { type: 'read', block: 3, from: 'live' },
  ]);
  return session;
}

test('the log is filtered by world, level, number and word, and says how many rows match', async () => {
  const session = await openStory();
  const user = userEvent.setup();
  const { container } = render(EventLog, { session, selection: new LabSelection() });
  const log = screen.getByRole('region', { name: 'Event log' });
  const rowsOf = (): number => within(log).getAllByRole('row').length - 1;
  const all = rowsOf();
  await user.type(within(log).getByRole('searchbox', { name: 'Search' }), '86');
  expect(rowsOf()).toBeLessThan(all);
  expect(within(log).getAllByRole('cell', { name: '86' })).toHaveLength(rowsOf());
  await user.selectOptions(within(log).getByRole('combobox', { name: 'World' }), 'Protection off');
  expect(within(log).getByText('0 rows')).toBeVisible();
  await user.clear(within(log).getByRole('searchbox', { name: 'Search' }));
  await user.selectOptions(within(log).getByRole('combobox', { name: 'Level' }), 'Error');
  expect(within(log).queryAllByText('Protection on')).toHaveLength(1); // the choice itself
  expect(await violationsIn(container)).toEqual([]);
});

test('CSV and text hold every row that matches, quoted where it must be', async () => {
  const { history, length } = await openStory();
  const rows = filterRows(systemLog(history!, 0, length), { severity: 'error', world: null, text: '' });
  const lines = csvOfRows(rows).split('\r\n');
  expect(lines[0]).toBe('\uFEFFStep,Time,World,Source,Level,Event ID,What happened');
  expect(lines).toHaveLength(rows.length + 2);
  expect(textOfRows(rows).split('\n')).toHaveLength(rows.length + 1);
  for (const line of lines.slice(1, -1))
    expect(line).toMatch(/^\d+,[^,]+,[^,]+,[^,]+,Error,\d*,("[^"]*"|[^",]*)$/);
});

test('the calls stand with their results, and what is no call says so', async () => {
  const session = await openStory();
  await perform(session, [
    { type: 'repair', condition: { name: 'diffDataWritesFail' } },
    { type: 'clearProtectionFault' },
    { type: 'resizeDiffArea', maximumBlocks: 40 },
  ]);
  const { container } = render(ApiLog, { session });
  await userEvent.click(screen.getByRole('heading', { name: 'API calls' }));
  const panel = within(container);
  expect(await panel.findByText('ClearVolumeProtectFault(C:\\)')).toBeVisible();
  expect(panel.getByText('ChangeDiffAreaMaximumSize(C:\\, D:\\, 655360)')).toBeVisible();
  expect(panel.getAllByText(/^Protection on: S_OK/).length).toBeGreaterThan(1);
  expect(panel.getAllByText(/^No documented call/).length).toBeGreaterThan(0);
  expect(await violationsIn(container)).toEqual([]);
});
