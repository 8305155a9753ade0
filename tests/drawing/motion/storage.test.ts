import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/core/command';
import { cellRect } from '../../../src/drawing/geometry';
import { beforeThe, frameAt, historyOf, marksOfKind, runHistory, STAGE } from './stage';

const write = (block: number): Command => ({
  type: 'write',
  block,
  count: 1,
  content: { kind: 'pattern', seed: 1 },
});

it('slots are laid one by one, from the edge of what is allocated', () => {
  const commands: Command[] = [{ type: 'createSnapshot' }, ...[0, 1, 2, 3, 4, 5, 6, 7].map(write)];
  const history = historyOf(commands, ['off']);
  const grown = beforeThe(history, 'growthCompleted');
  const laid = (portion: number): readonly number[] =>
    marksOfKind(frameAt(history, grown + portion), 'ring')
      .filter(({ tone, rect }) => tone === 'neutral' && rect.x > STAGE.diff.rect.x - 4)
      .map(({ opacity }) => opacity);

  expect(laid(0.5)).toHaveLength(8);
  expect(laid(0.5)).toEqual(laid(0.5).toSorted((a, b) => b - a));
  expect(laid(0.5).at(0)).toBe(1);
  expect(laid(0.5).at(-1)).toBe(0);
  expect(Math.min(...laid(0.9999))).toBeGreaterThan(0.99);
});

describe('more slots than can be told apart', () => {
  const settings = { blockCount: 1_024, diffVolumeBlocks: 1_024, initialBlocks: 512, maximumBlocks: null };
  const writes: Command = {
    type: 'writeBurst',
    ...{ order: 'sequential', block: 0, span: 1_024, from: 0, writes: 300, seed: 1 },
  };
  const below = (slot: number): number => cellRect(STAGE.diff, slot).y + cellRect(STAGE.diff, slot).height;

  it('are laid as one', () => {
    const history = historyOf([{ type: 'createSnapshot' }], ['off'], settings);
    const rings = marksOfKind(frameAt(history, beforeThe(history, 'snapshotInstalled') + 0.5), 'ring');
    const [laid] = rings.filter(({ tone }) => tone === 'neutral');

    expect(rings.filter(({ tone }) => tone === 'neutral')).toHaveLength(1);
    expect(laid!.rect.y + laid!.rect.height).toBeCloseTo(below(511) + 2);
  });

  it('are crossed out as one, from the first to the last of them', () => {
    const failing: Command = { type: 'break', condition: { name: 'diffDataWritesFail' } };
    const lost = historyOf([{ type: 'createSnapshot' }, writes, failing, write(700)], ['off'], settings);
    const crosses = marksOfKind(frameAt(lost, beforeThe(lost, 'snapshotsLost') + 0.9999), 'cross');
    const marks = crosses.filter(({ fault }) => fault === null);

    expect(marks).toHaveLength(1);
    expect(marks[0]!.at.y).toBeCloseTo((cellRect(STAGE.diff, 0).y + below(299)) / 2);
  });

  it('are emptied as one', () => {
    const deleted: Command = { type: 'deleteSnapshot', snapshot: 1 };
    const history = historyOf([{ type: 'createSnapshot' }, writes, deleted], ['off'], settings);
    const veils = marksOfKind(frameAt(history, beforeThe(history, 'areaReleased') + 0.5), 'veil');

    expect(veils).toHaveLength(1);
    expect(veils[0]!.rect.y + veils[0]!.rect.height).toBeCloseTo(below(299));
  });
});

describe('a snapshot that goes', () => {
  const crosses = (history: ReturnType<typeof historyOf>, time: number): number =>
    marksOfKind(frameAt(history, time), 'cross').filter(({ fault, opacity }) => fault === null && opacity > 0)
      .length;

  it('lost: its slots are crossed out, and stay so until they are released', () => {
    const history = runHistory(9, ['off']);
    const lost = beforeThe(history, 'snapshotsLost');
    const { used } = history.momentAt(lost).machines[0]!;

    expect(crosses(history, lost)).toBe(0);
    expect(crosses(history, lost + 0.9999)).toBe(used);
    expect(crosses(history, lost + 1)).toBe(used);
  });

  it('deleted as asked: nothing is crossed out, its slots only empty', () => {
    const history = historyOf(
      [{ type: 'createSnapshot' }, write(0), { type: 'deleteSnapshot', snapshot: 1 }],
      ['off'],
    );
    const released = beforeThe(history, 'areaReleased');

    for (let time = beforeThe(history, 'snapshotDeleted'); time <= history.length; time += 0.25) {
      expect(crosses(history, time)).toBe(0);
    }
    expect(marksOfKind(frameAt(history, released + 0.9999), 'veil')).toMatchObject([
      { rect: cellRect(STAGE.diff, 0) },
    ]);
  });
});

describe('the line that growth cannot cross', () => {
  const limitOf = (maximumBlocks: number | null) => {
    const [limit] = marksOfKind(frameAt(historyOf([], ['off'], { maximumBlocks }), 0), 'limit');
    return limit;
  };

  it('lies below the last row that the maximum allows', () => {
    const below = cellRect(STAGE.diff, 32).y - 1;
    expect(limitOf(32)).toMatchObject({ isEnd: false });
    expect(limitOf(32)?.points.map(({ y }) => y)).toEqual([below, below]);
  });

  it('goes around the slots of a row that is not full', () => {
    const points = limitOf(20)!.points;
    expect(points.map(({ y }) => y)).toEqual([
      cellRect(STAGE.diff, 24).y - 1,
      cellRect(STAGE.diff, 24).y - 1,
      cellRect(STAGE.diff, 20).y - 1,
      cellRect(STAGE.diff, 20).y - 1,
    ]);
    expect(points[1]?.x).toBe(cellRect(STAGE.diff, 20).x - 1);
  });

  it('is the end of the volume where nothing else stops it', () => {
    expect(limitOf(null)).toMatchObject({ isEnd: true });
    expect(limitOf(null)?.points[0]?.y).toBe(STAGE.diff.rect.y + STAGE.diff.rect.height + 1);
  });
});

it('what is broken stands at its place before it is met', () => {
  const history = historyOf(
    [{ type: 'createSnapshot' }, { type: 'break', condition: { name: 'diffDataWritesFail' } }],
    ['off'],
  );
  const [badge] = marksOfKind(frameAt(history, history.length), 'badge');

  expect(badge).toMatchObject({ opacity: 1 });
  expect(badge!.at.x).toBeLessThan(STAGE.diff.rect.x);
  expect(badge!.at.x).toBeGreaterThan(STAGE.lane.x);
});
