import { MOST_AT_ONCE } from '../../core/block';
import { isOnScreen, mapSize, type Viewport } from './viewport';
import type { Palette } from './palette';
import { pointOf, pointPainter } from './points';
import type { Scene } from './scene';
import { paintTiles } from './tiles';

interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A picture to be put on the screen with its upper left corner at `x` and `y`. */
export interface Picture {
  /** Red, green, blue and opacity of each pixel. */
  readonly bytes: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
  /** The part of the picture that is not on the screen yet. */
  readonly part: Part;
  /** Nothing that lies on the screen may stay. */
  readonly isFresh: boolean;
}

/** What is on the screen. */
interface Painted {
  readonly scene: Scene;
  readonly palette: Palette;
  readonly viewport: Viewport;
}

type Bytes = Uint8ClampedArray<ArrayBuffer>;

/** A picture that is prepared is painted in parts of about so many blocks. */
const PART_BLOCKS = 131_072;

/** Paints one map on one screen again and again, each time only what is not there yet. */
export class MapPainter {
  #painted: Painted | null = null;
  #bytes: Bytes = new Uint8ClampedArray(0);
  /** What was prepared, until it is asked for. */
  #ready: (Painted & { readonly bytes: Bytes }) | null = null;

  /** The screen has lost what was on it. */
  forget(): void {
    this.#painted = null;
  }

  /** Whether `paint` is done in no time: everywhere but on a large volume that has changed in many places. */
  isAtHand(scene: Scene, palette: Palette, viewport: Viewport): boolean {
    const hasChangedLittle =
      isSameZoom(this.#painted, viewport) && changedSince(this.#painted, scene, palette) !== null;
    return !isCostly(scene, viewport) || hasChangedLittle || this.#isReady(scene, palette, viewport);
  }

  /** Paints the picture that is asked for next, as a job that can rest. Until it is asked for, the last one stays. */
  *prepare(scene: Scene, palette: Palette, viewport: Viewport): Generator<void, void> {
    if (!isCostly(scene, viewport)) return;
    const { width, height } = mapSize(viewport);
    const count = width * height;
    const bytes = new Uint8ClampedArray(count * 4);
    const paint = pointPainter(scene, palette, viewport, bytes);
    const atOnce = Math.ceil((count * PART_BLOCKS) / scene.count);
    for (let first = 0; first < count; first += atOnce) {
      for (let point = first; point < Math.min(first + atOnce, count); point += 1) paint(point);
      yield;
    }
    this.#ready = { scene, palette, viewport, bytes };
  }

  #isReady(scene: Scene, palette: Palette, viewport: Viewport): boolean {
    const ready = this.#ready;
    return ready?.scene === scene && ready.palette === palette && ready.viewport === viewport;
  }

  #takeReady(scene: Scene, palette: Palette, viewport: Viewport): boolean {
    const isReady = this.#isReady(scene, palette, viewport);
    this.#bytes = (isReady ? this.#ready?.bytes : null) ?? this.#bytes;
    this.#ready = null;
    return isReady;
  }

  /** `null` when the screen shows it already, or has no size. */
  paint(scene: Scene, palette: Palette, viewport: Viewport): Picture | null {
    const { width, height, blocks } = viewport;
    if (width === 0 || height === 0) return null;
    const painted = this.#painted;
    this.#painted = { scene, palette, viewport };
    const isStill = painted?.viewport === viewport;
    const changed = changedSince(painted, scene, palette);
    if (isStill && changed?.length === 0) return null;
    return blocks > 1
      ? this.#paintPoints(this.#painted, isStill, isSameZoom(painted, viewport) ? changed : null)
      : this.#paintBlocks(this.#painted, isStill, changed);
  }

  /** A point for many blocks. All points are kept, so that moving the map costs nothing. */
  #paintPoints(
    { scene, palette, viewport }: Painted,
    isStill: boolean,
    changed: readonly number[] | null,
  ): Picture {
    const size = mapSize(viewport);
    const isTaken = this.#takeReady(scene, palette, viewport);
    const isResized = this.#resize(size.width, size.height);
    const points =
      changed === null || isTaken || isResized
        ? null
        : [...new Set(changed.map((block) => pointOf(viewport, block)))];
    if (!isTaken) {
      const paint = pointPainter(scene, palette, viewport, this.#bytes);
      if (points !== null) points.forEach(paint);
      else for (let point = 0; point < size.width * size.height; point += 1) paint(point);
    }
    const part = isStill && points !== null ? boundsOf(points, size.width) : { x: 0, y: 0, ...size };
    return { bytes: this.#bytes, ...size, x: viewport.x, y: viewport.y, part, isFresh: !isStill };
  }

  /** A tile for every block on the screen. */
  #paintBlocks(
    { scene, palette, viewport }: Painted,
    isStill: boolean,
    changed: readonly number[] | null,
  ): Picture | null {
    if (isStill && changed?.every((block) => !isOnScreen(viewport, block))) return null;
    const { width, height } = viewport;
    this.#resize(width, height);
    paintTiles(scene, palette, viewport, new Uint32Array(this.#bytes.buffer));
    const part = { x: 0, y: 0, width, height };
    return { bytes: this.#bytes, width, height, x: 0, y: 0, part, isFresh: !isStill };
  }

  #resize(width: number, height: number): boolean {
    if (this.#bytes.length === width * height * 4) return false;
    this.#bytes = new Uint8ClampedArray(width * height * 4);
    return true;
  }
}

/** From afar every block of a large volume counts; near by there are only so many on the screen. */
function isCostly({ count }: Scene, { blocks, width, height }: Viewport): boolean {
  return blocks > 1 && count > MOST_AT_ONCE && width > 0 && height > 0;
}

function isSameZoom(painted: Painted | null, { pixels, blocks }: Viewport): boolean {
  return painted?.viewport.blocks === blocks && painted.viewport.pixels === pixels;
}

/** The blocks that look different from what is on the screen; `null`: any may. */
function changedSince(painted: Painted | null, scene: Scene, palette: Palette): readonly number[] | null {
  if (painted?.palette !== palette || painted.scene.states !== scene.states) return null;
  if (painted.scene === scene) return [];
  return painted.scene.version === scene.follows ? scene.changed : null;
}

function boundsOf(points: readonly number[], width: number): Part {
  let [left, right] = [Infinity, -Infinity];
  for (const point of points) {
    left = Math.min(left, point % width);
    right = Math.max(right, point % width);
  }
  const top = Math.floor(points.reduce((least, point) => Math.min(least, point), Infinity) / width);
  const bottom = Math.floor(points.reduce((most, point) => Math.max(most, point), -1) / width);
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
