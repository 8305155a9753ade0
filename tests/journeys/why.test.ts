import { expect } from 'vitest';
import { journey } from './journey';
import { LabPage } from './lab';

const SIZES = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
] as const;

journey.for(SIZES)(
  '“Why?” is asked, walked and put away by keyboard, at $width pixels',
  async (viewport, { visitor }) => {
    const page = await visitor.open('#/lab?fault=8&level=both&at=end', { viewport });
    const lab = await new LabPage(page).ready();
    const asker = lab.button(/^Why\? Protection on: /);
    await asker.focus();
    await page.keyboard.press('Enter');

    const answer = lab.world('Protection on').getByRole('region', { name: 'Why?' });
    await answer.getByText('Fault 8 strikes with protection on').waitFor();
    expect(await answer.getByRole('list').evaluate((list) => list === document.activeElement)).toBe(true);
    const badges = lab.world('Protection on').locator('.figure [data-badge]');
    await expect.poll(() => badges.count()).toBeGreaterThan(5);
    const sidewaysPx = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sidewaysPx).toBe(0);

    const before = await lab.position();
    await answer
      .getByRole('button', { name: /^Show that moment: step/ })
      .nth(2)
      .focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => lab.position()).toBeLessThan(before);
    expect(await answer.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => answer.count()).toBe(0);
  },
);

journey('a read of a snapshot can be asked for its path', async ({ visitor }) => {
  const page = await visitor.open('#/lab?fault=8&level=both&at=64');
  const lab = await new LabPage(page).ready();
  await lab.cell('Protection on', 32).focus();

  const source = lab.region('Inspector').getByRole('group', { name: 'Protection on' });
  await source.getByRole('button', { name: 'Show the path of a read of block 32: Snapshot 1' }).click();

  const stops = lab
    .world('Protection on')
    .getByRole('region', { name: 'The way of a read' })
    .getByRole('listitem');
  await expect.poll(() => stops.allTextContents()).toHaveLength(3);
  expect(await stops.nth(2).textContent()).toContain('The area of snapshot 2 has it, in slot 1.');
});
