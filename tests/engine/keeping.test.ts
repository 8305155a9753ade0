import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/core/command';
import { SWITCH_CONDITIONS } from '../../src/core/condition';
import type { StorageProblem } from '../../src/core/problem';
import type { Result } from '../../src/core/result';
import type { Answers, OpenedLaboratory } from '../../src/protocol/answer';
import type { Request } from '../../src/protocol/request';
import type { MemoryDisk } from '../../src/storage/memory-store';
import {
  asFormat2,
  expectAllKept,
  BOTH,
  Harness,
  historyOf,
  problem,
  recordsOn,
  reopened,
  rowsOn,
  value,
  writeText,
} from './harness';

const commands: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.nat(63).map((block) => writeText(block, `write ${block}`)) },
  {
    weight: 2,
    arbitrary: fc
      .record({ writes: fc.integer({ min: 1, max: 150 }), seed: fc.nat(9) })
      .map(({ writes, seed }): Command => {
        return { type: 'writeBurst', order: 'random', block: 0, span: 64, from: 0, writes, seed };
      }),
  },
  fc.constantFrom<Command>(
    { type: 'createSnapshot' },
    { type: 'createSnapshot' },
    { type: 'deleteSnapshot', snapshot: 1 },
    { type: 'revertToSnapshot', snapshot: 1 },
    { type: 'clearProtectionFault' },
    { type: 'takeOffline' },
    { type: 'bringOnline' },
    { type: 'externalWrite', block: 40 },
    { type: 'unexpectedError' },
  ),
  fc.constantFrom(...SWITCH_CONDITIONS).map((name): Command => ({ type: 'break', condition: { name } })),
  fc.constantFrom(...SWITCH_CONDITIONS).map((name): Command => ({ type: 'repair', condition: { name } })),
);

const branch = fc.integer({ min: 1, max: 4 });

const requests: fc.Arbitrary<Request> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc
      .record({
        command: commands,
        worlds: fc.constantFrom(BOTH, BOTH, ['off'] as const, ['on'] as const),
        branch,
        position: fc.oneof(fc.constant('end' as const), fc.constant('end' as const), fc.nat(80)),
      })
      .map(({ command, worlds, ...place }): Request => ({
        type: 'act',
        instruction: { command, worlds },
        ...place,
      })),
  },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constantFrom('switchBranch' as const, 'deleteBranch' as const), branch }),
  },
  fc.constantFrom<Request>(
    { type: 'startOver' },
    { type: 'undoStartOver' },
    { type: 'remember', branch: 1, position: 3 },
    { type: 'openRun', origin: { kind: 'fault', fault: 8 }, worlds: ['on'] },
    { type: 'openRun', origin: { kind: 'fault', fault: 10 }, worlds: ['off', 'on'] },
  ),
);

/** Every commit in its turn can fail: the disk and the engine must agree all the same. */
const failures = fc.array(
  fc.nat(5).map((number) => number === 0),
  { minLength: 30, maxLength: 30 },
);

test('whatever is asked, and whichever commits fail, the disk holds what the engine says, byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(requests, { maxLength: 3 }), { maxLength: 8 }),
      failures,
      fc.boolean(),
      async (groups, fails, isFormat2) => {
        const before = new Harness();
        if (isFormat2) await before.open();
        let wasAborted = false;
        const lab = new Harness({
          disk: isFormat2 ? asFormat2(before.disk) : before.disk,
          failCommit: (commit) => {
            // Not twice in a row, after which the laboratory would go on in memory.
            wasAborted = !wasAborted && commit > 1 && fails[commit] === true;
            return wasAborted ? { kind: 'aborted', detail: 'chance' } : null;
          },
        });
        await lab.open();
        for (const group of groups) {
          await Promise.all(group.map((request) => lab.ask(request)));

          const said = await lab.open();
          const again = await reopened(lab.disk);
          expect(said.storage).toEqual({ kind: 'stored' });
          expect(again).toEqual({ ...said, damages: [] });
          expect(recordsOn(lab.disk)).toHaveLength(again.records.length);
          expectAllKept(lab.disk, again);
        }
      },
    ),
    { numRuns: 40 },
  );
});

