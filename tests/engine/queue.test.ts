import { describe, expect, test } from 'vitest';
import type { StorageProblem } from '../../src/core/problem';
import type { Notice } from '../../src/protocol/notice';
import {
  expectAllKept,
  BOTH,
  burst,
  Harness,
  historyOf,
  problem,
  reopened,
  value,
  writeText,
} from './harness';

type Progress = Notice & { readonly type: 'progress' };

function progressOf(lab: Harness): readonly Progress[] {
  return lab.notices.filter((notice) => notice.type === 'progress');
}

describe('a burst', () => {
  test('is many records and one transaction', async () => {
    const lab = new Harness();
    await lab.open();

    const acted = value(await lab.act(burst(200)));

    const commands = acted.records.map(({ instruction }) => instruction.command);
    expect(commands).toMatchObject([
      { type: 'writeBurst', from: 0, writes: 64 },
      { type: 'writeBurst', from: 64, writes: 64 },
      { type: 'writeBurst', from: 128, writes: 64 },
      { type: 'writeBurst', from: 192, writes: 8 },
    ]);
    expect(lab.commits.slice(1)).toEqual([4]);
    expect(progressOf(lab)).toEqual([]);
    const again = await reopened(lab.disk);
    expect(again.state).toEqual(acted.state);
    expectAllKept(lab.disk, again);
  });

  test('in the past starts one branch', async () => {
    const lab = new Harness();
    const opened = await lab.open();

    const acted = value(await lab.act(burst(130), 1, historyOf(opened).entries[3]!.start));

    expect(acted.state.branches).toHaveLength(2);
    expect(acted.records.map(({ parent }) => parent)).toEqual([3, 10, 11]);
  });

  test('that is long is committed in parts, each of which is told', async () => {
    const lab = new Harness();
    await lab.ask({ type: 'open' });
    await lab.ask({ type: 'openRun', origin: { kind: 'fault', fault: 1 }, worlds: ['off'] });

    const instruction = { command: burst(4_096 + 100), worlds: ['off'] as const };
    const acted = value(await lab.ask({ type: 'act', instruction, branch: 2, position: 'end' }));

    expect(lab.commits.slice(2)).toEqual([64, 2]);
    const progress = progressOf(lab);
    expect(progress).toMatchObject([{ doneWrites: 4_096, totalWrites: 4_196 }]);
    expect(progress[0]!.records).toHaveLength(64);
    expect(acted.records).toHaveLength(2);
    expect(acted.records[0]!.parent).toBe(progress[0]!.records[63]!.id);
    expect(progress[0]!.state.nextRecord + 2).toBe(acted.state.nextRecord);
  });

  test('that is stopped keeps what is committed', async () => {
    const lab = new Harness();
    await lab.ask({ type: 'open' });
    await lab.ask({ type: 'openRun', origin: { kind: 'fault', fault: 1 }, worlds: ['off'] });
    const instruction = { command: burst(1_000_000, 1), worlds: ['off'] as const };
    const asked = lab.ask({ type: 'act', instruction, branch: 2, position: 'end' });
    const next = lab.act(writeText(2, 'after it'), 2, 'end', ['off']);

    await until(() => progressOf(lab).length > 0);
    lab.cancel(asked.id);
    const acted = value(await asked);

    expect(acted.stoppedBy).toEqual({ kind: 'cancelled' });
    expect(acted.records).toEqual([]);
    expect(progressOf(lab).flatMap(({ records }) => records)).toHaveLength(progressOf(lab).length * 64);
    expect(value(await next).state.nextRecord).toBe(acted.state.nextRecord + 1);
    const again = await reopened(lab.disk);
    expect(historyOf(again).lastRecord?.instruction.command.type).toBe('write');
  });

  test('that is stopped before it begins never happens', async () => {
    const lab = new Harness();
    await lab.open();
    const first = lab.act(writeText(1, 'x'));
    const second = lab.act(burst(100));
    const third = lab.act(burst(100));
    lab.cancel(third.id);
    // Too late, or never asked: nothing comes of it.
    lab.cancel(999);

    expect((await first).ok && (await second).ok).toBe(true);
    expect(problem(await third)).toEqual({ kind: 'cancelled' });
    lab.cancel(third.id);
    expect((await lab.act(burst(100))).ok).toBe(true);
  });

  test('of no writes or of too many is refused by the machine', async () => {
    const lab = new Harness();
    await lab.open();

    for (const writes of [0, -1, 1_000_001, Number.MAX_SAFE_INTEGER]) {
      expect(problem(await lab.act(burst(writes)))).toMatchObject({
        kind: 'refused',
        refusal: { code: 'countInvalid', count: writes },
      });
    }
  });
});

