/**
 * `npm run bench`: how fast the engine, the seeks, the lab and the first load are, in the real browser, on a built site,
 * against the bounds that the project set itself. Prints one table. A slow machine fails nothing: the exit code is 1
 * only when something could not be measured.
 */
/* global window */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { rowsOfDrawing } from '../bench/drawing-rows.js';
import { measureFirstLoad } from '../bench/first-load.js';
import { median, mediansByPlace, quantile } from '../bench/numbers.js';
import { grouped, kilobytes, milliseconds, openBench, rowOfTimes } from '../bench/rows.js';
import { rowsOfHistory } from '../bench/rows-history.js';
import { installPackages, makeSureOfBrowser } from './install.js';
import { ROOT } from './process.js';
import { serve } from './serve.js';

/**
 * @typedef {import('../bench/rows.js').Row} Row
 *
 * @typedef {object} Places
 * @property {import('playwright').Browser} browser
 * @property {string} site the built site
 * @property {string} siteFolder
 * @property {import('../bench/first-load.js').Bundle} bundle what the built site is made of
 * @property {string} bench the page of the bench
 * @property {string} stopWatch the script that times the built page from within
 * @property {string} drawingFrames the script that times its frames
 */

const ENGINE_RUNS = 9;
const SEEK_RUNS = 5;
const CHANGES = 11;
const PAGE_SEEKS = 40;
const LARGEST_FIRST_LOAD_BYTES = 90_000;

/** The page of the bench and the stop watch, by the names of their files. */
const BENCH_INPUT = {
  index: 'index.html',
  'stop-watch': 'stop-watch.ts',
  'drawing-frames': 'drawing-frames.ts',
};

const folder = mkdtempSync(path.join(tmpdir(), 'shadow-copy-lab-bench-'));
try {
  await installPackages();
  const { executablePath, args } = await makeSureOfBrowser();
  const { chromium } = await import('playwright');
  const siteFolder = path.join(folder, 'site');
  const benchFolder = path.join(folder, 'bench');
  const bundle = await build(siteFolder, benchFolder);
  const site = await serve({ root: siteFolder });
  const bench = await serve({ root: benchFolder });
  const browser = await chromium.launch({ executablePath, args });
  try {
    const cores = availableParallelism();
    console.log(
      `Chromium ${browser.version()} on ${cores} shared cores: quote ratios of one run, not figures.`,
    );
    console.log(
      `Load average before: ${loadavg()[0]?.toFixed(1)} (above ${cores}, others are in the way).\n`,
    );
    const stopWatch = path.join(benchFolder, 'stop-watch.js');
    const drawingFrames = path.join(benchFolder, 'drawing-frames.js');
    const addresses = { site: site.address, bench: bench.address };
    await measure({ browser, ...addresses, siteFolder, bundle, stopWatch, drawingFrames });
  } finally {
    await Promise.all([browser.close(), site.close(), bench.close()]);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * The site as `npm run build` makes it, and the page of the bench by the same rules.
 * @param {string} siteFolder
 * @param {string} benchFolder
 */
async function build(siteFolder, benchFolder) {
  const vite = await import('vite');
  const { svelte } = await import('@sveltejs/vite-plugin-svelte');
  const quiet = { emptyOutDir: true, reportCompressedSize: false };
  const bundle = await vite.build({ root: ROOT, logLevel: 'error', build: { ...quiet, outDir: siteFolder } });
  const root = path.join(ROOT, 'tests', 'bench');
  const input = Object.entries(BENCH_INPUT).map(([name, file]) => [name, path.join(root, file)]);
  await vite.build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
    build: {
      ...quiet,
      outDir: benchFolder,
      target: 'es2024',
      rolldownOptions: { input: Object.fromEntries(input), output: { entryFileNames: '[name].js' } },
    },
    worker: { format: 'es' },
  });
  if (!('output' in bundle)) throw new Error('The site is built once, and not watched');
  return bundle;
}

