import { expect, test } from 'vitest';
import { inSlices, whileWanted } from '../../src/client/slices';

/** Counts its parts, each of which takes some milliseconds. */
function* parts(count: number, ms: number, done: number[]): Generator<void, string> {
  for (let part = 0; part < count; part += 1) {
    const until = performance.now() + ms;
    while (performance.now() < until);
    done.push(part);
    yield;
  }
  return 'whole';
}

test('a long job lets others have their turn, and comes to its end', async () => {
  const done: number[] = [];
  const seen: number[] = [];
  const job = inSlices(parts(20, 3, done));
  const watch = setInterval(() => seen.push(done.length), 0);

  expect(await job).toBe('whole');

  clearInterval(watch);
  expect(done).toHaveLength(20);
  expect(new Set(seen.filter((count) => count < 20)).size).toBeGreaterThan(2);
});

test('a short job is done at once', () => {
  const done: number[] = [];

  void inSlices(parts(5, 0, done));

  expect(done).toHaveLength(5);
});

test('of a job that nobody wants any more not one part more is done', () => {
  const done: number[] = [];
  let isWanted = true;
  const job = whileWanted(parts(20, 0, done), () => isWanted);
  job.next();
  job.next();
  isWanted = false;

  expect(job.next().done).toBe(true);
  expect(done).toEqual([0, 1]);
});
