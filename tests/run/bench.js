/**
 * `npm run bench`: how fast the engine, its storage, the seeks, the lab and the first load are, in the real browser, on
 * a built site, against the bounds that the project set itself and against others that do the same work. Prints one
 * table, and writes it to tests/bench/results. A slow machine fails nothing: the exit code is 1 only when something
 * could not be measured. `npm run bench -- --only storage,replay` measures a part, and writes nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { rowsOfClicks } from '../bench/families/clicks.js';
import { rowsOfDrawing } from '../bench/families/drawing.js';
import { rowsOfEngine, rowsOfReplay } from '../bench/families/engine.js';
import { rowsOfFirstLoad } from '../bench/families/first-load.js';
import { rowsOfHistories } from '../bench/families/histories.js';
import { rowsOfLongReplay } from '../bench/families/long-replay.js';
import { rowsOfReopening } from '../bench/families/reopening.js';
import { rowsOfPageSeeks, rowsOfSeeks } from '../bench/families/seeks.js';
import { rowsOfStorage } from '../bench/families/storage.js';
import { describe, writeResults } from '../bench/report/results.js';
import { tableOf } from '../bench/report/table.js';
import { installPackages, makeSureOfBrowser } from './install.js';
import { ROOT } from './process.js';
import { serve } from './serve.js';

/**
 * @typedef {import('../bench/families/places.js').Places} Places
 * @typedef {import('../bench/report/rows.js').Found} Found
 */

/** @type {Readonly<Record<string, (places: Places) => Promise<Found>>>} */
const FAMILIES = {
  storage: rowsOfStorage,
  reopening: rowsOfReopening,
  engine: rowsOfEngine,
  replay: rowsOfReplay,
  trace: rowsOfLongReplay,
  seeks: rowsOfSeeks,
  histories: rowsOfHistories,
  slider: rowsOfPageSeeks,
  clicks: rowsOfClicks,
  drawing: rowsOfDrawing,
  load: rowsOfFirstLoad,
};

/** The page of the bench and what watches the built page from within, by the names of their files. */
const BENCH_INPUT = {
  index: 'index.html',
  'stop-watch': 'stop-watch.ts',
  'drawing-frames': 'drawing-frames.ts',
  'reopening-watch': 'reopening-watch.ts',
  'byte-counter': 'byte-counter.ts',
  'long-tasks': 'long-tasks.ts',
};

/** Where a whole run leaves what it found. */
const RESULTS = path.join(ROOT, 'tests', 'bench', 'results');

const folder = mkdtempSync(path.join(tmpdir(), 'shadow-copy-lab-bench-'));
try {
  const names = chosenFamilies(process.argv.slice(2));
  await installPackages();
  const { executablePath, args } = await makeSureOfBrowser();
  const { chromium } = await import('playwright');
  const siteFolder = path.join(folder, 'site');
  const benchFolder = path.join(folder, 'bench');
  const bundle = await build(siteFolder, benchFolder);
  const site = await serve({ root: siteFolder });
  const bench = await serve({ root: benchFolder, isIsolated: true });
  const browser = await chromium.launch({ executablePath, args });
  try {
    const startedAt = performance.now();
    const [loadBefore = 0] = loadavg();
    const found = await measure(names, {
      browser,
      openProfile: (profile) => chromium.launchPersistentContext(profile, { executablePath, args }),
      folder,
      site: site.address,
      siteFolder,
      bundle,
      bench: bench.address,
      benchFolder,
      say: (progress) => console.log(progress),
      script: (name) => path.join(benchFolder, `${name}.js`),
    });
    const machine = {
      day: new Date().toISOString().slice(0, 10),
      chromium: browser.version(),
      cores: availableParallelism(),
      loadBefore,
      loadAfter: loadavg()[0] ?? 0,
      minutes: (performance.now() - startedAt) / 60_000,
    };
    console.log(`\n${tableOf(found.rows)}`);
    for (const note of [...found.notes, describe(machine)]) console.log(`\n${note}`);
    const isWhole = names.length === Object.keys(FAMILIES).length && process.exitCode !== 1;
    if (isWhole) await writeResults(RESULTS, { machine, ...found });
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
 * @param {readonly string[]} args
 * @throws {Error} when there is no such family
 */
function chosenFamilies(args) {
  const all = Object.keys(FAMILIES);
  if (args.length === 0) return all;
  const [option, list = ''] = args.flatMap((arg) => arg.split('='));
  const names = list.split(',');
  if (option === '--only' && names.every((name) => all.includes(name))) return names;
  throw new Error(`Usage: npm run bench -- --only <one or more of ${all.join(',')}>`);
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
  const input = Object.entries(BENCH_INPUT).map(([name, file]) => [name, path.join(root, 'page', file)]);
  await vite.build({
    configFile: false,
    root: path.join(root, 'page'),
    base: './',
    logLevel: 'error',
    plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
    resolve: { alias: { 'perf-deets': path.join(root, 'peers', 'no-perf-deets.ts') } },
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

/**
 * @param {readonly string[]} names
 * @param {Places} places
 */
async function measure(names, places) {
  /** @type {Required<Found>[]} */
  const all = [];
  for (const name of names) {
    const from = performance.now();
    try {
      const found = await FAMILIES[name]?.(places);
      if (found !== undefined) all.push({ comparisons: [], ...found });
    } catch (error) {
      process.exitCode = 1;
      const problem = error instanceof Error ? error.message : String(error);
      all.push({ rows: [], notes: [`Not measured (${name}): ${problem}`], comparisons: [] });
    }
    places.say(`${name}: ${((performance.now() - from) / 1_000).toFixed(0)} s`);
  }
  return {
    rows: all.flatMap(({ rows }) => rows),
    notes: all.flatMap(({ notes }) => notes),
    comparisons: all.flatMap(({ comparisons }) => comparisons),
  };
}
