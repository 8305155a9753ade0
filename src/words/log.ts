import type { LogRow } from '../core/describe/log';
import { sentenceOfEventId } from './event-text';
import { sentenceOfEvent } from './events';
import { sentenceOfRefusal } from './refusals';

/** The text of a row of the event log. */
export function sentenceOfRow({ what, fault }: LogRow): string {
  if ('refused' in what) return `Refused. ${sentenceOfRefusal(what.refused.refusal)}`;
  const { event } = what;
  return event.type === 'eventLogged' ? sentenceOfEventId(event.eventId, fault) : sentenceOfEvent(event);
}
