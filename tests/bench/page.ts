/** The page of the bench: what tests/run/bench.js asks it to measure, by way of `bench` on its window. */
import { printLaboratoryFile } from '../../src/formats/print-laboratory';
import { type BlockWritesRun } from './block-writes';
import { drawByD3, drawByProduct } from './drawing';
import { longLog, SCENARIO } from './long-history';
import { openMillionEvents, seekMillionEvents } from './million-events';
import { measureSeeks } from './seeks';

/** The first runs show how fast the compiler warms up, and are left out. */
const WARM_UP_RUNS = 3;

async function blockWrites(runs: number): Promise<readonly BlockWritesRun[]> {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
  const measured: BlockWritesRun[] = [];
  for (let seed = 0; seed < WARM_UP_RUNS + runs; seed += 1) measured.push(await oneRun(worker, seed));
  worker.terminate();
  return measured.slice(WARM_UP_RUNS);
}

function oneRun(worker: Worker, seed: number): Promise<BlockWritesRun> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<BlockWritesRun>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(seed);
  });
}

/** The same long history as a file that the built page can open. */
function longLaboratory(): string {
  const records = longLog();
  const tip = records.at(-1)?.id ?? null;
  return printLaboratoryFile({
    state: {
      branches: [{ id: 1, name: 'A long afternoon', origin: { kind: 'story' }, scenario: SCENARIO, tip }],
      currentBranch: 1,
      position: 0,
      nextRecord: records.length + 1,
      nextBranch: 2,
      startedOverFrom: [],
    },
    records,
  });
}

const bench = {
  blockWrites,
  measureSeeks,
  openMillionEvents,
  seekMillionEvents,
  longLaboratory,
  drawByProduct,
  drawByD3,
};

export type Bench = typeof bench;

declare global {
  interface Window {
    bench: Bench;
  }
}

window.bench = bench;
