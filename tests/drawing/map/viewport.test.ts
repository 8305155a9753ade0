import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockAt,
  centreOf,
  isOnScreen,
  isWhole,
  mapSize,
  pannedBy,
  rectOf,
  revealing,
  scaleOf,
  seenShare,
  shownOn,
  wholeMap,
  zoomedBy,
  type Screen,
  type Viewport,
} from '../../../src/drawing/map/viewport';
import { gridColumns } from '../../../src/drawing/cells';

const screens = fc.record({
  width: fc.integer({ min: 20, max: 900 }),
  height: fc.integer({ min: 20, max: 900 }),
  ratio: fc.constantFrom(0.5, 1, 1.25, 2, 3, 4),
});

const counts = fc.integer({ min: 257, max: 1_048_576 });

/** A map somewhere between the whole and the nearest, at any place. */
const viewports: fc.Arbitrary<Viewport> = fc
  .record({
    count: counts,
    screen: screens,
    steps: fc.nat(12),
    x: fc.double({ noNaN: true, min: 0, max: 1 }),
    y: fc.double({ noNaN: true, min: 0, max: 1 }),
  })
  .map(({ count, screen, steps, x, y }) => {
    let viewport = wholeMap(count, gridColumns(count), screen);
    for (let step = 0; step < steps; step += 1) {
      viewport = zoomedBy(viewport, 1, { x: x * screen.width, y: y * screen.height });
    }
    return viewport;
  });

const PLACE = fc.record({
  x: fc.double({ noNaN: true, min: 0, max: 1 }),
  y: fc.double({ noNaN: true, min: 0, max: 1 }),
});

