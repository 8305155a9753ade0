/**
 * How old a content is, from 0 (the latest write) to 1 (the oldest that there can be), by how many writes ago it was
 * written. Logarithmic: between the last write and the one before it lies as much as between the 50th and the 100th.
 */
export function ageShade(writesAgo: number, oldest: number): number {
  if (oldest <= 1) return 0;
  return Math.min(1, Math.log(Math.max(1, writesAgo)) / Math.log(oldest));
}

/** At most `count` (two or more) different ages from 1 to `oldest`, evenly apart in shade: the steps of a legend. */
export function ageSteps(oldest: number, count: number): readonly number[] {
  const ages = Array.from({ length: count }, (_, step) => Math.round(oldest ** (step / (count - 1))));
  return [...new Set(ages)];
}
