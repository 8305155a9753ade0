import { assert } from '../assert';
import type { Command } from '../command';
import type { Event } from '../event';
import type { FaultNumber } from '../fault';
import type { Entry, History } from '../history';
import type { Access } from '../machine';
import type { ProtectionLevel } from '../protection';
import { STARTING_LEVELS } from '../scenario';
import { replayedRequests } from '../workload';
import type { Interlude } from './replay-commands';

/** What a replay came to at one level, as the engine carried it out. Records count from 0. */
export interface LevelOutcome {
  /** At the beginning. */
  readonly level: ProtectionLevel;
  /** The first fault that was met, and by which record; `null`: none. */
  readonly fault: { readonly fault: FaultNumber; readonly atRecord: number } | null;
  /** Those of the plan that could be taken. */
  readonly snapshotsTaken: number;
  readonly snapshotsLost: number;
  /** When the first of them was lost; `null`: never. */
  readonly lossAtRecord: number | null;
  /** When the volume was blocked; `null`: never. */
  readonly offlineAtRecord: number | null;
  readonly access: Access;
  /** Requests that were completed, and those that came back with an error. */
  readonly completedWrites: number;
  readonly failedWrites: number;
  /** Blocks that hold something else than at the beginning. */
  readonly uniqueBlocksWritten: number;
  /** By the snapshots of the plan: the copies made while each was the newest that had been taken. */
  readonly copiesPerSnapshot: readonly number[];
}

/** What is known of a replay besides its log. */
interface ReplayFacts {
  /** Of the plan. */
  readonly snapshots: number;
  /** In the order of the log; those that were refused in every world are not in it. */
  readonly interludes: readonly Interlude[];
  readonly recordOfRequest: (request: number) => number;
}

/** What each world of a history made of the replay that it holds, and nothing else: a job that can rest. */
export function* outcomesOfReplay(
  history: History,
  facts: ReplayFacts,
): Generator<void, readonly LevelOutcome[]> {
  const records = recordsOfInterludes(history, facts.interludes);
  const outcomes: LevelOutcome[] = [];
  for (const [index, world] of history.scenario.worlds.entries()) {
    yield;
    const machine = history.machines[index]!;
    const found = new Finder(index, records, facts);
    for (const entry of history.entries) found.add(entry);
    outcomes.push({
      level: STARTING_LEVELS[world],
      fault: found.fault,
      snapshotsTaken: found.snapshotsTaken,
      snapshotsLost: machine.snapshotsLost,
      lossAtRecord: found.lossAtRecord,
      offlineAtRecord: found.offlineAtRecord,
      access: machine.access,
      completedWrites: machine.host.completed,
      failedWrites: machine.host.failed,
      uniqueBlocksWritten: countWritten(machine.live),
      copiesPerSnapshot: found.copiesPerSnapshot,
    });
  }
  return outcomes;
}

/** By the index of an entry. */
type InterludeRecords = ReadonlyMap<number, Interlude>;

function recordsOfInterludes(history: History, interludes: readonly Interlude[]): InterludeRecords {
  const found = new Map<number, Interlude>();
  let at = 0;
  let requests = 0;
  for (const { index, record } of history.entries) {
    const { command } = record.instruction;
    if (command.type === 'replayWrites') {
      requests = command.from + replayedRequests(command);
      continue;
    }
    while (at < interludes.length && !isOf(interludes[at]!, command, requests)) at += 1;
    const interlude = interludes[at];
    assert(interlude !== undefined, 'a replay does what it was told, in that order');
    found.set(index, interlude);
    at += 1;
  }
  return found;
}

function isOf({ command, request }: Interlude, done: Command, requests: number): boolean {
  return request === requests && JSON.stringify(command) === JSON.stringify(done);
}

/** Looks for what mattered in one world. */
class Finder {
  readonly #world: number;
  readonly #interludes: InterludeRecords;
  readonly #facts: ReplayFacts;
  readonly copiesPerSnapshot: number[];
  fault: LevelOutcome['fault'] = null;
  snapshotsTaken = 0;
  lossAtRecord: number | null = null;
  offlineAtRecord: number | null = null;
  /** The place in the plan of the newest snapshot that was taken. */
  #newest = -1;

  constructor(world: number, interludes: InterludeRecords, facts: ReplayFacts) {
    this.#world = world;
    this.#interludes = interludes;
    this.#facts = facts;
    this.copiesPerSnapshot = Array.from({ length: facts.snapshots }, () => 0);
  }

  add(entry: Entry): void {
    const { copies, notable } = entry.digests[this.#world]!;
    if (copies > 0) this.copiesPerSnapshot[this.#newest]! += copies;
    for (const { requests, event } of notable) this.#look(entry, requests, event);
  }

  #look(entry: Entry, requests: number, event: Event): void {
    if (event.type === 'snapshotInstalled') {
      this.snapshotsTaken += 1;
      this.#newest = this.#placeOf(entry);
    } else if (event.type === 'faultMet') {
      this.fault ??= { fault: event.fault, atRecord: this.#recordAt(entry, requests) };
    } else if (event.type === 'volumeWentOffline' && event.access === 'offlineForProtection') {
      this.offlineAtRecord ??= this.#recordAt(entry, requests);
    } else if (event.type === 'snapshotsLost' || event.type === 'snapshotDeleted') {
      this.lossAtRecord ??= this.#recordAt(entry, requests);
    }
  }

  /** Snapshots of the plan that were refused in every world have their place all the same. */
  #placeOf({ index }: Entry): number {
    const { interludes } = this.#facts;
    const creations = interludes.filter(({ command }) => command.type === 'createSnapshot');
    return creations.indexOf(this.#interludes.get(index)!);
  }

  #recordAt({ index, record }: Entry, requests: number): number {
    const { command } = record.instruction;
    if (command.type !== 'replayWrites') return this.#interludes.get(index)!.record;
    return this.#facts.recordOfRequest(command.from + requests - 1);
  }
}

function countWritten(live: { readonly chunks: readonly Uint32Array[] }): number {
  let written = 0;
  for (const chunk of live.chunks) {
    for (let index = 0; index < chunk.length; index += 1) if (chunk[index] !== 0) written += 1;
  }
  return written;
}
