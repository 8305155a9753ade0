import { kindOfEvent, type EventKind } from './describe/event-kind';
import type { Event, EventType } from './event';
import type { FaultNumber } from './fault';
import type { TableName } from './draft';
import type { Access, Machine } from './machine';
import { WRITES_PER_SLICE } from './workload';

/** Something other than an ordinary stage of a write, in its place: after step `step` (from 1) of its entry. */
interface Notable {
  readonly step: number;
  /** Virtual time from the beginning of the entry to the end of the step. */
  readonly afterMs: number;
  /** Writes of the entry that had been requested by then. */
  readonly requests: number;
  readonly event: Event;
  /** How many more of the same kind followed at once, of which nothing else is kept. */
  readonly more: number;
}

/** Writes that a shut gate turns away are kept one by one up to so many in an entry: a replay has hundreds of thousands. */
const TURNED_AWAY_KEPT = WRITES_PER_SLICE;

type Open<Item> = { -readonly [Key in keyof Item]: Item[Key] };

/** What an entry did to one world, in numbers: enough for the timeline and for the plots without all of its events. */
export interface Digest {
  readonly events: number;
  /** The weightiest kind of event among them; `time` when there are none. */
  readonly kind: EventKind;
  /** Writes that were completed. */
  readonly completed: number;
  /** Reads and writes that came back with an error. */
  readonly failed: number;
  /** Blocks copied and recorded. */
  readonly copies: number;
  /** Virtual time from request to answer, of all completed writes together, and of the slowest one. */
  readonly latencySumMs: number;
  readonly latencyMaxMs: number;
  readonly notable: readonly Notable[];
}

/** The quantities of one world at one moment that are plotted over time. Sizes are blocks of 16 KiB. */
export interface Sample {
  readonly clockMs: number;
  readonly used: number;
  readonly allocated: number;
  /** The most that can be allocated: the maximum, or the capacity of the diff volume where that is less. */
  readonly limit: number;
  /** Snapshots that exist. */
  readonly snapshots: number;
  readonly access: Access;
  readonly fault: FaultNumber | 0;
}

/**
 * What happens so often, or says so much, that only its number is kept: the stages of a write, the passing of time, and
 * the two events that carry a line for every place they looked at or gave back.
 */
const ORDINARY: ReadonlySet<EventType> = new Set([
  'writeRequested',
  'gatePassed',
  'blockLookedUp',
  'memoryAllocated',
  'slotTaken',
  'oldBlockRead',
  'blockCopied',
  'copyRecorded',
  'blockOverwritten',
  'writeCompleted',
  'blockReverted',
  'timePassed',
  'readCompleted',
  'areaReleased',
] satisfies EventType[]);

/** What an entry is about: the kind that weighs most, and of several the one that came first. */
const WEIGHTS: Readonly<Record<EventKind, number>> = {
  time: 0,
  log: 1,
  write: 2,
  read: 2,
  growth: 3,
  environment: 4,
  protection: 4,
  copy: 5,
  snapshot: 6,
  block: 8,
  loss: 8,
};

/** The weightier of two kinds, and the first one when they weigh the same. */
export function weightierKind(first: EventKind, second: EventKind): EventKind {
  return WEIGHTS[second] > WEIGHTS[first] ? second : first;
}

/** Events of a request that is completed without a fault: arrival, gate and answer; of each block look-up and overwrite. */
const EVENTS_OF_REQUEST = 3;
const EVENTS_OF_BLOCK = 2;
const EVENTS_OF_COPY = 5;

/** Requests that were completed without a fault, all together. */
interface QuietWrites {
  readonly requests: number;
  /** Blocks overwritten, and those of them whose old content was copied first. */
  readonly blocks: number;
  readonly copies: number;
  readonly latencySumMs: number;
  readonly latencyMaxMs: number;
}

const NOTHING_NOTABLE: readonly Notable[] = [];

