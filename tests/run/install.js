/** Makes sure of what the commands need: the packages of the lock file, a browser and a reader of images for the tests. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findBrowser } from './browser.js';
import { ROOT, run, runNpm, runTool } from './process.js';

const MINUTE_MS = 60_000;

/**
 * Installs the packages of the lock file unless they are already there.
 * @throws {Error} with one sentence when they cannot be installed
 */
export async function installPackages() {
  if (packagesAreInstalled()) return;
  console.log('Installing packages ...');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel', 'error'];
  const { ok, output } = await runNpm(args, { limitMs: 5 * MINUTE_MS });
  if (!ok) throw new Error(`The packages could not be installed by "npm ci".\n${output}`);
}

/** Compares what npm says it installed with what the lock file asks for, so that an old folder is noticed. */
function packagesAreInstalled() {
  const wanted = readPackages(path.join(ROOT, 'package-lock.json'));
  const present = readPackages(path.join(ROOT, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(
    ([place, entry]) => place === '' || entry.optional === true || present[place]?.version === entry.version,
  );
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function readPackages(lockFile) {
  if (!existsSync(lockFile)) return {};
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages ?? {};
}

/**
 * A browser that starts, installed if need be. In this order: `CHROME_PATH`; an installed Chrome, Chromium or Edge;
 * Playwright's own download; as root on Debian or Ubuntu, its package `chromium`.
 * @returns {Promise<import('./browser.js').Browser>}
 * @throws {Error} with one sentence when there is none and none can be had
 */
export async function makeSureOfBrowser() {
  const found = findBrowser();
  if (found !== undefined && (await starts(found))) return found;
  if (found !== undefined && process.env['CHROME_PATH']) {
    throw new Error(`CHROME_PATH is ${found.executablePath}, and that program does not start.`);
  }

  for (const obtain of [downloadByPlaywright, installByApt]) {
    await obtain();
    const browser = findBrowser();
    if (browser !== undefined && (await starts(browser))) return browser;
  }
  throw new Error(
    'No browser was found and none could be installed: install Chrome, Chromium or Edge, or set CHROME_PATH to one.',
  );
}

/**
 * A browser whose libraries are missing is there and does not start. On Windows `--version` opens a window, and
 * libraries are never missing.
 * @param {import('./browser.js').Browser} browser
 */
async function starts({ executablePath, args }) {
  if (process.platform === 'win32') return true;
  return (await run(executablePath, [...args, '--version'], { limitMs: MINUTE_MS / 2 })).ok;
}

/** Fails soon without a network: the connection is given ten seconds, the whole download two minutes. */
async function downloadByPlaywright() {
  console.log('No browser is installed: trying to download one through Playwright ...');
  await runTool('playwright/cli.js', ['install', 'chromium'], {
    limitMs: 2 * MINUTE_MS,
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
  });
}

/**
 * libvshadow with its Python binding, the independent reader that volume images are held against. Without it the tests
 * that ask it are skipped, and say so.
 */
export async function installImageReader() {
  if (await hasImageReader()) return;
  await installPackage('python3-libvshadow');
  if (await hasImageReader()) return;
  console.log(
    'NOT HERE: libvshadow (python3-libvshadow). Volume images are not compared with what it reads.',
  );
}

/** Debian's own Python: another one does not see its packages. */
async function hasImageReader() {
  return (await run('/usr/bin/python3', ['-c', 'import pyvshadow'], { limitMs: MINUTE_MS / 2 })).ok;
}

async function installByApt() {
  await installPackage('chromium');
}

/**
 * As root on Debian or Ubuntu; elsewhere it does nothing.
 * @param {string} name
 */
async function installPackage(name) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log(`Installing the package "${name}" ...`);
  const options = { limitMs: 4 * MINUTE_MS, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['update'], options);
  await run('apt-get', ['install', '-y', '--no-install-recommends', name], options);
}
