/** The rows about how soon the page answers a click. */
/* global window */
import { median } from '../report/numbers.js';
import { milliseconds, rowAtMost } from '../report/rows.js';
import { openLab } from './places.js';

const CHANGES = 11;
const SLOWEST_CHANGE_MS = 50;

/**
 * @param {import('./places.js').Places} places
 * @returns {Promise<import('../report/rows.js').Found>}
 */
export async function rowsOfClicks(places) {
  const page = await openLab(places);
  await page.getByRole('button', { name: 'Create snapshot' }).click();
  const blocks = page.getByRole('region', { name: 'Live volume' }).first().getByRole('gridcell');
  const write = page.getByRole('button', { name: 'Write', exact: true });
  /** @type {{ block: number[], button: number[], frame: number[] }} */
  const times = { block: [], button: [], frame: [] };
  for (let index = 0; index < CHANGES; index += 1) {
    times.block.push(await clickToChange(page, blocks.nth(index)));
    times.button.push(await clickToChange(page, write));
    times.frame.push(await page.evaluate(() => window.stopWatch.bareChange()));
  }
  const count = await blocks.count();
  await page.context().close();
  const frameMs = median(times.frame);
  /** @param {readonly number[]} measured */
  const row = (measured, /** @type {string} */ what) => {
    const control = `${(median(measured) / frameMs).toFixed(1)} times a bare change of the page (${milliseconds(frameMs)})`;
    return rowAtMost(measured, { what, bound: SLOWEST_CHANGE_MS, unit: 'ms', control }, 0.5);
  };
  const rows = [
    row(times.block, `click on a block to first visible change, ${count} blocks, two worlds`),
    row(times.button, 'click on "Write" to first visible change'),
  ];
  return { rows, notes: [] };
}

/**
 * @param {import('playwright').Page} page at the end of its history
 * @param {import('playwright').Locator} target
 */
async function clickToChange(page, target) {
  await target.scrollIntoViewIfNeeded();
  await page.evaluate(() => window.stopWatch.untilStill());
  const watch = await page.evaluateHandle(() => window.stopWatch.clickToChange());
  await target.click();
  const timeMs = await watch.evaluate((started) => started.timeMs);
  // What plays now need not be watched.
  await page.getByRole('button', { name: 'To the end' }).click();
  return timeMs;
}
