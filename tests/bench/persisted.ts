/** Copy-on-write of real blocks through the whole engine into IndexedDB, in a worker. */
import type { Command } from '../../src/core/command';
import { DEFAULT_SETTINGS } from '../../src/core/machine';
import { randomBelow } from '../../src/core/random';
import { LaboratoryEngine } from '../../src/engine/laboratory-engine';
import { DOMAIN_SCHEMAS } from '../../src/formats/domain-schemas';
import type { EngineMessage } from '../../src/protocol/notice';
import type { Request } from '../../src/protocol/request';
import { openIndexedDbStore } from '../../src/storage/indexed-db-store';

export interface Persisted {
  /** Blocks written, each after its old content was copied. */
  readonly blocks: number;
  readonly ms: number;
}

const WORLDS = ['off'] as const;
const BRANCH = 2;

/** An engine on a database of its own, asked as the page asks it. */
class Lab {
  readonly #engine: LaboratoryEngine;
  readonly #answers = new Map<number, (message: EngineMessage) => void>();
  #nextId = 1;
  #release = (): void => {};

  constructor(databaseName: string) {
    this.#engine = new LaboratoryEngine({
      openStore: async () => {
        const opened = await openIndexedDbStore({ databaseName, schemas: DOMAIN_SCHEMAS });
        if (opened.ok) this.#release = () => opened.value.close();
        return opened;
      },
      post: (message) => {
        if (message.kind === 'answer') this.#answers.get(message.id)?.(message);
      },
    });
  }

  async ask(request: Request): Promise<unknown> {
    const id = this.#nextId;
    this.#nextId += 1;
    const answered = new Promise<EngineMessage>((resolve) => this.#answers.set(id, resolve));
    this.#engine.receive({ kind: 'request', id, request });
    const message = await answered;
    this.#answers.delete(id);
    if (message.kind !== 'answer' || !message.result.ok) throw new Error(JSON.stringify(message));
    return message.result.value;
  }

  act(command: Command): Promise<unknown> {
    const instruction = { command, worlds: WORLDS };
    return this.ask({ type: 'act', instruction, branch: BRANCH, position: 'end' });
  }

  close(): void {
    this.#release();
  }
}

/** A volume that is written all over, with one snapshot and room for a copy of every block. */
async function openFilled(databaseName: string, blocks: number): Promise<Lab> {
  const lab = new Lab(databaseName);
  await lab.ask({ type: 'open' });
  const settings = {
    ...DEFAULT_SETTINGS,
    ...{ blockCount: blocks, diffVolumeBlocks: blocks, initialBlocks: blocks, maximumBlocks: null },
  };
  await lab.ask({ type: 'newLaboratory', scenario: { settings, worlds: WORLDS }, name: 'Persisted' });
  const fill = { order: 'sequential', block: 0, span: blocks, from: 0, writes: blocks, seed: 1 } as const;
  await lab.act({ type: 'writeBurst', ...fill });
  await lab.act({ type: 'createSnapshot' });
  return lab;
}

/** Every block once, in random order. */
function shuffled(blocks: number): readonly number[] {
  const order = Array.from({ length: blocks }, (_, block) => block);
  for (let at = blocks - 1; at > 0; at -= 1) {
    const other = randomBelow(7, at, at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}

/**
 * Overwrites every block of a volume of so many once, in random order, a command each, all of them waiting from the
 * beginning: the engine makes its transactions of them as they come. Ends when the last one is answered, which is after
 * its transaction is complete. The filling before is not counted.
 */
export async function persistOurs(writes: number): Promise<Persisted> {
  const databaseName = `persisted-${crypto.randomUUID()}`;
  const lab = await openFilled(databaseName, writes);
  const from = performance.now();
  await Promise.all(
    shuffled(writes).map((block) =>
      lab.act({ type: 'write', block, count: 1, content: { kind: 'pattern', seed: 2 } }),
    ),
  );
  const ms = performance.now() - from;
  await remove(lab, databaseName);
  return { blocks: writes, ms };
}

/** The same as bursts of random writes, which hit some blocks more than once: those that copied are counted. */
export async function persistBurst(writes: number): Promise<Persisted> {
  const databaseName = `persisted-${crypto.randomUUID()}`;
  const lab = await openFilled(databaseName, writes);
  const burst = { order: 'random', block: 0, span: writes, from: 0, writes, seed: 3 } as const;
  const hit = new Set(Array.from({ length: writes }, (_, index) => randomBelow(burst.seed, index, writes)));
  const from = performance.now();
  await lab.act({ type: 'writeBurst', ...burst });
  const ms = performance.now() - from;
  await remove(lab, databaseName);
  return { blocks: hit.size, ms };
}

function remove(lab: Lab, databaseName: string): Promise<void> {
  lab.close();
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(databaseName);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error('no reason given'));
  });
}