/** What a page knows that hears of nothing but the answers. */
function heardBy(opened: OpenedLaboratory, answers: readonly Result<Answers['act'], unknown>[]) {
  const records = new Map(opened.records.map((record) => [record.id, record]));
  let { state } = opened;
  for (const answer of answers) {
    if (!answer.ok) continue;
    state = answer.value.state;
    for (const id of answer.value.removedRecords) records.delete(id);
    for (const record of answer.value.records) records.set(record.id, record);
  }
  return { state, records: [...records.values()].sort((one, other) => one.id - other.id) };
}

test('the same where more is asked than one transaction takes, and whoever asks hears all of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(requests, { minLength: 1, maxLength: 16 }), failures, async (asked, fails) => {
      let wasAborted = false;
      const lab = new Harness({
        failCommit: (commit) => {
          wasAborted = !wasAborted && commit > 1 && fails[commit] === true;
          return wasAborted ? { kind: 'aborted', detail: 'chance' } : null;
        },
      });
      const opened = await lab.open();
      // The first one goes alone. Some of what was asked comes into the transaction of those that do little, the rest waits.
      const little = Array.from({ length: 250 }, (_, position): Request => {
        return { type: 'remember', branch: 1, position: position % 10 };
      });
      const all = [...little, ...asked, ...little, ...asked].map((request) => lab.ask(request));

      const answers = await Promise.all(all);

      const said = await lab.open();
      const again = await reopened(lab.disk);
      expect(again).toEqual({ ...said, damages: [] });
      expect(heardBy(opened, answers as Result<Answers['act'], unknown>[])).toEqual({
        state: said.state,
        records: said.records,
      });
      expectAllKept(lab.disk, again);
    }),
    { numRuns: 25 },
  );
});

