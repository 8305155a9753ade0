/** The page's side of trimming: with the real engine behind the real client, and what arrives in the order it was asked. */
import { expect, test } from 'vitest';
import { EngineClient, type EngineWorker } from '../../src/client/engine-client';
import { Session } from '../../src/client/session.svelte';
import { LaboratoryEngine } from '../../src/engine/laboratory-engine';
import { DOMAIN_SCHEMAS } from '../../src/formats/domain-schemas';
import { printLaboratoryFile } from '../../src/formats/print-laboratory';
import { success } from '../../src/core/result';
import type { ClientMessage } from '../../src/protocol/request';
import type { EngineMessage } from '../../src/protocol/notice';
import { MemoryStore, type MemoryDisk } from '../../src/storage/memory-store';
import { create, write } from '../core/given';

/** An engine in place of a worker. `spoil` changes what it posts. */
class NearWorker implements EngineWorker {
  onmessage: EngineWorker['onmessage'] = null;
  onmessageerror: EngineWorker['onmessageerror'] = null;
  onerror: EngineWorker['onerror'] = null;
  readonly #engine: LaboratoryEngine;

  constructor(disk: MemoryDisk, spoil: (message: EngineMessage) => EngineMessage) {
    this.#engine = new LaboratoryEngine({
      openStore: () => Promise.resolve(success(new MemoryStore({ schemas: DOMAIN_SCHEMAS, disk }))),
      post: (message) => {
        this.onmessage?.(new MessageEvent('message', { data: structuredClone(spoil(message)) }));
      },
    });
  }

  postMessage(message: ClientMessage): void {
    this.#engine.receive(structuredClone(message));
  }

  terminate(): void {
    this.onmessage = null;
  }
}

async function openLab(
  disk: MemoryDisk = new Map<string, unknown>(),
  spoil: (message: EngineMessage) => EngineMessage = (message) => message,
): Promise<{ readonly session: Session; readonly client: EngineClient }> {
  const client = new EngineClient({ createWorker: () => new NearWorker(disk, spoil) });
  const session = new Session({ client, schedule: () => undefined, reducedMotion: () => true });
  await session.open();
  return { session, client };
}

test('a session goes on from the moment that it was trimmed at, also after a reload', async () => {
  const disk: MemoryDisk = new Map();
  const { session } = await openLab(disk);
  session.seek(session.length);
  await session.act(create);
  session.seek(session.length);
  await session.act(write(3, 'three'), ['off']);
  session.seek(session.length - 4);
  const { machines } = session.history!;

  expect(await session.trim()).toBe(true);

  expect([session.problem, session.length, session.playback.position]).toEqual([null, 0, 0]);
  expect(session.history!.machines).toEqual(machines);
  expect(session.recordCount).toBe(0);
  expect(session.branch).toMatchObject({ origin: { kind: 'trimmed' }, start: 2 });
  const live = machines[0]!.live.get(3);
  expect(session.history!.recipeOf(0, live)).toMatchObject({ kind: 'text', text: 'three' });
  expect(await session.readStored('off', 'block', 3)).toMatchObject({ value: { agreesWithLog: true } });

  const again = (await openLab(disk)).session;
  expect(again.history!.machines).toEqual(machines);
  await again.act(write(4, 'four'), ['off']);
  expect(again.problem).toBeNull();
  expect(again.length).toBeGreaterThan(1);
});

test('what is asked after it is answered after it', async () => {
  const { client } = await openLab();
  const answered: string[] = [];
  const trimmed = client.trim(1, 'end').then((answer) => {
    answered.push('trim');
    return answer;
  });
  const instruction = { command: write(3, 'three'), worlds: ['off'] } as const;
  const acted = client.act({ instruction, branch: 2, position: 'end' }).then((answer) => {
    answered.push('act');
    return answer;
  });

  expect([(await trimmed).ok, (await acted).ok]).toEqual([true, true]);
  expect(answered).toEqual(['trim', 'act']);
  expect([...client.starts.keys()]).toEqual([2]);
});

test('what is saved of it can be opened elsewhere', async () => {
  const { session } = await openLab();
  await session.trim();
  await session.act(write(3, 'three'), ['off']);
  const { state, records, starts } = session;
  const text = printLaboratoryFile({ state: state!, records, starts: starts.map(({ kept }) => kept) });

  const { session: other } = await openLab();
  expect(await other.importLaboratory(text)).toBe(true);

  expect(other.history!.machines).toEqual(session.history!.machines);
});

test('a start that is none is not taken for one', async () => {
  const { session } = await openLab(new Map(), (message) => {
    if (message.kind !== 'answer' || !message.result.ok || !('starts' in message.result.value))
      return message;
    return { ...message, result: success({ ...message.result.value, starts: [{ id: 2 }] }) };
  });
  const { history } = session;

  expect(await session.trim()).toBe(false);

  expect(session.problem).toMatchObject({ kind: 'malformed', place: 'starts.0.scenario' });
  expect(session.history).toBe(history);
});
