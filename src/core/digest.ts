import type { Event, EventType } from './event';
import type { FaultNumber } from './fault';
import type { Access, Machine } from './machine';

/** Something other than an ordinary stage of a write, in its place: after step `step` (from 1) of its entry. */
interface Notable {
  readonly step: number;
  readonly event: Event;
}

/** What an entry did to one world, in numbers: enough for the timeline and for the plots without all of its events. */
export interface Digest {
  readonly events: number;
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

/** The stages of a write, and the passing of time: what happens so often that only its number is kept. */
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
] satisfies EventType[]);

/** Counts events as they happen. */
class Tally {
  #events = 0;
  #completed = 0;
  #failed = 0;
  #copies = 0;
  #latencySumMs = 0;
  #latencyMaxMs = 0;
  /** Virtual time since the request under way arrived; a write that was cut has none that began here. */
  #requestMs = 0;
  readonly #notable: Notable[] = [];

  add(event: Event): void {
    this.#events += 1;
    if ('tookMs' in event) this.#requestMs += event.tookMs;
    if (event.type === 'writeRequested') this.#requestMs = 0;
    else if (event.type === 'copyRecorded') this.#copies += 1;
    else if (event.type === 'writeCompleted') this.#complete(this.#requestMs);
    else if (FAILURES.has(event.type)) this.#failed += 1;
    if (!ORDINARY.has(event.type)) this.#notable.push({ step: this.#events, event });
  }

  #complete(latencyMs: number): void {
    this.#completed += 1;
    this.#latencySumMs += latencyMs;
    this.#latencyMaxMs = Math.max(this.#latencyMaxMs, latencyMs);
  }

  finish(): Digest {
    return {
      events: this.#events,
      completed: this.#completed,
      failed: this.#failed,
      copies: this.#copies,
      latencySumMs: this.#latencySumMs,
      latencyMaxMs: this.#latencyMaxMs,
      notable: this.#notable,
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

export function sampleOf(machine: Machine): Sample {
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
