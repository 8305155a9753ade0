/** What is made of many measured numbers. */

/**
 * @param {readonly number[]} values
 * @param {number} share 0.5: the median; 1: the largest
 */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('Nothing was measured');
  return value;
}

/** @param {readonly number[]} values */
export function median(values) {
  return quantile(values, 0.5);
}

/**
 * The median of several runs, place by place.
 * @param {readonly (readonly number[])[]} runs as many numbers in each
 */
export function mediansByPlace(runs) {
  return (runs[0] ?? []).map((_, place) => median(runs.map((run) => run[place] ?? NaN)));
}
