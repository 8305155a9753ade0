/** What a visitor's browser fetches before the lab can be used, by its size on the wire. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/**
 * @typedef {object} LoadedFile
 * @property {string} name
 * @property {boolean} isScript
 * @property {number} brotliBytes
 * @property {number} gzipBytes
 *
 * @typedef {object} FirstLoad
 * @property {readonly LoadedFile[]} first fetched before the lab is usable
 * @property {readonly LoadedFile[]} later the other scripts and styles of the site
 */

/**
 * @param {import('playwright').BrowserContext} context without anything cached
 * @param {string} address
 * @param {string} folder the site's files
 * @param {(page: import('playwright').Page) => Promise<void>} usable
 * @returns {Promise<FirstLoad>}
 */
export async function measureFirstLoad(context, address, folder, usable) {
  /** @type {Set<string>} */
  const fetched = new Set();
  context.on('request', (request) => fetched.add(request.url()));
  const page = await context.newPage();
  await page.goto(address);
  await usable(page);
  const firstUrls = new Set(fetched);

  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => /\.(js|css)$/.test(file));
  /** @param {string} file */
  const isFirst = (file) => firstUrls.has(address + file);
  return {
    first: files.filter(isFirst).map((file) => sizeOf(folder, file)),
    later: files.filter((file) => !isFirst(file)).map((file) => sizeOf(folder, file)),
  };
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
    isScript: name.endsWith('.js'),
    brotliBytes: brotliCompressSync(bytes).length,
    gzipBytes: gzipSync(bytes, { level: 9 }).length,
  };
}
