import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { journey } from './journey';
import { LabPage } from './lab';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the page as it stands: the rule and the elements. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } };
    // The regions of the two worlds bear the same names by intent: each stands in a region named after its world.
    return axe.run({ rules: { 'landmark-unique': { enabled: false } } });
  });
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

/** How far the page can be scrolled sideways, in pixels. */
async function sidewaysPx(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

const LAYOUTS = [
  { width: 320, height: 640, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 1280, height: 800, colorScheme: 'dark' },
  { width: 1920, height: 1080, colorScheme: 'dark' },
] as const;

journey.for(LAYOUTS)(
  'at $width pixels, $colorScheme: nothing for axe, nothing sideways',
  async (layout, { visitor }) => {
    const { width, height, colorScheme } = layout;
    const page = await visitor.open('', { viewport: { width, height }, colorScheme });
    const lab = await new LabPage(page).ready();
    const address = page.url().replace(/#.*$/, '');

    expect(await violations(page)).toEqual([]);
    for (const [fault, at] of [
      [7, 26],
      [8, 'end'],
      [14, 'end'],
    ] as const) {
      await page.goto(`${address}#/lab?fault=${fault}&level=both&at=${at}`);
      await lab.region('Branches').getByText(`On the run of fault ${fault}`, { exact: true }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await sidewaysPx(page)).toBe(0);
    }
  },
);

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
