/** What axe says of the laboratory in all of its states: nothing. */
import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import { faultOutcome } from '../../src/core/describe/fault-outcome';
import { FAULT_NAMES, type FaultNumber } from '../../src/core/fault';
import { Audit } from './axe';
import { journey } from './journey';
import { LabPage } from './lab';

const FAULTS = FAULT_NAMES.slice(1).map((_, index) => (index + 1) as FaultNumber);

/** What changes from fault to fault. The rest of the page is looked at whole, in other states. */
const STAGE = '.top, .worlds, .timeline';

const PATIENTLY = { timeout: 180_000 };

/** Goes to a moment of the run of a fault, in the document that is there. */
async function goToRun(lab: LabPage, query: string, position?: number): Promise<void> {
  await lab.page.evaluate((hash) => (location.hash = hash), `#/lab?${query}`);
  const fault = /fault=(\d+)/.exec(query)![1]!;
  await lab.page.getByText(`On the run of fault ${fault}`, { exact: true }).waitFor();
  if (position !== undefined) await expect.poll(() => lab.position()).toBe(position);
}

async function openRun(page: Page): Promise<{ lab: LabPage; audit: Audit }> {
  return { lab: await new LabPage(page).ready(), audit: new Audit(page) };
}

journey('the end of each fault, both levels side by side', PATIENTLY, async ({ visitor }) => {
  const { lab, audit } = await openRun(await visitor.open());
  for (const fault of FAULTS) {
    await goToRun(lab, `fault=${fault}&level=both&at=end`);
    await lab.world('Protection on').getByText('All I/O blocked').first().waitFor();
    await audit.look(`fault ${fault}, end`, STAGE);
  }
  await audit.look('the whole page of the last fault');

  expect(audit).toMatchObject({ found: {}, states: FAULTS.length + 1 });
});

journey(
  'the decisive stage of each fault, both levels side by side, dark',
  PATIENTLY,
  async ({ visitor }) => {
    const { lab, audit } = await openRun(await visitor.open('', { colorScheme: 'dark' }));
    for (const fault of FAULTS) {
      const { decisivePosition } = faultOutcome(fault, 'SNAPSHOT');
      await goToRun(lab, `fault=${fault}&level=both&at=${decisivePosition}`, decisivePosition);
      await audit.look(`fault ${fault}`, STAGE);
    }

    expect(audit).toMatchObject({ found: {}, states: FAULTS.length });
  },
);

const LAYOUTS = [
  { name: '320 px, light', viewport: { width: 320, height: 640 }, colorScheme: 'light' },
  { name: '320 px, dark', viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
  { name: '1280 px, light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: '1280 px, dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { name: '1920 px, dark', viewport: { width: 1920, height: 1080 }, colorScheme: 'dark' },
] as const;

journey('the start, the middle of a write and a loss, in every layout', PATIENTLY, async ({ visitor }) => {
  const page = await visitor.open();
  const { lab, audit } = await openRun(page);
  const [narrow, , , dark] = LAYOUTS;
  for (const [query, position, layouts] of [
    ['', 0, [narrow, dark]],
    ['fault=7&level=both&at=26', 26, [narrow, dark]],
    ['fault=8&level=both&at=64', 64, LAYOUTS],
  ] as const) {
    if (query !== '') await goToRun(lab, query, position);
    for (const { name, viewport, colorScheme } of layouts) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await audit.look(`${query} ${name}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  await audit.look('forced colours');
  await page.emulateMedia({ forcedColors: 'none', contrast: 'more' });
  await audit.look('more contrast');
  await page.emulateMedia({ contrast: 'no-preference' });
  await lab.button('Projector').click();
  await audit.look('projector');

  expect(audit).toMatchObject({ found: {}, states: 12 });
});

/** Opens a panel that is closed at first. */
async function openPanel(lab: LabPage, name: string): Promise<Locator> {
  const panel = lab.region(name);
  await panel.locator('summary').first().click();
  return panel;
}

journey('looking through, asking, lenses, branches, console and logs', PATIENTLY, async ({ visitor }) => {
  const page = await visitor.open('#/lab?fault=8&level=both&at=64');
  const { lab, audit } = await openRun(page);
  await lab.speedUp();
  await goToRun(lab, 'fault=8&level=both&at=64', 64);
  const on = lab.world('Protection on');

  for (const lens of ['Bytes', 'Age']) {
    await page.getByRole('radio', { name: lens }).check();
    await audit.look(`lens ${lens}`, STAGE);
  }
  await page.getByRole('radio', { name: 'Write number', exact: true }).check();
  await on.getByRole('button', { name: /^Shadow copy 1|^Snapshot 1/ }).click();
  await on
    .getByText(/as of snapshot 1/i)
    .first()
    .waitFor();
  await audit.look('looking through a snapshot');
  await page.keyboard.press('Escape');

  await lab.cell('Protection on', 32).focus();
  const source = lab.region('Inspector').getByRole('group', { name: 'Protection on' });
  await source.getByRole('button', { name: 'Show the path of a read of block 32: Snapshot 1' }).click();
  await on.getByRole('region', { name: 'The way of a read' }).waitFor();
  await audit.look('the path of a read', STAGE);
  await page.keyboard.press('Escape');
  await lab.slot('Protection on', 1).press('Enter');
  await on.getByRole('region', { name: 'Whose is this slot?' }).waitFor();
  await audit.look('the owner of a slot', STAGE);
  await page.keyboard.press('Escape');

  await lab.button('To the end').click();
  await lab.button(/^Why\? Protection on: /).click();
  await on.getByRole('region', { name: 'Why?' }).waitFor();
  await expect.poll(() => on.locator('.figure [data-badge]').count()).toBeGreaterThan(5);
  await audit.look('why');
  await page.keyboard.press('Escape');

  await on.getByRole('button', { name: 'Leave protection' }).click();
  await on.getByRole('alertdialog').waitFor();
  await audit.look('a question before something is lost', STAGE);
  await page.keyboard.press('Escape');

  const console = await openPanel(lab, 'Console');
  for (const line of ['vssadmin list shadows', 'vssadmin list shadowstorage', 'vssadmin nonsense']) {
    await console.getByRole('textbox').fill(line);
    await page.keyboard.press('Enter');
  }
  await openPanel(lab, 'API calls');
  const log = lab.region('Event log');
  await log.getByRole('searchbox').fill('snapshot');
  await audit.look('console, calls, and the log searched');
  await log.getByRole('combobox', { name: 'Show' }).selectOption('steps');
  await audit.look('the log of steps', '.records');

  await lab.stepField.fill('19');
  await lab.stepField.press('Enter');
  await lab.button('Create snapshot').click();
  const others = page.getByRole('list', { name: 'Other branches' });
  await others.getByRole('button', { name: 'Name or delete' }).waitFor();
  await lab.still();
  const branches = lab.region('Branches');
  await branches
    .getByRole('button', { name: /^Rename/ })
    .first()
    .click();
  await branches
    .getByRole('button', { name: /^Delete/ })
    .last()
    .click();
  await audit.look('a branch lane, a branch renamed, another one about to be deleted');
  await page.setViewportSize({ width: 320, height: 640 });
  await audit.look('the same at 320 px');
  await lab.button('Undo').click();
  await audit.look('undone', 'header, .lab');

  expect(audit.found).toEqual({});
});
