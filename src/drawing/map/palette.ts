import type { Subject } from './scene';

/** A colour as red, green, blue and opacity, 0 to 255 each. */
export type Rgba = readonly [red: number, green: number, blue: number, opacity: number];

/** The colours of a map besides those of its kinds. */
export const INKS = [
  /** Between blocks that are large enough to stand apart. */
  'ground',
  /** The folded corner of a block that a snapshot still needs. */
  'corner',
  /** The cross on a block that cannot be read. */
  'cross',
] as const;

export type Ink = (typeof INKS)[number];

/** Every state is a byte. */
export const STATES = 256;

/** What states look like. A word is a colour as the memory of a picture has it. */
export interface Palette {
  /** Per state, a word. */
  readonly fills: Uint32Array;
  readonly hasCorner: Uint8Array;
  readonly hasCross: Uint8Array;
  /** Per state: how much it counts in a point that stands for many blocks, and its colour times that. */
  readonly weights: Float64Array;
  readonly reds: Float64Array;
  readonly greens: Float64Array;
  readonly blues: Float64Array;
  readonly inks: Readonly<Record<Ink, number>>;
}

export function paletteOf<Kind extends string>(
  subject: Subject<Kind>,
  colours: Readonly<Record<Kind | Ink, Rgba>>,
): Palette {
  const states = Array.from({ length: STATES }, (_, state) => state);
  const colourOf = (state: number): Rgba => colours[subject.kindOf(state)];
  const weightOf = (state: number): number => subject.emphasis[subject.kindOf(state)];
  const channels = (channel: 0 | 1 | 2): Float64Array =>
    Float64Array.from(states, (state) => colourOf(state)[channel] * weightOf(state));
  const { ground, corner, cross } = colours;
  return {
    fills: Uint32Array.from(states, (state) => wordOf(colourOf(state))),
    hasCorner: Uint8Array.from(states, (state) => (subject.hasCorner(state) ? 1 : 0)),
    hasCross: Uint8Array.from(states, (state) => (subject.hasCross(state) ? 1 : 0)),
    weights: Float64Array.from(states, weightOf),
    reds: channels(0),
    greens: channels(1),
    blues: channels(2),
    inks: { ground: wordOf(ground), corner: wordOf(corner), cross: wordOf(cross) },
  };
}

function wordOf(rgba: Rgba): number {
  return new Uint32Array(Uint8ClampedArray.of(...rgba).buffer)[0]!;
}
