import type { Palette } from './palette';
import type { Scene } from './scene';
import { mapSize, rowsOf, type Viewport } from './viewport';

/**
 * A map of which one pixel shows many blocks: a point is the mean of its blocks, in which what is rare and matters
 * counts for more, so that a single bad block among thousands can be seen.
 */

/** Paints every point. `bytes`: red, green, blue and opacity of each. */
export function paintPoints(
  scene: Scene,
  palette: Palette,
  viewport: Viewport,
  bytes: Uint8ClampedArray,
): void {
  const points = bytes.length / 4;
  for (let point = 0; point < points; point += 1) paintPoint(scene, palette, viewport, point, bytes);
}

export function paintPoint(
  { states, count }: Scene,
  palette: Palette,
  viewport: Viewport,
  point: number,
  bytes: Uint8ClampedArray,
): void {
  const { weights, reds, greens, blues } = palette;
  const { columns } = viewport;
  const across = mapSize(viewport).width;
  const x = point % across;
  const y = Math.floor(point / across);
  const left = firstBlockOf(viewport, x);
  const right = Math.min(firstBlockOf(viewport, x + 1), columns);
  const top = firstBlockOf(viewport, y);
  const bottom = Math.min(firstBlockOf(viewport, y + 1), rowsOf(viewport));
  let [weight, red, green, blue] = [0, 0, 0, 0];
  // Blocks that lie side by side are often alike: they are counted, and weighed together.
  let state = 0;
  let run = 0;
  for (let row = top; row < bottom; row += 1) {
    const end = Math.min(row * columns + right, count);
    for (let block = row * columns + left; block < end; block += 1) {
      const next = states[block]!;
      if (next !== state) {
        weight += weights[state]! * run;
        red += reds[state]! * run;
        green += greens[state]! * run;
        blue += blues[state]! * run;
        state = next;
        run = 0;
      }
      run += 1;
    }
  }
  weight += weights[state]! * run;
  red += reds[state]! * run;
  green += greens[state]! * run;
  blue += blues[state]! * run;
  const at = point * 4;
  bytes[at] = red / weight;
  bytes[at + 1] = green / weight;
  bytes[at + 2] = blue / weight;
  bytes[at + 3] = weight === 0 ? 0 : 255;
}

/** The point that shows a block. */
export function pointOf(viewport: Viewport, block: number): number {
  const { columns } = viewport;
  const row = Math.floor(block / columns);
  return pixelOf(viewport, row) * mapSize(viewport).width + pixelOf(viewport, block % columns);
}

function pixelOf({ pixels, blocks }: Viewport, block: number): number {
  return Math.floor((block * pixels) / blocks);
}

/** In one direction: the first block that a pixel stands for. */
function firstBlockOf({ pixels, blocks }: Viewport, pixel: number): number {
  return Math.ceil((pixel * blocks) / pixels);
}
