import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EngineClient, type ClientNotice, type EngineWorker } from '../../src/client/engine-client';
import { LaboratoryEngine } from '../../src/engine/laboratory-engine';
import { success } from '../../src/core/result';
import { DOMAIN_SCHEMAS } from '../../src/formats/domain-schemas';
import type { ClientMessage } from '../../src/protocol/request';
import { MemoryStore, type MemoryDisk } from '../../src/storage/memory-store';
import { BOTH, burst, problem, value, writeText } from '../engine/harness';

/** A worker without a thread: the engine on the other side of copied messages. */
class FakeWorker implements EngineWorker {
  onmessage: EngineWorker['onmessage'] = null;
  onmessageerror: EngineWorker['onmessageerror'] = null;
  onerror: EngineWorker['onerror'] = null;
  /** What the page has posted. */
  readonly heard: ClientMessage[] = [];
  isTerminated = false;
  isDeaf = false;
  readonly #engine: LaboratoryEngine;

  constructor(disk: MemoryDisk) {
    this.#engine = new LaboratoryEngine({
      openStore: () => Promise.resolve(success(new MemoryStore({ schemas: DOMAIN_SCHEMAS, disk }))),
      post: (message) => this.say(message),
    });
  }

  say(data: unknown): void {
    if (!this.isTerminated) this.onmessage?.({ data: structuredClone(data) } as MessageEvent<unknown>);
  }

  fail(message: string): void {
    this.onerror?.({ message, preventDefault: () => {} } as ErrorEvent);
  }

  postMessage(message: ClientMessage): void {
    this.heard.push(structuredClone(message));
    if (!this.isDeaf) this.#engine.receive(structuredClone(message));
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

const workers: FakeWorker[] = [];
let disk: MemoryDisk = new Map();

function createClient(silenceLimitMs = 10_000): EngineClient {
  const createWorker = (): EngineWorker => {
    const worker = new FakeWorker(disk);
    workers.push(worker);
    return worker;
  };
  return new EngineClient({ createWorker, silenceLimitMs });
}

function latestWorker(): FakeWorker {
  return workers[workers.length - 1]!;
}

function heardBy(client: EngineClient): ClientNotice[] {
  const notices: ClientNotice[] = [];
  client.onNotice((notice) => notices.push(notice));
  return notices;
}

const create = { command: writeText(1, 'x'), worlds: BOTH };

beforeEach(() => {
  workers.length = 0;
  disk = new Map();
});

afterEach(() => vi.useRealTimers());

test('every method reaches the engine and comes back with its answer', async () => {
  const client = createClient();
  const notices = heardBy(client);

  const opened = value(await client.open());
  const acted = value(await client.act({ instruction: create, branch: 1, position: 'end' }));
  const run = value(await client.openRun({ kind: 'fault', fault: 8 }, ['on']));
  const fresh = value(await client.startOver());
  const back = value(await client.undoStartOver());
  const switched = value(await client.switchBranch(1));
  const named = value(await client.nameBranch(1, 'Mine'));
  const deleted = value(await client.deleteBranch(2));
  const remembered = value(await client.remember(1, 3));
  const stored = value(await client.readStored('off', 'block', 9));
  const unread = problem(await client.importLaboratory('no file'));

  expect(opened.storage).toEqual({ kind: 'stored' });
  expect(acted.records).toHaveLength(1);
  expect(run.state.currentBranch).toBe(2);
  expect(fresh.state.startedOverFrom).toHaveLength(1);
  expect(back.state.startedOverFrom).toEqual([]);
  expect(switched.state.currentBranch).toBe(1);
  expect(named.state.branches[0]?.name).toBe('Mine');
  expect(deleted.removedRecords.length).toBeGreaterThan(0);
  expect(remembered.state.position).toBe(3);
  expect(stored).toMatchObject({ agreesWithLog: true });
  expect(stored.bytes).toHaveLength(16_384);
  expect(unread.kind).toBe('malformed');
  expect(notices).toEqual([]);
});

test('a notice reaches whoever listens, and no longer', async () => {
  const client = createClient();
  const notices = heardBy(client);
  const stop = client.onNotice(() => notices.push({ type: 'workerDied', detail: 'heard twice' }));
  stop();
  await client.open();

  const asked = client.act({
    instruction: { command: burst(5_000, 4), worlds: BOTH },
    branch: 1,
    position: 'end',
  });

  expect((await asked).ok).toBe(true);
  expect(notices).toMatchObject([{ type: 'progress', doneWrites: 4_096, totalWrites: 5_000 }]);
});

describe('an abort signal', () => {
  test('stops a burst, which says how far it came', async () => {
    const client = createClient();
    await client.open();
    const controller = new AbortController();
    const told: number[] = [];
    client.onNotice((notice) => {
      if (notice.type === 'progress') told.push(notice.records.length);
      controller.abort();
    });

    const instruction = { command: burst(100_000, 1), worlds: BOTH };
    const acted = value(await client.act({ instruction, branch: 1, position: 'end' }, controller.signal));

    expect(acted.stoppedBy).toEqual({ kind: 'cancelled' });
    expect(told).toEqual([64]);
    expect(acted.records).toEqual([]);
  });

  test('that is aborted before asks nothing', async () => {
    const client = createClient();

    const acted = await client.act({ instruction: create, branch: 1, position: 'end' }, AbortSignal.abort());

    expect(problem(acted)).toEqual({ kind: 'cancelled' });
    expect(latestWorker().heard).toEqual([]);
  });

  test('that is aborted after stops nothing else', async () => {
    const client = createClient();
    await client.open();
    const controller = new AbortController();
    await client.act({ instruction: create, branch: 1, position: 'end' }, controller.signal);
    const count = latestWorker().heard.length;

    controller.abort();

    expect(latestWorker().heard).toHaveLength(count);
  });
});

describe('when the worker dies', () => {
  const deaths: [how: string, die: (worker: FakeWorker) => void, detail: RegExp][] = [
    ['of an error', (worker) => worker.fail('out of memory'), /out of memory/],
    ['before it starts', (worker) => worker.fail(''), /could not be started/],
    [
      'of a message that cannot be read',
      (worker) => worker.onmessageerror?.({} as MessageEvent),
      /could not be read/,
    ],
    ['talking nonsense', (worker) => worker.say({ kind: 'shout' }), /no message.*kind/],
  ];

  test.each(deaths)(
    '%s, what is pending is told, and a restart goes on from the last commit',
    async (_how, die, detail) => {
      const client = createClient();
      const notices = heardBy(client);
      await client.open();
      const committed = value(await client.act({ instruction: create, branch: 1, position: 'end' }));
      latestWorker().isDeaf = true;
      const pending = [client.act({ instruction: create, branch: 1, position: 'end' }), client.startOver()];

      die(latestWorker());

      const died = { kind: 'workerDied', detail: expect.stringMatching(detail) as unknown };
      for (const asked of pending) expect(problem(await asked)).toEqual(died);
      expect(notices).toEqual([{ ...died, kind: undefined, type: 'workerDied' }]);
      expect(workers[0]?.isTerminated).toBe(true);
      expect(problem(await client.remember(1, 1))).toMatchObject({ kind: 'workerDied' });

      const opened = value(await client.restart());

      expect(workers).toHaveLength(2);
      expect(opened.state).toEqual(committed.state);
      expect((await client.act({ instruction: create, branch: 1, position: 'end' })).ok).toBe(true);
    },
  );

  test('of nothing but silence', async () => {
    vi.useFakeTimers();
    const client = createClient(1_000);
    const notices = heardBy(client);
    latestWorker().isDeaf = true;
    const asked = client.open();

    await vi.advanceTimersByTimeAsync(999);
    expect(notices).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);

    expect(problem(await asked)).toEqual({ kind: 'workerDied', detail: 'it does not answer' });
    expect(notices).toHaveLength(1);
  });

  test('it is not for having nothing to do', async () => {
    vi.useFakeTimers();
    const client = createClient(1_000);
    const notices = heardBy(client);
    await client.open();

    await vi.advanceTimersByTimeAsync(5_000);

    expect(notices).toEqual([]);
  });

  test('at its birth', async () => {
    const client = new EngineClient({
      createWorker: () => {
        throw new Error('no workers here');
      },
    });

    expect(problem(await client.open())).toMatchObject({ kind: 'workerDied' });
  });
});

test('an answer that is none is told as such', async () => {
  const client = createClient();
  latestWorker().isDeaf = true;
  const asked = client.remember(1, 1);

  latestWorker().say({ kind: 'answer', id: 1, result: { ok: true, value: { state: {} } } });

  expect(problem(await asked)).toMatchObject({ kind: 'malformed' });
});

test('an answer to nobody changes nothing', async () => {
  const client = createClient();
  const notices = heardBy(client);

  latestWorker().say({ kind: 'answer', id: 99, result: 'late' });

  expect((await client.open()).ok).toBe(true);
  expect(notices).toEqual([]);
});

test('what cannot be posted is told as such', async () => {
  const client = createClient();
  await client.open();
  const command = { type: 'createSnapshot', proxy: () => {} } as never;

  const acted = await client.act({ instruction: { command, worlds: BOTH }, branch: 1, position: 'end' });

  expect(problem(acted)).toMatchObject({ kind: 'malformed' });
});

test('a client that is closed ends its worker', async () => {
  const client = createClient();
  const asked = client.open();

  client.close();

  expect(problem(await asked)).toEqual({ kind: 'workerDied', detail: 'closed' });
  expect(latestWorker().isTerminated).toBe(true);
});
