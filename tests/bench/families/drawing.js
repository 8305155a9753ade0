/** The rows of the bench about drawing: the lab while it plays, and volumes that change in every frame. */
/* global window */
import { median } from '../report/numbers.js';
import { grouped, milliseconds, rowAtMost } from '../report/rows.js';

/**
 * @typedef {import('../report/rows.js').Row} Row
 * @typedef {import('../page/drawing').DrawingRun} DrawingRun
 */

const LONGEST_SCRIPT_MS = 4;
const PLAYED_MS = 8_000;

/** Sizes to draw, and whether d3 can be asked to draw an element for each block in the same page. */
const SIZES = [64, 10_000, 1_048_576];

/** A verdict looks at so many of the frames. */
const SHARE_OF_FRAMES = 0.95;

/**
 * @param {import('./places.js').Places} places
 * @returns {Promise<import('../report/rows.js').Found>}
 */
export async function rowsOfDrawing({ browser, site, bench, script }) {
  const rows = [await rowOfLab(browser, site, script('drawing-frames'))];
  const notes = ['Drawing: the live volume alone, 302 pixels wide; script until the document is up to date.'];
  for (const blocks of SIZES) {
    const product = await drawn(browser, bench, 'drawByProduct', blocks);
    const plain = await drawn(browser, bench, 'drawByD3', blocks);
    rows.push(rowOfSize(product, plain));
    notes.push(noteOfSize(product, plain));
  }
  return { rows, notes };
}

/**
 * The first visit's story while it plays.
 * @param {import('playwright').Browser} browser
 * @param {string} site
 * @param {string} drawingFrames the script that times frames from within
 * @returns {Promise<Row>}
 */
async function rowOfLab(browser, site, drawingFrames) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addInitScript({ path: drawingFrames });
  const page = await context.newPage();
  await page.goto(site);
  await page.getByRole('button', { name: 'Write', exact: true }).waitFor();
  const play = page.getByRole('button', { name: 'Play the story' });
  await play.click();
  await page.waitForTimeout(PLAYED_MS / 4);
  const devTools = await context.newCDPSession(page);
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.evaluate(() => window.drawingFrames.take());
  const beforeMs = await processorMs(devTools);
  await page.waitForTimeout(PLAYED_MS);
  const scriptMs = await page.evaluate(() => window.drawingFrames.take());
  const perFrameMs = ((await processorMs(devTools)) - beforeMs) / scriptMs.length;
  await context.close();
  const seconds = PLAYED_MS / 1_000;
  return rowOfFrames(
    scriptMs,
    'the lab while the story plays, 64 blocks in two worlds: script a frame',
    `${milliseconds(perFrameMs, 2)} of processor time; ${(scriptMs.length / seconds).toFixed(0)} frames a second`,
  );
}

/**
 * What script has taken of the page's thread so far, which others cannot spoil.
 * @param {import('playwright').CDPSession} devTools
 */
async function processorMs(devTools) {
  const { metrics } = await devTools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1_000;
}

/**
 * In a page of its own, so that one cannot slow another one down.
 * @param {import('playwright').Browser} browser
 * @param {string} bench
 * @param {'drawByProduct' | 'drawByD3'} how
 * @param {number} blocks
 * @returns {Promise<DrawingRun | null>} `null`: the page did not survive it
 */
async function drawn(browser, bench, how, blocks) {
  const page = await browser.newPage();
  try {
    await page.goto(bench);
    await page.waitForFunction(() => 'bench' in window);
    return await page.evaluate(
      ([name, count]) => window.bench[name](count),
      /** @type {const} */ ([how, blocks]),
    );
  } catch (error) {
    if (how === 'drawByProduct') throw error;
    return null;
  } finally {
    await page.close();
  }
}

/**
 * @param {DrawingRun | null} product
 * @param {DrawingRun | null} plain
 * @returns {Row}
 */
function rowOfSize(product, plain) {
  if (product === null) throw new Error('The product draws every size');
  const ratio =
    plain === null || plain.gaveUpAfter !== null
      ? 'd3 with an element a block does not come so far'
      : `${(median(product.scriptMs) / median(plain.scriptMs)).toFixed(3)} of a d3 data join (${milliseconds(median(plain.scriptMs), 2)})`;
  const what = `a volume of ${grouped(product.blocks)} blocks, ${Math.min(200, product.blocks)} writes a frame: script`;
  return rowOfFrames(product.scriptMs, what, ratio);
}

/**
 * @param {DrawingRun | null} product
 * @param {DrawingRun | null} plain
 */
function noteOfSize(product, plain) {
  const size = `${(product?.blocks ?? 0).toLocaleString('en')} blocks`;
  const d3 =
    plain === null
      ? 'did not survive making its elements'
      : plain.gaveUpAfter !== null
        ? `had made ${plain.gaveUpAfter.toLocaleString('en')} elements when it was given up after 20 s`
        : framesOf(plain);
  return `Frames, ${size}: the product ${product === null ? '' : framesOf(product)}; d3 ${d3}.`;
}

/** @param {DrawingRun} run */
function framesOf({ scriptMs, betweenMs }) {
  const late = betweenMs.filter((ms) => ms > 25).length;
  const byScript = scriptMs.filter((ms) => ms > 1_000 / 60).length;
  return `${(1_000 / median(betweenMs)).toFixed(0)} a second, ${late} of ${betweenMs.length} late, ${byScript} by script`;
}

/**
 * @param {readonly number[]} scriptMs
 * @param {string} what
 * @param {string} control
 */
function rowOfFrames(scriptMs, what, control) {
  const demand = { what, bound: LONGEST_SCRIPT_MS, unit: 'ms', digits: 2, control };
  return rowAtMost(scriptMs, demand, SHARE_OF_FRAMES);
}
