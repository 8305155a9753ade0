import type { EventId } from '../core/catalogue/event-id';
import type { FaultNumber } from '../core/fault';
import { EVENT_WORDS } from './catalogue-events';
import { DIFF_VOLUME, LIVE_VOLUME } from './phrase';

/** The text of a line of the System log. `fault`: what struck just before, where that is known. */
export function sentenceOfEventId(eventId: EventId, fault: FaultNumber | null): string {
  // Event 14 names the disk that failed: the live one when an old block could not be read.
  const isLive = eventId === 14 && fault === 6;
  const isUnknown = eventId === 14 && fault === null;
  return EVENT_WORDS[eventId](LIVE_VOLUME, isLive ? LIVE_VOLUME : isUnknown ? 'a disk' : DIFF_VOLUME);
}
