import type { Page } from 'playwright';
import { expect } from 'vitest';
import { journey } from './journey';
import { LabPage } from './lab';

/** How far the page can be scrolled sideways, in pixels. */
async function sidewaysPx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

journey('the story is told by keyboard alone', async ({ visitor }) => {
  const page = await visitor.open();
  const lab = await new LabPage(page).ready();

  await page.keyboard.press('End');
  const end = await lab.position();
  expect(end).toBeGreaterThan(40);
  await page.keyboard.press('Home');
  expect(await lab.position()).toBe(0);
  await page.keyboard.press(']');
  expect(await lab.status('Protection on', 'Shadow copies kept')).toBe('1');
  await page.keyboard.press('Shift+ArrowRight');
  const afterCommand = await lab.position();
  await page.keyboard.press('u');
  expect(await lab.position()).toBeLessThan(afterCommand);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

journey(
  'the volume is one tab stop, its blocks are reached with the arrows and written with Return',
  async ({ visitor }) => {
    const page = await visitor.open('#/lab?fault=11&level=both&at=end');
    const lab = await new LabPage(page).ready();
    await lab.speedUp();
    const grid = lab.world('Protection off').getByRole('grid', { name: 'Blocks of the live volume' });
    expect(await grid.locator('[tabindex="0"]').count()).toBe(1);

    await grid.locator('[tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');

    await expect
      .poll(() => lab.cell('Protection off', 9).getAttribute('aria-label'))
      .not.toContain('content 4');
  },
);

journey('with reduced motion nothing travels, and the outcome is the same', async ({ visitor }) => {
  const page = await visitor.open('', { reducedMotion: 'reduce' });
  const lab = await new LabPage(page).ready();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('8');
  await lab.button('Play the story').click();

  // Between two states a travelling block would stand at a place that is no whole step.
  const travelled = await page.evaluate(async () => {
    const places = new Set<string>();
    for (let frame = 0; frame < 90; frame += 1) {
      for (const parcel of document.querySelectorAll('.motion .parcel'))
        places.add(parcel.getAttribute('transform') ?? '');
      await new Promise(requestAnimationFrame);
    }
    return places.size;
  });
  await lab.still();

  expect(travelled).toBeLessThan(12);
  expect(await lab.status('Protection on', 'Live volume I/O')).toBe('Blocked');
});

journey('for a projector no text is smaller than 20 pixels, and it stays so', async ({ visitor }) => {
  const layout = { viewport: { width: 1920, height: 1080 } };
  const page = await visitor.open('#/lab?fault=7&level=both&at=end', layout);
  await new LabPage(page).ready();
  await page.keyboard.press('p');

  const smallest = (): Promise<number> =>
    page.evaluate(() => {
      const texts = [...document.querySelectorAll('.lab *, header *')].filter(
        (element) =>
          [...element.childNodes].some(
            (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
          ) &&
          element.checkVisibility() &&
          element.closest('[role="gridcell"], .visually-hidden, svg') === null,
      );
      return Math.min(...texts.map((element) => parseFloat(getComputedStyle(element).fontSize)));
    });
  expect(await smallest()).toBeGreaterThanOrEqual(20);
  expect(await sidewaysPx(page)).toBe(0);
  await page.reload();
  await new LabPage(page).ready();
  expect(await smallest()).toBeGreaterThanOrEqual(20);
  await page.keyboard.press('p');
  expect(await smallest()).toBeLessThan(20);
});
