import { afterEach, describe, expect, test, vi } from 'vitest';
import { EngineClient, type ClientNotice } from '../../src/client/engine-client';
import { LaboratoryEngine } from '../../src/engine/laboratory-engine';
import { DOMAIN_SCHEMAS } from '../../src/formats/domain-schemas';
import type { OpenedLaboratory } from '../../src/protocol/answer';
import type { EngineMessage } from '../../src/protocol/notice';
import { openIndexedDbStore } from '../../src/storage/indexed-db-store';
import { readRows } from '../../src/storage/rows';
import { buckets, settled } from '../storage/indexed-db-disk';
import {
  BOTH,
  burst,
  bytesAsText,
  blocksOn,
  expectAllKept,
  historyOf,
  problem,
  value,
  writeText,
} from './harness';

/** The real worker on a database of its own. */
class Lab {
  readonly name: string;
  readonly client: EngineClient;
  readonly notices: ClientNotice[] = [];
  worker: Worker | null = null;

  constructor(name = `test-${crypto.randomUUID()}`, silenceLimitMs = 20_000) {
    this.name = name;
    this.client = new EngineClient({ createWorker: () => this.#createWorker(), silenceLimitMs });
    this.client.onNotice((notice) => this.notices.push(notice));
    labs.push(this);
  }

  #createWorker(): Worker {
    const url = new URL('./test.worker.ts', import.meta.url);
    this.worker = new Worker(url, { type: 'module', name: this.name });
    return this.worker;
  }

  async open(): Promise<OpenedLaboratory> {
    return value(await this.client.open());
  }

  act(
    ...[command, position = 'end', branch = 1]: [
      Parameters<typeof instructionOf>[0],
      (number | 'end')?,
      number?,
    ]
  ) {
    return this.client.act({ instruction: instructionOf(command), branch, position });
  }
}

function instructionOf(command: ReturnType<typeof writeText>) {
  return { command, worlds: BOTH };
}

const labs: Lab[] = [];

afterEach(async () => {
  const names = new Set(labs.map(({ name }) => name));
  for (const { client } of labs.splice(0)) client.close();
  for (const name of names) await settled(indexedDB.deleteDatabase(name));
});

/** All rows of a database, past everything that the product does to read them. */
async function rowsOf(name: string): Promise<Map<string, unknown>> {
  const database = await settled(indexedDB.open(name));
  const store = database.transaction('laboratory').objectStore('laboratory');
  const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled<unknown[]>(store.getAll())]);
  database.close();
  return new Map(keys.map((key, index) => [JSON.stringify(key), values[index]]));
}

/** Fails unless the rows are those of one moment of a laboratory: every block as its log says. */
function laboratoryIn(
  rows: ReadonlyMap<string, unknown>,
): Pick<OpenedLaboratory, 'state' | 'records' | 'starts'> {
  const entries = [...rows].map(([key, row]) => [JSON.parse(key) as unknown[], row] as const);
  const loaded = value(
    readRows(
      {
        keys: entries.map(([key]) => key),
        meta: rows.get('["meta"]'),
        log: entries.filter(([[kind]]) => kind === 'events'),
        starts: entries.filter(([[kind]]) => kind === 'start'),
        names: entries.filter(([[kind]]) => kind === 'names'),
      },
      DOMAIN_SCHEMAS,
    ),
  );
  if (loaded.state.kind !== 'read') throw new Error('There is no state.');
  expect(loaded.unreadableRecords).toEqual([]);
  const starts = loaded.starts.map(({ kept }) => kept);
  const laboratory = { state: loaded.state.state, records: loaded.records, starts };
  expectAllKept(rows, laboratory);
  return laboratory;
}

