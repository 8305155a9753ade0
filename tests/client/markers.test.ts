/** The timeline's spans and markers come from numbers that the history keeps. Here they are held against the events. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextMarker, timelineSpans } from '../../src/client/markers';
import { kindOfEvent, type EventKind } from '../../src/core/describe/event-kind';
import type { History } from '../../src/core/history';
import { burst, create, detach, SETTINGS, write } from '../core/given';
import { actOn, BOTH_WORLDS, historyOf, laboratoriesOf } from '../core/laboratories';

const RUNS = 60;

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

const MARKS = {
  faultMet: 'fault',
  snapshotInstalled: 'snapshot',
  volumeCameOnline: 'online',
} as Record<string, string>;

/** A span as its events tell it. */
function toldBy(history: History, index: number): { kind: EventKind; markers: readonly string[] } {
  const { start } = history.entries[index]!;
  const markers = new Set<string>();
  let kind: EventKind = 'time';
  for (const events of history.derive(index).outcome.events) {
    for (const [step, event] of events.entries()) {
      const other = kindOfEvent(event);
      if (weightOf(other) > weightOf(kind)) kind = other;
      const mark = MARKS[event.type] ?? (other === 'loss' || other === 'block' ? other : null);
      if (mark !== null) markers.add(`${start + step + 1} ${mark}`);
    }
  }
  return { kind, markers: [...markers].sort() };
}

function weightOf(kind: EventKind): number {
  return ORDER.findIndex((kinds) => kinds.includes(kind));
}

describe('the spans of a timeline', () => {
  it('tell the weightiest kind of event, and every place worth jumping to', () => {
    fc.assert(
      fc.property(laboratoriesOf(30), ({ scenario, commands }) => {
        const history = historyOf(scenario, commands);
        const spans = timelineSpans(history);
        expect(spans.map(({ entry }) => entry)).toEqual(history.entries);
        spans.forEach(({ kind, markers }, index) => {
          const told = markers.map((marker) => `${marker.position} ${marker.kind}`);
          expect({ kind, markers: [...told].sort() }).toEqual(toldBy(history, index));
          const positions = markers.map(({ position }) => position);
          expect(positions).toEqual([...positions].sort((a, b) => a - b));
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('are made once, and grow with the history', () => {
    const history = historyOf({ settings: SETTINGS, worlds: BOTH_WORLDS }, [create, write(0, 'A')]);
    const spans = timelineSpans(history);
    expect(timelineSpans(history)).toBe(spans);
    actOn(history, detach);
    const grown = timelineSpans(history);
    expect(grown).toHaveLength(3);
    expect(grown.slice(0, 2).every((span, index) => span === spans[index])).toBe(true);
    expect(spans).toHaveLength(2);
  });
});

describe('the next marker', () => {
  it('is the nearest one in either direction, or the end', () => {
    fc.assert(
      fc.property(laboratoriesOf(30), ({ scenario, commands }) => {
        const history = historyOf(scenario, commands);
        const positions = timelineSpans(history).flatMap(({ markers }) =>
          markers.map(({ position }) => position),
        );
        for (let at = 0; at <= history.length; at += 1) {
          const after = positions.find((position) => position > at) ?? history.length;
          const before = positions.findLast((position) => position < at) ?? 0;
          expect([nextMarker(history, at, 1), nextMarker(history, at, -1)]).toEqual([after, before]);
        }
      }),
      { numRuns: RUNS },
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
