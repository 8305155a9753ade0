import { describe, expect, it } from 'vitest';
import { createMachine, DEFAULT_SETTINGS, type Machine } from '../../src/core/machine';
import { placeCallouts, type Callout, type Pointer } from '../../src/drawing/callouts';
import { cellRect, centre } from '../../src/drawing/geometry';
import { connect } from '../../src/drawing/legs';
import type { FigureGeometry, Part } from '../../src/drawing/parts';
import { distance, distanceTo, isNear, nearestPoint } from '../../src/drawing/plane';
import { narrowStage, wideStage } from './figure-geometry';

const MACHINE: Machine = { ...createMachine(DEFAULT_SETTINGS, 'SNAPSHOT'), nextSnapshot: 3, allocated: 12 };

const STAGES: readonly (readonly [name: string, geometry: FigureGeometry])[] = [
  ['wide', wideStage(MACHINE)],
  ['narrow', narrowStage(MACHINE)],
];

function pointer(part: Part, index: number): Pointer {
  return { number: index + 1, part, isMissed: false };
}

function placed(parts: readonly Part[], geometry: FigureGeometry): readonly Callout[] {
  return placeCallouts(parts.map(pointer), MACHINE, geometry);
}

const EVERY_PART: readonly Part[] = [
  { kind: 'program' },
  { kind: 'gate' },
  { kind: 'block', block: 27 },
  { kind: 'block', block: 27 },
  { kind: 'buffer' },
  { kind: 'slot', slot: 11 },
  { kind: 'diffArea' },
  { kind: 'cards', snapshots: [1, 2] },
  { kind: 'verdict' },
  { kind: 'program' },
];

describe.each(STAGES)('badges on a %s stage', (_, geometry) => {
  const callouts = placed(EVERY_PART, geometry);

  it('are there for every part, in order', () => {
    expect(callouts.map(({ number }) => number)).toEqual(EVERY_PART.map((_part, index) => index + 1));
  });

  it('do not touch each other, also when they stand for the same part', () => {
    callouts.forEach((one, index) => {
      for (const other of callouts.slice(index + 1)) {
        expect(distance(one.at, other.at), `${one.number} and ${other.number}`).toBeGreaterThan(
          2 * geometry.radius,
        );
      }
    });
  });

  it('cover no cell, no part and no words', () => {
    const { live, diff, program, gate, cards, verdict, texts } = geometry;
    const solid = [live.rect, diff.rect, program, gate, ...cards.values(), verdict!, ...texts];
    for (const { at, number } of callouts) {
      for (const rect of solid) {
        expect(distanceTo(rect, at), `${number}`).toBeGreaterThanOrEqual(geometry.radius);
      }
    }
  });

  it('stay on the stage', () => {
    for (const { at } of callouts) {
      expect(at.x).toBeGreaterThanOrEqual(0);
      expect(at.x).toBeLessThanOrEqual(geometry.width);
      expect(at.y).toBeGreaterThanOrEqual(0);
      expect(at.y + geometry.radius).toBeLessThanOrEqual(geometry.bottom);
    }
  });

  it('are joined to a ring around their part', () => {
    for (const { rings, leader, number } of callouts) {
      const end = leader.at(-1)!;
      const gaps = rings.map((ring) => distance(nearestPoint(ring, end), end));
      expect(Math.min(...gaps), `${number}`).toBeLessThan(2);
    }
  });
});

describe('a leader to a cell', () => {
  it.each(STAGES)('runs between rows or columns and over no other cell, on a %s stage', (_, geometry) => {
    const [callout] = placed([{ kind: 'block', block: 27 }], geometry);
    const corners = callout!.leader.slice(1);
    expect(corners).toHaveLength(2);
    const [outer, inner] = corners as [(typeof corners)[0], (typeof corners)[0]];

    expect(outer.x === inner.x || outer.y === inner.y).toBe(true);
    for (let block = 0; block < 64; block += 1) {
      const cell = cellRect(geometry.live, block);
      for (let step = 0; step <= 20; step += 1) {
        const at = {
          x: outer.x + ((inner.x - outer.x) * step) / 20,
          y: outer.y + ((inner.y - outer.y) * step) / 20,
        };
        expect(distanceTo(cell, at), `block ${block}`).toBeGreaterThan(0);
      }
    }
  });

  it('takes the shortest way out', () => {
    const blocks = [24, 31, 3, 60];
    const [left, right, above, below] = placed(
      blocks.map((block) => ({ kind: 'block', block })),
      wideStage(MACHINE),
    );

    expect(left!.at.x).toBeLessThan(180);
    expect(right!.at.x).toBeGreaterThan(348);
    expect(above!.at.y).toBeLessThan(56);
    expect(below!.at.y).toBeGreaterThan(224);
  });
});

