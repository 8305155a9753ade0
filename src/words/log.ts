import type { LogRow } from '../core/describe/log';
import { sentenceOfEventId } from './event-text';
import { sentenceOfEvent } from './events';
import { grouped } from './phrase';
import { sentenceOfRefusal } from './refusals';

/** The text of a row of the event log. */
export function sentenceOfRow(row: LogRow): string {
  const sentence = sentenceOfOne(row);
  return row.more === undefined ? sentence : `${sentence} So do the next ${grouped(row.more)}.`;
}

function sentenceOfOne({ what, fault }: LogRow): string {
  if ('refused' in what) return `Refused. ${sentenceOfRefusal(what.refused.refusal)}`;
  const { event } = what;
  return event.type === 'eventLogged' ? sentenceOfEventId(event.eventId, fault) : sentenceOfEvent(event);
}
