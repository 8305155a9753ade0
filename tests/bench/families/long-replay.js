/** The rows about a trace of a million writes, opened in the built page, replayed in it, kept by it and looked through. */
/* global document, HTMLInputElement, window */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { median } from '../report/numbers.js';
import { grouped, rowAtMost } from '../report/rows.js';
import { openBench, untilUsable } from './places.js';

const LONGEST_TASK_MS = 50;
const LARGEST_PROCESS_MB = 600;
const LIMIT_MS = 8 * 60_000;

const REST_MS = 500;
const SEEK_LIMIT_MS = 60_000;

/** Parts of the lanes that are clicked on, and keys that are pressed on the slider: to its ends and to other commands. */
const CLICKED = [0.5, 0.25, 0.75, 0.1];
const PRESSED = ['End', 'PageUp', 'Home', 'PageDown', 'End'];

/**
 * @param {import('./places.js').Places} places
 * @returns {Promise<import('../report/rows.js').Found>}
 */
export async function rowsOfLongReplay(places) {
  const trace = path.join(places.folder, 'million-writes.log');
  const bench = await openBench(places);
  writeFileSync(trace, await bench.evaluate(() => window.bench.longTrace()));
  await bench.close();
  const { seconds, tasksMs, peakMb, scrubbing } = await replayInPage(places, trace);
  const what = 'a million writes replayed and kept by the page';
  const speed = `${seconds.toFixed(0)} s, ${grouped(Math.round(1_000_000 / seconds))} writes/s`;
  const rows = [
    rowOfTasks(tasksMs, `${what}: its longest task`, speed),
    rowOfTasks(
      scrubbing.tasksMs,
      'the same, looked through by hand and by key: its longest task',
      `${scrubbing.seeks} places, there after ${Math.round(median(scrubbing.seekMs))} ms in the median`,
    ),
  ];
  if (peakMb !== null) {
    rows.push(
      rowAtMost([peakMb], {
        what: 'the same: memory of its process and its workers, at the peak',
        bound: LARGEST_PROCESS_MB,
        unit: 'MB',
        digits: 0,
        control: 'everything the operating system counts, the code of the browser among it',
      }),
    );
  }
  const notes = [
    'Replay in the page: 1,000,000 random writes of 16 KiB on a volume of 1,048,576 blocks, a log of fio; both protection ' +
      'levels, four snapshots; one run.',
  ];
  return { rows, notes };
}

/**
 * @param {readonly number[]} tasksMs those over the bound
 * @param {string} what
 * @param {string} beside what else is to be known
 */
function rowOfTasks(tasksMs, what, beside) {
  const row = rowAtMost([Math.max(LONGEST_TASK_MS, ...tasksMs)], {
    what,
    bound: LONGEST_TASK_MS,
    unit: 'ms',
    control: `${tasksMs.length} tasks over ${LONGEST_TASK_MS} ms; ${beside}`,
  });
  return tasksMs.length === 0 ? { ...row, measured: `none over ${LONGEST_TASK_MS} ms` } : row;
}

/**
 * @param {import('./places.js').Places} places
 * @param {string} trace
 */
async function replayInPage({ openProfile, folder, site, script }, trace) {
  const context = await openProfile(path.join(folder, 'long-replay'));
  context.setDefaultTimeout(LIMIT_MS);
  try {
    const page = await context.newPage();
    await page.addInitScript({ path: script('long-tasks') });
    await page.goto(site);
    await untilUsable(page);
    await page.getByLabel('Open file').setInputFiles(trace);
    const sheet = page.getByRole('dialog', { name: 'Block trace' });
    await sheet.getByText('Replay in the laboratory').click();
    const start = sheet.getByRole('button', { name: 'Replay in a new laboratory' });
    await start.waitFor();
    await page.evaluate(() => window.longTasks.take());
    const from = performance.now();
    await start.click();
    await sheet.getByText('What the replay came to').waitFor();
    const seconds = (performance.now() - from) / 1_000;
    // The picture goes to the end after that.
    await page.waitForFunction(() => {
      const slider = document.querySelector('input[type="range"]');
      return slider instanceof HTMLInputElement && slider.value === slider.max && slider.max !== '0';
    });
    await atRest(page);
    const tasksMs = await page.evaluate(() => window.longTasks.take());
    await sheet.getByRole('button', { name: 'See it in the laboratory' }).click();
    await sheet.waitFor({ state: 'detached' });
    const scrubbing = await scrub(page);
    return { seconds, tasksMs, scrubbing, peakMb: await peakOf(context) };
  } finally {
    await context.close();
  }
}

/**
 * Goes to places with the pointer and with keys, to each of them when it has come to the one before.
 * @param {import('playwright').Page} page
 */
async function scrub(page) {
  const slider = page.getByRole('slider', { name: 'Step', exact: true });
  const lanes = page.locator('.timeline .field');
  await atRest(page);
  await page.evaluate(() => window.longTasks.take());
  /** @type {number[]} */
  const seekMs = [];
  /** @param {() => Promise<void>} go */
  async function seek(go) {
    const before = await slider.getAttribute('aria-valuetext');
    if (before === null) throw new Error('The slider does not say where it is');
    const from = performance.now();
    await go();
    // The slider's own value moves with the key; what it says of itself, when the moment is there.
    await page.waitForFunction(
      (was) =>
        document.querySelector('.timeline input[type="range"]')?.getAttribute('aria-valuetext') !== was,
      before,
      { timeout: SEEK_LIMIT_MS },
    );
    seekMs.push(performance.now() - from);
    await atRest(page);
  }
  for (const part of CLICKED) {
    const box = await lanes.boundingBox();
    if (box === null) throw new Error('The lanes have no place');
    await seek(() => page.mouse.click(box.x + box.width * part, box.y + box.height / 2));
  }
  await slider.focus();
  for (const key of PRESSED) await seek(() => page.keyboard.press(key));
  return { tasksMs: await page.evaluate(() => window.longTasks.take()), seeks: seekMs.length, seekMs };
}

/**
 * What was shown is drawn, and what follows it is done.
 * @param {import('playwright').Page} page
 */
async function atRest(page) {
  await page.waitForTimeout(REST_MS);
}

/**
 * The largest of the processes that show pages: that of the only page. `null` where the system does not say.
 * @param {import('playwright').BrowserContext} context
 */
async function peakOf(context) {
  const browser = context.browser();
  if (browser === null || !existsSync('/proc/self/status')) return null;
  const devTools = await browser.newBrowserCDPSession();
  const { processInfo } = await devTools.send('SystemInfo.getProcessInfo');
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0));
  return Math.max(...peaks) * 0.001024;
}
