/**
 * Finds a Chromium-family browser on this machine. Nothing is started or downloaded here; `makeSureOfBrowser` in
 * install.js does that for `npm test`.
 */
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * @typedef {object} Browser
 * @property {string} executablePath
 * @property {string[]} args what this user needs to start it
 */

const PROGRAM_NAMES = [
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
  'msedge',
];

const MAC_APPLICATIONS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];

const WINDOWS_PROGRAMS = [
  String.raw`Google\Chrome\Application\chrome.exe`,
  String.raw`Chromium\Application\chrome.exe`,
  String.raw`Microsoft\Edge\Application\msedge.exe`,
];

/**
 * The browser the tests use, or undefined: `CHROME_PATH`, then an installed Chrome, Chromium or Edge, then
 * Playwright's own download.
 * @returns {Browser | undefined}
 * @throws {Error} when `CHROME_PATH` is set and names no file
 */
export function findBrowser() {
  const executablePath = fromEnvironment() ?? installedBrowser() ?? playwrightBrowser();
  return executablePath === undefined ? undefined : { executablePath, args: launchArguments() };
}

/** Chromium refuses to start as root with its sandbox. */
function launchArguments() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

function fromEnvironment() {
  const chosen = process.env['CHROME_PATH'];
  if (chosen === undefined || chosen === '') return undefined;
  if (!isFile(chosen)) throw new Error(`CHROME_PATH is ${chosen}, and there is no such file.`);
  return chosen;
}

function installedBrowser() {
  return [...usualPlaces(), ...onPath()].find(isFile);
}

/** @returns {string[]} */
function usualPlaces() {
  if (process.platform === 'darwin') {
    const roots = ['/Applications', path.join(process.env['HOME'] ?? '', 'Applications')];
    return roots.flatMap((root) =>
      MAC_APPLICATIONS.map((name) => path.join(root, `${name}.app`, 'Contents', 'MacOS', name)),
    );
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name]);
    return roots
      .filter((root) => root !== undefined)
      .flatMap((root) => WINDOWS_PROGRAMS.map((program) => path.join(root, program)));
  }
  return ['/usr/bin', '/usr/local/bin', '/snap/bin'].flatMap((folder) =>
    PROGRAM_NAMES.map((name) => path.join(folder, name)),
  );
}

/** @returns {string[]} */
function onPath() {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return PROGRAM_NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name + suffix)));
}

/** Playwright is asked only when it is needed, and may not be installed yet. */
function playwrightBrowser() {
  try {
    /** @type {typeof import('playwright')} */
    const playwright = createRequire(import.meta.url)('playwright');
    const executablePath = playwright.chromium.executablePath();
    return isFile(executablePath) ? executablePath : undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} file */
function isFile(file) {
  return existsSync(file) && statSync(file).isFile();
}
