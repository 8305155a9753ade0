import { expect, it } from 'vitest';
import type { FaultNumber } from '../../../src/core/fault';
import { centre } from '../../../src/drawing/geometry';
import type { Mark, ParcelMark } from '../../../src/drawing/motion/mark';
import { frameAt, runHistory, STAGE } from './stage';

const FAULTS = Array.from({ length: 16 }, (_, index) => (index + 1) as FaultNumber);

function placesOf(mark: Mark): readonly { readonly x: number; readonly y: number }[] {
  if ('rect' in mark) return [centre(mark.rect)];
  if ('points' in mark) return mark.points;
  return mark.kind === 'line' ? [mark.from, mark.to] : [mark.at];
}

/** What is wrong with where a mark lies, or how much of it is seen. */
function isMisplaced(mark: Mark): boolean {
  const opacity = 'opacity' in mark ? mark.opacity : 1;
  const isOnStage = placesOf(mark).every(
    ({ x, y }) => x > -20 && x < STAGE.width + 20 && y > -20 && y < STAGE.height + 20,
  );
  return !isOnStage || !(opacity >= 0 && opacity <= 1);
}

it.for(FAULTS)('fault %i: marks lie on the stage, in every moment of both worlds', (fault) => {
  const history = runHistory(fault, ['off', 'on']);
  const misplaced: unknown[] = [];
  for (let time = 0; time <= history.length; time += 0.25) {
    const marks = [...frameAt(history, time, 0), ...frameAt(history, time, 1)];
    misplaced.push(...marks.filter(isMisplaced).map((mark) => ({ time, mark })));
  }
  expect(misplaced).toEqual([]);
});

it.for(FAULTS)('fault %i: backward, the frames are those of forward in reverse', (fault) => {
  const times = Array.from({ length: 4 * runHistory(fault, ['on']).length + 1 }, (_, index) => index / 4);
  const frames = (order: readonly number[]): readonly unknown[] => {
    const history = runHistory(fault, ['off', 'on']);
    return order.map((time) => [frameAt(history, time, 0), frameAt(history, time, 1)]);
  };
  expect(frames(times.toReversed()).toReversed()).toEqual(frames(times));
});

it.for(FAULTS)('fault %i: nothing jumps where one step ends and the next begins', (fault) => {
  const history = runHistory(fault, ['off', 'on']);
  const HAIR = 1e-4;
  const jumps: unknown[] = [];
  for (let position = 1; position < history.length; position += 1) {
    for (const world of [0, 1]) {
      const resting = parcelsOf(frameAt(history, position, world));
      const around = [position - HAIR, position + HAIR].map((time) =>
        parcelsOf(frameAt(history, time, world)),
      );
      // What rests was there before and is there after: whoever waits stands where they came to.
      const lonely = resting.filter(
        (one) => !around.every((others) => others.some((other) => isSame(one, other))),
      );
      jumps.push(...lonely.map((mark) => ({ position, world, mark })));
    }
  }
  expect(jumps).toEqual([]);
});

/** Contents that can be seen. */
function parcelsOf(marks: readonly Mark[]): readonly ParcelMark[] {
  return marks.flatMap((mark) => (mark.kind === 'parcel' && mark.opacity > 0.1 ? [mark] : []));
}

function isSame(one: ParcelMark, other: ParcelMark): boolean {
  return one.stamp === other.stamp && Math.hypot(one.at.x - other.at.x, one.at.y - other.at.y) < 1;
}