test('a copy-on-write leaves the old bytes and the new ones in IndexedDB', async () => {
  const lab = new Lab();
  await lab.open();
  value(await lab.client.openRun({ kind: 'fault', fault: 1 }, ['on']));

  const rows = await rowsOf(lab.name);

  const blocks = blocksOn(rows, laboratoryIn(rows));
  expect(blocks.get('block on 9')).toMatch(/^Tuesday: the second draft /);
  expect(blocks.get('slot on 0')).toMatch(/^Monday: the first draft /);
  expect(rows.get('["machine","Protection on"]')).toMatchObject({
    protectionLevel: 'SNAPSHOT',
    protectionFault: 'DIFF_AREA_MISSING',
    snapshots: [1],
  });
  const stored = value(await lab.client.readStored('on', 'slot', 0));
  expect(stored.agreesWithLog).toBe(true);
  expect(bytesAsText(stored.bytes)).toMatch(/^Monday: the first draft\0/);
});

test('a reload finds the laboratory as it was, history included', async () => {
  const lab = new Lab();
  const opened = await lab.open();
  value(await lab.act(writeText(9, 'otherwise'), historyOf(opened).entries[4]!.start));
  const { state } = value(await lab.client.remember(1, 2));
  const before = await lab.open();
  lab.client.close();

  const again = await new Lab(lab.name).open();

  expect(again).toEqual({ ...before, state });
  expect(again.storage).toEqual({ kind: 'stored' });
});

test('what was trimmed is gone from IndexedDB, and a reload goes on from there', async () => {
  const lab = new Lab();
  await lab.open();
  value(await lab.act(burst(300)));
  const before = historyOf(await lab.open());

  const trimmed = value(await lab.client.trim(1, 'end'));
  lab.client.close();

  const rows = await rowsOf(lab.name);
  expect([...rows.keys()].filter((key) => /event|start/.test(key))).toEqual(['["start",2]']);
  const again = new Lab(lab.name);
  const opened = await again.open();
  expect(opened).toMatchObject({ state: trimmed.state, records: [], damages: [] });
  expect(historyOf(opened).machines).toEqual(before.machines);
  value(await again.act(writeText(9, 'afterwards'), 'end', 2));
  laboratoryIn(await rowsOf(lab.name));
});

