/**
 * The part of a map that can be seen. Lengths are pixels of the screen. A block is a whole number of them, or else every
 * pixel stands for several whole blocks, so that nothing is blurred and no pattern appears that is not there.
 */
export interface Viewport extends Screen {
  /** Blocks of the map, and how many of them make a row. */
  readonly count: number;
  readonly columns: number;
  /** In each direction `pixels` pixels show `blocks` blocks. Either `blocks` is 1, or it is more than `pixels`. */
  readonly pixels: number;
  readonly blocks: number;
  /** Where the upper left corner of the map lies, from the upper left corner of the screen. */
  readonly x: number;
  readonly y: number;
}

/** What a map is drawn on. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  /** Pixels of the screen per CSS pixel. */
  readonly ratio: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Area extends Place {
  readonly width: number;
  readonly height: number;
}

type Zoom = Pick<Viewport, 'pixels' | 'blocks'>;

/** The largest that a block is drawn, in CSS pixels: about as large as the cells of a small volume. */
const LARGEST_BLOCK_PX = 24;

/** The nearest zoom that is not nearer, with the same number of blocks for every pixel or of pixels for every block. */
function zoomOf(pixelsPerBlock: number): Zoom {
  return pixelsPerBlock >= 1
    ? { pixels: Math.floor(pixelsPerBlock), blocks: 1 }
    : { pixels: 1, blocks: Math.ceil(1 / pixelsPerBlock) };
}

/** Pixels per block. */
export function scaleOf({ pixels, blocks }: Zoom): number {
  return pixels / blocks;
}

export function rowsOf({ count, columns }: Pick<Viewport, 'count' | 'columns'>): number {
  return Math.ceil(count / columns);
}

/** The size of the whole map at its present zoom. */
export function mapSize(viewport: Viewport): { readonly width: number; readonly height: number } {
  return { width: lengthOf(viewport.columns, viewport), height: lengthOf(rowsOf(viewport), viewport) };
}

function lengthOf(count: number, { pixels, blocks }: Zoom): number {
  return blocks === 1 ? count * pixels : Math.floor(((count - 1) * pixels) / blocks) + 1;
}

/** From so many blocks a pixel on, it cannot be seen that some pixels stand for one more than others. */
const MANY_BLOCKS = 3;

/** The whole map, as large as it fits. */
export function wholeMap(count: number, columns: number, screen: Screen): Viewport {
  const { width, height, ratio } = screen;
  const rows = rowsOf({ count, columns });
  const isWide = width / columns <= height / rows;
  // However small the screen is, a pixel stands for no more than there is.
  const length = Math.max(1, isWide ? width : height);
  const blocks = isWide ? columns : rows;
  const zoom = blocks >= MANY_BLOCKS * length ? { pixels: length, blocks } : zoomOf(length / blocks);
  return clamped({ count, columns, width, height, ratio, ...zoom, x: 0, y: 0 });
}

function wholeScale(viewport: Viewport): number {
  return scaleOf(wholeMap(viewport.count, viewport.columns, viewport));
}

export function isWhole(viewport: Viewport): boolean {
  return scaleOf(viewport) <= wholeScale(viewport);
}

/** How many blocks a pixel stands for, about. */
export function blocksPerPixel(viewport: Viewport): number {
  return Math.max(1, Math.round(1 / scaleOf(viewport) ** 2));
}

/** No part of the screen is left empty that the map could fill; a map that is smaller stands in the middle. */
function clamped(viewport: Viewport): Viewport {
  const size = mapSize(viewport);
  return {
    ...viewport,
    x: clampedStart(viewport.x, size.width, viewport.width),
    y: clampedStart(viewport.y, size.height, viewport.height),
  };
}

function clampedStart(start: number, length: number, room: number): number {
  return length <= room
    ? Math.floor((room - length) / 2)
    : Math.min(0, Math.max(room - length, Math.round(start)));
}

/** From the whole map to the largest blocks, each step about twice the one before. */
function ladderOf(viewport: Viewport): readonly Zoom[] {
  const whole = wholeMap(viewport.count, viewport.columns, viewport);
  const largest = Math.round(LARGEST_BLOCK_PX * viewport.ratio);
  const ladder: Zoom[] = [whole];
  for (let scale = scaleOf(whole) * 2; scale < largest * 0.75; scale *= 2) ladder.push(zoomOf(scale));
  return largest > scaleOf(whole) ? [...ladder, zoomOf(largest)] : ladder;
}

/** One step nearer (1) or farther (-1), with the point `around` staying where it is; the same where there is none. */
export function zoomedBy(viewport: Viewport, step: 1 | -1, around: Place = middleOf(viewport)): Viewport {
  const scale = scaleOf(viewport);
  const ladder = ladderOf(viewport);
  const next =
    step > 0
      ? ladder.find((zoom) => scaleOf(zoom) > scale * 1.001)
      : ladder.findLast((zoom) => scaleOf(zoom) < scale * 0.999);
  return next === undefined ? viewport : zoomedTo(viewport, next, around);
}

