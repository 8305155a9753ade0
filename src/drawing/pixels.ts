import type { Strip } from './lane-plan';

/** Pixels are rounded to a tenth: shorter paths, and nobody sees the rest. */
function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A cross is at least so large, also where its strip is thinner. Pixels. */
const SMALLEST_CROSS_PX = 6;

/** Pieces closer together than this run into one. Pixels. */
const NARROWEST_GAP_PX = 0.75;

/** Rectangles of one height as one path; what cannot be told apart becomes one rectangle. Added from left to right. */
export class Bars {
  readonly #strip: Strip;
  #path = '';
  #from = 0;
  #to = -Infinity;

  constructor(strip: Strip) {
    this.#strip = strip;
  }

  /** At least a pixel wide. */
  add(from: number, to: number): void {
    const end = Math.max(to, from + 1);
    if (from - this.#to >= NARROWEST_GAP_PX) {
      this.#flush();
      this.#from = from;
      this.#to = end;
    } else this.#to = Math.max(this.#to, end);
  }

  #flush(): void {
    if (this.#to === -Infinity) return;
    const { y, height } = this.#strip;
    const width = tenths(this.#to - this.#from);
    this.#path += `M${tenths(this.#from)} ${tenths(y)}h${width}v${tenths(height)}h${-width}z`;
  }

  finish(): string {
    this.#flush();
    this.#to = -Infinity;
    return this.#path;
  }
}

/**
 * A line over time as a path of at most four points a pixel: where it enters the pixel, its lowest and its highest
 * point there, and where it leaves. Added from left to right.
 */
export class Profile {
  #path = '';
  #startX = 0;
  #isParted = true;
  #lastText = '';
  #column = -1;
  #firstX = 0;
  #firstY = 0;
  #lowest = 0;
  #highest = 0;
  #lastX = 0;
  #lastY = 0;

  add(x: number, y: number): void {
    const column = Math.floor(x);
    if (column === this.#column) {
      if (y < this.#lowest) this.#lowest = y;
      else if (y > this.#highest) this.#highest = y;
    } else {
      this.#flush();
      this.#column = column;
      this.#firstX = x;
      this.#firstY = y;
      this.#lowest = y;
      this.#highest = y;
    }
    this.#lastX = x;
    this.#lastY = y;
  }

  /** Leaves a gap before what is added next. */
  part(): void {
    this.#flush();
    this.#column = -1;
    this.#isParted = true;
  }

  #flush(): void {
    if (this.#column < 0) return;
    const [firstY, lastY] = [this.#firstY, this.#lastY];
    this.#emit(this.#firstX, firstY);
    if (this.#lowest < Math.min(firstY, lastY)) this.#emit(this.#firstX, this.#lowest);
    if (this.#highest > Math.max(firstY, lastY)) this.#emit(this.#firstX, this.#highest);
    this.#emit(this.#lastX, lastY);
  }

  #emit(x: number, y: number): void {
    const text = `${tenths(x)} ${tenths(y)}`;
    if (!this.#isParted && text === this.#lastText) return;
    if (this.#path === '') this.#startX = x;
    this.#path += `${this.#isParted ? 'M' : 'L'}${text}`;
    this.#isParted = false;
    this.#lastText = text;
  }

  line(): string {
    this.part();
    return this.#path;
  }

  /** What lies between the line and `base`. */
  area(base: number): string {
    const line = this.line();
    return line === '' ? '' : `${line}V${tenths(base)}H${tenths(this.#startX)}z`;
  }
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Places from left to right that lie closer together than `gap` pixels, as one stretch each. */
export function clusters(xs: Iterable<number>, gap: number): readonly Stretch[] {
  const found: { from: number; to: number }[] = [];
  for (const x of xs) {
    const last = found.at(-1);
    if (last !== undefined && x - last.to < gap) last.to = x;
    else found.push({ from: x, to: x });
  }
  return found;
}

/** A cross at the beginning of each stretch, and a line through it to its end: several that cannot be told apart. */
export function crosses(stretches: readonly Stretch[], { y, height }: Strip): string {
  const size = tenths(Math.max(SMALLEST_CROSS_PX, height * 0.9) / 2);
  const middle = tenths(y + height / 2);
  return stretches
    .map(({ from, to }) => {
      const x = tenths(from);
      const cross = `M${x - size} ${middle - size}l${2 * size} ${2 * size}m0 ${-2 * size}l${-2 * size} ${2 * size}`;
      return to > from ? `${cross}M${x} ${middle}H${tenths(to)}` : cross;
    })
    .join('');
}
