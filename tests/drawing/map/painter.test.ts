import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../src/core/at-once';
import { advance } from '../../../src/core/decide/decide';
import { gridColumns } from '../../../src/drawing/cells';
import { MapPainter, type Picture } from '../../../src/drawing/map/painter';
import { INKS, paletteOf, type Palette, type Rgba } from '../../../src/drawing/map/palette';
import { LIVE_BLOCKS, SceneBook, type Scene } from '../../../src/drawing/map/scene';
import {
  mapSize,
  pannedBy,
  rectOf,
  scaleOf,
  wholeMap,
  zoomedBy,
  type Viewport,
} from '../../../src/drawing/map/viewport';
import type { BlockKind } from '../../../src/drawing/block-state';
import { lifeOf, livedMachine, machineOf } from '../machines';

/** A colour of its own for every kind. */
function paletteFrom(shift: number): Palette {
  const names = [...LIVE_BLOCKS.kinds, ...INKS];
  const colours = names.map((name, index): [string, Rgba] => [
    name,
    [(index * 19 + shift) % 256, (index * 53) % 256, (255 - index * 17) % 256, 255],
  ]);
  return paletteOf<string>(LIVE_BLOCKS, Object.fromEntries(colours));
}

const PALETTE = paletteFrom(0);

/** A screen as a browser keeps it: pictures are put on it, and what nobody paints stays. */
class Glass {
  readonly words: Uint32Array;
  readonly #width: number;

  constructor({ width, height }: Viewport) {
    this.words = new Uint32Array(width * height);
    this.#width = width;
  }

