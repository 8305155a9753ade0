/** What a whole run of the bench leaves behind: the numbers, a table to read and a plot to look at. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { plotOf } from './plot.js';
import { tableOf } from './table.js';

/**
 * @typedef {object} Results
 * @property {Machine} machine
 * @property {readonly import('./rows.js').Row[]} rows
 * @property {readonly import('./rows.js').Comparison[]} comparisons
 * @property {readonly string[]} notes
 *
 * @typedef {object} Machine on what it was measured
 * @property {string} day
 * @property {string} chromium its version
 * @property {number} cores
 * @property {number} loadBefore processes that wanted a core in the last minute, on average
 * @property {number} loadAfter
 * @property {number} minutes that it took
 */

/**
 * @param {string} folder
 * @param {Results} results
 */
export async function writeResults(folder, results) {
  mkdirSync(folder, { recursive: true });
  const { format } = await import('prettier');
  const json = await format(JSON.stringify(results), { parser: 'json', printWidth: 110 });
  writeFileSync(path.join(folder, 'results.json'), json);
  const markdown = await format(markdownOf(results), { parser: 'markdown', printWidth: 110 });
  writeFileSync(path.join(folder, 'results.md'), markdown);
  writeFileSync(path.join(folder, 'plot.svg'), plotOf(results));
}

/** @param {Machine} machine */
export function describe({ chromium, cores, loadBefore, loadAfter }) {
  const load = `load average ${loadBefore.toFixed(1)} before and ${loadAfter.toFixed(1)} after`;
  const others = Math.max(loadBefore, loadAfter) > cores ? ', so others were in the way' : '';
  return `Chromium ${chromium}, ${cores} shared cores, ${load}${others}: quote ratios of one run, not figures.`;
}

/** @param {Results} results */
function markdownOf({ machine, rows, notes }) {
  const lists = notes.map((note) => `- ${note.replaceAll('\n  ', '\n  - ')}`);
  return [
    '# Results of the benchmark',
    `Written by \`npm run bench\` on ${machine.day}, in ${machine.minutes.toFixed(0)} minutes. ${describe(machine)}`,
    '![How far each measurement is from its bound](plot.svg)',
    tableOf(rows),
    '## What was compared',
    lists.join('\n'),
  ].join('\n\n');
}