/** @param {Places} places */
async function measure(places) {
  /** @type {Row[]} */
  const rows = [];
  /** @type {string[]} */
  const notes = [];
  const sections = [
    rowsOfEngine,
    rowsOfSeeks,
    rowsOfHistory,
    rowsOfPageSeeks,
    rowsOfChanges,
    rowsOfDrawing,
    rowsOfFirstLoad,
  ];
  for (const section of sections) {
    try {
      const found = await section(places);
      rows.push(...found.rows);
      notes.push(...found.notes);
    } catch (error) {
      process.exitCode = 1;
      notes.push(`Not measured (${section.name}): ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  print(rows);
  for (const note of notes) console.log(`\n${note}`);
}

/** @param {Places} places */
async function rowsOfEngine({ browser, bench }) {
  const page = await openBench(browser, bench);
  const runs = await page.evaluate((count) => window.bench.blockWrites(count), ENGINE_RUNS);
  await page.close();
  const ratio = median(runs.map(({ engineMs, controlMs }) => controlMs / engineMs));
  /** @param {(run: import('../bench/block-writes').BlockWritesRun) => number} count */
  const row = (count, /** @type {string} */ what) => {
    const rates = runs.map((run) => count(run) / run.engineMs / 1_000);
    const control = median(runs.map((run) => count(run) / run.controlMs / 1_000));
    return {
      what,
      measured: `${median(rates).toFixed(2)} M/s`,
      spread: `${runs.length}: ${quantile(rates, 1).toFixed(2)} / ${quantile(rates, 0.05).toFixed(2)} / ${quantile(rates, 0).toFixed(2)} M/s`,
      bound: 'at least 1 M/s',
      control: `${ratio.toFixed(2)} of bare typed arrays (${control.toFixed(1)} M/s)`,
      verdict: median(rates) >= 1 ? 'ok' : 'under',
    };
  };
  const rows = [
    row(({ copies }) => copies, 'engine alone in a worker: block writes that copied'),
    row(({ writes }) => writes, 'the same run: all block writes'),
  ];
  return { rows, notes: ['Engine: 65,536 blocks, 8 snapshots, 65,536 random block writes after each.'] };
}

/** @param {Places} places */
async function rowsOfSeeks({ browser, bench }) {
  const page = await openBench(browser, bench);
  const runs = [];
  for (let run = 0; run < SEEK_RUNS; run += 1)
    runs.push(await page.evaluate(() => window.bench.measureSeeks()));
  await page.close();
  const replayMs = median(runs.flatMap((run) => run.replayMs));
  /** @param {readonly (readonly number[])[]} times */
  const row = (times, /** @type {string} */ what) => {
    const perPlace = mediansByPlace(times);
    return {
      ...rowOfTimes(perPlace, what, 16),
      control: `${(median(perPlace) / replayMs).toFixed(3)} of deciding the whole log (${milliseconds(replayMs)})`,
    };
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
  const size = `${grouped(first?.steps)} steps, ${grouped(first?.events)} events of ${grouped(first?.commands)} commands`;
  const notes = [`Seek: two worlds, ${size}. Of each place the median of ${SEEK_RUNS} runs.`];
  return { rows, notes };
}

/** @param {Places} places */
async function rowsOfPageSeeks(places) {
  const benchPage = await openBench(places.browser, places.bench);
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
    return {
      ...rowOfTimes(timesMs, what, 16),
      control: `${ratio} of a seek in the first visit's story; ${processor}`,
    };
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
  for (let run = 0; run < SEEK_RUNS; run += 1) {
    runs.push(await page.evaluate((places) => window.stopWatch.seek(places), shares));
  }
  const after = await processorTimes(devTools);
  await devTools.detach();
  /** @param {string} name */
  const perSeekMs = (name) => (((after[name] ?? 0) - (before[name] ?? 0)) * 1_000) / (SEEK_RUNS * PAGE_SEEKS);
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

/** @param {Places} places */
async function rowsOfChanges(places) {
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
  const row = (measured, /** @type {string} */ what) => ({
    ...rowOfTimes(measured, what, 50),
    control: `${(median(measured) / frameMs).toFixed(1)} times a bare change of the page (${milliseconds(frameMs)})`,
    verdict: median(measured) <= 50 ? 'ok' : 'over',
  });
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

/** @param {Places} places */
async function rowsOfFirstLoad({ browser, site, siteFolder, bundle }) {
  const context = await browser.newContext();
  const { first, soon, later } = await measureFirstLoad(context, site, siteFolder, bundle, untilUsable);
  await context.close();
  const brotliBytes = sum(first, 'brotliBytes');
  const row = {
    what: 'first load: compressed script before the lab is usable',
    measured: kilobytes(brotliBytes),
    spread: `gzip ${kilobytes(sum(first, 'gzipBytes'))}; with what follows by itself ${kilobytes(sum([...first, ...soon], 'brotliBytes'))}`,
    bound: 'at most 90 kB',
    control: '',
    verdict: brotliBytes <= LARGEST_FIRST_LOAD_BYTES ? 'ok' : 'over',
  };
  /** @param {readonly import('../bench/first-load.js').LoadedFile[]} files */
  const list = (files) =>
    files
      .map(
        ({ name, ...size }) =>
          `\n  ${name}: ${kilobytes(size.brotliBytes)}, gzip ${kilobytes(size.gzipBytes)}`,
      )
      .join('') || ' nothing';
  const notes = [
    `Script before the lab is usable (entry, its imports, worker; brotli):${list(first)}`,
    `Fetched by the open lab by itself:${list(soon)}`,
    `Fetched when asked for:${list(later)}`,
  ];
  return { rows: [row], notes };
}

/**
 * @param {readonly import('../bench/first-load.js').LoadedFile[]} files
 * @param {'brotliBytes' | 'gzipBytes'} key
 */
function sum(files, key) {
  return files.reduce((total, file) => total + file[key], 0);
}

/**
 * A visitor's first visit.
 * @param {Places} places
 */
async function openLab({ browser, site, stopWatch }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addInitScript({ path: stopWatch });
  const page = await context.newPage();
  await page.goto(site);
  await untilUsable(page);
  return page;
}

/** @param {import('playwright').Page} page */
async function untilUsable(page) {
  await page.getByRole('region', { name: 'Live volume' }).first().waitFor();
  await page.getByRole('button', { name: 'Write', exact: true }).waitFor();
}

/**
 * A table that reads as well in a terminal as it does as Markdown.
 * @param {readonly Row[]} rows
 */
function print(rows) {
  const head = ['what', 'median', 'fastest / 95 % / slowest', 'bound', 'against the control', ''];
  const body = rows.map((row) => [row.what, row.measured, row.spread, row.bound, row.control, row.verdict]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((cells) => cells[column]?.length ?? 0)),
  );
  /** @param {readonly string[]} cells */
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  console.log(line(head));
  console.log(line(widths.map((width) => '-'.repeat(width))));
  for (const cells of body) console.log(line(cells));
}
