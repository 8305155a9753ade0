import { expect } from 'vitest';
import { journey } from './journey';
import { LabPage } from './lab';

journey('a cell of the atlas says what its link then shows in the lab', async ({ visitor }) => {
  const page = await visitor.open('#/faults');
  await page.getByRole('heading', { level: 1, name: 'Faults' }).waitFor();
  for (const fault of [1, 8, 11, 16]) {
    for (const [column, world] of ['Protection off', 'Protection on'].entries()) {
      const row = page.getByRole('row').nth(fault);
      const cell = row.getByRole('cell').nth(column);
      const link = cell.getByRole('link', { name: /^Watch in the laboratory/ }).first();
      await link.waitFor();
      const kept = /(\d+) snapshots? kept/.exec((await cell.textContent()) ?? '');
      await cell
        .getByRole('link', { name: /^Watch in the laboratory/ })
        .first()
        .click();
      const lab = await new LabPage(page).ready();
      const name = world as 'Protection off' | 'Protection on';
      await expect
        .poll(() => lab.statuses(name, 'Shadow copies kept', 'Offline for protection'))
        // At the limit of the diff area the decisive moment is the loss of the first of two.
        .toEqual(kept === null ? [fault === 8 ? '1' : '0', 'No'] : [kept[1], 'Yes']);
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: 'Faults' }).waitFor();
    }
  }
});

journey('a way out is played from where the fault struck to the write tried again', async ({ visitor }) => {
  const page = await visitor.open('#/faults/8');
  const play = page.getByRole('button', { name: 'Play this way out' }).first();
  await play.focus();
  await page.keyboard.press('Enter');
  const lab = await new LabPage(page).ready();
  // The picture begins with the fault, and the commands follow each other.
  expect(await lab.status('Protection on', 'Offline for protection')).toBe('Yes');
  await page.getByText('Clear protection fault', { exact: true }).waitFor();
  await lab.speedUp();
  await lab.still();
  expect(page.url()).toContain('#/lab');
  expect(
    await lab.statuses('Protection on', 'Live volume I/O', 'Protection fault', 'Shadow copies kept'),
  ).toEqual(['Flowing', 'VSS_PROTECTION_FAULT_NONE', '2']);
  await page.getByText('The write to block 35 is complete.').first().waitFor();
  await page.getByRole('link', { name: 'To the page of fault 8' }).click();
  await page.getByRole('heading', { level: 1, name: 'Fault 8: Diff area full' }).waitFor();
});

journey('somebody whose volume is offline finds the fault from the first screen', async ({ visitor }) => {
  const page = await visitor.open();
  await page.getByRole('link', { name: /^Snapshots vanished/ }).click();
  const finder = page.getByRole('region', { name: 'What do you see?' });
  await finder.getByRole('button', { name: 'My volume is offline' }).click();
  await finder.getByRole('combobox', { name: /^Event/ }).selectOption('93');
  await finder.getByRole('link').click();
  await page.getByRole('heading', { level: 1, name: 'Fault 14: Diff volume removed' }).waitFor();
  expect(page.url()).toContain('#/faults/14');
});

journey('pages lead to each other, and the lab stays as it was', async ({ visitor }) => {
  const page = await visitor.open('#/lab?fault=7&at=12');
  const lab = await new LabPage(page).ready();
  expect(await lab.position()).toBe(12);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Faults' }).click();
  await page.getByRole('heading', { level: 1, name: 'Faults' }).waitFor();
  expect(await page.title()).toBe('Faults · Shadow Copy Lab');
  await page.getByRole('link', { name: 'Diff area full', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Fault 8: Diff area full' }).waitFor();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Laboratory' }).click();
  await lab.ready();
  expect(await lab.position()).toBe(12);
});
