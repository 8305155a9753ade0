import { getContext, setContext } from 'svelte';

/** What the faces of the blocks of a world can show besides a number, by the stamp of a content. */
export interface Faces {
  /** The figure of its bytes, as an SVG path in a square of `GLYPH_UNITS`. */
  figureOf(stamp: number): string;
  /** How old it is, 0 (the latest write) to 1. */
  shadeOf(stamp: number): number;
}

const KEY = Symbol('faces');

/** Every block, slot and parcel below this component finds the faces of its world. `null`: not loaded yet. */
export function provideFaces(read: () => Faces | null): void {
  setContext(KEY, read);
}

/** Outside of a world there are none. */
export function useFaces(): () => Faces | null {
  return getContext<(() => Faces | null) | undefined>(KEY) ?? (() => null);
}
