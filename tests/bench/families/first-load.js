/** What a visitor's browser fetches before the lab can be used, by its size on the wire. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { kilobytes, rowAtMost } from '../report/rows.js';
import { untilUsable } from './places.js';

const LARGEST_FIRST_LOAD_KB = 90;

const FIRST_MODULES = ['/index.html', '/src/engine/worker.ts'];

/**
 * @typedef {object} LoadedFile
 * @property {string} name
 * @property {number} brotliBytes
 * @property {number} gzipBytes
 *
 * @typedef {object} FirstLoad
 * @property {readonly LoadedFile[]} first what the lab cannot do without: the page's own script and the worker's
 * @property {readonly LoadedFile[]} soon fetched by the open lab itself, for panels that can wait
 * @property {readonly LoadedFile[]} later not fetched by opening the lab
 *
 * @typedef {Pick<import('vite').Rolldown.RolldownOutput, 'output'>} Bundle
 */

/**
 * @param {import('./places.js').Places} places
 * @returns {Promise<import('../report/rows.js').Found>}
 */
export async function rowsOfFirstLoad({ browser, site, siteFolder, bundle, say }) {
  const context = await browser.newContext();
  const { first, soon, later } = await measureFirstLoad(context, site, siteFolder, bundle);
  await context.close();
  const row = rowAtMost([sum(first, 'brotliBytes') / 1_000], {
    what: 'first load: compressed script before the lab is usable',
    bound: LARGEST_FIRST_LOAD_KB,
    unit: 'kB',
    control: `gzip ${kilobytes(sum(first, 'gzipBytes'))}; with what follows by itself ${kilobytes(sum([...first, ...soon], 'brotliBytes'))}`,
  });
  say(`Script before the lab is usable (entry, its imports, worker; brotli):${list(first)}`);
  say(`Fetched by the open lab by itself:${list(soon)}`);
  say(`Fetched when asked for:${list(later)}`);
  const notes = ['First load: the script of the page, what it imports, and the worker, by brotli.'];
  return { rows: [row], notes };
}

/** @param {readonly LoadedFile[]} files */
function list(files) {
  const lines = files.map(
    ({ name, ...size }) => `\n  ${name}: ${kilobytes(size.brotliBytes)}, gzip ${kilobytes(size.gzipBytes)}`,
  );
  return lines.join('') || ' nothing';
}

/**
 * @param {readonly LoadedFile[]} files
 * @param {'brotliBytes' | 'gzipBytes'} key
 */
function sum(files, key) {
  return files.reduce((total, file) => total + file[key], 0);
}

/**
 * @param {import('playwright').BrowserContext} context without anything cached
 * @param {string} address
 * @param {string} folder the site's files
 * @param {Bundle} bundle what the site was built of
 * @returns {Promise<FirstLoad>}
 */
async function measureFirstLoad(context, address, folder, bundle) {
  /** @type {Set<string>} */
  const fetched = new Set();
  context.on('request', (request) => fetched.add(request.url()));
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'networkidle' });
  await untilUsable(page);

  const initial = initialScripts(bundle);
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => file.endsWith('.js'));
  /** @param {string} file */
  const stageOf = (file) => (initial.has(file) ? 'first' : fetched.has(address + file) ? 'soon' : 'later');
  const missed = [...initial].filter((file) => !fetched.has(address + file));
  if (missed.length > 0) throw new Error(`The browser did not fetch ${missed.join(', ')}`);
  return {
    first: scripts.filter((file) => stageOf(file) === 'first').map((file) => sizeOf(folder, file)),
    soon: scripts.filter((file) => stageOf(file) === 'soon').map((file) => sizeOf(folder, file)),
    later: scripts.filter((file) => stageOf(file) === 'later').map((file) => sizeOf(folder, file)),
  };
}

/**
 * The page's own script, the engine's worker, and what the two import.
 * @param {Bundle} bundle
 * @returns {ReadonlySet<string>}
 */
function initialScripts({ output }) {
  const chunks = output.filter((file) => file.type === 'chunk');
  const begins = chunks.filter(({ facadeModuleId }) =>
    FIRST_MODULES.some((name) => facadeModuleId?.endsWith(name)),
  );
  if (begins.length !== FIRST_MODULES.length)
    throw new Error('The built site has other entries than expected');
  const initial = new Set(begins.map(({ fileName }) => fileName));
  for (const name of initial) {
    for (const imported of chunks.find(({ fileName }) => fileName === name)?.imports ?? [])
      initial.add(imported);
  }
  return initial;
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {LoadedFile}
 */
function sizeOf(folder, name) {
  const bytes = readFileSync(path.join(folder, name));
  return {
    name,
    brotliBytes: brotliCompressSync(bytes).length,
    gzipBytes: gzipSync(bytes, { level: 9 }).length,
  };
}
