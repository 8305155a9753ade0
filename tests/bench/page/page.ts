/** The page of the bench: what tests/bench/families ask it to measure, by way of `bench` on its window. */
import { type BlockWritesRun } from './block-writes';
import { drawByD3, drawByProduct } from './drawing';
import { laboratoryFile } from './laboratory-file';
import { largeLaboratory } from './large-laboratory';
import { longLog, SCENARIO } from './long-history';
import { runPeer } from '../peers/run-peer';
import { openMillionEvents, seekMillionEvents } from './million-events';
import type { ReplayRun } from './replaying';
import { longTrace } from './long-trace';
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

/** Of each number of snapshots as many runs, in turns. */
async function replays(
  snapshots: readonly number[],
  runs: number,
): Promise<readonly (readonly ReplayRun[])[]> {
  const worker = new Worker(new URL('./replaying.worker.ts', import.meta.url), { type: 'module' });
  const measured: (readonly ReplayRun[])[] = [];
  for (let run = 0; run < WARM_UP_RUNS + runs; run += 1) {
    const round: ReplayRun[] = [];
    for (const count of snapshots) round.push(await oneRun(worker, count));
    measured.push(round);
  }
  worker.terminate();
  return measured.slice(WARM_UP_RUNS);
}

function oneRun<Run>(worker: Worker, order: number): Promise<Run> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Run>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(order);
  });
}

/** The same long history as a file that the built page can open. */
function longLaboratory(): string {
  return laboratoryFile('A long afternoon', SCENARIO, longLog(), 0);
}

const bench = {
  blockWrites,
  replays,
  runPeer,
  measureSeeks,
  openMillionEvents,
  seekMillionEvents,
  longLaboratory,
  largeLaboratory,
  longTrace,
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
