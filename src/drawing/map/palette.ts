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
  /** Per state: the place of its kind among the kinds. */
  readonly kinds: Uint8Array;
  /** Per kind. */
  readonly colours: readonly Rgba[];
  /** Per kind: how much it counts at least in a point that stands for many blocks, of all of them, when it is there. */
  readonly presence: readonly number[];
  readonly inks: Readonly<Record<Ink, number>>;
}

export function paletteOf<Kind extends string>(
  subject: Subject<Kind>,
  colours: Readonly<Record<Kind | Ink, Rgba>>,
): Palette {
  const states = Array.from({ length: STATES }, (_, state) => state);
  const { ground, corner, cross } = colours;
  return {
    fills: Uint32Array.from(states, (state) => wordOf(colours[subject.kindOf(state)])),
    hasCorner: Uint8Array.from(states, (state) => (subject.hasCorner(state) ? 1 : 0)),
    hasCross: Uint8Array.from(states, (state) => (subject.hasCross(state) ? 1 : 0)),
    kinds: Uint8Array.from(states, (state) => subject.kinds.indexOf(subject.kindOf(state))),
    colours: subject.kinds.map((kind) => colours[kind]),
    presence: subject.kinds.map((kind) => subject.presence[kind]),
    inks: { ground: wordOf(ground), corner: wordOf(corner), cross: wordOf(cross) },
  };
}

function wordOf(rgba: Rgba): number {
  return new Uint32Array(Uint8ClampedArray.of(...rgba).buffer)[0]!;
}
