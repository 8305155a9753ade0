import { EVENT_ENTRIES, type EventId, type EventSeverity } from '../catalogue/event-id';
import type { RefusedCommand } from '../refusal';
import type { Digest } from '../digest';
import type { Event, EventType } from '../event';
import type { FaultNumber } from '../fault';
import type { Entry, History } from '../history';
import type { WorldId } from '../scenario';

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
  /** How many more like it followed at once, without rows of their own. */
  readonly more?: number;
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

/** Whatever is told of is notable, so that no event has to be decided again for it. */
function rowsOfWorld({ world, worldIndex, start, clockMs }: Place, { notable }: Digest): readonly LogRow[] {
  const rows: LogRow[] = [];
  let struck: FaultNumber | null = null;
  for (const { step, afterMs, event, more } of notable) {
    if (event.type === 'faultMet') struck = event.fault;
    const timeMs = clockMs + afterMs;
    const place = { position: start + step, world, worldIndex, timeMs, what: { event } };
    const common = more > 0 ? { ...place, more } : place;
    const severity = LAB_SEVERITIES[event.type];
    if (event.type === 'eventLogged') {
      const { eventId } = event;
      const { severity: loggedAs } = EVENT_ENTRIES[eventId];
      rows.push({ ...common, source: 'volsnap', severity: loggedAs, eventId, fault: struck });
    } else if (severity !== undefined) {
      rows.push({ ...common, source: 'lab', severity, eventId: null, fault: struck });
    }
  }
  return rows;
}

/** The rows of one command, both worlds in the order of the steps. */
function rowsOfEntry(
  history: History,
  { index, record, start, digests, refusals }: Entry,
): readonly LogRow[] {
  const rows = history.scenario.worlds.flatMap((world, worldIndex): readonly LogRow[] => {
    const place = { world, worldIndex, start, clockMs: clockBefore(history, index, worldIndex) };
    const refusal = refusals[worldIndex] ?? null;
    if (refusal === null) return rowsOfWorld(place, digests[worldIndex]!);
    const refused = { command: record.instruction.command.type, refusal };
    const row: LogRow = {
      position: start + Math.min(1, record.steps),
      world,
      worldIndex,
      timeMs: place.clockMs,
      source: 'lab',
      severity: 'warning',
      eventId: null,
      fault: null,
      what: { refused },
    };
    return [row, ...rowsOfWorld(place, digests[worldIndex]!)];
  });
  return rows.sort((a, b) => a.position - b.position);
}

function clockBefore(history: History, entryIndex: number, worldIndex: number): number {
  const before = history.entries[entryIndex - 1]?.samples ?? history.momentAt(0).machines;
  return before[worldIndex]!.clockMs;
}

/** The rows of the steps after position `from` up to and including `to`. */
export function systemLog(history: History, from = 0, to = history.length): readonly LogRow[] {
  const rows: LogRow[] = [];
  const { entries } = history;
  for (let index = history.entryBefore(from + 1)?.index ?? 0; index < entries.length; index += 1) {
    const entry = entries[index]!;
    if (entry.start >= to) break;
    if (!isTold(entry)) continue;
    for (const row of rowsOfEntry(history, entry)) {
      if (row.position > from && row.position <= to) rows.push(row);
    }
  }
  return rows;
}

function isTold({ digests, refusals }: Entry): boolean {
  return digests.some(({ notable }) => notable.length > 0) || refusals.some((refusal) => refusal !== null);
}