describe('what a part is on the stage', () => {
  const geometry = wideStage(MACHINE);

  it('a snapshot that is not on the shelf has no callout', () => {
    expect(placed([{ kind: 'cards', snapshots: [40] }], geometry)).toEqual([]);
    expect(placed([{ kind: 'tag', tag: 'snapshotsPending' }], geometry)).toEqual([]);
  });

  it('the diff area is its allocated slots, in whole rows', () => {
    const [callout] = placed([{ kind: 'diffArea' }], geometry);
    const ring = callout!.rings[0]!;

    expect(ring.width).toBeCloseTo(168 + 3, 0);
    expect(ring.y + ring.height).toBeCloseTo(
      cellRect(geometry.diff, 15).y + cellRect(geometry.diff, 15).height + 1.5,
      0,
    );
  });

  it('the area of a snapshot is every run of its slots; its card, while it has none', () => {
    const slotArea = MACHINE.slotArea.edit();
    for (const slot of [0, 1, 4, 7, 8]) slotArea.set(slot, 2);
    const machine = { ...MACHINE, slotArea: slotArea.finish() };
    const [own] = placeCallouts([pointer({ kind: 'area', snapshot: 2 }, 0)], machine, geometry);
    const [none] = placeCallouts([pointer({ kind: 'area', snapshot: 1 }, 0)], machine, geometry);

    expect(own!.rings.map((ring) => Math.round(ring.width / 21.5))).toEqual([2, 1, 1, 1]);
    expect(centre(none!.rings[0]!)).toEqual(centre(geometry.cards.get(1)!));
  });
});

describe('arrows', () => {
  const geometry = wideStage(MACHINE);
  const callouts = placed(EVERY_PART, geometry);
  const pairs = callouts.slice(1).map((to, index) => [callouts[index]!, to] as const);
  const legs = connect(pairs, callouts, geometry);

  it('run from the edge of one badge to the edge of the next', () => {
    legs.forEach(({ points }, index) => {
      const [from, to] = pairs[index]!;
      expect(distance(points[0]!, from.at)).toBeCloseTo(geometry.radius + 2, 0);
      expect(distance(points.at(-1)!, to.at)).toBeCloseTo(geometry.radius + 2, 0);
    });
  });

  it('run over no other badge', () => {
    legs.forEach(({ points, from, to }) => {
      for (const other of callouts) {
        if (other.number === from || other.number === to) continue;
        for (const point of points) expect(distance(point, other.at)).toBeGreaterThan(geometry.radius);
      }
    });
  });

  it('bend around words rather than run through them', () => {
    const [left, right] = placed([{ kind: 'program' }, { kind: 'buffer' }], geometry) as [Callout, Callout];
    const middle = { x: (left.at.x + right.at.x) / 2, y: (left.at.y + right.at.y) / 2 };
    const word = { x: middle.x - 4, y: middle.y - 4, width: 8, height: 8 };
    const [leg] = connect([[left, right]], [left, right], { ...geometry, texts: [word] });

    for (const point of leg!.points) expect(distanceTo(word, point)).toBeGreaterThan(0);
  });

  it('are led around words that no bend avoids', () => {
    const calloutAt = (number: number, x: number): Callout => {
      return { number, part: { kind: 'program' }, isMissed: false, at: { x, y: 150 }, rings: [], leader: [] };
    };
    const [from, to] = [calloutAt(0, 40), calloutAt(1, 540)];
    // From the top of the stage down to a gap of 40 pixels.
    const words = { x: 280, y: 0, width: 30, height: 264 };
    const empty = { rect: { x: 0, y: 0, width: 0, height: 0 }, columns: 8, gap: 2 };
    const nowhere = { x: 0, y: 0, width: 0, height: 0 };
    const walled = {
      ...wideStage(MACHINE),
      ...{ live: empty, diff: empty, program: nowhere, gate: nowhere, verdict: null },
      ...{ cards: new Map(), tags: new Map(), texts: [words] },
    };
    const [leg] = connect([[from, to]], [from, to], walled);

    expect(leg!.points.filter((point) => isNear(words, point, 0))).toEqual([]);
    expect(leg!.points.length).toBeGreaterThan(100);
  });
});
