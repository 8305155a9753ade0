/** The rows about the engine without storage: the machine that decides, and the replay that only counts. */
/* global window */
import { median } from '../report/numbers.js';
import { rowAtLeast, rowAtMost } from '../report/rows.js';
import { openBench } from './places.js';

const ENGINE_RUNS = 9;
const REPLAY_RUNS = 5;
const FEWEST_WRITES = 1;
const FEWEST_TOUCHES = 5;

/** Rates are in millions a second. */
const UNIT = 'M/s';

/**
 * @param {import('./places.js').Places} places
 * @returns {Promise<import('../report/rows.js').Found>}
 */
export async function rowsOfEngine(places) {
  const page = await openBench(places);
  const runs = await page.evaluate((count) => window.bench.blockWrites(count), ENGINE_RUNS);
  await page.close();
  const ratio = median(runs.map(({ engineMs, controlMs }) => controlMs / engineMs));
  /** @param {(run: import('../page/block-writes').BlockWritesRun) => number} count */
  const row = (count, /** @type {string} */ what) => {
    const rates = runs.map((run) => count(run) / run.engineMs / 1_000);
    const bare = median(runs.map((run) => count(run) / run.controlMs / 1_000));
    const control = `${ratio.toFixed(2)} of bare typed arrays (${bare.toFixed(1)} M/s)`;
    return rowAtLeast(rates, { what, bound: FEWEST_WRITES, unit: UNIT, digits: 2, control });
  };
  const rows = [
    row(({ copies }) => copies, 'engine alone in a worker: block writes that copied'),
    row(({ writes }) => writes, 'the same run: all block writes'),
  ];
  return { rows, notes: ['Engine: 65,536 blocks, 8 snapshots, 65,536 random block writes after each.'] };
}

/**
 * @param {import('./places.js').Places} places
 * @returns {Promise<import('../report/rows.js').Found>}
 */
export async function rowsOfReplay(places) {
  const page = await openBench(places);
  const [few, many] = SNAPSHOTS;
  const rounds = await page.evaluate(
    ([snapshots, count]) => window.bench.replays(snapshots, count),
    /** @type {const} */ ([SNAPSHOTS, REPLAY_RUNS]),
  );
  await page.close();
  const rows = SNAPSHOTS.map((snapshots, place) => {
    const runs = rounds.flatMap((round) => round[place] ?? []);
    const rates = runs.map(({ touches, replayMs }) => touches / replayMs / 1_000);
    const bare = runs.map(({ touches, controlMs }) => touches / controlMs / 1_000);
    const ratio = median(runs.map(({ replayMs, controlMs }) => controlMs / replayMs));
    return rowAtLeast(rates, {
      what: `replay in a worker before persistence, ${snapshots === 1 ? '1 snapshot' : `${snapshots} snapshots`}: block touches`,
      bound: FEWEST_TOUCHES,
      unit: UNIT,
      control: `${ratio.toFixed(2)} of a bare typed-array loop (${median(bare).toFixed(0)} M/s)`,
    });
  });
  const costs = rounds.map(([one, other]) => (other?.replayMs ?? NaN) / (one?.replayMs ?? NaN));
  const bareCosts = rounds.map(([one, other]) => (other?.controlMs ?? NaN) / (one?.controlMs ?? NaN));
  const flat = rowAtMost(costs, {
    what: `the same: what ${many} snapshots cost of the time of ${few}`,
    bound: 3,
    unit: 'times',
    digits: 2,
    control: `the bare loop ${median(bareCosts).toFixed(2)} times`,
  });
  const notes = [
    'Replay: 4,194,304 random writes of 16 KiB on a volume of 1,048,576 blocks, snapshots evenly spread over them.',
  ];
  return { rows: [...rows, flat], notes };
}

const SNAPSHOTS = [1, 64];