  put(picture: Picture | null): void {
    if (picture === null) return;
    if (picture.isFresh) this.words.fill(0);
    const { part, x, y, width } = picture;
    const words = new Uint32Array(picture.bytes.buffer);
    for (let line = part.y; line < part.y + part.height; line += 1) {
      for (let pixel = part.x; pixel < part.x + part.width; pixel += 1) {
        const [left, top] = [x + pixel, y + line];
        const isOn = left >= 0 && left < this.#width && top >= 0 && top * this.#width < this.words.length;
        if (isOn) this.words[top * this.#width + left] = words[line * width + pixel]!;
      }
    }
  }
}

function painted(scene: Scene, viewport: Viewport, palette = PALETTE): Glass {
  const glass = new Glass(viewport);
  glass.put(new MapPainter().paint(scene, palette, viewport));
  return glass;
}

/** The first pixel at which two screens differ, or -1. */
function firstDifference(one: Glass, other: Glass): number {
  return one.words.length === other.words.length
    ? one.words.findIndex((word, pixel) => word !== other.words[pixel])
    : 0;
}

function nearer(viewport: Viewport, steps: number): Viewport {
  return Array.from({ length: steps }).reduce<Viewport>((near) => zoomedBy(near, 1), viewport);
}

/** The same map from afar, block by block and as large as can be, on an ordinary screen and on a fine one. */
function viewportsOf(count: number): readonly Viewport[] {
  return [1, 2].flatMap((ratio) => {
    const screen = { width: 150 * ratio, height: 120 * ratio, ratio };
    const whole = wholeMap(count, gridColumns(count), screen);
    return [0, 1, 2, 3, 5, 12].map((steps) => pannedBy(nearer(whole, steps), -37, 11));
  });
}

const SIZES = [300, 5_000, 70_000];

describe.each(SIZES)('a map of %i blocks', (count) => {
  const machines = [...lifeOf(count, 5, 60)];

  it('is the same, painted little by little or at once', () => {
    for (const viewport of viewportsOf(count)) {
      const book = new SceneBook<string>(LIVE_BLOCKS);
      const painter = new MapPainter();
      const glass = new Glass(viewport);
      for (const machine of machines) {
        const scene = book.at(machine, null);
        glass.put(painter.paint(scene, PALETTE, viewport));
      }
      const last = new SceneBook<string>(LIVE_BLOCKS).at(machines.at(-1)!, null);
      expect(firstDifference(glass, painted(last, viewport))).toBe(-1);
    }
  });

  it('is the same, moved and zoomed while it changes, or painted at once', () => {
    const views = viewportsOf(count).filter(({ ratio }) => ratio === 1);
    const book = new SceneBook<string>(LIVE_BLOCKS);
    const painter = new MapPainter();
    const glass = new Glass(views[0]!);
    for (const [index, machine] of machines.entries()) {
      const viewport = views[(index >> 1) % views.length]!;
      glass.put(painter.paint(book.at(machine, null), PALETTE, viewport));
      const fresh = new SceneBook<string>(LIVE_BLOCKS).at(machine, null);
      expect(firstDifference(glass, painted(fresh, viewport))).toBe(-1);
    }
  });

  it('has every block that is at least a pixel in its own colour', () => {
    const scene = new SceneBook<string>(LIVE_BLOCKS).at(livedMachine(count, 2), null);
    for (const viewport of viewportsOf(count)) {
      const { words } = painted(scene, viewport);
      if (viewport.blocks > 1) continue;
      let seen = 0;
      let wrong = 0;
      for (const [block, state] of scene.states.entries()) {
        const rect = rectOf(viewport, block);
        // Beside the corner and above the cross.
        const [x, y] = [rect.x + Math.floor(rect.width / 2), rect.y + Math.floor(rect.height / 8)];
        if (x < 0 || y < 0 || x >= viewport.width || y >= viewport.height) continue;
        seen += 1;
        if (words[y * viewport.width + x] !== PALETTE.fills[state]) wrong += 1;
      }
      expect(wrong).toBe(0);
      expect(seen).toBeGreaterThan(12);
    }
  });
});

it('from afar a point is the mean of exactly its own blocks, and every block is in one point', () => {
  const count = 70_000;
  const columns = gridColumns(count);
  const scene = new SceneBook<string>(LIVE_BLOCKS).at(livedMachine(count, 2), null);
  for (const width of [100, 127, 171]) {
    const viewport = wholeMap(count, columns, { width, height: width, ratio: 1 });
    const { words } = painted(scene, viewport);
    const size = mapSize(viewport);
    const blocksOf = Array.from({ length: size.width * size.height }, (): number[] => []);
    for (const [block, state] of scene.states.entries()) {
      const x = Math.floor((block % columns) * scaleOf(viewport));
      const y = Math.floor(Math.floor(block / columns) * scaleOf(viewport));
      blocksOf[y * size.width + x]!.push(state);
    }
    const wrong = [...blocksOf.entries()].filter(([point, states]) => {
      const at = (viewport.y + Math.floor(point / size.width)) * width + viewport.x + (point % size.width);
      return channelsOf(words[at]!).join() !== meanOf(states).join();
    });
    expect(wrong).toEqual([]);
  }
});

function channelsOf(word: number): readonly number[] {
  return [...new Uint8Array(Uint32Array.of(word).buffer)];
}

function meanOf(states: readonly number[]): readonly number[] {
  if (states.length === 0) return [0, 0, 0, 0];
  const blocks = new Map<BlockKind, number[]>();
  for (const state of states) {
    const kind = LIVE_BLOCKS.kindOf(state);
    blocks.set(kind, [...(blocks.get(kind) ?? []), state]);
  }
  const shares = [...blocks].map(([kind, own]) => ({
    share: Math.max(own.length, LIVE_BLOCKS.presence[kind] * states.length),
    colour: channelsOf(PALETTE.fills[own[0]!]!),
  }));
  const weight = shares.reduce((sum, { share }) => sum + share, 0);
  const mean = (channel: number): number =>
    shares.reduce((sum, { share, colour }) => sum + colour[channel]! * share, 0) / weight;
  return [...Uint8ClampedArray.of(mean(0), mean(1), mean(2), 255)];
}

it('one write among a million blocks can be seen from afar', () => {
  const machine = machineOf(1_048_576);
  const content = { kind: 'pattern' as const, seed: 1 };
  const written = advance(machine, { type: 'write', block: 600_000, count: 1, content });
  if (!written.ok) throw new Error(written.problem.code);
  const viewport = wholeMap(1_048_576, 1024, { width: 168, height: 168, ratio: 1 });
  const [before, after] = [machine, written.value].map((one) => {
    return painted(new SceneBook<string>(LIVE_BLOCKS).at(one, null), viewport).words;
  });

  const different = [...after!.keys()].filter((pixel) => before![pixel] !== after![pixel]);
  expect(different).toHaveLength(1);
  const [was, is] = [before, after].map((words) => channelsOf(words![different[0]!]!));
  expect(Math.max(...was!.map((channel, at) => Math.abs(channel - is![at]!)))).toBeGreaterThan(8);
});

describe('a painter', () => {
  const machine = livedMachine(5_000, 4);
  const scene = new SceneBook<string>(LIVE_BLOCKS).at(machine, null);
  const whole = wholeMap(5_000, 128, { width: 60, height: 60, ratio: 1 });

  it('has nothing to do when the screen shows it already', () => {
    const painter = new MapPainter();
    expect(painter.paint(scene, PALETTE, whole)).not.toBeNull();

    expect(painter.paint(scene, PALETTE, whole)).toBeNull();
  });

  it('paints everything again when the screen has lost it', () => {
    const painter = new MapPainter();
    painter.paint(scene, PALETTE, whole);
    painter.forget();
    const glass = new Glass(whole);

    glass.put(painter.paint(scene, PALETTE, whole));

    expect(firstDifference(glass, painted(scene, whole))).toBe(-1);
  });

  it('paints everything again in other colours', () => {
    for (const viewport of [whole, nearer(whole, 4)]) {
      const painter = new MapPainter();
      const glass = new Glass(viewport);
      glass.put(painter.paint(scene, PALETTE, viewport));
      glass.put(painter.paint(scene, paletteFrom(90), viewport));

      expect(firstDifference(glass, painted(scene, viewport, paletteFrom(90)))).toBe(-1);
    }
  });

  it('paints what it has missed', () => {
    for (const viewport of [whole, nearer(whole, 4)]) {
      const painter = new MapPainter();
      const glass = new Glass(viewport);
      const book = new SceneBook<string>(LIVE_BLOCKS);
      const machines = [...lifeOf(5_000, 6, 40)];
      for (const [index, other] of machines.entries()) {
        const missed = book.at(other, null);
        if (index % 7 === 0) glass.put(painter.paint(missed, PALETTE, viewport));
      }
      const last = book.at(machines.at(-1)!, null);
      glass.put(painter.paint(last, PALETTE, viewport));

      expect(firstDifference(glass, painted(last, viewport))).toBe(-1);
    }
  });

  it('paints the whole map again after a part of it, also where both fill the screen', () => {
    const square = wholeMap(65_536, 256, { width: 60, height: 60, ratio: 1 });
    const all = new SceneBook<string>(LIVE_BLOCKS).at(livedMachine(65_536, 3), null);
    const painter = new MapPainter();
    const glass = new Glass(square);
    for (const viewport of [square, nearer(square, 5), square]) {
      glass.put(painter.paint(all, PALETTE, viewport));
      expect(firstDifference(glass, painted(all, viewport))).toBe(-1);
    }
  });

  it('paints nothing on a screen without size', () => {
    const nowhere = wholeMap(5_000, 128, { width: 0, height: 60, ratio: 1 });

    expect(new MapPainter().paint(scene, PALETTE, nowhere)).toBeNull();
  });

  it('of a change of one block gives one point', () => {
    const painter = new MapPainter();
    const book = new SceneBook<string>(LIVE_BLOCKS);
    painter.paint(book.at(machine, null), PALETTE, whole);
    const block = [...scene.states].findIndex((state) => LIVE_BLOCKS.kindOf(state) !== 'bad');
    const conditions = { ...machine.conditions, liveBadBlocks: [...machine.conditions.liveBadBlocks, block] };

    const picture = painter.paint(book.at({ ...machine, conditions }, null), PALETTE, whole);

    expect(picture?.part).toMatchObject({ width: 1, height: 1 });
  });
});

describe('on a large volume', () => {
  const count = 200_000;
  const machines = [...lifeOf(count, 5, 40)];
  const [first, last] = [machines[10]!, machines.at(-1)!];
  const whole = wholeMap(count, gridColumns(count), { width: 150, height: 120, ratio: 1 });

  it('a picture that is prepared is the same as one that is painted at once', () => {
    const book = new SceneBook<string>(LIVE_BLOCKS);
    const painter = new MapPainter();
    const glass = new Glass(whole);
    glass.put(painter.paint(book.at(first, null), PALETTE, whole));
    const scene = atOnce(book.prepare(last, null));
    expect(painter.isAtHand(scene, PALETTE, whole)).toBe(false);

    const rests = [...painter.prepare(scene, PALETTE, whole)].length;

    expect(rests).toBeGreaterThan(1);
    expect(painter.isAtHand(scene, PALETTE, whole)).toBe(true);
    glass.put(painter.paint(book.at(last, null), PALETTE, whole));
    expect(firstDifference(glass, painted(scene, whole))).toBe(-1);
    // And goes on from there.
    const content = { kind: 'pattern' as const, seed: 1 };
    const written = advance(last, { type: 'write', block: 150_000, count: 1, content });
    const next = book.at(written.ok ? written.value : last, null);
    expect(painter.isAtHand(next, PALETTE, whole)).toBe(true);
    glass.put(painter.paint(next, PALETTE, whole));
    expect(firstDifference(glass, painted(next, whole))).toBe(-1);
  });

  it.each([
    ['another machine', last, PALETTE],
    ['other colours', machines[20]!, paletteFrom(90)],
  ])('a picture that is prepared is not shown for %s', (_, machine, palette) => {
    const book = new SceneBook<string>(LIVE_BLOCKS);
    const painter = new MapPainter();
    const glass = new Glass(whole);
    glass.put(painter.paint(book.at(first, null), PALETTE, whole));
    atOnce(painter.prepare(atOnce(book.prepare(machines[20]!, null)), PALETTE, whole));

    const scene = book.at(machine, null);
    glass.put(painter.paint(scene, palette, whole));

    expect(firstDifference(glass, painted(scene, whole, palette))).toBe(-1);
  });

  it('near by, or on a smaller one, everything is at hand', () => {
    const scene = new SceneBook<string>(LIVE_BLOCKS).at(last, null);
    const small = new SceneBook<string>(LIVE_BLOCKS).at(livedMachine(65_536, 3), null);
    const square = wholeMap(65_536, 256, { width: 60, height: 60, ratio: 1 });

    expect(new MapPainter().isAtHand(scene, PALETTE, nearer(whole, 8))).toBe(true);
    expect(new MapPainter().isAtHand(small, PALETTE, square)).toBe(true);
    expect(new MapPainter().isAtHand(scene, PALETTE, whole)).toBe(false);
  });
});
