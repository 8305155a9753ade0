/** What a visitor's browser fetches before the lab can be used, by its size on the wire. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

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
 * @param {import('playwright').BrowserContext} context without anything cached
 * @param {string} address
 * @param {string} folder the site's files
 * @param {Bundle} bundle what the site was built of
 * @param {(page: import('playwright').Page) => Promise<void>} usable
 * @returns {Promise<FirstLoad>}
 */
export async function measureFirstLoad(context, address, folder, bundle, usable) {
  /** @type {Set<string>} */
  const fetched = new Set();
  context.on('request', (request) => fetched.add(request.url()));
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'networkidle' });
  await usable(page);

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
 * The entry, what it imports, and the worker that these name.
 * @param {Bundle} bundle
 * @returns {ReadonlySet<string>}
 */
function initialScripts({ output }) {
  const chunks = output.filter((file) => file.type === 'chunk');
  const initial = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  for (const name of initial) {
    for (const imported of chunks.find(({ fileName }) => fileName === name)?.imports ?? [])
      initial.add(imported);
  }
  const code = chunks.filter(({ fileName }) => initial.has(fileName)).map((chunk) => chunk.code);
  const workers = output.filter(
    ({ type, fileName }) =>
      type === 'asset' &&
      fileName.endsWith('.js') &&
      code.some((text) => text.includes(path.basename(fileName))),
  );
  return new Set([...initial, ...workers.map(({ fileName }) => fileName)]);
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
