/** The rows about persisting copy-on-write: ours and what else could be used in a browser, doing the same work. */
/* global window */
import path from 'node:path';
import { serve } from '../../run/serve.js';
import { median, quantile } from '../report/numbers.js';
import { grouped, rowAtLeast } from '../report/rows.js';

/**
 * @typedef {import('../peers/open-peer').PeerName} PeerName
 * @typedef {import('../report/rows.js').Comparison} Comparison
 *
 * @typedef {object} Rival
 * @property {PeerName} name
 * @property {string} title
 * @property {number | null} atLeast how many times its blocks a second ours has to reach
 */

const RUNS = 5;

/** 32 MiB, in commits as the engine makes them of requests that come one by one. */
const WORK = { blocks: 2_048, blocksPerCommit: 256 };

/** In the order of the table. Whoever has a bound does it as one would write it; the others borrow our own idea. */
const RIVALS = /** @type {readonly Rival[]} */ ([
  { name: 'records', title: 'IndexedDB, one record a block', atLeast: 2 },
  { name: 'recordsByReference', title: 'the same, but the old record becomes the copy', atLeast: null },
  { name: 'megabytes', title: 'IndexedDB, only the new bytes, 1 MiB a value', atLeast: 0.5 },
  { name: 'waSqliteBatch', title: 'wa-sqlite, IDBBatchAtomicVFS', atLeast: 4 },
  { name: 'waSqliteBatchByReference', title: 'the same, but the old row becomes the copy', atLeast: null },
  { name: 'waSqliteMirror', title: 'wa-sqlite, IDBMirrorVFS', atLeast: 4 },
  { name: 'waSqliteMirrorByReference', title: 'the same, but the old row becomes the copy', atLeast: null },
  { name: 'absurdSql', title: 'absurd-sql', atLeast: 4 },
  { name: 'absurdSqlByReference', title: 'the same, but the old row becomes the copy', atLeast: null },
]);

/** @type {readonly PeerName[]} */
const OTHERS = ['oursInBursts', ...RIVALS.map(({ name }) => name)];

/**
 * @typedef {object} Paired
 * @property {number} rate blocks a second
 * @property {number} ours what ours had right before and right after it: others on the machine come and go
 */

const NOTES = [
  `Persisted: ${grouped(WORK.blocks)} blocks (32 MiB) are filled, then each is overwritten once under one snapshot, in random ` +
    `order, ${WORK.blocksPerCommit} blocks a commit; the next commit begins when the one before is durable. Every transaction of ` +
    'everyone has the durability "strict". Each runs in a worker, in an origin of its own on the disk, in the same browser, in ' +
    'an order that rotates from run to run, ours before and after each of the others, whose ratio is taken to the mean of the ' +
    'two; every run has a new profile. What the others wrote is read back and compared.',
  'Ours is asked for one write at a time, decides each, those of the next commit while one is under way, logs it and makes its ' +
    'bytes within that time; the others are given theirs. In a burst ours decides 64 writes a record and commits up to 4,096 of them at once; only writes that copied count.',
  'SQLite has the page size that was best for it (64 KiB; absurd-sql 8 KiB), a cache that holds the file, its journal in ' +
    'memory, and "synchronous" at its default: full.',
];

/**
 * @param {import('./places.js').Places} places
 * @returns {Promise<import('../report/rows.js').Found>}
 */
export async function rowsOfStorage(places) {
  /** @type {ReadonlyMap<PeerName, Paired>[]} */
  const rounds = [];
  for (let round = 0; round < RUNS; round += 1) rounds.push(await oneRound(places, round));
  /** @param {PeerName} name */
  const pairsOf = (name) => rounds.flatMap((round) => round.get(name) ?? []);
  const bursts = pairsOf('oursInBursts').map(({ rate }) => rate);
  const comparisons = RIVALS.map(({ name, title, atLeast }) => {
    const blocksPerSecond = pairsOf(name).map(({ rate }) => rate);
    const ratios = pairsOf(name).map(({ ours, rate }) => ours / rate);
    const burstRatio = median(bursts) / median(blocksPerSecond);
    return { title, atLeast, blocksPerSecond, ratios, burstRatio };
  });
  const ours = rounds.map((round) => median([...round.values()].map((pair) => pair.ours)));
  const rows = [
    rowOfOurs(ours, 'persisted copy-on-write of 16 KiB blocks through the whole engine, random order'),
    rowOfOurs(bursts, 'the same in a burst'),
    ...comparisons.map(rowOfComparison),
  ];
  return { rows, notes: NOTES, comparisons };
}

/**
 * Everyone once.
 * @param {import('./places.js').Places} places
 * @param {number} round
 */
async function oneRound({ openProfile, folder, benchFolder, say }, round) {
  const context = await openProfile(path.join(folder, `peers-${round}`));
  const names = inTurn(round);
  /** @type {Map<PeerName, Paired>} */
  const pairs = new Map();
  try {
    let before = await rateOf(context, benchFolder, 'ours');
    for (const name of names) {
      const rate = await rateOf(context, benchFolder, name);
      const after = await rateOf(context, benchFolder, 'ours');
      pairs.set(name, { rate, ours: (before + after) / 2 });
      before = after;
    }
  } finally {
    await context.close();
  }
  const list = OTHERS.map((name) => `${name} ${pairs.get(name)?.rate.toFixed(0)}`).join(', ');
  const ours = median([...pairs.values()].map((pair) => pair.ours)).toFixed(0);
  say(`Persisted, run ${round + 1} of ${RUNS}, blocks/s: ours ${ours}, ${list}`);
  return pairs;
}

/**
 * So that none is always the first one.
 * @param {number} round
 */
function inTurn(round) {
  const first = Math.floor((round * OTHERS.length) / RUNS);
  return [...OTHERS.slice(first), ...OTHERS.slice(0, first)];
}

/**
 * In an origin of its own: the databases of an origin share their files.
 * @param {import('playwright').BrowserContext} context
 * @param {string} root
 * @param {PeerName} name
 */
async function rateOf(context, root, name) {
  const origin = await serve({ root, isIsolated: true });
  const page = await context.newPage();
  try {
    await page.goto(origin.address);
    await page.waitForFunction(() => 'bench' in window);
    const { blocks, writtenMs } = await page.evaluate(
      ([peer, work]) => window.bench.runPeer(peer, work),
      /** @type {const} */ ([name, WORK]),
    );
    return (blocks / writtenMs) * 1_000;
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    await page.close();
    await origin.close();
  }
}

/**
 * @param {readonly number[]} rates
 * @param {string} what
 * @returns {import('../report/rows.js').Row}
 */
function rowOfOurs(rates, what) {
  const spread = [1, 0.05, 0].map((share) => grouped(Math.round(quantile(rates, share)))).join(' / ');
  return {
    what,
    measured: `${grouped(Math.round(median(rates)))} blocks/s`,
    spread: `${rates.length}: ${spread} blocks/s`,
    bound: '',
    control: '',
    verdict: '',
    margin: null,
  };
}

/**
 * @param {Comparison} comparison
 * @returns {import('../report/rows.js').Row}
 */
function rowOfComparison({ title, atLeast, blocksPerSecond, ratios, burstRatio }) {
  const rate = grouped(Math.round(median(blocksPerSecond)));
  const control = `that had ${rate} blocks/s; in a burst ${burstRatio.toFixed(2)} times`;
  const demand = { what: `its ratio to: ${title}`, unit: 'times', digits: 2, control };
  const row = rowAtLeast(ratios, { ...demand, bound: atLeast ?? 1 });
  return atLeast === null ? { ...row, bound: '', verdict: '', margin: null } : row;
}