function zoomedTo(viewport: Viewport, { pixels, blocks }: Zoom, around: Place): Viewport {
  const ratio = scaleOf({ pixels, blocks }) / scaleOf(viewport);
  return clamped({
    ...viewport,
    pixels,
    blocks,
    x: around.x - (around.x - viewport.x) * ratio,
    y: around.y - (around.y - viewport.y) * ratio,
  });
}

/**
 * As two fingers take it that lay around `from` and lie around `to`, `spread` times as far from each other: nearer or
 * farther, with what was between them still between them. Never farther than the whole map.
 */
export function pinchedBy(viewport: Viewport, spread: number, from: Place, to: Place): Viewport {
  const whole = wholeMap(viewport.count, viewport.columns, viewport);
  const scale = Math.min(scaleOf(viewport) * spread, LARGEST_BLOCK_PX * viewport.ratio);
  if (scale <= scaleOf(whole)) return whole;
  const zoom = zoomOf(scale >= 1 ? Math.round(scale) : scale);
  const ratio = scaleOf(zoom) / scaleOf(viewport);
  return clamped({
    ...viewport,
    ...zoom,
    x: to.x - (from.x - viewport.x) * ratio,
    y: to.y - (from.y - viewport.y) * ratio,
  });
}

function middleOf({ width, height }: Screen): Place {
  return { x: width / 2, y: height / 2 };
}

/** The map moves with the hand: to the right, and what lay to the left can be seen. The same at its end. */
export function pannedBy(viewport: Viewport, dx: number, dy: number): Viewport {
  const moved = clamped({ ...viewport, x: viewport.x + dx, y: viewport.y + dy });
  return moved.x === viewport.x && moved.y === viewport.y ? viewport : moved;
}

/** The same part of the map, as large to the eye, on another screen. */
export function shownOn(viewport: Viewport, screen: Screen): Viewport {
  const { width, height, ratio } = viewport;
  if (width === screen.width && height === screen.height && ratio === screen.ratio) return viewport;
  const whole = wholeMap(viewport.count, viewport.columns, screen);
  if (isWhole(viewport) || width === 0 || height === 0) return whole;
  const scale = (scaleOf(viewport) * screen.ratio) / viewport.ratio;
  if (scale <= scaleOf(whole)) return whole;
  return centredOn({ ...whole, ...zoomOf(scale >= 1 ? Math.round(scale) : scale) }, centreOf(viewport));
}

/** The middle of the screen as a place on the map, in blocks. */
export function centreOf(viewport: Viewport): Place {
  const scale = scaleOf(viewport);
  const { x, y } = middleOf(viewport);
  return { x: (x - viewport.x) / scale, y: (y - viewport.y) / scale };
}

/** `place`: in blocks. */
function centredOn(viewport: Viewport, place: Place): Viewport {
  const scale = scaleOf(viewport);
  const { x, y } = middleOf(viewport);
  return clamped({ ...viewport, x: x - place.x * scale, y: y - place.y * scale });
}

/** With the point of the map that is given by shares of its width and height in the middle. */
export function centredOnShare(viewport: Viewport, share: Place): Viewport {
  return centredOn(viewport, { x: share.x * viewport.columns, y: share.y * rowsOf(viewport) });
}

/** Moved as little as needed to have an area, given from the screen's corner, in view. */
export function revealing(viewport: Viewport, area: Area): Viewport {
  return pannedBy(
    viewport,
    shiftInto(area.x, area.width, viewport.width),
    shiftInto(area.y, area.height, viewport.height),
  );
}

/** In whole pixels, rather one too many than one too few. */
function shiftInto(start: number, length: number, room: number): number {
  if (start < 0 || length > room) return Math.ceil(-start);
  return Math.min(0, Math.floor(room - (start + length)));
}

/** The block at a point of the screen; `null` where there is none. */
export function blockAt(viewport: Viewport, { x, y }: Place): number | null {
  const { columns, count, width, height } = viewport;
  if (x < 0 || y < 0 || x >= width || y >= height) return null;
  const scale = scaleOf(viewport);
  const column = Math.floor((x - viewport.x) / scale);
  const row = Math.floor((y - viewport.y) / scale);
  if (column < 0 || row < 0 || column >= columns) return null;
  const block = row * columns + column;
  return block < count ? block : null;
}

/** Where a block lies, or `across` by `down` blocks of which it is the first; it need not be on the screen. */
export function rectOf(viewport: Viewport, block: number, across = 1, down = 1): Area {
  const scale = scaleOf(viewport);
  return {
    x: viewport.x + (block % viewport.columns) * scale,
    y: viewport.y + Math.floor(block / viewport.columns) * scale,
    width: across * scale,
    height: down * scale,
  };
}

/** Whether any part of a block is on the screen. */
export function isOnScreen(viewport: Viewport, block: number): boolean {
  const { x, y, width, height } = rectOf(viewport, block);
  return x + width > 0 && y + height > 0 && x < viewport.width && y < viewport.height;
}

/** What is on the screen, as shares of the whole map: the frame in its overview. */
export function seenShare(viewport: Viewport): Area {
  const size = mapSize(viewport);
  return {
    x: Math.max(0, -viewport.x) / size.width,
    y: Math.max(0, -viewport.y) / size.height,
    width: Math.min(1, viewport.width / size.width),
    height: Math.min(1, viewport.height / size.height),
  };
}
