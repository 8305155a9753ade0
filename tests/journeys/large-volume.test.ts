import type { Locator } from 'playwright';
import { expect } from 'vitest';
import { journey } from './journey';
import { LabPage } from './lab';

const BLOCKS = 65_536;

const PATIENTLY = { timeout: 20_000 };

/** A laboratory with a large volume, at the start of a burst of writes that all have to copy. */
async function openLargeVolume(lab: LabPage): Promise<void> {
  await lab.page.getByText('File', { exact: true }).press('Enter');
  await lab.button('New laboratory…', lab.page.locator('header')).press('Enter');
  const dialog = lab.page.getByRole('dialog', { name: 'New laboratory' });
  const field = dialog.getByRole('spinbutton', { name: 'Blocks of the live volume' });
  await field.fill(String(BLOCKS));
  await field.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await lab.button('Create snapshot').click();
  await expect.poll(() => lab.status('Protection on', 'Shadow copies kept'), PATIENTLY).toBe('1');
  const panel = lab.region('Write');
  await panel.getByText('Burst of writes').click();
  await panel.getByRole('radio', { name: 'At random' }).check();
  await panel.getByRole('spinbutton', { name: 'Span' }).fill(String(BLOCKS));
  await panel.getByRole('spinbutton', { name: 'Writes' }).fill('60');
  await lab.button('Write burst', panel).click();
  await lab.button('Pause').waitFor();
  await lab.button('Pause').click();
  await lab.button('To the start').click();
}

interface Seen {
  /** The block in the middle of the map, as its column and row, and the size of a block in CSS pixels. */
  readonly column: number;
  readonly row: number;
  readonly cell: number;
  /** Pixels of the picture that nothing was painted on. */
  readonly bare: number;
  readonly width: number;
}

function seenOn(map: Locator): Promise<Seen> {
  return map.evaluate((surface): Seen => {
    const { cell, x, y } = Object.fromEntries(
      Object.entries((surface as HTMLElement).dataset).map(([name, value]) => [name, Number(value)]),
    ) as Record<'cell' | 'x' | 'y', number>;
    const canvas = surface.querySelector('canvas')!;
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, width, height);
    const bare = data.filter((channel, index) => index % 4 === 3 && channel === 0).length;
    const box = canvas.getBoundingClientRect();
    return { column: (box.width / 2 - x) / cell, row: (box.height / 2 - y) / cell, cell, bare, width };
  });
}

journey(
  'a large volume plays on through resizing, turning, zooming to 400 % and another theme, and its map stays',
  async ({ visitor }) => {
    const page = await visitor.open();
    const lab = await new LabPage(page).ready();
    await openLargeVolume(lab);
    const volume = lab.world('Protection on').getByRole('region', { name: 'Live volume' });
    const map = volume.locator('[data-part="live"]');
    await volume.getByRole('spinbutton', { name: 'Go to block' }).fill('32896');
    await volume.getByRole('spinbutton', { name: 'Go to block' }).press('Enter');
    for (let press = 0; press < 4; press += 1) await lab.button('Zoom in', volume).click();
    const before = await seenOn(map);
    expect(before).toMatchObject({ bare: 0 });
    expect(before.cell).toBeGreaterThan(4);

    await page.getByRole('combobox', { name: 'Speed' }).selectOption('0.5');
    await lab.button('Play').click();
    const devTools = await page.context().newCDPSession(page);
    const disturbances: readonly (() => Promise<unknown>)[] = [
      () => page.setViewportSize({ width: 1900, height: 900 }),
      () => page.setViewportSize({ width: 700, height: 1100 }),
      () =>
        devTools.send('Emulation.setDeviceMetricsOverride', {
          ...{ width: 320, height: 200, deviceScaleFactor: 4, mobile: false },
        }),
      () => page.getByRole('combobox', { name: 'Theme' }).selectOption('dark'),
      () => page.setViewportSize({ width: 1280, height: 800 }),
    ];
    let position = await lab.position();
    for (const disturb of disturbances) {
      await disturb();
      await expect.poll(() => lab.position(), PATIENTLY).toBeGreaterThan(position);
      position = await lab.position();
      await lab.button('Pause').waitFor();
      // A map of another size is drawn when the browser has told it.
      await expect
        .poll(async () => Math.abs((await seenOn(map)).column - before.column), PATIENTLY)
        .toBeLessThan(2);
      const seen = await seenOn(map);
      expect(seen.bare).toBe(0);
      expect(seen.width).toBeGreaterThan(100);
      expect(Math.abs(seen.row - before.row)).toBeLessThan(2);
    }
    const sidewaysPx = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sidewaysPx).toBe(0);
  },
);

journey('a block of a large volume is found, written and saved by keyboard alone', async ({ visitor }) => {
  const page = await visitor.open();
  const lab = await new LabPage(page).ready();
  await openLargeVolume(lab);
  await lab.speedUp();
  await lab.button('To the end').click();
  const world = lab.world('Protection on');
  const volume = world.getByRole('region', { name: 'Live volume' });
  const use = world.getByRole('region', { name: 'Diff area' }).getByText(/^[\d,]+ of [\d,]+ used/);
  const saved = async () => parseInt((await use.textContent())?.replaceAll(',', '') ?? '', 10);
  const before = await saved();

  await volume.getByRole('spinbutton', { name: 'Go to block' }).fill('41000');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  const block = 41_000 + 256;
  await expect.poll(() => lab.cell('Protection on', block).getAttribute('aria-label')).toContain('needs it');
  await page.keyboard.press('Enter');

  await expect
    .poll(() => lab.cell('Protection on', block).getAttribute('aria-label'))
    .not.toContain('needs it');
  await lab.still();
  expect(await saved()).toBe(before + 1);
});
