import { kindOfEvent, type EventKind } from '../core/describe/event-kind';
import { weightierKind } from '../core/digest';
import type { Event } from '../core/event';
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

const MARKED_TYPES: Partial<Record<Event['type'], Marker['kind']>> = {
  faultMet: 'fault',
  snapshotInstalled: 'snapshot',
  volumeCameOnline: 'online',
};

const MARKED_KINDS: Partial<Record<EventKind, Marker['kind']>> = { loss: 'loss', block: 'block' };

const NO_MARKERS: readonly Marker[] = [];

const known = new WeakMap<History, readonly TimelineSpan[]>();

/** The spans of a history, oldest first: a new list when it has grown, the same one otherwise. */
export function timelineSpans(history: History): readonly TimelineSpan[] {
  const spans = known.get(history) ?? [];
  const { entries } = history;
  if (spans.length === entries.length) return spans;
  const grown = spans.concat(entries.slice(spans.length).map(spanOf));
  known.set(history, grown);
  return grown;
}

function spanOf(entry: Entry): TimelineSpan {
  const kind = entry.digests.map((digest) => digest.kind).reduce(weightierKind);
  return { entry, kind, markers: markersOf(entry) };
}

function markersOf({ digests, start }: Entry): readonly Marker[] {
  if (digests.every(({ notable }) => notable.length === 0)) return NO_MARKERS;
  const markers = new Map<string, Marker>();
  for (const { step, event } of digests.flatMap(({ notable }) => notable)) {
    const kind = MARKED_TYPES[event.type] ?? MARKED_KINDS[kindOfEvent(event)];
    const position = start + step;
    if (kind !== undefined) markers.set(`${kind} ${position}`, { position, kind });
  }
  return markers.size === 0 ? NO_MARKERS : [...markers.values()].sort((a, b) => a.position - b.position);
}

/** The nearest marker after (or before) a position; the end (or the start) when there is none. */
export function nextMarker(history: History, position: number, direction: 1 | -1): number {
  const { entries } = history;
  const first = history.entryBefore(direction > 0 ? position + 1 : position)?.index ?? -1;
  for (let index = first; index >= 0 && index < entries.length; index += direction) {
    const positions = markersOf(entries[index]!).map((marker) => marker.position);
    const found =
      direction > 0 ? positions.find((at) => at > position) : positions.findLast((at) => at < position);
    if (found !== undefined) return found;
  }
  return direction > 0 ? history.length : 0;
}
