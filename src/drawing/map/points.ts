import type { Palette } from './palette';
import type { Scene } from './scene';
import { mapSize, rowsOf, type Viewport } from './viewport';

// A map of which one pixel shows many blocks: a point is the mean of its blocks, in which what matters counts for a good
// part as soon as it is there, so that one write among a million blocks can be seen.

/** Gives the function that paints one point after the other. `bytes`: red, green, blue and opacity of each. */
export function pointPainter(
  scene: Scene,
  palette: Palette,
  viewport: Viewport,
  bytes: Uint8ClampedArray,
): (point: number) => void {
  const counts = new Uint32Array(palette.colours.length);
  const { width, height } = mapSize(viewport);
  const columns = firstBlocksOf(viewport, width, viewport.columns);
  const rows = firstBlocksOf(viewport, height, rowsOf(viewport));
  return (point) => {
    counts.fill(0);
    const [x, y] = [point % width, Math.floor(point / width)];
    const area = { left: columns[x]!, right: columns[x + 1]!, top: rows[y]!, bottom: rows[y + 1]! };
    const blocks = countKinds(scene, palette, viewport.columns, area, counts);
    paintMean(palette, blocks, counts, bytes, point * 4);
  };
}

/** Blocks of a map, from and up to, without, a column and a row. */
interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Counts the blocks of a point, also by their kinds. */
function countKinds(
  { states, count }: Scene,
  { kinds }: Palette,
  columns: number,
  { left, right, top, bottom }: Area,
  counts: Uint32Array,
): number {
  let blocks = 0;
  for (let row = top; row < bottom; row += 1) {
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

/** In one direction: the first block that each pixel stands for, and where the last one ends. */
function firstBlocksOf({ pixels, blocks }: Viewport, length: number, end: number): Uint32Array {
  return Uint32Array.from({ length: length + 1 }, (_, pixel) =>
    Math.min(Math.ceil((pixel * blocks) / pixels), end),
  );
}
