/** The rows about opening a large laboratory again that is kept in the browser. */
/* global window */
import { Buffer } from 'node:buffer';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { serve } from '../../run/serve.js';
import { median } from '../report/numbers.js';
import { megabytes, milliseconds, rowAtMost } from '../report/rows.js';
import { openBench, untilUsable } from './places.js';

const RUNS = 5;
const SLOWEST_OPENING_MS = 1_000;
const LABORATORY_BYTES = 256 * 1_048_576;

/** An opening may read so much of it before anybody looks at a block: nothing but what the first screen shows. */
const LARGEST_SHARE_READ = 0.01;

/** So long nobody does anything. */
const IDLE_MS = 2_000;

/**
 * @param {import('./places.js').Places} places
 * @returns {Promise<import('../report/rows.js').Found>}
 */
export async function rowsOfReopening(places) {
  const root = siteThatCounts(places);
  const site = await serve({ root });
  const profile = path.join(places.folder, 'reopened');
  try {
    await keepLaboratory(places, site.address, profile);
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await reopen(places, site.address, profile));
    return { rows: rowsOf(runs), notes: notesOf(runs) };
  } finally {
    await site.close();
  }
}

/**
 * The built site, but that its worker counts the bytes which it reads.
 * @param {import('./places.js').Places} places
 */
function siteThatCounts({ siteFolder, folder, script }) {
  const root = path.join(folder, 'site-that-counts');
  cpSync(siteFolder, root, { recursive: true });
  const scripts = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const workers = scripts.filter((file) => /worker-[^/\\]+\.js$/.test(file));
  if (workers.length === 0) throw new Error('The built site has no worker');
  // In a block: both scripts call what is theirs by the same short names.
  const counter = `{${readFileSync(script('byte-counter'), 'utf8')}}`;
  for (const worker of workers.map((file) => path.join(root, file)))
    writeFileSync(worker, `${counter}\n${readFileSync(worker, 'utf8')}`);
  return root;
}

/**
 * Leaves 256 MiB in a profile.
 * @param {import('./places.js').Places} places
 * @param {string} site
 * @param {string} profile
 */
async function keepLaboratory(places, site, profile) {
  const bench = await openBench(places);
  const { text, steps } = await bench.evaluate(() => window.bench.largeLaboratory());
  await bench.close();
  const context = await places.openProfile(profile);
  try {
    const page = await context.newPage();
    await page.goto(site);
    await untilUsable(page);
    const file = { name: 'large.json', mimeType: 'application/json', buffer: Buffer.from(text) };
    await page.getByLabel('Open file').setInputFiles(file);
    await page.getByText(`of ${steps}`, { exact: true }).waitFor({ timeout: 120_000 });
  } finally {
    await context.close();
  }
}

/**
 * In a browser that was started for it.
 * @param {import('./places.js').Places} places
 * @param {string} site
 * @param {string} profile
 */
async function reopen({ openProfile, script }, site, profile) {
  const context = await openProfile(profile);
  try {
    const page = await context.newPage();
    await page.addInitScript({ path: script('reopening-watch') });
    await page.goto(site);
    const opening = await page.evaluate(() => window.reopening.opening);
    const openedBytes = await page.evaluate(() => window.reopening.bytesRead());
    await page.waitForTimeout(IDLE_MS);
    const idleBytes = await page.evaluate(() => window.reopening.bytesRead());
    return { ...opening, openedBytes, idleBytes };
  } finally {
    await context.close();
  }
}

/**
 * @param {readonly Awaited<ReturnType<typeof reopen>>[]} runs
 * @returns {readonly import('../report/rows.js').Row[]}
 */
function rowsOf(runs) {
  const answered = runs.map(({ answeredMs }) => answeredMs);
  const usable = runs.map(({ usableMs }) => usableMs);
  const shares = runs.map(({ openedBytes }) => (100 * openedBytes) / LABORATORY_BYTES);
  return [
    rowAtMost(usable, {
      what: 'reopening a laboratory of 256 MiB: navigation to a page that can be used',
      bound: SLOWEST_OPENING_MS,
      unit: 'ms',
      digits: 0,
      control: `the worker had opened it after ${milliseconds(median(answered), 0)}`,
    }),
    rowAtMost(shares, {
      what: 'the same: share of the content that was read by then',
      bound: 100 * LARGEST_SHARE_READ,
      unit: '%',
      digits: 2,
      control: `${megabytes(median(runs.map(({ openedBytes }) => openedBytes)))} of ${megabytes(LABORATORY_BYTES)}`,
    }),
  ];
}

/** @param {readonly Awaited<ReturnType<typeof reopen>>[]} runs */
function notesOf(runs) {
  const idle = megabytes(median(runs.map(({ idleBytes }) => idleBytes)));
  return [
    'Reopening: 8,192 blocks and as many copies of 16 KiB, each time in a browser that was just started; the files may be ' +
      `in the memory of the operating system. ${IDLE_MS / 1_000} s later, without anybody looking at anything, the worker had read ${idle}: ` +
      'it compares some of what is stored with the log when it has nothing else to do.',
  ];
}
