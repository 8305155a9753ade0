/** The rows about histories of a million events: how far apart their moments are, and what they weigh. */
/* global window */
import { mediansByPlace } from '../report/numbers.js';
import { grouped, megabytes, milliseconds, rowAtMost } from '../report/rows.js';
import { openBench } from './places.js';

const SEEKS = 300;
const RUNS = 5;
const SLOWEST_SEEK_MS = 50;
const LARGEST_HISTORY_MB = 150;

const HISTORIES = /** @type {const} */ ([
  { name: 'writes', what: '1,000,000 events, single writes on 64 blocks' },
  { name: 'bursts', what: '1,000,000 events, bursts on 65,536 blocks' },
]);

/**
 * @param {import('./places.js').Places} places
 * @returns {Promise<import('../report/rows.js').Found>}
 */
export async function rowsOfHistories(places) {
  const measured = [];
  for (const history of HISTORIES) measured.push(await measureHistory(places, history));
  const notes = [
    'Memory: what the page holds more than before, both after a forced collection: the heap of V8 (objects, the ' +
      'records among them) and the backing stores of typed arrays, which lie outside of it.',
    `Seek anywhere: to ${SEEKS} places all over a history, of each the median of ${RUNS} runs.`,
    ...measured.map(({ note }) => note),
  ];
  return { rows: measured.flatMap(({ rows }) => rows), notes };
}

/**
 * @param {import('./places.js').Places} places
 * @param {(typeof HISTORIES)[number]} history
 */
async function measureHistory(places, { name, what }) {
  const page = await openBench(places);
  const devTools = await page.context().newCDPSession(page);
  const before = await heldBytes(devTools);
  const opened = await page.evaluate((log) => window.bench.openMillionEvents(log), name);
  const runs = [];
  for (let run = 0; run < RUNS; run += 1)
    runs.push(await page.evaluate((seeks) => window.bench.seekMillionEvents(seeks), SEEKS));
  const after = await heldBytes(devTools);
  await page.close();
  const objects = after.objects - before.objects;
  const arrays = after.arrays - before.arrays;
  const size = `${grouped(opened.events)} events, ${grouped(opened.steps)} steps of ${grouped(opened.records)} records`;
  const rows = [
    rowAtMost(mediansByPlace(runs), {
      what: `seek anywhere: ${what}`,
      bound: SLOWEST_SEEK_MS,
      unit: 'ms',
      control: `${milliseconds(opened.openMs)} to make the history from its records`,
    }),
    rowAtMost([(objects + arrays) / 1_000_000], {
      what: `memory: ${what}`,
      bound: LARGEST_HISTORY_MB,
      unit: 'MB',
      control: `${megabytes(objects)} of objects, ${megabytes(arrays)} of typed arrays`,
    }),
  ];
  return { rows, note: `${what}: two worlds, ${size}.` };
}

/**
 * What a page holds when everything that can be collected is.
 * @param {import('playwright').CDPSession} devTools
 */
async function heldBytes(devTools) {
  // What the first collection finalizes, the second one frees.
  for (let round = 0; round < 2; round += 1) await devTools.send('HeapProfiler.collectGarbage');
  const usage = await devTools.send('Runtime.getHeapUsage');
  if (!('backingStorageSize' in usage)) throw new Error('This browser does not say what typed arrays hold');
  return { objects: usage.usedSize, arrays: Number(usage.backingStorageSize) };
}
