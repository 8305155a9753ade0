import { describe, expect, test } from 'vitest';
import type { LogRecord } from '../../src/core/log-record';
import type { LaboratoryState } from '../../src/core/laboratory';
import { DEFAULT_SETTINGS } from '../../src/core/machine';
import { success } from '../../src/core/result';
import { parseLaboratoryFile } from '../../src/formats/laboratory-file';
import { printLaboratoryFile } from '../../src/formats/print-laboratory';

function record(id: number, parent: number | null): LogRecord {
  return {
    id,
    parent,
    instruction: {
      command: { type: 'write', block: id, count: 1, content: { kind: 'text', text: 'Zeile\n"zwei"' } },
      worlds: ['off', 'on'],
    },
    steps: 5,
    cut: false,
    fingerprints: [id, id + 1],
  };
}

const SCENARIO = { settings: DEFAULT_SETTINGS, worlds: ['off', 'on'] } as const;

const STATE: LaboratoryState = {
  branches: [
    { id: 1, name: '', origin: { kind: 'story' }, scenario: SCENARIO, tip: 2 },
    { id: 4, name: 'Mine', origin: { kind: 'fork', branch: 1, record: 1 }, scenario: SCENARIO, tip: 3 },
  ],
  currentBranch: 4,
  position: 2,
  nextRecord: 4,
  nextBranch: 5,
  startedOverFrom: [{ branch: 1, position: 0 }],
};

const RECORDS = [record(1, null), record(2, 1), record(3, 1)];

test('a laboratory file gives back what was saved', () => {
  const text = printLaboratoryFile({ state: STATE, records: RECORDS });

  expect(parseLaboratoryFile(text)).toEqual(success({ state: STATE, records: RECORDS }));
  expect(text.split('\n').slice(1, -2)).toHaveLength(RECORDS.length);
  const empty = { state: { ...STATE, branches: [{ ...STATE.branches[0]!, tip: null }] }, records: [] };
  const state = { ...empty.state, currentBranch: 1 };
  expect(parseLaboratoryFile(printLaboratoryFile({ state, records: [] }))).toEqual(
    success({ state, records: [] }),
  );
});

test('a laboratory file has the writes of a replay as a plain list', () => {
  const replay = { type: 'replayWrites', from: 256, writes: Uint32Array.of(3, 1, 1_048_575, 1) } as const;
  const last = { ...record(3, 1), instruction: { command: replay, worlds: ['off', 'on'] as const } };
  const records = [record(1, null), record(2, 1), last];

  const text = printLaboratoryFile({ state: STATE, records });

  expect(text).toContain('"writes":[3,1,1048575,1]');
  expect(parseLaboratoryFile(text)).toEqual(success({ state: STATE, records }));
});

test('a volume smaller than a new one may be is still read', () => {
  const settings = { ...DEFAULT_SETTINGS, blockCount: 1 };
  const [story, fork] = STATE.branches;
  const branches = [{ ...story!, scenario: { ...SCENARIO, settings } }, fork!];
  const text = printLaboratoryFile({ state: { ...STATE, branches }, records: RECORDS });

  expect(parseLaboratoryFile(text)).toMatchObject({ ok: true, value: { state: { branches } } });
});

