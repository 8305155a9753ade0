import { describe, expect, it } from 'vitest';
import type { Event } from '../../../src/core/event';
import { cellRect, centre } from '../../../src/drawing/geometry';
import type { Mark } from '../../../src/drawing/motion/mark';
import { before, beforeThe, frameAt, marksOfKind, runHistory, STAGE } from './stage';

function oldParcels(marks: readonly Mark[]) {
  return marksOfKind(marks, 'parcel').filter(({ tone }) => tone === 'old');
}

describe('the old block', () => {
  const history = runHistory(7, ['on']);
  const read = before(history, (event: Event) => event.type === 'oldBlockRead' && event.block === 9);
  const copied = before(history, (event: Event) => event.type === 'blockCopied' && event.block === 9);
  const place = (time: number) => oldParcels(frameAt(history, time))[0];

  it('is one object from its place in the volume to its slot', () => {
    expect(place(read + 0.001)?.at.x).toBeCloseTo(centre(cellRect(STAGE.live, 9)).x, 0);
    expect(place(read + 0.999)?.at.x).toBeCloseTo(place(copied + 0.001)!.at.x, 0);
    expect(place(read + 0.999)?.at.y).toBeCloseTo(place(copied + 0.001)!.at.y, 0);
    expect(place(copied + 0.999)?.at.x).toBeCloseTo(centre(cellRect(STAGE.diff, 0)).x, 0);
    for (let time = read + 0.1; time < copied + 1; time += 0.1) expect(place(time)?.stamp).toBe(1);
  });

  it('is never drawn twice', () => {
    for (let time = 0; time < history.length; time += 0.1) {
      expect(oldParcels(frameAt(history, time)).length, `at ${time}`).toBeLessThanOrEqual(1);
    }
  });

  it('is lifted on its way', () => {
    expect(place(read + 0.5)!.size).toBeGreaterThan(place(read + 0.01)!.size);
    expect(place(read + 0.99)!.size).toBeCloseTo(place(read + 0.01)!.size, 0);
  });

  it('goes back to its place when the write fails, for no live block has changed', () => {
    const failed = beforeThe(history, 'writeFailed');
    expect(place(failed + 0.999)?.at.x).toBeCloseTo(centre(cellRect(STAGE.live, 18)).x, 0);
    expect(place(failed + 0.999)?.stamp).toBe(2);
  });
});

it('a content that has been overwritten leaves an outline until the write is answered', () => {
  const history = runHistory(7, ['on']);
  const answered = before(
    history,
    (event) => event.type === 'writeCompleted' && event.request.block === 9 && event.request.stamp > 3,
  );
  const outlines = (time: number) =>
    marksOfKind(frameAt(history, time), 'ring').filter(
      ({ dashed, tone, opacity }) => dashed && tone === 'old' && opacity > 0.5,
    );

  expect(outlines(answered)).toHaveLength(1);
  expect(outlines(answered + 0.999)).toHaveLength(0);
});

describe('a fault', () => {
  it('is crossed where it was met, and stays there in a blocked volume until it is cleared', () => {
    const history = runHistory(7, ['on']);
    const met = beforeThe(history, 'faultMet');
    const crossAt = (time: number) =>
      marksOfKind(frameAt(history, time), 'cross').find(({ fault }) => fault === 7)?.at;

    expect(crossAt(met)).toBeUndefined();
    expect(crossAt(met + 0.5)).toEqual(centre(cellRect(STAGE.diff, 1)));
    for (let position = met + 1; position <= history.length; position += 1) {
      expect(crossAt(position)).toEqual(centre(cellRect(STAGE.diff, 1)));
    }
  });

  it('that took the snapshots leaves its cross until the next command', () => {
    const history = runHistory(7, ['off']);
    const met = beforeThe(history, 'faultMet');
    const next = history.entryBefore(met + 1)!.start + history.entryBefore(met + 1)!.record.steps;
    const isCrossed = (time: number): boolean =>
      marksOfKind(frameAt(history, time), 'cross').some(({ fault }) => fault === 7);

    expect(isCrossed(next)).toBe(true);
    expect(isCrossed(next + 1)).toBe(false);
  });
});
