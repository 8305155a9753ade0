import type { Command } from '../../src/core/command';
import { renderContent } from '../../src/core/content';
import { History } from '../../src/core/history';
import { branchOf, pathTo, scenarioOfBranch, type LaboratoryState } from '../../src/core/laboratory';
import type { EngineProblem, StorageProblem } from '../../src/core/problem';
import { failure, success, type Result } from '../../src/core/result';
import type { WorldId } from '../../src/core/scenario';
import { LaboratoryEngine } from '../../src/engine/laboratory-engine';
import { DOMAIN_SCHEMAS } from '../../src/formats/domain-schemas';
import { parseStart } from '../../src/formats/kept-start';
import type { Answers, OpenedLaboratory } from '../../src/protocol/answer';
import type { EngineMessage, Notice } from '../../src/protocol/notice';
import type { Request, RequestType } from '../../src/protocol/request';
import type { LaboratoryStore } from '../../src/storage/laboratory-store';
import { MemoryStore, type MemoryDisk } from '../../src/storage/memory-store';

export const BOTH = ['off', 'on'] as const;

export function writeText(block: number, text: string): Command {
  return { type: 'write', block, count: 1, content: { kind: 'text', text } };
}

export function burst(writes: number, span = 64): Command {
  return { type: 'writeBurst', order: 'random', block: 0, span, from: 0, writes, seed: 7 };
}

interface HarnessOptions {
  readonly disk?: MemoryDisk;
  readonly failCommit?: (commit: number) => StorageProblem | null;
  readonly openProblem?: StorageProblem;
}

/** An engine on a memory disk, asked as the page asks it. */
export class Harness {
  readonly disk: MemoryDisk;
  readonly engine: LaboratoryEngine;
  readonly notices: Notice[] = [];
  /** One entry for every transaction: how many rows it was given. */
  readonly commits: number[] = [];
  /** Everything that is posted, as it comes. */
  hear: (message: EngineMessage) => void = () => {};
  readonly #answers = new Map<number, (result: unknown) => void>();
  #nextId = 1;

  constructor({ disk = new Map<string, unknown>(), failCommit, openProblem }: HarnessOptions = {}) {
    this.disk = disk;
    const openStore = (): Promise<Result<LaboratoryStore, StorageProblem>> => {
      if (openProblem !== undefined) return Promise.resolve(failure(openProblem));
      const options = { schemas: DOMAIN_SCHEMAS, disk };
      const store = new MemoryStore(failCommit === undefined ? options : { ...options, failCommit });
      return Promise.resolve(success(this.#watched(store)));
    };
    this.engine = new LaboratoryEngine({ openStore, post: (message) => this.#hear(message) });
  }

  #watched(store: MemoryStore): LaboratoryStore {
    return {
      load: () => store.load(),
      readBlocks: (places) => store.readBlocks(places),
      close: () => store.close(),
      commit: (commit) => {
        this.commits.push(commit.records.length);
        return store.commit(commit);
      },
    };
  }

  #hear(message: EngineMessage): void {
    // As a worker does: nothing that is posted is shared.
    const posted = structuredClone(message);
    this.hear(posted);
    if (posted.kind === 'notice') this.notices.push(posted.notice);
    else this.#answers.get(posted.id)?.(posted.result);
  }

  ask<Type extends RequestType>(request: Request & { type: Type }): Asked<Type> {
    const id = this.#nextId;
    this.#nextId += 1;
    const asked: Asked<Type> = Object.assign(
      new Promise<Result<Answers[Type], EngineProblem>>((resolve) => {
        this.#answers.set(id, (result) => resolve(result as Result<Answers[Type], EngineProblem>));
      }),
      { id },
    );
    this.engine.receive({ kind: 'request', id, request });
    return asked;
  }

  cancel(id: number): void {
    this.engine.receive({ kind: 'cancel', id });
  }

  async open(): Promise<OpenedLaboratory> {
    return value(await this.ask({ type: 'open' }));
  }

  act(
    command: Command,
    branch = 1,
    position: number | 'end' = 'end',
    worlds: readonly WorldId[] = BOTH,
  ): Asked<'act'> {
    return this.ask({ type: 'act', instruction: { command, worlds }, branch, position });
  }

  /** Once nothing is left to do: verification comes after everything else. */
  async settled(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export type Asked<Type extends RequestType> = Promise<Result<Answers[Type], EngineProblem>> & {
  readonly id: number;
};

export function value<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

export function problem<Problem>(result: Result<unknown, Problem>): Problem {
  if (result.ok) throw new Error('It succeeded.');
  return result.problem;
}

type Told = Pick<OpenedLaboratory, 'state' | 'records' | 'starts'>;

/** The history of a branch as the page makes it from what it was given. */
export function historyOf({ state, records, starts = [] }: Told, branchId = state.currentBranch): History {
  const branch = branchOf(state, branchId);
  const byId = new Map(records.map((record) => [record.id, record]));
  const startsById = new Map(
    starts
      .map(parseStart)
      .map(value)
      .map(({ start }) => [start.id, start]),
  );
  const history = new History(scenarioOfBranch(branch, (id) => startsById.get(id)));
  for (const record of pathTo(branch.tip, (id) => byId.get(id))) value(history.append(record));
  return history;
}

/** What a reload finds. The new engine works on a copy: it mends what it finds damaged. */
export async function reopened(disk: MemoryDisk): Promise<OpenedLaboratory> {
  return new Harness({ disk: new Map(disk) }).open();
}

export function branchIds(state: LaboratoryState): readonly number[] {
  return state.branches.map(({ id }) => id);
}

/** Bytes as text, each a character: to compare thousands of blocks takes a test library seconds otherwise. */
export function bytesAsText(bytes: unknown): string {
  return bytes instanceof Uint8Array ? new TextDecoder('latin1').decode(bytes) : String(bytes);
}

/** The rows of all blocks that a laboratory should have in its store, made from the log alone. */
export function blockRowsOf(opened: Told): Map<string, string> {
  const history = historyOf(opened);
  const rows = new Map<string, string>();
  for (const [index, machine] of history.machines.entries()) {
    const world = `Protection ${history.scenario.worlds[index]}`;
    const parts = [
      ['block', machine.live],
      ['slot', machine.diffContents],
    ] as const;
    for (const [part, table] of parts) {
      for (let number = 0; number < table.length; number += 1) {
        const stamp = table.get(number);
        if (stamp === 0) continue;
        const bytes = renderContent(history.recipeOf(index, stamp));
        rows.set(JSON.stringify([part, world, number]), bytesAsText(bytes));
      }
    }
  }
  return rows;
}

/** All rows of a disk, as text: what a test compares has to be cheap to compare. */
export function rowsOn(disk: MemoryDisk): Map<string, string> {
  return new Map(
    [...disk].map(([key, row]) => [key, row instanceof Uint8Array ? bytesAsText(row) : JSON.stringify(row)]),
  );
}

/** The rows of blocks that are on a disk. */
export function blockRowsOn(disk: MemoryDisk): Map<string, string> {
  return new Map([...rowsOn(disk)].filter(([key]) => /^\["(block|slot)"/.test(key)));
}

/** The numbers of the records that are on a disk. */
export function recordsOn(disk: MemoryDisk): readonly number[] {
  return [...disk.keys()].flatMap((key) => {
    const [kind, number] = JSON.parse(key) as [string, number];
    return kind === 'event' ? [number] : [];
  });
}
