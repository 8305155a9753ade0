import { alertOf } from '../core/describe/event-kind';
import type { Event } from '../core/event';
import type { FaultNumber } from '../core/fault';
import type { Entry } from '../core/history';

/** Positions (steps) between which something was so; `to` is `null` while it still is. */
interface Stretch {
  readonly from: number;
  readonly to: number | null;
}

export interface SnapshotLife extends Stretch {
  readonly snapshot: number;
  /** It was not deleted because somebody wanted that. */
  readonly isLost: boolean;
}

/** A fault from where it was met to where it was cleared: at once where the volume recorded none, because it went on. */
export interface FaultBand extends Stretch {
  readonly fault: FaultNumber;
}

/** What the whole of a path did to one world, for its lanes and for the sentences beside them. */
export interface WorldFacts {
  /** In the order in which they were taken. */
  readonly lives: readonly SnapshotLife[];
  readonly faults: readonly FaultBand[];
  /** Reads and writes that were answered, and those that came back with an error. */
  readonly completed: number;
  readonly failed: number;
}

export function factsOfWorld(entries: readonly Entry[], world: number): WorldFacts {
  const facts = new Facts();
  for (const entry of entries) facts.add(entry, world);
  return facts.finish();
}

/** A digest counts the writes that were completed; an entry that is about a read is one read, and it did or did not fail. */
export function completedIn({ digests }: Entry, world: number): number {
  const { completed, failed, kind } = digests[world]!;
  return kind === 'read' && failed === 0 ? 1 : completed;
}

type Open<Item extends Stretch> = { -readonly [Key in keyof Item]: Item[Key] };

class Facts {
  readonly #lives: Open<SnapshotLife>[] = [];
  readonly #living = new Map<number, Open<SnapshotLife>>();
  readonly #faults: Open<FaultBand>[] = [];
  #completed = 0;
  #failed = 0;

  add(entry: Entry, world: number): void {
    const { failed, notable } = entry.digests[world]!;
    this.#completed += completedIn(entry, world);
    this.#failed += failed;
    for (const { step, event } of notable) this.#happen(event, entry.start + step);
  }

  #happen(event: Event, position: number): void {
    const fault = this.#faults.at(-1);
    switch (event.type) {
      case 'snapshotInstalled':
        return this.#take(event.snapshot, position);
      case 'snapshotDeleted':
        return this.#end(event.snapshot, position, alertOf(event) === 'loss');
      case 'snapshotsLost':
        return event.snapshots.forEach((snapshot) => this.#end(snapshot, position, true));
      case 'faultMet':
        this.#faults.push({ fault: event.fault, from: position, to: position });
        return;
      case 'faultRecorded':
        if (fault !== undefined) fault.to = null;
        return;
      case 'faultCleared':
        if (fault !== undefined) fault.to = position;
        return;
      default:
    }
  }

  #take(snapshot: number, from: number): void {
    const life = { snapshot, from, to: null, isLost: false };
    this.#lives.push(life);
    this.#living.set(snapshot, life);
  }

  #end(snapshot: number, position: number, isLost: boolean): void {
    const life = this.#living.get(snapshot);
    if (life === undefined) return;
    life.to = position;
    life.isLost = isLost;
    this.#living.delete(snapshot);
  }

  finish(): WorldFacts {
    return {
      lives: this.#lives,
      faults: this.#faults,
      completed: this.#completed,
      failed: this.#failed,
    };
  }
}
