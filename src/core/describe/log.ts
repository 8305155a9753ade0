import { EVENT_ENTRIES, type EventId, type EventSeverity } from '../catalogue/event-id';
import type { RefusedCommand } from '../refusal';
import type { Event, EventType } from '../event';
import type { FaultNumber } from '../fault';
import type { Entry, History } from '../history';
import type { Machine } from '../machine';
import type { WorldId } from '../scenario';
import type { Outcome } from '../step';

/** A line of the event log. What volsnap would have logged and what the laboratory adds are kept apart by `source`. */
export interface LogRow {
  /** The position after the step that it belongs to. */
  readonly position: number;
  readonly world: WorldId;
  readonly worldIndex: number;
  /** On the virtual clock of its world. */
  readonly timeMs: number;
  readonly source: 'volsnap' | 'lab';
  readonly severity: EventSeverity;
  readonly eventId: EventId | null;
  /** The fault that the row reports, by its own ID or as the fault that struck just before. */
  readonly fault: FaultNumber | null;
  readonly what: { readonly event: Event } | { readonly refused: RefusedCommand };
}

/** What the laboratory itself puts on record: requests that came back with an error, and what people and surroundings did. */
const LAB_SEVERITIES: Readonly<Partial<Record<EventType, EventSeverity>>> = {
  writeFailed: 'error',
  writeTurnedAway: 'error',
  readFailed: 'error',
  growthRefused: 'warning',
  growthAbandoned: 'warning',
  conditionBroken: 'warning',
  conditionRepaired: 'information',
  diffVolumeDetached: 'warning',
  diffVolumeAttached: 'information',
  externalWriteRefused: 'warning',
  externalWriteLanded: 'warning',
  unexpectedErrorOccurred: 'warning',
  clusterFailoverFinished: 'information',
  snapshotInstalled: 'information',
  snapshotDeleted: 'information',
  snapshotsLost: 'information',
  levelChanged: 'information',
  faultCleared: 'information',
  volumeWentOffline: 'information',
  volumeCameOnline: 'information',
  snapshotsPending: 'warning',
  snapshotsActivated: 'information',
};

interface Place {
  readonly world: WorldId;
  readonly worldIndex: number;
  /** The position before the first step. */
  readonly start: number;
  readonly clockMs: number;
}

function rowsOfWorld(place: Place, events: readonly Event[]): readonly LogRow[] {
  const { world, worldIndex, start } = place;
  const rows: LogRow[] = [];
  let timeMs = place.clockMs;
  let struck: FaultNumber | null = null;
  events.forEach((event, step) => {
    if ('tookMs' in event) timeMs += event.tookMs;
    if (event.type === 'faultMet') struck = event.fault;
    const common = { position: start + step + 1, world, worldIndex, timeMs, what: { event } };
    if (event.type === 'eventLogged') {
      const { eventId } = event;
      const { severity } = EVENT_ENTRIES[eventId];
      rows.push({ ...common, source: 'volsnap', severity, eventId, fault: struck });
      return;
    }
    const severity = LAB_SEVERITIES[event.type];
    if (severity !== undefined)
      rows.push({ ...common, source: 'lab', severity, eventId: null, fault: struck });
  });
  return rows;
}

/** The rows of one command, both worlds in the order of the steps. */
export function rowsOfEntry(
  worlds: readonly WorldId[],
  entry: Entry,
  before: readonly Machine[],
  outcome: Outcome,
): readonly LogRow[] {
  const rows = worlds.flatMap((world, worldIndex): readonly LogRow[] => {
    const clockMs = before[worldIndex]?.clockMs ?? 0;
    const place = { world, worldIndex, start: entry.start, clockMs };
    const refusal = outcome.refusals[worldIndex] ?? null;
    if (refusal === null) return rowsOfWorld(place, outcome.events[worldIndex] ?? []);
    const refused = { command: entry.record.instruction.command.type, refusal };
    const row: LogRow = {
      position: entry.start + Math.min(1, entry.record.steps),
      world,
      worldIndex,
      timeMs: clockMs,
      source: 'lab',
      severity: 'warning',
      eventId: null,
      fault: null,
      what: { refused },
    };
    return [row, ...rowsOfWorld(place, outcome.events[worldIndex] ?? [])];
  });
  return rows.sort((a, b) => a.position - b.position);
}

/** The rows of the steps after position `from` up to and including `to`. The commands in between are derived in order. */
export function systemLog(history: History, from = 0, to = history.length): readonly LogRow[] {
  const rows: LogRow[] = [];
  const { worlds } = history.scenario;
  const first = history.entryBefore(from + 1)?.index ?? 0;
  for (const entry of history.entries.slice(first)) {
    if (entry.start >= to) break;
    const { before, outcome } = history.derive(entry.index);
    for (const row of rowsOfEntry(worlds, entry, before, outcome)) {
      if (row.position > from && row.position <= to) rows.push(row);
    }
  }
  return rows;
}
