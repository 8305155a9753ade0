import { describe, expect, it } from 'vitest';
import type { FaultNumber } from '../../../src/core/fault';
import { centre } from '../../../src/drawing/geometry';
import { beforeThe, frameAt, historyOf, marksOfKind, runHistory, STAGE } from './stage';

describe('what the last step changed', () => {
  const history = runHistory(7, ['on']);
  const bracketsAt = (time: number) => marksOfKind(frameAt(history, time), 'brackets');

  it.for([
    'copyRecorded',
    'blockOverwritten',
    'writeTurnedAway',
    'volumeWentOffline',
    'snapshotInstalled',
  ] as const)('is enclosed after %s, and no longer when the next step is well under way', (type) => {
    const after = beforeThe(history, type) + 1;
    expect(bracketsAt(after).length).toBeGreaterThan(0);
    for (const { opacity } of bracketsAt(after)) expect(opacity).toBe(1);
    expect(bracketsAt(after + 0.5)).toEqual([]);
  });

  it('is the gate when it shuts', () => {
    const [brackets] = bracketsAt(beforeThe(history, 'volumeWentOffline') + 1);
    expect(centre(brackets!.rect)).toEqual(centre(STAGE.gate));
  });

  it('is nothing where nothing was: an area without slots', () => {
    const deleted = historyOf([{ type: 'createSnapshot' }, { type: 'deleteSnapshot', snapshot: 1 }], ['off']);
    const released = beforeThe(deleted, 'areaReleased') + 1;
    expect(marksOfKind(frameAt(deleted, released), 'brackets')).toEqual([]);
  });
});

it.for([1, 2, 4, 5, 6, 8, 9, 10, 11, 14, 16] as readonly FaultNumber[])(
  'fault %i is named where it was met, in both worlds',
  (fault) => {
    const history = runHistory(fault, ['off', 'on']);
    for (const world of [0, 1]) {
      const positions = Array.from({ length: history.length }, (_, position) => position + 1);
      const met = positions.find((at) => history.momentAt(at).events[world]?.type === 'faultMet')!;
      const [named] = marksOfKind(frameAt(history, met, world), 'cross').filter(
        (cross) => cross.fault === fault,
      );
      const [striking] = marksOfKind(frameAt(history, met - 0.001, world), 'cross').filter(
        (cross) => cross.fault === fault,
      );
      expect(named?.at).toEqual(striking?.at);
      expect(named?.size).toBeCloseTo(striking!.size, 0);
    }
  },
);
