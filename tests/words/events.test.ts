import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/core/event';
import { sentenceOfEventId } from '../../src/words/event-text';
import { sentenceOfEvent, titleOfEvent } from '../../src/words/events';
import { ALL_EVENTS, EVENTS } from './samples';

const LONGEST = 110;

/** The numbers of an event that a reader has to be told, as they are read: names are not grouped, amounts are. */
function tellingNumbers(event: Event): readonly string[] {
  const keys = ['slot', 'snapshot', 'fault', 'eventId'] as const;
  const own = event as Readonly<Partial<Record<(typeof keys)[number], number>>>;
  const isNamedInWords =
    event.type === 'faultRecorded' || event.type === 'faultCleared' || event.type === 'writeFailed';
  const numbers = keys.flatMap((key) => (key === 'fault' && isNamedInWords ? [] : (own[key] ?? [])));
  const block = 'block' in event ? [event.block] : 'request' in event ? [event.request.block] : [];
  const amounts = 'addedBlocks' in event ? [event.addedBlocks.toLocaleString('en')] : [];
  return [...[...numbers, ...block].map(String), ...amounts];
}

describe('the words of every event', () => {
  it.each(ALL_EVENTS.map((event) => [event.type, event] as const))('%s: %o', (_, event) => {
    const sentence = sentenceOfEvent(event);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(/undefined|NaN|null|\[object| {2}|\.\./);
    // The text of a System-log event is the catalogue's, and some of those are long.
    if (event.type !== 'eventLogged') expect(sentence.length, sentence).toBeLessThanOrEqual(LONGEST);
    for (const number of tellingNumbers(event)) expect(sentence).toContain(number);
    expect(titleOfEvent(event).split(' ').length).toBeLessThanOrEqual(4);
  });
});

it('names the stages of a write as they are named everywhere', () => {
  const stages = [
    ...([
      'writeRequested',
      'gatePassed',
      'blockLookedUp',
      'memoryAllocated',
      'slotTaken',
      'oldBlockRead',
    ] as const),
    ...(['blockCopied', 'copyRecorded', 'blockOverwritten', 'writeCompleted'] as const),
  ];
  const titles = stages.map((type) => titleOfEvent(EVENTS[type][0]!));
  expect(titles.join(', ')).toBe(
    'Request, Gate, Look up, Memory, Space, Read, Copy, Record, Overwrite, Complete',
  );
});

it('says the same sentence of no two events that differ in kind', () => {
  const sentences = ALL_EVENTS.map(sentenceOfEvent);
  expect(new Set(sentences).size).toBe(sentences.length);
});

it('accuses the disk that failed, and none while that is unknown', () => {
  expect(sentenceOfEventId(14, 6)).toContain('writing C: failed');
  expect(sentenceOfEventId(14, 7)).toContain('writing D: failed');
  expect(sentenceOfEventId(14, null)).toContain('writing a disk failed');
});