/** Counts events as they happen. */
export class Tally {
  #events = 0;
  #kind: EventKind = 'time';
  #completed = 0;
  #failed = 0;
  #copies = 0;
  #latencySumMs = 0;
  #latencyMaxMs = 0;
  #elapsedMs = 0;
  #requests = 0;
  /** Virtual time since the request under way arrived; a write that was cut has none that began here. */
  #requestMs = 0;
  #notable: Open<Notable>[] | null = null;
  #turnedAway = 0;

  add(event: Event): void {
    this.#events += 1;
    if ('tookMs' in event) {
      this.#elapsedMs += event.tookMs;
      this.#requestMs += event.tookMs;
    }
    if (event.type === 'writeRequested') {
      this.#requestMs = 0;
      this.#requests += 1;
    } else if (event.type === 'copyRecorded') this.#copies += 1;
    else if (event.type === 'writeCompleted') this.#complete(1, this.#requestMs, this.#requestMs);
    else if (FAILURES.has(event.type)) this.#failed += 1;
    this.#weigh(kindOfEvent(event));
    if (ORDINARY.has(event.type)) return;
    if (event.type === 'writeTurnedAway' && this.#isOneOfMany()) return;
    this.#notable ??= [];
    const [step, afterMs, requests] = [this.#events, this.#elapsedMs, this.#requests];
    this.#notable.push({ step, afterMs, requests, event, more: 0 });
  }

  #isOneOfMany(): boolean {
    this.#turnedAway += 1;
    const last = this.#notable?.at(-1);
    if (this.#turnedAway <= TURNED_AWAY_KEPT || last?.event.type !== 'writeTurnedAway') return false;
    last.more += 1;
    return true;
  }

  addWrites({ requests, blocks, copies, latencySumMs, latencyMaxMs }: QuietWrites): void {
    this.#events += requests * EVENTS_OF_REQUEST + blocks * EVENTS_OF_BLOCK + copies * EVENTS_OF_COPY;
    this.#copies += copies;
    this.#requests += requests;
    this.#elapsedMs += latencySumMs;
    this.#complete(requests, latencySumMs, latencyMaxMs);
    this.#weigh(copies > 0 ? 'copy' : 'write');
  }

  #complete(writes: number, latencySumMs: number, latencyMaxMs: number): void {
    this.#completed += writes;
    this.#latencySumMs += latencySumMs;
    this.#latencyMaxMs = Math.max(this.#latencyMaxMs, latencyMaxMs);
  }

  #weigh(kind: EventKind): void {
    if (kind !== this.#kind) this.#kind = weightierKind(this.#kind, kind);
  }

  finish(): Digest {
    return {
      events: this.#events,
      kind: this.#kind,
      completed: this.#completed,
      failed: this.#failed,
      copies: this.#copies,
      latencySumMs: this.#latencySumMs,
      latencyMaxMs: this.#latencyMaxMs,
      notable: this.#notable ?? NOTHING_NOTABLE,
    };
  }
}

const FAILURES: ReadonlySet<EventType> = new Set([
  'writeTurnedAway',
  'writeFailed',
  'readFailed',
] satisfies EventType[]);

export function digestOf(events: readonly Event[]): Digest {
  const tally = new Tally();
  for (const event of events) tally.add(event);
  return tally.finish();
}

export function isSameDigest(first: Digest, second: Digest): boolean {
  return (
    first.events === second.events &&
    first.kind === second.kind &&
    first.completed === second.completed &&
    first.failed === second.failed &&
    first.copies === second.copies &&
    first.latencySumMs === second.latencySumMs &&
    first.latencyMaxMs === second.latencyMaxMs &&
    first.notable.length === second.notable.length &&
    first.notable.every((one, at) => JSON.stringify(one) === JSON.stringify(second.notable[at]))
  );
}

/** Of a machine, or of one under way. */
export function sampleOf(machine: Omit<Machine, TableName>): Sample {
  const { settings, maximumBlocks } = machine;
  return {
    clockMs: machine.clockMs,
    used: machine.used,
    allocated: machine.allocated,
    limit: Math.min(maximumBlocks ?? settings.diffVolumeBlocks, settings.diffVolumeBlocks),
    snapshots: machine.areas.filter((area) => area.exists).length,
    access: machine.access,
    fault: machine.fault,
  };
}