describe('commands that come faster than the disk', () => {
  test('share a transaction, and are answered in their order', async () => {
    const lab = new Harness();
    await lab.open();
    const order: number[] = [];
    const asked = Array.from({ length: 20 }, (_, index) =>
      lab.act(writeText(index, `write ${index}`)).then((acted) => {
        order.push(index);
        return value(acted);
      }),
    );

    const acted = await Promise.all(asked);

    expect(order).toEqual(acted.map((_, index) => index));
    expect(acted.flatMap(({ records }) => records.map(({ id }) => id))).toEqual(
      acted.map((_, index) => index + 10),
    );
    // The first one goes at once or with the others; the others wait for it together.
    expect(lab.commits.length).toBeLessThanOrEqual(3);
    const again = await reopened(lab.disk);
    expect(again.state).toEqual(acted[19]!.state);
    expectAllKept(lab.disk, again);
  });

  test('are told apart from each other: each answer has its own records', async () => {
    const lab = new Harness();
    await lab.open();

    const [written, renamed, refused, branched, remembered] = await Promise.all([
      lab.act(writeText(1, 'x')),
      lab.ask({ type: 'nameBranch', branch: 1, name: 'Mine' }),
      lab.act({ type: 'deleteSnapshot', snapshot: 99 }),
      lab.act({ type: 'break', condition: { name: 'growthSlow' } }, 1, 2),
      lab.ask({ type: 'remember', branch: 2, position: 2 }),
    ]);

    expect(value(written).records.map(({ id }) => id)).toEqual([10]);
    expect(value(renamed).records).toEqual([]);
    expect(problem(refused)).toMatchObject({ kind: 'refused' });
    expect(value(branched).records.map(({ id }) => id)).toEqual([11, 12]);
    expect(value(remembered).state).toMatchObject({ currentBranch: 2, position: 2 });
    expect((await reopened(lab.disk)).state).toEqual(value(remembered).state);
  });
});

