/** A start is kept as plain data and read again; what comes from outside is not believed. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { History } from '../../src/core/history';
import type { Scenario } from '../../src/core/scenario';
import { checkSettings, SMALLEST_KEPT_VOLUME } from '../../src/core/settings';
import { startAtEnd } from '../../src/core/start';
import { Table } from '../../src/core/table';
import { holdStart, parseStart, type HeldStart } from '../../src/formats/kept-start';
import { burst, create, detach, externalWrite, SETTINGS, write } from '../core/given';
import { BOTH_WORLDS, historyOf, laboratoriesOf } from '../core/laboratories';
import { rendered } from '../core/rendered';

function heldAtEndOf(history: History): HeldStart {
  return holdStart(startAtEnd(history, 5), history.scenario);
}

function reread(held: HeldStart): HeldStart {
  const parsed = parseStart(JSON.parse(JSON.stringify(held.kept)));
  if (!parsed.ok) throw new Error(`${parsed.problem.place}: ${parsed.problem.reason}`);
  return parsed.value;
}

const SCENARIO: Scenario = { settings: SETTINGS, worlds: BOTH_WORLDS };

/** Two snapshots, copies of both, what another program wrote, and a write of several blocks. */
const HISTORY = historyOf(SCENARIO, [
  write(0, 'A', 3),
  create,
  write(1, 'B'),
  burst(4, 3),
  create,
  write(0, 'C'),
  externalWrite(14),
]);

