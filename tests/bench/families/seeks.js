/** The rows about seeks in a long history: the core alone, and the slider of the built page. */
/* global window */
import { Buffer } from 'node:buffer';
import { median, mediansByPlace } from '../report/numbers.js';
import { grouped, milliseconds, rowAtMost } from '../report/rows.js';
import { openBench, openLab } from './places.js';

const RUNS = 5;
const PAGE_SEEKS = 40;
const SLOWEST_SEEK_MS = 16;

/**
 * @param {import('./places.js').Places} places
 * @returns {Promise<import('../report/rows.js').Found>}
 */
export async function rowsOfSeeks(places) {
  const page = await openBench(places);
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await page.evaluate(() => window.bench.measureSeeks()));
  await page.close();
  const replayMs = median(runs.flatMap((run) => run.replayMs));
  /** @param {readonly (readonly number[])[]} times */
  const row = (times, /** @type {string} */ what) => {
    const perPlace = mediansByPlace(times);
    const control = `${(median(perPlace) / replayMs).toFixed(3)} of deciding the whole log (${milliseconds(replayMs)})`;
    return rowAtMost(perPlace, { what, bound: SLOWEST_SEEK_MS, unit: 'ms', control });
  };
  const [first] = runs;
  const rows = [
    row(
      runs.map((run) => run.jumpsMs),
      'seek in a long history: to random steps',
    ),
    row(
      runs.map((run) => run.backwardsMs),
      'seek in a long history: backwards, a step at a time',
    ),
  ];
  const size = `${grouped(first?.steps ?? 0)} steps, ${grouped(first?.events ?? 0)} events of ${grouped(first?.commands ?? 0)} commands`;
  const notes = [`Seek: two worlds, ${size}. Of each place the median of ${RUNS} runs.`];
  return { rows, notes };
}

/**
 * @param {import('./places.js').Places} places
 * @returns {Promise<import('../report/rows.js').Found>}
 */
export async function rowsOfPageSeeks(places) {
  const benchPage = await openBench(places);
  const laboratory = await benchPage.evaluate(() => window.bench.longLaboratory());
  await benchPage.close();
  const page = await openLab(places);
  const story = await seekBySlider(page);
  const file = { name: 'long.json', mimeType: 'application/json', buffer: Buffer.from(laboratory) };
  await page.getByLabel('Open file').setInputFiles(file);
  await page.getByText(/^of \d{5}$/).waitFor();
  const long = await seekBySlider(page);
  await page.context().close();
  /** @param {'changedMs' | 'laidOutMs'} key */
  const row = (key, /** @type {string} */ what, /** @type {string} */ processor) => {
    const [timesMs = [], storyMs = []] = [long, story].map(({ runs }) =>
      mediansByPlace(runs.map((run) => run.map((seek) => seek[key]))),
    );
    const ratio = (median(timesMs) / median(storyMs)).toFixed(1);
    const control = `${ratio} of a seek in the first visit's story; ${processor}`;
    return rowAtMost(timesMs, { what, bound: SLOWEST_SEEK_MS, unit: 'ms', control });
  };
  const { scriptMs, styleMs, layoutMs } = long.processor;
  const all = `${milliseconds(scriptMs + styleMs + layoutMs)} of processor time`;
  const rows = [
    row(
      'changedMs',
      'the same history in the page: slider moved to document changed',
      `${milliseconds(scriptMs)} of processor time`,
    ),
    row('laidOutMs', 'the same, and laid out by the browser', all),
  ];
  const parts = `script ${milliseconds(scriptMs)}, style ${milliseconds(styleMs)}, layout ${milliseconds(layoutMs)}`;
  const notes = [
    `Seek in the page: the browser itself counts per seek ${parts} of processor time, which others cannot spoil.`,
  ];
  return { rows, notes };
}

/**
 * Evenly spread, and as far apart as can be: every second seek or so goes backwards.
 * @param {import('playwright').Page} page
 */
async function seekBySlider(page) {
  await page.evaluate(() => window.stopWatch.untilStill());
  const shares = Array.from({ length: PAGE_SEEKS }, (_, index) => (index * 0.618) % 1);
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await processorTimes(devTools);
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    runs.push(await page.evaluate((places) => window.stopWatch.seek(places), shares));
  }
  const after = await processorTimes(devTools);
  await devTools.detach();
  /** @param {string} name */
  const perSeekMs = (name) => (((after[name] ?? 0) - (before[name] ?? 0)) * 1_000) / (RUNS * PAGE_SEEKS);
  const processor = {
    scriptMs: perSeekMs('ScriptDuration'),
    styleMs: perSeekMs('RecalcStyleDuration'),
    layoutMs: perSeekMs('LayoutDuration'),
  };
  return { runs, processor };
}

/**
 * What the page's thread has spent so far, in seconds, by the name of the work.
 * @param {import('playwright').CDPSession} devTools
 * @returns {Promise<Record<string, number>>}
 */
async function processorTimes(devTools) {
  const { metrics } = await devTools.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}
