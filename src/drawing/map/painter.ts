import { isOnScreen, mapSize, type Viewport } from './viewport';
import type { Palette } from './palette';
import { paintPoints, pointOf } from './points';
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

/** Paints one map on one screen again and again, each time only what is not there yet. */
export class MapPainter {
  #painted: Painted | null = null;
  #bytes = new Uint8ClampedArray(0);

  /** The screen has lost what was on it. */
  forget(): void {
    this.#painted = null;
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
    const isResized = this.#resize(size.width, size.height);
    const points =
      changed === null || isResized ? null : [...new Set(changed.map((block) => pointOf(viewport, block)))];
    paintPoints(scene, palette, viewport, points, this.#bytes);
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

function isSameZoom(painted: Painted | null, { pixels, blocks }: Viewport): boolean {
  return painted?.viewport.blocks === blocks && painted.viewport.pixels === pixels;
}

/** The blocks that look different from what is on the screen; `null`: any may. */
function changedSince(painted: Painted | null, scene: Scene, palette: Palette): readonly number[] | null {
  if (painted?.palette !== palette || painted.scene.states !== scene.states) return null;
  if (painted.scene === scene) return [];
  return painted.scene.version === scene.version - 1 ? scene.changed : null;
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
