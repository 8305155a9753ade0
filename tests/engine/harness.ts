import { expect } from 'vitest';
import type { Command } from '../../src/core/command';
import { renderContent, type Recipe } from '../../src/core/content';
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
  /** The segments whose bytes were read, each once for every time. */
  readonly segmentsRead: number[] = [];
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
      keepPieces: (pieces) => store.keepPieces(pieces),
      dropPieces: (starts) => store.dropPieces(starts),
      readSegments: (ids) => {
        this.segmentsRead.push(...ids);
        return store.readSegments(ids);
      },
      readPieces: (places) => store.readPieces(places),
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

/** Bytes as text, each a character. */
export function bytesAsText(bytes: unknown): string {
  return bytes instanceof Uint8Array ? new TextDecoder('latin1').decode(bytes) : String(bytes);
}

/** Bytes as how they begin and a number of all of them: what a test compares has to be cheap to compare, and to print. */
export function printOf(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  const [beginning] = bytesAsText(bytes.subarray(0, 40)).split(/[\0\n]/);
  return `${beginning} ${bytes.length} ${hash >>> 0}`;
}

/** What a content holds by its recipe alone. */
export function renderMade(recipe: Recipe): Uint8Array<ArrayBuffer> {
  if (recipe.kind === 'stored') throw new Error('It is not made by any command.');
  return renderContent(recipe);
}

/** A place of the volumes as text, such as `block off 9`. */
type PlaceName = string;

/** The stamps of all places of the machines at the end of a history whose bytes are kept. */
function stampsIn(history: History): Map<PlaceName, { readonly world: number; readonly stamp: number }> {
  const stamps = new Map<PlaceName, { readonly world: number; readonly stamp: number }>();
  for (const [world, machine] of history.machines.entries()) {
    for (const [part, table] of [['block', machine.live] as const, ['slot', machine.diffContents] as const]) {
      for (let number = 0; number < table.length; number += 1) {
        const stamp = table.get(number);
        if (stamp === 0 || !history.keepsBytesOf(world, stamp)) continue;
        stamps.set(`${part} ${history.scenario.worlds[world]} ${number}`, { world, stamp });
      }
    }
  }
  return stamps;
}

/** What all written blocks of a laboratory hold, made from the log alone. */
function blocksOf(opened: Told): Map<PlaceName, string> {
  const history = historyOf(opened);
  return new Map(
    [...stampsIn(history)].map(([place, { world, stamp }]) => [
      place,
      printOf(renderMade(history.recipeOf(world, stamp))),
    ]),
  );
}

type Rows = ReadonlyMap<string, unknown>;

/** The segments among the rows of a disk, by number. */
export function segmentsOn(
  rows: Rows,
): readonly (readonly [id: number, names: Uint32Array, bytes: Uint8Array])[] {
  return [...rows.keys()]
    .map((key) => JSON.parse(key) as [string, number])
    .flatMap(([kind, id]) => (kind === 'segment' ? [id] : []))
    .sort((a, b) => a - b)
    .map((id) => [
      id,
      rows.get(JSON.stringify(['names', id])) as Uint32Array,
      rows.get(JSON.stringify(['segment', id])) as Uint8Array,
    ]);
}

/** What the rows of a disk hold for all written blocks of a laboratory, past everything that the product does to find it. */
export function blocksOn(rows: Rows, opened: Told): Map<PlaceName, string> {
  const history = historyOf(opened);
  const bytesByName = new Map<string, string>();
  for (const [, names, bytes] of segmentsOn(rows)) {
    for (let position = 0; 2 * position < names.length; position += 1) {
      const [worlds, stamp] = names.subarray(2 * position);
      const print = printOf(bytes.subarray(position * 16_384, (position + 1) * 16_384));
      if (worlds! & 1) bytesByName.set(`off ${stamp}`, print);
      if (worlds! & 2) bytesByName.set(`on ${stamp}`, print);
    }
  }
  return new Map(
    [...stampsIn(history)].map(([place, { world, stamp }]) => [
      place,
      bytesByName.get(`${history.scenario.worlds[world]} ${stamp}`) ?? 'missing',
    ]),
  );
}

