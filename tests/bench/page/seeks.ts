import type { History } from '../../../src/core/history';
import { randomBelow } from '../../../src/core/random';
import { historyOf, longLog } from './long-history';

const SEED = 77;
const SEEKS = 1_000;

export interface SeeksRun {
  readonly commands: number;
  readonly steps: number;
  readonly events: number;
  /** To random places, as a learner who drags the timeline goes; every other one backwards on average. */
  readonly jumpsMs: readonly number[];
  /** From the end to the start, a step at a time: the direction in which nothing can be folded on. */
  readonly backwardsMs: readonly number[];
  /** The control: the whole log decided again from its start, which is a seek to the end without checkpoints. */
  readonly replayMs: readonly number[];
}

export function measureSeeks(): SeeksRun {
  const records = longLog();
  const replayMs = Array.from({ length: 5 }, () => timed(() => historyOf(records)));
  const history = historyOf(records);
  const { length } = history;
  const jumps = Array.from({ length: SEEKS }, (_, index) => randomBelow(SEED, index, length + 1));
  const backwards = Array.from({ length: SEEKS }, (_, index) => length - index);
  return {
    commands: records.length,
    steps: length,
    events: countEvents(history),
    jumpsMs: jumps.map((position) => timed(() => history.momentAt(position))),
    backwardsMs: backwards.map((position) => timed(() => history.momentAt(position))),
    replayMs,
  };
}

function timed(work: () => unknown): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

function countEvents({ entries }: History): number {
  return entries
    .flatMap(({ digests }) => digests.map(({ events }) => events))
    .reduce((total, events) => total + events, 0);
}