describe('what waits beyond a transaction is decided while that is under way', () => {
  /** So many commands at once. The first one goes alone, and then 256 in a transaction. */
  function askMany(lab: Harness, count: number) {
    return Array.from({ length: count }, (_, index) => lab.act(writeText(index % 64, `write ${index}`)));
  }

  test('so that it cannot be cancelled any more', async () => {
    const lab = new Harness();
    await lab.open();
    const asked = askMany(lab, 600);
    lab.hear = (message) => {
      if (message.kind !== 'answer' || message.id !== asked[1]!.id) return;
      lab.cancel(asked[512]!.id);
      lab.cancel(asked[513]!.id);
    };

    const acted = await Promise.all(asked);

    expect(acted.filter(({ ok }) => ok)).toHaveLength(599);
    expect(problem(acted[513]!)).toEqual({ kind: 'cancelled' });
    expect(lab.commits.slice(1)).toEqual([1, 256, 256, 86]);
    expectAllKept(lab.disk, await reopened(lab.disk));
  });

  const failures: [what: string, fail: () => StorageProblem | never, told: object][] = [
    [
      'and anew where it is aborted',
      () => ({ kind: 'aborted', detail: 'once' }),
      { kind: 'notCommitted', problem: { kind: 'aborted', detail: 'once' } },
    ],
    [
      'and anew where it breaks',
      () => {
        throw new Error('a defect');
      },
      { kind: 'internal', detail: 'a defect' },
    ],
  ];

  test.each(failures)('%s', async (_what, fail, told) => {
    const lab = new Harness({ failCommit: (commit) => (commit === 3 ? fail() : null) });
    const opened = await lab.open();

    const acted = await Promise.all(askMany(lab, 600));

    for (const failed of acted.slice(1, 257)) expect(problem(failed)).toEqual(told);
    const done = [acted[0]!, ...acted.slice(257)].map(value);
    expect(done.map(({ records }) => records.map(({ id }) => id))).toEqual(
      done.map((_, index) => [opened.state.nextRecord + index]),
    );
    expect(lab.commits.slice(1)).toEqual([1, 256, 256, 87]);
    const again = await reopened(lab.disk);
    expect(again.state).toEqual(done.at(-1)!.state);
    expectAllKept(lab.disk, again);
  });

  test('and committed in memory with all else where there is no other way', async () => {
    const lab = new Harness({ failCommit: (commit) => (commit >= 3 ? { kind: 'quota' } : null) });
    const opened = await lab.open();

    const acted = (await Promise.all(askMany(lab, 600))).map(value);

    expect(acted.flatMap(({ records }) => records.map(({ id }) => id))).toEqual(
      acted.map((_, index) => opened.state.nextRecord + index),
    );
    const said = await lab.open();
    expect(said).toMatchObject({ storage: { kind: 'memory' }, state: acted.at(-1)!.state });
    expect(said.records).toHaveLength(opened.records.length + 600);
    const stored = await lab.ask({ type: 'readStored', world: 'off', part: 'block', number: 599 % 64 });
    expect(value(stored).agreesWithLog).toBe(true);
  });

  test('a long burst from its beginning', async () => {
    const lab = new Harness({
      failCommit: (commit) => (commit === 3 ? { kind: 'aborted', detail: 'once' } : null),
    });
    await lab.open();
    const asked = askMany(lab, 257);
    const long = lab.act(burst(4_096 + 100));
    const after = lab.act(writeText(1, 'after it'));

    const [, failed] = await Promise.all(asked);

    expect(problem(failed!)).toMatchObject({ kind: 'notCommitted' });
    expect(value(await long)).toMatchObject({ stoppedBy: null });
    expect(value(await after).records).toHaveLength(1);
    expect(progressOf(lab)).toMatchObject([{ doneWrites: 4_096, totalWrites: 4_196 }]);
    // Nothing that waits is decided before it is over.
    expect(lab.commits.slice(1)).toEqual([1, 256, 64, 3]);
    const again = await reopened(lab.disk);
    const writes = historyOf(again).entries.map(({ record }) => record.instruction.command);
    const ofBurst = writes.flatMap((command) => (command.type === 'writeBurst' ? [command.writes] : []));
    expect(ofBurst.reduce((sum, count) => sum + count)).toBe(4_196);
    expectAllKept(lab.disk, again);
  });
});

describe('a message', () => {
  test('that comes twice is carried out once', async () => {
    const lab = new Harness();
    const { state } = await lab.open();
    const instruction = { command: writeText(1, 'x'), worlds: BOTH };
    const message = {
      kind: 'request',
      id: 50,
      request: { type: 'act', instruction, branch: 1, position: 'end' },
    };

    lab.engine.receive(message);
    lab.engine.receive(message);
    await lab.settled();

    expect((await reopened(lab.disk)).state.nextRecord).toBe(state.nextRecord + 1);
  });

  const malformed: [what: string, message: unknown, place: string][] = [
    ['nothing', undefined, ''],
    ['text', 'open', ''],
    ['an unknown kind', { kind: 'shout', id: 60 }, 'kind'],
    ['no request', { kind: 'request', id: 60 }, 'request'],
    ['an unknown request', { kind: 'request', id: 60, request: { type: 'format' } }, 'request.type'],
    [
      'a command that is none',
      {
        kind: 'request',
        id: 60,
        request: {
          type: 'act',
          instruction: { command: { type: 'write', block: 'three' }, worlds: ['on'] },
          branch: 1,
          position: 'end',
        },
      },
      'request.instruction.command.block',
    ],
    [
      'a world twice',
      {
        kind: 'request',
        id: 60,
        request: { type: 'openRun', origin: { kind: 'story' }, worlds: ['on', 'on'] },
      },
      'request.worlds',
    ],
    [
      'a fault that there is not',
      {
        kind: 'request',
        id: 60,
        request: { type: 'openRun', origin: { kind: 'fault', fault: 17 }, worlds: ['on'] },
      },
      'request.origin.fault',
    ],
  ];

  test.each(malformed)('of %s is answered with where it is wrong', async (_what, message, place) => {
    const lab = new Harness();
    const { state } = await lab.open();
    const heard: unknown[] = [];
    lab.hear = (posted) => heard.push(posted);

    lab.engine.receive(message);
    await lab.settled();

    expect(heard).toMatchObject([
      { kind: 'answer', result: { ok: false, problem: { kind: 'malformed', place } } },
    ]);
    expect((await lab.open()).state).toEqual(state);
  });
});

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 1));
}
