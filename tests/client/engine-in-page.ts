/**
 * The real engine for component tests, in the page instead of in a worker, on a disk in memory: for what the local
 * worker does not do, such as branches.
 */
import { EngineClient, type EngineWorker } from '../../src/client/engine-client';
import type { FrameScheduler } from '../../src/client/playback.svelte';
import { Session } from '../../src/client/session.svelte';
import { success } from '../../src/core/result';
import { LaboratoryEngine } from '../../src/engine/laboratory-engine';
import { DOMAIN_SCHEMAS } from '../../src/formats/domain-schemas';
import type { ClientMessage } from '../../src/protocol/request';
import { MemoryStore, type MemoryDisk } from '../../src/storage/memory-store';

class EngineInPage implements EngineWorker {
  onmessage: EngineWorker['onmessage'] = null;
  onmessageerror: EngineWorker['onmessageerror'] = null;
  onerror: EngineWorker['onerror'] = null;
  readonly #engine: LaboratoryEngine;

  constructor(disk: MemoryDisk) {
    this.#engine = new LaboratoryEngine({
      openStore: () => Promise.resolve(success(new MemoryStore({ schemas: DOMAIN_SCHEMAS, disk }))),
      post: (message) => this.onmessage?.(new MessageEvent('message', { data: structuredClone(message) })),
    });
  }

  postMessage(message: ClientMessage): void {
    this.#engine.receive(structuredClone(message));
  }

  terminate(): void {
    this.onmessage = null;
  }
}

/** An opened session over the engine. Motion is left out, unless there is a clock. Opening the same disk again is a reload. */
export async function openOnDisk(
  disk: MemoryDisk = new Map<string, unknown>(),
  schedule?: FrameScheduler,
): Promise<Session> {
  const client = new EngineClient({ createWorker: () => new EngineInPage(disk) });
  const session = new Session({
    client,
    schedule: schedule ?? (() => undefined),
    reducedMotion: () => schedule === undefined,
  });
  await session.open();
  return session;
}