describe('hit-testing', () => {
  it('finds the block whose rectangle holds the point, at every zoom and place', () => {
    fc.assert(
      fc.property(viewports, PLACE, (viewport, share) => {
        const point = { x: share.x * viewport.width, y: share.y * viewport.height };
        const block = blockAt(viewport, point);
        if (block === null) return;
        const rect = rectOf(viewport, block);
        expect(point.x).toBeGreaterThanOrEqual(rect.x - 1e-6);
        expect(point.x).toBeLessThanOrEqual(rect.x + rect.width + 1e-6);
        expect(point.y).toBeGreaterThanOrEqual(rect.y - 1e-6);
        expect(point.y).toBeLessThanOrEqual(rect.y + rect.height + 1e-6);
      }),
    );
  });

  it('finds every block on the screen by the middle of its rectangle', () => {
    fc.assert(
      fc.property(viewports, fc.double({ noNaN: true, min: 0, max: 0.999999 }), (viewport, share) => {
        const block = Math.floor(share * viewport.count);
        const rect = rectOf(viewport, block);
        const middle = { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
        const isSeen =
          middle.x >= 0 && middle.y >= 0 && middle.x < viewport.width && middle.y < viewport.height;
        expect(blockAt(viewport, middle)).toBe(isSeen ? block : null);
        if (isSeen) expect(isOnScreen(viewport, block)).toBe(true);
      }),
    );
  });

  it('finds nothing beyond the last block', () => {
    const viewport = wholeMap(300, 32, { width: 320, height: 100, ratio: 1 });

    expect(blockAt(viewport, { x: 115, y: 95 })).toBe(299);
    expect(blockAt(viewport, { x: 125, y: 95 })).toBeNull();
  });
});

describe('zooming', () => {
  it('shows the whole map as large as it fits, never larger', () => {
    fc.assert(
      fc.property(counts, screens, (count, screen) => {
        const viewport = wholeMap(count, gridColumns(count), screen);
        const { width, height } = mapSize(viewport);
        expect(isWhole(viewport)).toBe(true);
        expect(width).toBeLessThanOrEqual(screen.width);
        expect(height).toBeLessThanOrEqual(screen.height);
        expect(viewport.x).toBeGreaterThanOrEqual(0);
        expect(viewport.y).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('goes in and out by the same steps, from the whole map to 24 CSS pixels a block', () => {
    fc.assert(
      fc.property(counts, screens, (count, screen) => {
        let viewport = wholeMap(count, gridColumns(count), screen);
        const seen = [scaleOf(viewport)];
        while (zoomedBy(viewport, 1) !== viewport) {
          viewport = zoomedBy(viewport, 1);
          seen.push(scaleOf(viewport));
        }
        expect(seen.at(-1)).toBe(Math.max(seen[0]!, Math.round(24 * screen.ratio)));
        for (const scale of seen.toReversed()) {
          expect(scaleOf(viewport)).toBe(scale);
          viewport = zoomedBy(viewport, -1);
        }
        expect(isWhole(viewport)).toBe(true);
      }),
    );
  });

  it('keeps blocks on whole pixels, or several blocks to a pixel', () => {
    fc.assert(
      fc.property(viewports, ({ pixels, blocks, x, y }) => {
        expect([pixels, blocks, x, y].every(Number.isInteger)).toBe(true);
        expect(blocks === 1 || blocks > pixels).toBe(true);
      }),
    );
  });

  it('leaves the block under the pointer there, as far as the edges allow', () => {
    const screen = { width: 400, height: 400, ratio: 1 };
    const point = { x: 130, y: 260 };
    let viewport = zoomedBy(wholeMap(1_048_576, 1024, screen), 1, point);
    for (let step = 0; step < 6; step += 1) {
      const before = {
        x: (point.x - viewport.x) / scaleOf(viewport),
        y: (point.y - viewport.y) / scaleOf(viewport),
      };
      viewport = zoomedBy(viewport, 1, point);
      const scale = scaleOf(viewport);
      expect(Math.abs((point.x - viewport.x) / scale - before.x) * scale).toBeLessThanOrEqual(1);
      expect(Math.abs((point.y - viewport.y) / scale - before.y) * scale).toBeLessThanOrEqual(1);
    }
  });
});

describe('moving', () => {
  it('never leaves a part of the screen empty that the map could fill', () => {
    fc.assert(
      fc.property(
        viewports,
        fc.integer({ min: -5000, max: 5000 }),
        fc.integer({ min: -5000, max: 5000 }),
        (start, dx, dy) => {
          const viewport = pannedBy(start, dx, dy);
          const size = mapSize(viewport);
          for (const [at, length, room] of [
            [viewport.x, size.width, viewport.width],
            [viewport.y, size.height, viewport.height],
          ] as const) {
            expect(length <= room ? at >= 0 && at + length <= room : at <= 0 && at + length >= room).toBe(
              true,
            );
          }
        },
      ),
    );
  });

  it('is the same viewport when there is nowhere to go', () => {
    const whole = wholeMap(5_000, 128, { width: 300, height: 300, ratio: 1 });

    expect(pannedBy(whole, 50, -20)).toBe(whole);
    expect(revealing(whole, rectOf(whole, 4_999))).toBe(whole);
  });

  it('brings a block into view', () => {
    fc.assert(
      fc.property(viewports, fc.double({ noNaN: true, min: 0, max: 0.999999 }), (start, share) => {
        const block = Math.floor(share * start.count);
        expect(isOnScreen(revealing(start, rectOf(start, block)), block)).toBe(true);
      }),
    );
  });
});

describe('on another screen', () => {
  it('the middle of the map stays in the middle, and blocks as large to the eye', () => {
    const start = pannedBy(
      zoomed(wholeMap(1_048_576, 1024, { width: 340, height: 340, ratio: 1 }), 6),
      -3_000,
      -5_000,
    );
    for (const screen of [
      { width: 200, height: 300, ratio: 1 },
      { width: 1_360, height: 1_360, ratio: 4 },
      { width: 170, height: 170, ratio: 0.5 },
    ]) {
      const viewport = shownOn(start, screen);
      expect(scaleOf(viewport) / screen.ratio).toBeCloseTo(scaleOf(start), 0);
      expect(centreOf(viewport).x).toBeCloseTo(centreOf(start).x, 0);
      expect(centreOf(viewport).y).toBeCloseTo(centreOf(start).y, 0);
    }
  });

  it('of no size there is nothing, and the whole map afterwards', () => {
    const nowhere = wholeMap(70_000, 512, { width: 0, height: 0, ratio: 1 });
    const screen: Screen = { width: 300, height: 300, ratio: 1 };

    expect(blockAt(nowhere, { x: 0, y: 0 })).toBeNull();
    expect(isWhole(shownOn(nowhere, screen))).toBe(true);
    expect(
      shownOn(zoomed(wholeMap(70_000, 512, screen), 3), { width: 0, height: 0, ratio: 1 }),
    ).toMatchObject({
      width: 0,
    });
  });
});

it('the frame in the overview lies within it and is as large as the share that can be seen', () => {
  fc.assert(
    fc.property(viewports, (viewport) => {
      const { x, y, width, height } = seenShare(viewport);
      for (const value of [x, y, width, height]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
      expect(x + width).toBeLessThanOrEqual(1.0001);
      expect(y + height).toBeLessThanOrEqual(1.0001);
    }),
  );
});

function zoomed(viewport: Viewport, steps: number): Viewport {
  return Array.from({ length: steps }).reduce<Viewport>((near) => zoomedBy(near, 1), viewport);
}
