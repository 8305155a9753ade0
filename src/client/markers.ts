import { kindOfEvent, type EventKind } from '../core/describe/event-kind';
import type { EventType } from '../core/event';
import type { Entry, History } from '../core/history';

/** Events worth jumping to: after them a snapshot was there, a fault was met, the volume was back. */
const MARKED_TYPES: ReadonlySet<EventType> = new Set([
  'faultMet',
  'snapshotInstalled',
  'volumeCameOnline',
] satisfies EventType[]);

/** Those in which something gave. */
const MARKED_KINDS: ReadonlySet<EventKind> = new Set(['loss', 'block'] satisfies EventKind[]);

/** The positions worth jumping to in an entry, in order: whatever marks them is notable. */
function markersOf({ digests, start }: Entry): readonly number[] {
  const marked = digests
    .flatMap(({ notable }) => notable)
    .filter(({ event }) => MARKED_TYPES.has(event.type) || MARKED_KINDS.has(kindOfEvent(event)));
  return marked.map(({ step }) => start + step).sort((a, b) => a - b);
}

/** The nearest marker after (or before) a position; the end (or the start) when there is none. */
export function nextMarker(history: History, position: number, direction: 1 | -1): number {
  const { entries } = history;
  const first = history.entryBefore(direction > 0 ? position + 1 : position)?.index ?? -1;
  for (let index = first; index >= 0 && index < entries.length; index += direction) {
    const markers = markersOf(entries[index]!);
    const found =
      direction > 0 ? markers.find((at) => at > position) : markers.findLast((at) => at < position);
    if (found !== undefined) return found;
  }
  return direction > 0 ? history.length : 0;
}
