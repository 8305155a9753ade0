import { fold } from '../evolve';
import type { Event, LossReason, SnapshotDeletionReason } from '../event';
import type { FaultNumber } from '../fault';
import type { Entry, History, Moment } from '../history';
import type { Machine } from '../machine';

/** Where a fault was met: the block and the slot in hand, and how far the diff area reached. */
export interface MetFault {
  readonly fault: FaultNumber;
  readonly block: number | null;
  readonly slot: number | null;
  readonly allocated: number;
}

/** How a snapshot ended: deleted for one of these reasons, or lost with all others. */
export type SnapshotEnding = SnapshotDeletionReason | LossReason['kind'];

/** What the past of a world has left to be seen at a moment, beyond its machine. */
export interface Traces {
  /** The last fault, until the next command; until it is cleared where it blocks the volume. */
  readonly fault: MetFault | null;
  /** `null`: the snapshot has not ended. */
  readonly endingOf: (snapshot: number) => SnapshotEnding | null;
}

/** Deleted by the learner's own command, not given up. */
export function isAsked(ending: SnapshotEnding): boolean {
  return ending === 'requested' || ending === 'revert';
}

interface Past {
  readonly faults: { readonly position: number; readonly entry: Entry; readonly met: MetFault }[];
  /** By snapshot. A number is given once on a path, so each snapshot ends once. */
  readonly endings: Map<number, { readonly position: number; readonly ending: SnapshotEnding }>;
}

interface Index {
  entries: number;
  readonly worlds: readonly Past[];
}

/** A history only grows, so what was found in it once stays. */
const indexes = new WeakMap<History, Index>();

export function tracesAt(history: History, moment: Moment, worldIndex: number): Traces {
  const { position } = moment;
  const { faults, endings } = indexOf(history).worlds[worldIndex]!;
  const last = faults.findLast((fault) => fault.position <= position);
  const isFelt =
    last !== undefined &&
    (last.entry === moment.entry || moment.machines[worldIndex]?.fault === last.met.fault);
  return {
    fault: isFelt ? last.met : null,
    endingOf(snapshot) {
      const ended = endings.get(snapshot);
      return ended !== undefined && ended.position <= position ? ended.ending : null;
    },
  };
}

function indexOf(history: History): Index {
  const index = indexes.get(history) ?? {
    entries: 0,
    worlds: history.scenario.worlds.map(() => ({ faults: [], endings: new Map() })),
  };
  indexes.set(history, index);
  for (; index.entries < history.entries.length; index.entries += 1) {
    const entry = history.entries[index.entries]!;
    entry.digests.forEach(({ notable }, world) => {
      for (const { step, event } of notable)
        note(index.worlds[world]!, history, { entry, world, step }, event);
    });
  }
  return index;
}

interface Place {
  readonly entry: Entry;
  readonly world: number;
  readonly step: number;
}

function note(past: Past, history: History, place: Place, event: Event): void {
  const position = place.entry.start + place.step;
  if (event.type === 'snapshotDeleted') {
    past.endings.set(event.snapshot, { position, ending: event.reason });
  } else if (event.type === 'snapshotsLost') {
    for (const snapshot of event.snapshots)
      past.endings.set(snapshot, { position, ending: event.reason.kind });
  } else if (event.type === 'faultMet') {
    const met = metFault(machineBefore(history, place), event.fault);
    past.faults.push({ position, entry: place.entry, met });
  }
}

function machineBefore(history: History, { entry, world, step }: Place): Machine {
  const { before, outcome } = history.derive(entry.index);
  return fold(before[world]!, outcome.events[world]!.slice(0, step - 1));
}

export function metFault({ request, allocated }: Machine, fault: FaultNumber): MetFault {
  const block = request === null ? null : request.block + Math.min(request.done, request.count - 1);
  return { fault, block, slot: request?.slot ?? null, allocated };
}
