import { kindOfEvent, type EventKind } from '../core/describe/event-kind';
import type { Entry, History } from '../core/history';

/** What the timeline shows of a command: its place, and the weightiest thing that happened in it. */
export interface TimelineSpan {
  readonly entry: Entry;
  readonly kind: EventKind;
  /** Positions worth jumping to: after these steps a snapshot was there, a fault was met, something gave. */
  readonly markers: readonly Marker[];
}

interface Marker {
  readonly position: number;
  readonly kind: 'snapshot' | 'fault' | 'loss' | 'block' | 'online';
}

const MARKED: Partial<Record<EventKind, Marker['kind']>> = { loss: 'loss', block: 'block' };

const spans = new WeakMap<Entry, TimelineSpan>();

/** The spans of a history, oldest first. Each is worked out once. */
export function timelineSpans(history: History): readonly TimelineSpan[] {
  return history.entries.map((entry) => {
    const known = spans.get(entry);
    if (known !== undefined) return known;
    const span = spanOf(history, entry);
    spans.set(entry, span);
    return span;
  });
}

function spanOf(history: History, entry: Entry): TimelineSpan {
  const markers = new Map<string, Marker>();
  let kind: EventKind = 'time';
  let weight = -1;
  for (const events of history.derive(entry.index).outcome.events) {
    events.forEach((event, step) => {
      const eventKind = kindOfEvent(event);
      if (weightOf(eventKind) > weight) {
        weight = weightOf(eventKind);
        kind = eventKind;
      }
      const marked = event.type === 'faultMet' ? 'fault' : markOf(event.type, eventKind);
      const position = entry.start + step + 1;
      if (marked !== null) markers.set(`${marked} ${position}`, { position, kind: marked });
    });
  }
  return { entry, kind, markers: [...markers.values()].sort((a, b) => a.position - b.position) };
}

function markOf(type: string, kind: EventKind): Marker['kind'] | null {
  if (type === 'snapshotInstalled') return 'snapshot';
  if (type === 'volumeCameOnline') return 'online';
  return MARKED[kind] ?? null;
}

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

function weightOf(kind: EventKind): number {
  return WEIGHTS[kind];
}

/** The nearest marker after (or before) a position; the end (or the start) when there is none. */
export function nextMarker(history: History, position: number, direction: 1 | -1): number {
  const positions = timelineSpans(history).flatMap((span) => span.markers.map((marker) => marker.position));
  const found =
    direction > 0
      ? positions.find((marker) => marker > position)
      : positions.findLast((marker) => marker < position);
  return found ?? (direction > 0 ? history.length : 0);
}
