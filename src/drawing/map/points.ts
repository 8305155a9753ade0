import type { Palette } from './palette';
import type { Scene } from './scene';
import { mapSize, rowsOf, type Viewport } from './viewport';

// A map of which one pixel shows many blocks: a point is the mean of its blocks, in which what matters counts for a good
// part as soon as it is there, so that one write among a million blocks can be seen.

/** Paints some points, or all of them. `bytes`: red, green, blue and opacity of each. */
export function paintPoints(
  scene: Scene,
  palette: Palette,
  viewport: Viewport,
  points: readonly number[] | null,
  bytes: Uint8ClampedArray,
): void {
  const counts = new Uint32Array(palette.colours.length);
  function paint(point: number): void {
    counts.fill(0);
    const blocks = countKinds(scene, palette, viewport, point, counts);
    paintMean(palette, blocks, counts, bytes, point * 4);
  }
  if (points !== null) return points.forEach(paint);
  for (let point = 0; point < bytes.length / 4; point += 1) paint(point);
}

/** Counts the blocks of a point, also by their kinds. */
function countKinds(
  { states, count }: Scene,
  { kinds }: Palette,
  viewport: Viewport,
  point: number,
  counts: Uint32Array,
): number {
  const { columns } = viewport;
  const across = mapSize(viewport).width;
  const x = point % across;
  const y = Math.floor(point / across);
  const left = firstBlockOf(viewport, x);
  const right = Math.min(firstBlockOf(viewport, x + 1), columns);
  const bottom = Math.min(firstBlockOf(viewport, y + 1), rowsOf(viewport));
  let blocks = 0;
  for (let row = firstBlockOf(viewport, y); row < bottom; row += 1) {
    const from = row * columns + left;
    const to = Math.min(row * columns + right, count);
    for (let block = from; block < to; block += 1) counts[kinds[states[block]!]!]! += 1;
    blocks += Math.max(0, to - from);
  }
  return blocks;
}

function paintMean(
  { colours, presence }: Palette,
  blocks: number,
  counts: Uint32Array,
  bytes: Uint8ClampedArray,
  at: number,
): void {
  let [weight, red, green, blue] = [0, 0, 0, 0];
  for (let kind = 0; kind < counts.length; kind += 1) {
    if (counts[kind] === 0) continue;
    const share = Math.max(counts[kind]!, presence[kind]! * blocks);
    const colour = colours[kind]!;
    weight += share;
    red += colour[0] * share;
    green += colour[1] * share;
    blue += colour[2] * share;
  }
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
