import { STATES, type Palette } from './palette';
import type { Scene } from './scene';
import { rowsOf, type Viewport } from './viewport';

/** From this size on, in CSS pixels, blocks stand apart; from the second one on they also carry their signs. */
const APART_PX = 5;
const SIGNED_PX = 12;

/** Paints the blocks on the screen, each as a tile. `words`: a colour for every pixel of the screen. */
export function paintTiles(scene: Scene, palette: Palette, viewport: Viewport, words: Uint32Array): void {
  const { pixels, y, height } = viewport;
  const tileOf = tilesOf(palette, viewport);
  const top = Math.max(0, y);
  const bottom = Math.min(height, y + rowsOf(viewport) * pixels);
  words.fill(0);
  for (let line = top; line < bottom; line += 1) {
    const row = Math.floor((line - y) / pixels);
    paintLine(scene, viewport, row, (line - y - row * pixels) * pixels, tileOf, words, line * viewport.width);
  }
}

/** One line of pixels through a row of blocks. `within`: where the line begins in a tile; `at`: in the words. */
function paintLine(
  { states, count }: Scene,
  { columns, pixels, x, width }: Viewport,
  row: number,
  within: number,
  tileOf: (state: number) => Uint32Array,
  words: Uint32Array,
  at: number,
): void {
  const first = row * columns;
  const last = Math.min(count, first + columns, first + Math.ceil((width - x) / pixels));
  for (let block = first + Math.max(0, Math.floor(-x / pixels)); block < last; block += 1) {
    const tile = tileOf(states[block]!);
    const left = x + (block - first) * pixels;
    const from = Math.max(0, left);
    const to = Math.min(width, left + pixels);
    for (let pixel = from; pixel < to; pixel += 1) words[at + pixel] = tile[within + pixel - left]!;
  }
}

/** The tile of each state, made when it is first asked for. */
function tilesOf(palette: Palette, { pixels, ratio }: Viewport): (state: number) => Uint32Array {
  const tiles = Array.from<Uint32Array | undefined>({ length: STATES });
  return (state) => (tiles[state] ??= makeTile(palette, state, pixels, ratio));
}

function makeTile(palette: Palette, state: number, pixels: number, ratio: number): Uint32Array {
  const tile = new Uint32Array(pixels * pixels).fill(palette.fills[state]!);
  const isSigned = pixels >= SIGNED_PX * ratio;
  if (isSigned && palette.hasCorner[state] === 1) drawCorner(tile, pixels, palette.inks.corner);
  if (isSigned && palette.hasCross[state] === 1) drawCross(tile, pixels, palette.inks.cross);
  if (pixels >= APART_PX * ratio) {
    drawGap(tile, pixels, Math.max(1, Math.round(pixels / 14)), palette.inks.ground);
  }
  return tile;
}

/** The upper right corner, folded. */
function drawCorner(tile: Uint32Array, pixels: number, ink: number): void {
  const size = Math.round(pixels * 0.4);
  for (let line = 0; line < size; line += 1) {
    tile.fill(ink, (line + 1) * pixels - (size - line), (line + 1) * pixels);
  }
}

function drawCross(tile: Uint32Array, pixels: number, ink: number): void {
  const half = pixels / 14;
  const margin = Math.round(pixels / 4);
  for (let line = margin; line < pixels - margin; line += 1) {
    for (let pixel = margin; pixel < pixels - margin; pixel += 1) {
      const isOnStroke = Math.abs(line - pixel) <= half || Math.abs(line + pixel - (pixels - 1)) <= half;
      if (isOnStroke) tile[line * pixels + pixel] = ink;
    }
  }
}

/** The space to the next block, on the right and below. */
function drawGap(tile: Uint32Array, pixels: number, gap: number, ink: number): void {
  for (let line = 0; line < pixels; line += 1) {
    const from = line >= pixels - gap ? 0 : pixels - gap;
    tile.fill(ink, line * pixels + from, (line + 1) * pixels);
  }
}