/** Garbage may take as much room as what is in use, and so many blocks more. */
const GARBAGE_ALLOWED = 256;

/** Fails unless a disk holds every written block of a laboratory as its log says, and little else. */
export function expectAllKept(rows: Rows, opened: Told): void {
  expect(blocksOn(rows, opened)).toEqual(blocksOf(opened));
  const history = historyOf(opened);
  const inUse = new Set<string>();
  for (const { world, stamp } of stampsIn(history).values())
    inUse.add(`${history.scenario.worlds[world]} ${stamp}`);
  let stored = 0;
  let used = 0;
  const found = new Set<string>();
  for (const [id, names] of segmentsOn(rows).toReversed()) {
    const usedBefore = used;
    for (let position = 0; 2 * position < names.length; position += 1) {
      const [worlds, stamp] = names.subarray(2 * position);
      const held = [...(worlds! & 1 ? [`off ${stamp}`] : []), ...(worlds! & 2 ? [`on ${stamp}`] : [])].filter(
        (name) => inUse.has(name) && !found.has(name),
      );
      for (const name of held) found.add(name);
      stored += 1;
      if (held.length > 0) used += 1;
    }
    expect(used, `segment ${id} is of use`).toBeGreaterThan(usedBefore);
  }
  expect(stored).toBeLessThanOrEqual(2 * used + GARBAGE_ALLOWED);
}

/** All rows of a disk, as text. */
export function rowsOn(disk: MemoryDisk): Map<string, string> {
  return new Map(
    [...disk].map(([key, row]) => [key, row instanceof Uint8Array ? printOf(row) : JSON.stringify(row)]),
  );
}

type LogRow = readonly [key: string, numbers: readonly number[]];

/** The rows of the log on a disk, with the numbers of their records: a list of them, or one by itself as formats 1 and 2 had it. */
function logRowsOn(disk: MemoryDisk): readonly LogRow[] {
  return [...disk.keys()].flatMap((key): readonly LogRow[] => {
    const [kind, first, last] = JSON.parse(key) as [string, number, number];
    if (kind === 'event') return [[key, [first]]];
    if (kind !== 'events') return [];
    const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
    const row = disk.get(key);
    // `null`: it was removed.
    return [[key, numbers.filter((_, at) => !Array.isArray(row) || row[at] !== null)]];
  });
}

/** The numbers of the records that are on a disk, ascending. */
export function recordsOn(disk: MemoryDisk): readonly number[] {
  return logRowsOn(disk)
    .flatMap(([, numbers]) => numbers)
    .sort((one, other) => one - other);
}

/** Changes what lies on a disk for a record, wherever that is. */
export function changeRecord(disk: MemoryDisk, number: number, change: (record: object) => unknown): void {
  for (const [key, numbers] of logRowsOn(disk)) {
    if (!numbers.includes(number)) continue;
    const row = disk.get(key);
    const [, first] = JSON.parse(key) as [string, number];
    // The row itself may be that of a copy of the disk too.
    const changed = Array.isArray(row)
      ? row.with(number - first, change(row[number - first] as object))
      : change(row as object);
    disk.set(key, changed);
  }
}

/** What lies on a disk for a record. */
export function recordOn(disk: MemoryDisk, number: number): unknown {
  let found: unknown;
  changeRecord(disk, number, (record) => (found = record));
  return found;
}

/** A disk as format 2 had it: a row for each record. */
export function asFormat2(disk: MemoryDisk): MemoryDisk {
  const old: MemoryDisk = new Map();
  for (const number of recordsOn(disk)) old.set(JSON.stringify(['event', number]), recordOn(disk, number));
  for (const [key, row] of disk) if (!key.startsWith('["events"')) old.set(key, row);
  return old.set('["meta"]', { ...(disk.get('["meta"]') as object), format: 2 });
}
