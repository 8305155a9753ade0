import { expect, it } from 'vitest';
import { burstAt, type BurstCounts } from '../../../src/core/describe/burst';
import { act } from '../../../src/core/act';
import { History } from '../../../src/core/history';
import { DEFAULT_SETTINGS } from '../../../src/core/machine';
import { sliceBurst, type WriteBurst } from '../../../src/core/workload';
import { burst, create, read } from '../given';

/** Four writes, a snapshot, then 100 writes over 32 blocks: a burst in two slices. */
function longBurst(): History {
  const scenario = { settings: { ...DEFAULT_SETTINGS, maximumBlocks: null }, worlds: ['off'] as const };
  const history = new History(scenario);
  const many = { ...(burst(0, 32) as WriteBurst), writes: 100 };
  for (const command of [burst(0, 4), create, ...sliceBurst(many), read(0)]) {
    const point = history.branchPointAt(history.length);
    const acted = act(scenario, point, { command, worlds: ['off'] }, history.entries.length);
    if (!acted.ok) throw new Error(acted.problem.code);
    for (const record of acted.value.records) history.append(record);
  }
  return history;
}

function counts(history: History, position: number): BurstCounts {
  return burstAt(history, history.momentAt(position), 0);
}

it('counts from the first write on, over the slices of a burst, and not beyond the command before it', () => {
  const history = longBurst();
  const [, , first, second, last] = history.entries;

  expect(counts(history, first!.start + 10)).toMatchObject({ requests: 1, copies: 1 });
  expect(counts(history, second!.start)).toMatchObject({ requests: 64, copies: 32 });
  expect(counts(history, last!.start)).toMatchObject({ requests: 100, copies: 32 });
  expect(counts(history, last!.start).host.completed).toBe(104);
  expect(counts(history, history.length)).toMatchObject({ requests: 1, copies: 0 });
  expect(counts(history, 0)).toMatchObject({ requests: 0, copies: 0 });
});
