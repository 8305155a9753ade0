/** What of a laboratory a file can hold, when branches of it begin with the volume of an image. */
import { expect, test } from 'vitest';
import type { LogRecord } from '../../src/core/log-record';
import type { Branch, LaboratoryState } from '../../src/core/laboratory';
import { DEFAULT_SETTINGS } from '../../src/core/machine';
import type { Scenario } from '../../src/core/scenario';
import { startAtEnd } from '../../src/core/start';
import { Table } from '../../src/core/table';
import { holdStart, type HeldStart } from '../../src/formats/kept-start';
import { parseLaboratoryFile } from '../../src/formats/laboratory-file';
import { printLaboratoryFile } from '../../src/formats/print-laboratory';
import { savablePart } from '../../src/formats/savable';
import { create, write } from '../core/given';
import { BOTH_WORLDS, historyOf } from '../core/laboratories';

const SCENARIO: Scenario = { settings: DEFAULT_SETTINGS, worlds: BOTH_WORLDS };

const HISTORY = historyOf(SCENARIO, [write(0, 'a'), create, write(0, 'b')]);

/** A moment of that history; and the same as if a volume had brought along what it holds. */
const PLAIN = holdStart(startAtEnd(HISTORY, 5), SCENARIO);
const BROUGHT = holdStart(
  { id: 6, machines: PLAIN.start.machines, writes: [], contents: { start: 6, hashes: Table.zeros(2) } },
  SCENARIO,
);

const RECORDS: readonly LogRecord[] = HISTORY.entries.map(({ record }) => record);

function branch(id: number, start?: number): Branch {
  const tip = start === undefined ? RECORDS.at(-1)!.id : null;
  const own = { id, name: '', origin: { kind: 'own' } as const, scenario: SCENARIO, tip };
  return start === undefined ? own : { ...own, start };
}

function stateOf(branches: readonly Branch[], currentBranch: number): LaboratoryState {
  return {
    ...{ branches, currentBranch, position: 3, nextRecord: 100, nextBranch: 50 },
    startedOverFrom: branches.map(({ id }) => ({ branch: id, position: 0 })),
  };
}

function saved(branches: readonly Branch[], currentBranch: number, starts: readonly HeldStart[]) {
  return savablePart({ state: stateOf(branches, currentBranch), records: RECORDS, starts });
}

test('a laboratory without volumes is saved whole', () => {
  const state = stateOf([branch(1), branch(2, 5)], 2);

  expect(savablePart({ state, records: RECORDS, starts: [PLAIN] })).toEqual({
    state,
    records: RECORDS,
    starts: [PLAIN.kept],
  });
});

test('branches on a volume are left out, and what remains is a laboratory', () => {
  const part = saved([branch(1), branch(2, 6), branch(3, 5), branch(4, 6)], 4, [PLAIN, BROUGHT])!;
  const file = parseLaboratoryFile(printLaboratoryFile(part));

  expect(part.state).toMatchObject({ currentBranch: 3, position: 0 });
  expect(part.state.startedOverFrom.map(({ branch: id }) => id)).toEqual([1, 3]);
  expect(file.ok && file.value.state.branches.map(({ id }) => id)).toEqual([1, 3]);
  expect(file.ok && file.value.records).toEqual(RECORDS);
});

test('records that only a branch on a volume has are left out with it', () => {
  expect(
    saved([branch(2, 5), { ...branch(4, 6), tip: RECORDS.at(-1)!.id }], 2, [PLAIN, BROUGHT])!.records,
  ).toEqual([]);
});

test('where every branch is on a volume, there is nothing to save', () => {
  expect(saved([branch(2, 6)], 2, [BROUGHT])).toBeNull();
});

test('a file that speaks of a volume is refused: its bytes are in no file', () => {
  const text = printLaboratoryFile({
    state: stateOf([branch(7, 6)], 7),
    records: [],
    starts: [BROUGHT.kept],
  });

  expect(parseLaboratoryFile(text)).toMatchObject({ ok: false, problem: { place: 'starts.0.contents' } });
});
