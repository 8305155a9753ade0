import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/core/command';
import { kindOfEvent, type EventKind } from '../../src/core/describe/event-kind';
import { digestOf, weightierKind } from '../../src/core/digest';
import type { Event } from '../../src/core/event';
import { create, given, givenProtected, read, unexpectedError, write } from './given';
import { historyOf, laboratoriesOf } from './laboratories';

/** From the least to the most that is worth telling; those in one place weigh the same. */
const ORDER: readonly (readonly EventKind[])[] = [
  ['time'],
  ['log'],
  ['write', 'read'],
  ['growth'],
  ['environment', 'protection'],
  ['copy'],
  ['snapshot'],
  ['block', 'loss'],
];

function weightOf(kind: EventKind): number {
  return ORDER.findIndex((kinds) => kinds.includes(kind));
}

describe('the digest of a command', () => {
  it('tells the weightiest kind of event, the first of several', () => {
    fc.assert(
      fc.property(laboratoriesOf(30), ({ scenario, commands }) => {
        const history = historyOf(scenario, commands);
        for (const { index, digests } of history.entries) {
          history.derive(index).outcome.events.forEach((events, world) => {
            const kinds: readonly EventKind[] = ['time', ...events.map(kindOfEvent)];
            const heaviest = Math.max(...kinds.map(weightOf));
            expect(digests[world]!.kind).toBe(kinds.find((kind) => weightOf(kind) === heaviest));
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('prefers the first of two kinds that weigh the same', () => {
    expect([weightierKind('loss', 'block'), weightierKind('block', 'loss')]).toEqual(['loss', 'block']);
    expect([weightierKind('time', 'copy'), weightierKind('copy', 'time')]).toEqual(['copy', 'copy']);
  });

  it('counts writes, copies and the time from request to answer', () => {
    const { events } = given()
      .after(write(0, 'A'), create)
      .when(write(0, 'B', 2), write(0, 'C'));
    expect(digestOf(events)).toEqual({
      events: events.length,
      kind: 'copy',
      completed: 2,
      failed: 0,
      copies: 2,
      latencySumMs: 9,
      latencyMaxMs: 8,
      notable: [],
    });
  });

  it('keeps what is notable, with its step and its time, but not what says too much', () => {
    const { events } = givenProtected().after(create).when(read(0), unexpectedError, read(0));
    const digest = digestOf(events);
    expect(digest).toMatchObject({ events: events.length, failed: 1, kind: 'block' });
    expect(digest.notable.map(({ step, event }) => events[step - 1] === event)).not.toContain(false);
    expect(digest.notable.map(({ event }) => event.type)).toContain('readFailed');
    expect(digest.notable.map(({ event }) => event.type)).not.toContain('readCompleted');
    expect(digest.notable.every(({ afterMs }) => afterMs === 1)).toBe(true);
  });

  it('keeps the first of very many writes that are turned away, and counts the rest', () => {
    const writes = Uint32Array.from({ length: 2 * 200 }, (_, at) => (at % 2 === 0 ? at % 4 : 1));
    const replay: Command = { type: 'replayWrites', from: 0, writes };
    const { events } = givenProtected().after(create, unexpectedError).when(replay);
    const digest = digestOf(events);
    const turned = digest.notable.filter(({ event }) => event.type === 'writeTurnedAway');

    expect([digest.failed, digest.events]).toEqual([200, 400]);
    expect(turned.map(({ more }) => more)).toEqual([...new Array<number>(63).fill(0), 136]);
    expect(turned.map(({ requests }) => requests)).toEqual(turned.map((_, index) => index + 1));
  });

  it('is empty for no events', () => {
    const nothing: readonly Event[] = [];
    expect(digestOf(nothing)).toMatchObject({ events: 0, kind: 'time', notable: [] });
  });
});
