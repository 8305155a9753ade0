/** A row of the bench's table, and how its parts are written. */
import { median, quantile } from './numbers.js';

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {string} measured the median
 * @property {string} spread how many of them: best / 95 % / worst
 * @property {string} bound empty: nothing is demanded
 * @property {string} control what it is held against in the same run
 * @property {string} verdict
 * @property {Margin | null} margin `null`: nothing is demanded
 *
 * @typedef {object} Margin How many times better than its bound: 1 is the bound itself, more is better.
 * @property {number} median
 * @property {number} best
 * @property {number} worst
 *
 * @typedef {object} Demand
 * @property {string} what
 * @property {number} bound
 * @property {string} unit
 * @property {number} [digits]
 * @property {string} [control]
 *
 * @typedef {object} Found what a family of rows has measured
 * @property {readonly Row[]} rows
 * @property {readonly string[]} notes
 * @property {readonly Comparison[]} [comparisons]
 *
 * @typedef {object} Comparison with another one that does the same work, run by run
 * @property {string} title
 * @property {number | null} atLeast how many times its rate ours has to reach; `null`: it is only shown
 * @property {readonly number[]} blocksPerSecond
 * @property {readonly number[]} ratios ours to it, asked for one write at a time
 * @property {number} burstRatio ours to it, asked for all of them in a burst: the median
 */

/** Less cannot be told from nothing, which would be infinitely better than any bound. */
const SMALLEST = 0.001;

/**
 * Values that the bound must not be exceeded by.
 * @param {readonly number[]} values
 * @param {Demand} demand
 * @param {number} [share] of the values that must be within the bound: all of them unless told
 * @returns {Row}
 */
export function rowAtMost(values, demand, share = 1) {
  const { bound } = demand;
  return row(values, demand, {
    bound: 'at most',
    order: [0, 0.95, 1],
    verdict: quantile(values, share) <= bound ? 'ok' : 'over',
    margin: (value) => bound / Math.max(value, SMALLEST),
  });
}

/**
 * Values whose median must not be less than the bound.
 * @param {readonly number[]} values
 * @param {Demand} demand
 * @returns {Row}
 */
export function rowAtLeast(values, demand) {
  const { bound } = demand;
  return row(values, demand, {
    bound: 'at least',
    order: [1, 0.05, 0],
    verdict: median(values) >= bound ? 'ok' : 'under',
    margin: (value) => value / bound,
  });
}

/**
 * @param {readonly number[]} values
 * @param {Demand} demand
 * @param {object} sense
 * @param {string} sense.bound
 * @param {readonly number[]} sense.order the shares that are the best, 95 % and the worst
 * @param {string} sense.verdict
 * @param {(value: number) => number} sense.margin
 * @returns {Row}
 */
function row(values, { what, bound, unit, digits = 1, control = '' }, sense) {
  const [best = NaN, most = NaN, worst = NaN] = sense.order.map((share) => quantile(values, share));
  const spread = [best, most, worst].map((value) => value.toFixed(digits)).join(' / ');
  return {
    what,
    measured: `${median(values).toFixed(digits)} ${unit}`,
    spread: values.length === 1 ? '' : `${values.length}: ${spread} ${unit}`,
    bound: `${sense.bound} ${grouped(bound)} ${unit}`,
    control,
    verdict: sense.verdict,
    margin: {
      median: sense.margin(median(values)),
      best: sense.margin(best),
      worst: sense.margin(worst),
    },
  };
}

/**
 * @param {number} value
 * @param {number} [digits]
 */
export function milliseconds(value, digits = 1) {
  return `${value.toFixed(digits)} ms`;
}

/** @param {number} bytes */
export function kilobytes(bytes) {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** @param {number} value */
export function grouped(value) {
  return value.toLocaleString('en');
}
