/** Markers come from numbers that the history keeps. Here they are held against the events. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextMarker } from '../../src/client/markers';
import { kindOfEvent } from '../../src/core/describe/event-kind';
import type { History } from '../../src/core/history';
import { burst, create, detach, SETTINGS } from '../core/given';
import { BOTH_WORLDS, historyOf, laboratoriesOf } from '../core/laboratories';

const MARKED = ['faultMet', 'snapshotInstalled', 'volumeCameOnline'];

/** The positions of all markers, as the events tell them. */
function positionsToldBy(history: History): readonly number[] {
  const positions = history.entries.flatMap(({ index, start }) =>
    history.derive(index).outcome.events.flatMap((events) =>
      events.flatMap((event, step) => {
        const isMarked = MARKED.includes(event.type) || ['loss', 'block'].includes(kindOfEvent(event));
        return isMarked ? [start + step + 1] : [];
      }),
    ),
  );
  return positions.sort((a, b) => a - b);
}

describe('the next marker', () => {
  it('is the nearest one in either direction, or the end', () => {
    fc.assert(
      fc.property(laboratoriesOf(30), ({ scenario, commands }) => {
        const history = historyOf(scenario, commands);
        const positions = positionsToldBy(history);
        for (let at = 0; at <= history.length; at += 1) {
          const after = positions.find((position) => position > at) ?? history.length;
          const before = positions.findLast((position) => position < at) ?? 0;
          expect([nextMarker(history, at, 1), nextMarker(history, at, -1)]).toEqual([after, before]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is found far away', () => {
    const many = Array.from({ length: 200 }, () => burst(0, 8));
    const history = historyOf({ settings: SETTINGS, worlds: BOTH_WORLDS }, [create, ...many, detach]);
    const first = nextMarker(history, 0, 1);
    const second = nextMarker(history, first, 1);
    expect(history.momentAt(first).events[0]?.type).toBe('snapshotInstalled');
    expect(history.momentAt(second).events[0]?.type).toBe('faultMet');
    expect(nextMarker(history, second, -1)).toBe(first);
  });
});