describe('a commit that fails', () => {
  test('gives back what it would have removed', async () => {
    const lab = new Harness({
      failCommit: (commit) => (commit === 3 ? { kind: 'aborted', detail: 'once' } : null),
    });
    await lab.open();
    value(await lab.act(writeText(1, 'x'), 1, 0));
    const before = await lab.open();

    expect((await lab.ask({ type: 'deleteBranch', branch: 1 })).ok).toBe(false);

    expect(await lab.open()).toEqual(before);
    expect(value(await lab.ask({ type: 'switchBranch', branch: 1 })).state.position).toBe(
      historyOf(before, 1).length,
    );
  });

  test('is told to everybody in it, and nothing of it happened', async () => {
    const lab = new Harness({
      failCommit: (commit) => (commit === 3 ? { kind: 'aborted', detail: 'once' } : null),
    });
    const opened = await lab.open();
    const { start } = historyOf(opened).entries[4]!;
    // The others wait for this one, together.
    const leading = lab.ask({ type: 'remember', branch: 1, position: 1 });
    const asked = [
      lab.act(writeText(1, 'x')),
      lab.act(writeText(2, 'y'), 1, start),
      lab.act({ type: 'deleteSnapshot', snapshot: 99 }, 1),
    ] as const;
    const { state } = value(await leading);
    const rows = rowsOn(lab.disk);

    const [first, second, refused] = await Promise.all(asked);

    const failed = { kind: 'notCommitted', problem: { kind: 'aborted', detail: 'once' } };
    expect(problem(first)).toEqual(failed);
    expect(problem(second)).toEqual(failed);
    expect(problem(refused)).toMatchObject({ kind: 'refused' });
    expect(rowsOn(lab.disk)).toEqual(rows);
    expect((await lab.open()).state).toEqual(state);
    expect(lab.notices).toEqual([]);

    value(await lab.act(writeText(1, 'x')));
    const again = await reopened(lab.disk);
    expect(again.state.nextRecord).toBe(opened.state.nextRecord + 1);
    expectAllKept(lab.disk, again);
  });

  test('in the middle of a long burst leaves what was committed before it', async () => {
    const lab = new Harness({
      failCommit: (commit) => (commit === 4 ? { kind: 'aborted', detail: 'once' } : null),
    });
    await lab.open();
    value(await lab.ask({ type: 'openRun', origin: { kind: 'fault', fault: 1 }, worlds: ['off'] }));
    const command: Command = {
      ...{ type: 'writeBurst', order: 'sequential', block: 0 },
      ...{ span: 4, from: 0, writes: 5_000, seed: 1 },
    };

    const acted = value(
      await lab.ask({
        type: 'act',
        instruction: { command, worlds: ['off'] },
        branch: 2,
        position: 'end',
      }),
    );

    expect(acted.stoppedBy).toMatchObject({ kind: 'notCommitted' });
    expect(acted.records).toEqual([]);
    const again = await reopened(lab.disk);
    expect(again.state).toEqual(acted.state);
    expect(again.state).toEqual((await lab.open()).state);
    expectAllKept(lab.disk, again);
  });

  const withoutFuture: [what: string, failCommit: (commit: number) => StorageProblem | null][] = [
    ['the disk is full', (commit) => (commit >= 2 ? { kind: 'quota' } : null)],
    ['the database is gone', (commit) => (commit >= 2 ? { kind: 'closed' } : null)],
  ];

  test.each(withoutFuture)('because %s is made in memory instead', async (_what, failCommit) => {
    const disk: MemoryDisk = new Map();
    const lab = new Harness({ disk, failCommit });
    const opened = await lab.open();
    const rows = rowsOn(disk);

    const [written, forked] = await Promise.all([
      lab.act(writeText(1, 'in memory')),
      lab.act(writeText(9, 'too'), 1, historyOf(opened).entries[4]!.start),
    ]);

    const storage = { kind: 'memory', reason: failCommit(2) };
    expect(written.ok && forked.ok).toBe(true);
    expect(lab.notices).toEqual([{ type: 'storageChanged', storage }]);
    // What was committed before is untouched, for the next visit.
    expect(rowsOn(disk)).toEqual(rows);
    const said = await lab.open();
    expect(said.storage).toEqual(storage);
    expect(said.records.length).toBeGreaterThan(opened.records.length);
    const block = historyOf(said).machines[0]!.live.get(9);
    const stored = await lab.ask({ type: 'readStored', world: 'off', part: 'block', number: 9 });
    expect(value(stored)).toMatchObject({ stamp: block, agreesWithLog: true });
    expect((await lab.act(writeText(2, 'goes on'), said.state.currentBranch)).ok).toBe(true);
    expect(lab.notices).toHaveLength(1);
  });

  test('twice in a row is made in memory instead', async () => {
    const aborted = { kind: 'aborted', detail: 'always' } as const;
    const lab = new Harness({ failCommit: (commit) => (commit >= 2 ? aborted : null) });
    await lab.open();

    expect((await lab.act(writeText(1, 'x'))).ok).toBe(false);
    expect((await lab.act(writeText(1, 'x'))).ok).toBe(true);
    expect(lab.notices).toEqual([{ type: 'storageChanged', storage: { kind: 'memory', reason: aborted } }]);
  });

  test('at the very first leaves a laboratory in memory', async () => {
    const lab = new Harness({ failCommit: () => ({ kind: 'quota' }) });

    const opened = await lab.open();

    expect(opened.storage).toEqual({ kind: 'memory', reason: { kind: 'quota' } });
    expect((await lab.act(writeText(1, 'x'))).ok).toBe(true);
    expect(lab.disk.size).toBe(0);
  });
});

const unusable: StorageProblem[] = [
  { kind: 'unavailable', detail: 'private mode' },
  { kind: 'blocked' },
  { kind: 'otherTab' },
];

test.each(unusable)('a store that is $kind leaves a laboratory in memory', async (openProblem) => {
  const lab = new Harness({ openProblem });

  const opened = await lab.open();

  expect(opened.storage).toEqual({ kind: 'memory', reason: openProblem });
  expect((await lab.act(writeText(1, 'x'))).ok).toBe(true);
  const stored = value(await lab.ask({ type: 'readStored', world: 'off', part: 'block', number: 9 }));
  expect(new TextDecoder().decode(stored.bytes!)).toMatch(/^Tuesday: the second draft\0/);
});

test('a laboratory of a newer page is not touched', async () => {
  const disk: MemoryDisk = new Map();
  await new Harness({ disk }).open();
  disk.set('["meta"]', { format: 5 });
  const rows = rowsOn(disk);
  const lab = new Harness({ disk });

  const opened = await lab.open();
  value(await lab.act(writeText(1, 'x')));

  expect(opened.storage).toEqual({ kind: 'memory', reason: { kind: 'newerFormat', format: 5 } });
  expect(rowsOn(disk)).toEqual(rows);
});
