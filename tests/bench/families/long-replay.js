/** The rows about a trace of a million writes, opened in the built page, replayed in it and kept by it. */
/* global window */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { grouped, rowAtMost } from '../report/rows.js';
import { openBench, untilUsable } from './places.js';

const LONGEST_TASK_MS = 50;
const LARGEST_PROCESS_MB = 600;
const LIMIT_MS = 8 * 60_000;

/**
 * @param {import('./places.js').Places} places
 * @returns {Promise<import('../report/rows.js').Found>}
 */
export async function rowsOfLongReplay(places) {
  const trace = path.join(places.folder, 'million-writes.log');
  const bench = await openBench(places);
  writeFileSync(trace, await bench.evaluate(() => window.bench.longTrace()));
  await bench.close();
  const { seconds, tasksMs, peakMb } = await replayInPage(places, trace);
  const what = 'a million writes replayed and kept by the page';
  const longest = rowAtMost([Math.max(LONGEST_TASK_MS, ...tasksMs)], {
    what: `${what}: its longest task`,
    bound: LONGEST_TASK_MS,
    unit: 'ms',
    control: `${tasksMs.length} tasks over ${LONGEST_TASK_MS} ms; ${seconds.toFixed(0)} s, ${grouped(Math.round(1_000_000 / seconds))} writes/s`,
  });
  const rows = [tasksMs.length === 0 ? { ...longest, measured: `none over ${LONGEST_TASK_MS} ms` } : longest];
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
    const tasksMs = await page.evaluate(() => window.longTasks.take());
    return { seconds, tasksMs, peakMb: await peakOf(context) };
  } finally {
    await context.close();
  }
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
