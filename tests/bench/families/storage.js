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
const NAMES = ['ours', 'oursInBursts', ...RIVALS.map(({ name }) => name)];

const NOTES = [
  `Persisted: ${grouped(WORK.blocks)} blocks (32 MiB) are filled, then each is overwritten once under one snapshot, in random ` +
    `order, ${WORK.blocksPerCommit} blocks a commit; the next commit begins when the one before is durable. Every transaction of ` +
    'everyone has the durability "strict". Each runs in a worker, in an origin of its own on the disk, in the same browser, in ' +
    'an order that rotates from run to run; every run has a new profile. What the others wrote is read back and compared.',
  'Ours is asked for one write at a time, decides each, logs it and makes its bytes within that time; the others are given ' +
    'theirs. In a burst ours decides 64 writes a record and commits up to 4,096 of them at once; only writes that copied count.',
  'SQLite has the page size that was best for it (64 KiB; absurd-sql 8 KiB), a cache that holds the file, its journal in ' +
    'memory, and "synchronous" at its default: full.',
];

/**
 * @param {import('./places.js').Places} places
 * @returns {Promise<import('../report/rows.js').Found>}
 */
export async function rowsOfStorage(places) {
  /** @type {ReadonlyMap<PeerName, number>[]} */
  const rounds = [];
  for (let round = 0; round < RUNS; round += 1) rounds.push(await oneRound(places, round));
  const ours = ratesOf(rounds, 'ours');
  const comparisons = RIVALS.map(({ name, title, atLeast }) => {
    const blocksPerSecond = ratesOf(rounds, name);
    const ratios = ours.map((rate, run) => rate / (blocksPerSecond[run] ?? NaN));
    return { title, atLeast, blocksPerSecond, ratios };
  });
  const rows = [
    rowOfOurs(ours, 'persisted copy-on-write of 16 KiB blocks through the whole engine, random order'),
    rowOfOurs(ratesOf(rounds, 'oursInBursts'), 'the same in a burst'),
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
  /** @type {Map<PeerName, number>} */
  const rates = new Map();
  try {
    for (const name of inTurn(round)) {
      const { blocks, writtenMs } = await oneRun(context, benchFolder, name);
      rates.set(name, (blocks / writtenMs) * 1_000);
    }
  } finally {
    await context.close();
  }
  const list = NAMES.map((name) => `${name} ${rates.get(name)?.toFixed(0)}`).join(', ');
  say(`Persisted, run ${round + 1} of ${RUNS}, blocks/s: ${list}`);
  return rates;
}

/**
 * So that none is always the first one.
 * @param {number} round
 */
function inTurn(round) {
  const first = Math.floor((round * NAMES.length) / RUNS);
  return [...NAMES.slice(first), ...NAMES.slice(0, first)];
}

/**
 * In an origin of its own: the databases of an origin share their files.
 * @param {import('playwright').BrowserContext} context
 * @param {string} root
 * @param {PeerName} name
 */
async function oneRun(context, root, name) {
  const origin = await serve({ root, isIsolated: true });
  const page = await context.newPage();
  try {
    await page.goto(origin.address);
    await page.waitForFunction(() => 'bench' in window);
    return await page.evaluate(
      ([peer, work]) => window.bench.runPeer(peer, work),
      /** @type {const} */ ([name, WORK]),
    );
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    await page.close();
    await origin.close();
  }
}

/**
 * @param {readonly ReadonlyMap<PeerName, number>[]} rounds
 * @param {PeerName} name
 */
function ratesOf(rounds, name) {
  return rounds.map((rates) => rates.get(name) ?? NaN);
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
function rowOfComparison({ title, atLeast, blocksPerSecond, ratios }) {
  const control = `that had ${grouped(Math.round(median(blocksPerSecond)))} blocks/s`;
  const demand = { what: `its ratio to: ${title}`, unit: 'times', digits: 2, control };
  const row = rowAtLeast(ratios, { ...demand, bound: atLeast ?? 1 });
  return atLeast === null ? { ...row, bound: '', verdict: '', margin: null } : row;
}