describe('a file is refused, with the place and the reason,', () => {
  const state = (change: Partial<LaboratoryState>): object => ({ state: { ...STATE, ...change } });
  const branch = (index: number, change: object): object =>
    state({ branches: STATE.branches.map((known, at) => (at === index ? { ...known, ...change } : known)) });
  const settings = (change: object): object =>
    branch(0, { scenario: { ...SCENARIO, settings: { ...DEFAULT_SETTINGS, ...change } } });
  const records = (...all: readonly LogRecord[]): object => ({ records: all });

  const flawed: [what: string, change: object, place: string, reason: RegExp][] = [
    ['of another kind', { format: 'something' }, 'format', /shadow-copy-lab\.laboratory/],
    ['of another version', { version: 3 }, 'version', /version 1/],
    ['with more than it should', { extra: 1 }, 'extra', /./],
    ['without a log', { records: undefined }, 'records', /./],
    [
      'of an endless volume',
      settings({ blockCount: 1e9 }),
      'state.branches.0.scenario.settings.blockCount',
      /1048576/,
    ],
    ['of no volume', settings({ blockCount: 0 }), 'state.branches.0.scenario.settings.blockCount', />=1/],
    [
      'of a diff area beyond its maximum',
      settings({ initialBlocks: 33 }),
      'state.branches.0.scenario.settings.initialBlocks',
      /<=32/,
    ],
    [
      'of a time that is none',
      settings({ timing: { ...DEFAULT_SETTINGS.timing, growMs: 0.5 } }),
      'state.branches.0.scenario.settings.timing.growMs',
      /whole number/,
    ],
    [
      'without worlds',
      branch(0, { scenario: { ...SCENARIO, worlds: [] } }),
      'state.branches.0.scenario.worlds',
      /./,
    ],
    ['with a name too long', branch(0, { name: 'x'.repeat(201) }), 'state.branches.0.name', /./],
    ['with a branch twice', branch(1, { id: 1 }), 'state.branches.1.id', /comes after/],
    ['with a branch to come', branch(1, { id: 5 }), 'state.branches.1.id', /next new branch/],
    [
      'with a fork off nothing',
      branch(1, { origin: { kind: 'fork', branch: 2, record: 1 } }),
      'state.branches.1.origin.branch',
      /no earlier branch 2/,
    ],
    [
      'with a fork off itself',
      branch(1, { origin: { kind: 'fork', branch: 4, record: 1 } }),
      'state.branches.1.origin.branch',
      /no earlier branch 4/,
    ],
    ['with an end that is not there', branch(1, { tip: 9 }), 'state.branches.1.tip', /./],
    ['on no branch', state({ currentBranch: 3 }), 'state.currentBranch', /no branch 3/],
    [
      'to be undone to nowhere',
      state({ startedOverFrom: [{ branch: 9, position: 0 }] }),
      'state.startedOverFrom.0.branch',
      /./,
    ],
    ['that would number anew', state({ nextRecord: 3 }), 'state.nextRecord', /3 is there already/],
    ['with a record twice', records(record(1, null), record(1, null)), 'records.1.id', /comes after/],
    [
      'with a record before its parent',
      records(record(1, 2), record(2, null)),
      'records.0.parent',
      /no earlier record 2/,
    ],
    [
      'with a record that is its own parent',
      records(record(1, 1)),
      'records.0.parent',
      /no earlier record 1/,
    ],
    [
      'with a circle of records',
      records(record(1, 2), record(2, 1)),
      'records.0.parent',
      /no earlier record 2/,
    ],
    [
      'with a text beyond measure',
      records({
        ...record(1, null),
        instruction: {
          command: {
            type: 'write',
            block: 1,
            count: 1,
            content: { kind: 'text', text: 'x'.repeat(2 ** 21) },
          },
          worlds: ['on'],
        },
      }),
      'records.0.instruction.command.content.text',
      /./,
    ],
  ];

  test.each(flawed)('%s', (_what, change, place, reason) => {
    const file = { format: 'shadow-copy-lab.laboratory', version: 2, state: STATE, records: RECORDS };

    expect(parseLaboratoryFile(JSON.stringify({ ...file, ...change }))).toMatchObject({
      ok: false,
      problem: { place, reason: expect.stringMatching(reason) as unknown },
    });
  });

  test('of version 1 without its fingerprints, which were reckoned in another way', () => {
    const text = printLaboratoryFile({ state: STATE, records: RECORDS });
    const old = text.replace('"version":2', '"version":1');

    const parsed = parseLaboratoryFile(old);

    const records = RECORDS.map((record) => ({ ...record, fingerprints: [] }));
    expect(old).not.toBe(text);
    expect(parsed).toEqual({ ok: true, value: { state: STATE, records } });
  });

  test('that is no JSON, or cut off', () => {
    const text = printLaboratoryFile({ state: STATE, records: RECORDS });

    for (const wrong of ['', 'PNG', '[]', '42', 'null', text.slice(0, -20)]) {
      expect(parseLaboratoryFile(wrong), wrong).toMatchObject({ ok: false });
    }
  });

  test('with more records than a laboratory holds', () => {
    const file = { format: 'shadow-copy-lab.laboratory', version: 2, state: STATE };
    const text = JSON.stringify({ ...file, records: Array.from({ length: 100_001 }, () => 0) });

    expect(parseLaboratoryFile(text)).toMatchObject({ ok: false });
  });
});
