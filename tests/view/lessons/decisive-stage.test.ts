import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/core/command';
import { explain } from '../../../src/core/describe/why/why';
import { History } from '../../../src/core/history';
import { carryOn, commandsOf } from '../../../src/core/lesson/replay-lesson';
import type { WorldId } from '../../../src/core/scenario';
import { FAULT_LESSONS, FOUNDATIONS } from '../../../src/lessons/all-lessons';
import { broken, oneWorld, readSnapshot, SNAPSHOT, write } from '../../../src/lessons/making';
import { decisiveStage } from '../../../src/view/lessons/decisive-stage';

/** What is played, as the types of its events. */
function playedAfter(world: WorldId, ...commands: readonly Command[]): readonly (string | undefined)[] {
  const history = new History(oneWorld(world));
  carryOn(history, commands);
  const { from, to } = decisiveStage(history, 0);
  return Array.from({ length: to - from }, (_, index) => history.momentAt(from + index + 1).events[0]?.type);
}

describe('the decisive stage', () => {
  test('of a first write is the copy, from the look-up to the overwrite', () => {
    const played = playedAfter('off', write(5, 'Monday'), SNAPSHOT, write(5, 'Tuesday'));
    expect(played.at(-1)).toBe('blockOverwritten');
    expect(played).toEqual(
      expect.arrayContaining(['blockLookedUp', 'oldBlockRead', 'blockCopied', 'copyRecorded']),
    );
  });

  test('of a write that needs no copy is its look-up', () => {
    const played = playedAfter('off', SNAPSHOT, write(5, 'Monday'), write(5, 'Tuesday'));
    expect(played.at(-1)).toBe('blockLookedUp');
    expect(played).not.toContain('blockCopied');
  });

  test.each([
    ['off', 'snapshotsLost'],
    ['on', 'volumeWentOffline'],
  ] as const)('of a fault with protection %s goes from its striking to what gave', (world, given) => {
    const played = playedAfter(world, SNAPSHOT, broken('diffDataWritesFail'), write(5, 'Monday'));
    expect(played).toContain('faultMet');
    expect(played.at(-1)).toBe(given);
    // One sees what it put an end to.
    expect(played[0]).toBe('oldBlockRead');
  });

  test('of a deletion and of a read is just that', () => {
    expect(playedAfter('off', SNAPSHOT, { type: 'deleteSnapshot', snapshot: 1 })).toEqual([
      'snapshotDeleted',
    ]);
    expect(playedAfter('off', SNAPSHOT, readSnapshot(1, 5))).toEqual(['readCompleted']);
  });

  test('of nothing is nothing', () => {
    expect(decisiveStage(new History(oneWorld('off')), 0)).toEqual({ from: 0, to: 0 });
  });
});

test('every prediction of every lesson has one, within its last command, and with causes to tell', () => {
  let predictions = 0;
  for (const lesson of [...FOUNDATIONS, ...FAULT_LESSONS]) {
    const history = new History(lesson.scenario);
    carryOn(history, lesson.before);
    for (const beat of lesson.beats) {
      carryOn(history, commandsOf(beat));
      if (beat.kind !== 'predict') continue;
      predictions += 1;
      const { start } = history.entries.at(-1)!;
      for (const worldIndex of lesson.scenario.worlds.keys()) {
        const { from, to } = decisiveStage(history, worldIndex);
        expect(from, lesson.id).toBeGreaterThanOrEqual(start);
        expect(to, lesson.id).toBeGreaterThan(from);
        expect(to, lesson.id).toBeLessThanOrEqual(history.length);
        expect(explain(history, to, worldIndex), `${lesson.id}: ${beat.question}`).not.toEqual([]);
      }
    }
  }
  expect(predictions).toBeGreaterThan(15);
});

test('the faults that need no write are shown from their beginning', () => {
  const played = playedAfter('on', SNAPSHOT, { type: 'detachDiffVolume' });
  expect(played).toContain('faultMet');
  expect(played[0]).toBe('diffVolumeDetached');
});