test('a worker that is ended in the middle of a transaction leaves no half of it', async () => {
  const name = `test-${crypto.randomUUID()}`;
  await new Lab(name).open();
  let interrupted = 0;
  for (let round = 0; round < 12; round += 1) {
    labs[labs.length - 1]!.client.close();
    const lab = new Lab(name);
    const { state } = await lab.open();
    // The commit of many blocks takes a while; a copy and its overwriting are apart in it.
    const asked = [
      lab.act({ type: 'createSnapshot' }, 'end', state.currentBranch),
      lab.act(burst(300 + round), 'end', state.currentBranch),
      lab.act(writeText(round, `round ${round}`), 'end', state.currentBranch),
    ];
    const answered: number[] = [];
    for (const acted of asked) {
      void acted.then((result) => {
        if (result.ok) answered.push(...result.value.records.map(({ id }) => id));
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 10 + round * 15));
    const acknowledged = [...answered];
    lab.worker!.terminate();

    const found = laboratoryIn(await rowsOf(name));
    const ids = found.records.map(({ id }) => id);
    for (const id of acknowledged) expect(ids).toContain(id);
    if (found.state.nextRecord < state.nextRecord + 8) interrupted += 1;
  }
  // At least some rounds were ended before everything was there, or this shows nothing.
  expect(interrupted).toBeGreaterThan(0);
});

test('a worker that falls silent is noticed, and a restart loses nothing that was committed', async () => {
  const lab = new Lab(undefined, 1_500);
  await lab.open();
  const committed = value(await lab.act(writeText(1, 'committed')));
  lab.worker!.terminate();

  const lost = await lab.act(writeText(2, 'lost'));

  expect(problem(lost)).toEqual({ kind: 'workerDied', detail: 'it does not answer' });
  expect(lab.notices).toEqual([{ type: 'workerDied', detail: 'it does not answer' }]);
  const opened = value(await lab.client.restart());
  expect(opened).toMatchObject({ state: committed.state, storage: { kind: 'stored' }, damages: [] });
  expect((await lab.act(writeText(2, 'not lost'))).ok).toBe(true);
});

test('a worker that cannot be loaded is told', async () => {
  const client = new EngineClient({
    createWorker: () => new Worker('/there-is-no-such-worker.js', { type: 'module' }),
  });

  expect(problem(await client.open())).toMatchObject({ kind: 'workerDied' });
});

describe('a second tab', () => {
  test('has a laboratory of its own in memory, and the first one is not disturbed', async () => {
    const first = new Lab();
    const opened = await first.open();
    const second = new Lab(first.name);

    const apart = await second.open();

    expect(apart.storage).toEqual({ kind: 'memory', reason: { kind: 'otherTab' } });
    expect((await second.act(writeText(1, 'here'))).ok).toBe(true);
    expect((await first.act(writeText(2, 'there'))).ok).toBe(true);
    const found = laboratoryIn(await rowsOf(first.name));
    expect(found.records).toHaveLength(opened.records.length + 1);

    first.client.close();
    const third = await new Lab(first.name).open();

    expect(third.storage).toEqual({ kind: 'stored' });
    expect(third.records).toEqual(found.records);
  });
});

test('a database that another window holds leaves a laboratory in memory', async () => {
  const lab = new Lab();
  const holder = await settled(indexedDB.open(lab.name));
  const deletion = settled(indexedDB.deleteDatabase(lab.name));

  const opened = await lab.open();

  expect(opened.storage).toEqual({ kind: 'memory', reason: { kind: 'blocked' } });
  holder.close();
  await deletion;
});

test('a full disk moves the laboratory into memory, where the command succeeds', async () => {
  const bucket = await buckets().open('small', { quota: 600_000 });
  const answers: EngineMessage[] = [];
  vi.spyOn(indexedDB, 'open').mockImplementation((name) => bucket.indexedDB.open(name));
  const engine = new LaboratoryEngine({
    openStore: () => openIndexedDbStore({ databaseName: 'small', schemas: DOMAIN_SCHEMAS }),
    post: (message) => answers.push(message),
  });
  const ask = async (id: number, request: object) => {
    engine.receive({ kind: 'request', id, request });
    await expect
      .poll(() => answers.some((message) => message.kind === 'answer' && message.id === id))
      .toBe(true);
  };

  await ask(1, { type: 'open' });
  await ask(2, { type: 'openRun', origin: { kind: 'fault', fault: 1 }, worlds: ['off'] });
  const request = { type: 'act', branch: 2, position: 'end' };
  await ask(3, { ...request, instruction: { command: burst(500), worlds: ['off'] } });
  vi.restoreAllMocks();

  const storage = { kind: 'memory', reason: { kind: 'quota' } };
  expect(answers).toMatchObject([
    { result: { ok: true, value: { storage: { kind: 'stored' } } } },
    { result: { ok: true } },
    { notice: { type: 'storageChanged', storage } },
    { result: { ok: true, value: { stoppedBy: null } } },
  ]);
  await buckets().delete('small');
});

describe('what is posted to the worker', () => {
  test('is answered with what is wrong when it is no message', async () => {
    const lab = new Lab();
    const { state } = await lab.open();
    const heard: unknown[] = [];
    lab.worker!.addEventListener('message', ({ data }) => heard.push(data));

    lab.worker!.postMessage('nonsense');
    lab.worker!.postMessage({ kind: 'request', id: 700, request: { type: 'act', branch: -1 } });
    await expect.poll(() => heard).toHaveLength(2);

    expect(heard).toMatchObject([
      { kind: 'answer', id: 0, result: { ok: false, problem: { kind: 'malformed' } } },
      { kind: 'answer', id: 700, result: { ok: false, problem: { kind: 'malformed' } } },
    ]);
    expect((await lab.open()).state).toEqual(state);
    expect(lab.notices).toEqual([]);
  });

  test('twice is carried out once', async () => {
    const lab = new Lab();
    const { state } = await lab.open();
    const request = {
      type: 'act',
      instruction: instructionOf(writeText(1, 'x')),
      branch: 1,
      position: 'end',
    };
    for (let time = 0; time < 2; time += 1) {
      lab.worker!.postMessage({ kind: 'request', id: 2, request });
    }

    // The next request of the client has that number too.
    expect((await lab.act(writeText(3, 'y'))).ok).toBe(true);
    const found = laboratoryIn(await rowsOf(lab.name));
    expect(found.state.nextRecord).toBe(state.nextRecord + 1);
  });
});
