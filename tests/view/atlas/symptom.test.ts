import { expect, test } from 'vitest';
import { faultEntry } from '../../../src/core/catalogue/fault';
import type { EventId } from '../../../src/core/catalogue/event-id';
import { eventsWith, outcomesLike, symptomNamed, type Sighting } from '../../../src/view/atlas/symptom';
import { FAULT_NUMBERS } from '../../../src/view/atlas/run-atlas';

const NOTHING: Sighting = { symptom: null, event: null, occasion: null };

const faultsLike = (sighting: Partial<Sighting>): readonly number[] => [
  ...new Set(outcomesLike({ ...NOTHING, ...sighting }).map(({ fault }) => fault)),
];

test('an event of the range from 80 to 94 names its fault, whatever else is known', () => {
  for (const fault of FAULT_NUMBERS) {
    const { eventSnapshot } = faultEntry(fault);
    if (eventSnapshot === null) continue;
    expect(faultsLike({ symptom: 'offline', event: eventSnapshot })).toEqual([fault]);
    expect(faultsLike({ symptom: 'vanished', event: eventSnapshot })).toEqual([]);
  }
});

test('vanished snapshots are those of protection off, an offline volume is one of protection on', () => {
  const levels = (sighting: Partial<Sighting>): readonly string[] => [
    ...new Set(outcomesLike({ ...NOTHING, ...sighting }).map(({ level }) => level)),
  ];
  expect(levels({ symptom: 'vanished' })).toEqual(['ORIGINAL_VOLUME']);
  expect(levels({ symptom: 'offline' })).toEqual(['SNAPSHOT']);
  expect(levels({ symptom: 'writes-fail' })).toEqual(['SNAPSHOT']);
});

test.each<[EventId, readonly number[]]>([
  [14, [6, 7, 13]],
  [25, [9]],
  [33, [8]],
  [35, [8, 10]],
  [36, [8]],
])('vanished snapshots with event %i lead to faults %j', (event, faults) => {
  expect(faultsLike({ symptom: 'vanished', event })).toEqual(faults);
});

test('when it was noticed tells further, and what does not fit together leads nowhere', () => {
  expect(faultsLike({ symptom: 'offline', occasion: 'online' })).toEqual([1, 2, 12, 16]);
  expect(faultsLike({ symptom: 'offline', occasion: 'otherwise' })).toEqual([11, 14, 15]);
  expect(faultsLike({ symptom: 'vanished', event: 'none' })).toEqual([11]);
  expect(faultsLike({ event: 87, occasion: 'online' })).toEqual([]);
});

test('the events on offer are those that the outcomes left', () => {
  expect(eventsWith('vanished')).toEqual(expect.arrayContaining([14, 25, 33, 35, 36]));
  expect(eventsWith('vanished')).not.toContain(87);
  expect(eventsWith('offline')).toContain(87);
});

test('a link names a symptom or none', () => {
  expect(symptomNamed('offline')).toBe('offline');
  expect(symptomNamed('<b>')).toBeNull();
  expect(symptomNamed(null)).toBeNull();
});
