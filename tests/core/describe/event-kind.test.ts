import { describe, expect, it } from 'vitest';
import { alertOf, kindOfEvent, spokenEvent } from '../../../src/core/describe/event-kind';
import type { Event } from '../../../src/core/event';
import { eventsOf, FAULTS, scenario, story, storyOfFault } from './told';

function happened(history: ReturnType<typeof story>, worldIndex: number): readonly Event[] {
  return eventsOf(history).flatMap((told) => (told.worldIndex === worldIndex ? [told.event] : []));
}

describe('alerts', () => {
  it.each(FAULTS)(
    'of fault %i: lost snapshots with protection off, blocked I/O with it on, each once a loss',
    (fault) => {
      const history = storyOfFault(fault);
      const alerts = [0, 1].map((world) => happened(history, world).flatMap((event) => alertOf(event) ?? []));
      expect(new Set(alerts[0])).toEqual(new Set(['loss']));
      expect(alerts[1]).toEqual(['block']);
    },
  );

  it('stay silent when a snapshot is deleted on request or the volume is taken offline by hand', () => {
    const history = story(scenario(), [
      { type: 'createSnapshot' },
      { type: 'deleteSnapshot', snapshot: 1 },
      { type: 'takeOffline' },
    ]);
    expect(happened(history, 0).filter((event) => alertOf(event) !== null)).toEqual([]);
  });
});

describe('the announcement of a beat', () => {
  it('is the copy of a write that made one, and the loss of a write that could not', () => {
    const history = storyOfFault(7, ['off']);
    const spoken = history.entries.map(
      ({ index }) => spokenEvent(history.derive(index).outcome.events[0]!)?.type,
    );
    expect(spoken).toEqual([
      'writeCompleted',
      'writeCompleted',
      'writeCompleted',
      'snapshotInstalled',
      'copyRecorded',
      'conditionBroken',
      'snapshotsLost',
      'writeCompleted',
      'readCompleted',
    ]);
  });

  it('is nothing where nothing happened', () => {
    expect(spokenEvent([])).toBeNull();
  });
});

it('gives an event the kind of what it means, not only of what it is', () => {
  expect(kindOfEvent({ type: 'snapshotDeleted', snapshot: 1, reason: 'userLimit' })).toBe('loss');
  expect(kindOfEvent({ type: 'snapshotDeleted', snapshot: 1, reason: 'requested' })).toBe('snapshot');
  const offline = { type: 'volumeWentOffline', before: 'online' } as const;
  expect(kindOfEvent({ ...offline, access: 'offlineForProtection' })).toBe('block');
  expect(kindOfEvent({ ...offline, access: 'offlineForCluster' })).toBe('environment');
});
