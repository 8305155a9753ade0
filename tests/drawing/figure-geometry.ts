import { brokenConditions } from '../../src/core/condition';
import type { Machine } from '../../src/core/machine';
import type { Rect } from '../../src/drawing/geometry';
import type { FigureGeometry } from '../../src/drawing/parts';
import { tagOfCondition, type TagName } from '../../src/drawing/tag';

function rect(x: number, y: number, width: number, height: number): Rect {
  return { x, y, width, height };
}

function tagsOf(machine: Machine, at: (index: number) => Rect): ReadonlyMap<TagName, Rect> {
  const names: readonly TagName[] = [
    ...brokenConditions(machine.conditions).map(tagOfCondition),
    ...(machine.clusterOfflinePrepared ? ['clusterOfflinePrepared' as const] : []),
    ...(machine.pendingUntilMs === null ? [] : ['snapshotsPending' as const]),
  ];
  return new Map(names.map((name, index) => [name, at(index)]));
}

function cardsOf(machine: Machine, at: (index: number) => Rect): ReadonlyMap<number, Rect> {
  return new Map(Array.from({ length: machine.nextSnapshot - 1 }, (_, index) => [index + 1, at(index)]));
}

/** A stage as a browser lays it out in a window of 1280 pixels with two worlds. */
export function wideStage(machine: Machine): FigureGeometry {
  return {
    width: 582,
    height: 600,
    bottom: 304,
    radius: 10,
    program: rect(0, 106, 83, 68),
    gate: rect(105, 80, 42, 137),
    live: { rect: rect(180, 56, 168, 168), columns: 8, gap: 2 },
    lane: rect(356, 32, 48, 210),
    diff: { rect: rect(414, 56, 168, 168), columns: 8, gap: 2 },
    cards: cardsOf(machine, (index) => rect(122 + 112 * index, 264, 104, 34)),
    tags: tagsOf(machine, (index) => rect(335, 264 + 26 * index, 247, 26)),
    verdict: rect(335, 0, 247, 26),
    texts: [rect(180, 32, 85, 20), rect(414, 32, 95, 20), rect(414, 228, 150, 17), rect(367, 228, 28, 17)],
    numbers: [],
  };
}

/** The same in a window of 360 pixels, one part below the other. */
export function narrowStage(machine: Machine): FigureGeometry {
  return {
    width: 294,
    height: 1100,
    bottom: 800,
    radius: 10,
    program: rect(0, 60, 83, 68),
    gate: rect(0, 136, 230, 20),
    live: { rect: rect(0, 190, 278, 278), columns: 8, gap: 2 },
    lane: rect(0, 480, 294, 56),
    diff: { rect: rect(0, 570, 290, 70), columns: 16, gap: 2 },
    cards: cardsOf(machine, (index) => rect(112 * index, 700, 104, 34)),
    tags: tagsOf(machine, (index) => rect(0, 745 + 26 * index, 247, 26)),
    verdict: rect(0, 26, 247, 26),
    texts: [rect(0, 164, 100, 20), rect(0, 545, 95, 20), rect(0, 644, 150, 17)],
    numbers: [],
  };
}
