/** A row of the bench's table, and how its parts are written. */
/* global window */
import { median, quantile } from './numbers.js';

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {string} measured
 * @property {string} spread
 * @property {string} bound
 * @property {string} control
 * @property {string} verdict
 */

/**
 * @param {readonly number[]} timesMs
 * @param {string} what
 * @param {number} boundMs of every one of them
 * @returns {Row}
 */
export function rowOfTimes(timesMs, what, boundMs) {
  const largest = quantile(timesMs, 1);
  return {
    what,
    measured: milliseconds(median(timesMs)),
    spread: `${timesMs.length}: ${[0, 0.95, 1].map((share) => quantile(timesMs, share).toFixed(1)).join(' / ')} ms`,
    bound: `at most ${boundMs} ms`,
    control: '',
    verdict: largest <= boundMs ? 'ok' : 'over',
  };
}

/** @param {number} value */
export function milliseconds(value) {
  return `${value.toFixed(1)} ms`;
}

/** @param {number} bytes */
export function kilobytes(bytes) {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** @param {number | undefined} value */
export function grouped(value) {
  return (value ?? 0).toLocaleString('en');
}

/**
 * @param {import('playwright').Browser} browser
 * @param {string} address
 */
export async function openBench(browser, address) {
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForFunction(() => 'bench' in window);
  return page;
}