describe('a start', () => {
  it('is the same when it is read again', () => {
    fc.assert(
      fc.property(laboratoriesOf(30), ({ scenario, commands }) => {
        fc.pre(checkSettings(scenario.settings, SMALLEST_KEPT_VOLUME).length === 0);
        const history = historyOf(scenario, commands);
        const held = heldAtEndOf(history);
        const { start } = reread(held);
        expect(start.id).toBe(5);
        expect(isDeepStrictEqual(start.machines, history.machines)).toBe(true);
        expect(start.writes).toEqual(held.start.writes);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps the commands of contents that are still there, and no others', () => {
    const history = historyOf(SCENARIO, [write(0, 'A'), write(0, 'B'), write(1, 'C'), create, write(1, 'D')]);
    const { writes } = heldAtEndOf(history).start;
    expect(writes.map(({ command }) => command)).toEqual([write(0, 'B'), write(1, 'C'), write(1, 'D')]);
    expect(writes.map(({ firstStamps }) => firstStamps)).toEqual([
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
  });

  it('keeps a slice of a burst as long as one of its blocks is there', () => {
    const history = historyOf(SCENARIO, [burst(0, 4), write(0, 'A'), write(1, 'B'), write(2, 'C')]);
    expect(heldAtEndOf(history).start.writes[0]).toEqual({ firstStamps: [1, 1], command: burst(0, 4) });
    const gone = historyOf(SCENARIO, [burst(0, 4), write(0, 'A', 4)]);
    expect(heldAtEndOf(gone).start.writes).toHaveLength(1);
  });

  it('is small for a large volume of which little was used', () => {
    const settings = { ...SETTINGS, blockCount: 1_048_576, diffVolumeBlocks: 1_048_576 };
    const history = historyOf({ settings, worlds: BOTH_WORLDS }, [create, write(777_777, 'A'), detach]);
    expect(JSON.stringify(heldAtEndOf(history).kept).length).toBeLessThan(2_500);
  });
});

type Plain = Record<string, unknown>;

/** What is kept of the history above, with one thing changed. */
function changed(change: (kept: { machines: Plain[]; writes: Plain[] } & Plain) => void): unknown {
  const kept = JSON.parse(JSON.stringify(heldAtEndOf(HISTORY).kept)) as Parameters<typeof change>[0];
  change(kept);
  return kept;
}

describe('what is no start', () => {
  it('passes unchanged before it is spoilt', () => {
    expect(parseStart(changed(() => {})).ok).toBe(true);
  });

  it.each<[string, Parameters<typeof changed>[0], string]>([
    ['a part too many', (kept) => (kept['more'] = 1), 'more'],
    ['a machine too few', (kept) => kept.machines.pop(), 'machines'],
    ['a machine too many', (kept) => kept.machines.push(kept.machines[0]!), 'machines'],
    [
      'a table that is cut off',
      (kept) => spoil(kept, 'live', (text) => text.slice(0, -1)),
      'machines.1.live',
    ],
    ['a table that is no text', (kept) => (kept.machines[0]!['slotArea'] = [1]), 'machines.0.slotArea'],
    ['a table of noise', (kept) => (kept.machines[0]!['slotOlder'] = '!!'), 'machines.0.slotOlder'],
    ['a link beyond the slots', (kept) => (kept.machines[0]!['newestCopy'] = 'RiB'), 'machines.0.newestCopy'],
    [
      'a volume of another size',
      (kept) => set(kept, ['scenario', 'settings', 'blockCount'], 9),
      'machines.0.live',
    ],
    ['a number of another kind', (kept) => (kept.machines[1]!['used'] = '3'), 'machines.1.used'],
    ['less than nothing', (kept) => (kept.machines[1]!['clockMs'] = -1), 'machines.1.clockMs'],
    ['an endless clock', (kept) => (kept.machines[1]!['clockMs'] = 2 ** 53 - 1), 'machines.1.clockMs'],
    ['no more stamps', (kept) => (kept.machines[0]!['nextStamp'] = 2 ** 32 - 1), 'machines.0.nextStamp'],
    ['stamps not given yet', (kept) => (kept.machines[0]!['nextStamp'] = 4), 'machines.0.live'],
    ['a fault that there is none of', (kept) => (kept.machines[0]!['fault'] = 17), 'machines.0.fault'],
    ['a fault without protection', (kept) => (kept.machines[0]!['fault'] = 7), 'machines.0'],
    [
      'copies that are not there',
      (kept) => set(kept, ['machines', 1, 'areas', 0, 'copies'], 9),
      'machines.1',
    ],
    ['more used than there are', (kept) => (kept.machines[1]!['used'] = 9), 'machines.1'],
    [
      'bad blocks out of order',
      (kept) => set(kept, ['machines', 0, 'conditions', 'liveBadBlocks'], [3, 2]),
      'machines.0',
    ],
    [
      'another machine than it says',
      (kept) => (kept.machines[0]!['snapshotsLost'] = 3),
      'machines.0.checksum',
    ],
    ['a content that nobody wrote', (kept) => kept.writes.pop(), 'machines.0'],
    [
      'a command that writes nothing',
      (kept) => (kept.writes[0]!['command'] = { type: 'createSnapshot' }),
      'writes.0',
    ],
    [
      'a burst that is no slice',
      (kept) => set(kept, ['writes', 2, 'command', 'writes'], 65),
      'writes.2.command',
    ],
    ['a write beyond the volume', (kept) => set(kept, ['writes', 0, 'command', 'block'], 6), 'writes.0'],
    ['stamps out of order', (kept) => kept.writes.reverse(), 'writes.1'],
    ['a stamp too few', (kept) => (kept.writes[1]!['firstStamps'] = [4]), 'writes.1'],
  ])('%s', (_, change, place) => {
    const parsed = parseStart(changed(change));
    if (parsed.ok) throw new Error('It was believed.');
    expect(parsed.problem.place).toBe(place);
    expect(parsed.problem.reason).not.toBe('');
  });
});

function spoil(kept: { machines: Plain[] }, table: string, change: (text: string) => string): void {
  kept.machines[1]![table] = change(kept.machines[1]![table] as string);
}

function set(kept: Plain, path: readonly (string | number)[], value: unknown): void {
  const last = path.at(-1)!;
  const parent = path.slice(0, -1).reduce<Plain>((part, key) => part[key] as Plain, kept);
  parent[last] = value;
}

describe('what a volume brought along', () => {
  const brought = startAtEnd(historyOf(SCENARIO, [write(0, 'a'), create, write(0, 'b')]), 5);
  const held = holdStart(
    { ...brought, writes: [], contents: { start: 5, hashes: tableOf([7, 0xffff_ffff]) } },
    SCENARIO,
  );

  it('is the same when it is read again, to the last bit', () => {
    const { contents } = reread(held).start;
    expect(contents?.start).toBe(5);
    expect([contents?.hashes.get(0), contents?.hashes.get(1)]).toEqual([7, 0xffff_ffff]);
  });

  it.each<[string, (kept: Plain) => unknown, string]>([
    ['contents of a later start', (kept) => set(kept, ['contents', 'start'], 6), 'contents.start'],
    ['more contents than are kept', (kept) => set(kept, ['contents', 'count'], 32_769), 'contents.count'],
    ['fewer hashes than contents', (kept) => set(kept, ['contents', 'count'], 3), 'contents.hashes'],
    ['hashes that are none', (kept) => set(kept, ['contents', 'hashes'], '!'), 'contents.hashes'],
    ['something besides', (kept) => set(kept, ['contents', 'bytes'], []), 'contents.bytes'],
    ['nobody to tell the rest', (kept) => delete kept['contents'], 'machines.0'],
    [
      'a next stamp that was given',
      (kept) => set(kept, ['contents'], keptContents(40)),
      'machines.0.nextStamp',
    ],
  ])('%s is not believed', (_, change, place) => {
    const kept = JSON.parse(JSON.stringify(held.kept)) as Plain;
    change(kept);
    const parsed = parseStart(kept);
    expect(parsed.ok ? 'It was believed.' : parsed.problem.place).toBe(place);
  });

  /** Of as many contents, all with the same hash. */
  function keptContents(count: number): unknown {
    const hashes = tableOf(Array.from({ length: count }, () => 1));
    const { kept } = holdStart({ ...held.start, contents: { start: 5, hashes } }, SCENARIO);
    return (kept as Plain)['contents'];
  }
});

function tableOf(numbers: readonly number[]): Table {
  const table = Table.zeros(numbers.length).edit();
  numbers.forEach((number, index) => table.set(index, number));
  return table.finish();
}

describe('the contents of a start', () => {
  it('are told by the commands that it keeps', () => {
    const { start } = reread(heldAtEndOf(HISTORY));
    const begun = historyOf({ ...SCENARIO, start }, []);
    for (const [world, machine] of begun.machines.entries()) {
      for (const table of [machine.live, machine.diffContents]) {
        for (let index = 0; index < table.length; index += 1) {
          const [recipe, expected] = [begun, HISTORY].map((history) =>
            history.recipeOf(world, table.get(index)),
          );
          expect(recipe).toEqual(expected);
        }
      }
    }
    const recipe = begun.recipeOf(0, begun.machines[0]!.live.get(1));
    expect(new TextDecoder().decode(rendered(recipe).slice(0, 1))).toBe('B');
  });
});
