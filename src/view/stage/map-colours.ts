import type { Rgba } from '../../drawing/map/palette';

/** Whatever may change what a token of the design looks like, besides the page itself. */
const SURROUNDINGS = [
  '(prefers-color-scheme: dark)',
  '(prefers-contrast: more)',
  '(forced-colors: active)',
  'print',
];

/** Calls back when colours may have changed; gives the function that ends it. */
export function watchColours(onchange: () => void): () => void {
  const observer = new MutationObserver(onchange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-projector'] });
  const queries = SURROUNDINGS.map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener('change', onchange);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', onchange);
  };
}

/** The background colours of all elements within `root` that have a `data-colour`, by its value. */
export function coloursIn(root: Element): Readonly<Record<string, Rgba>> {
  const samples = [...root.querySelectorAll<HTMLElement>('[data-colour]')];
  const colours: Record<string, Rgba> = {};
  for (const sample of samples) {
    colours[sample.dataset['colour'] ?? ''] = seenAs(getComputedStyle(sample).backgroundColor);
  }
  return colours;
}

/** By their notation. The same few come again with every map, and to ask takes long. */
const seen = new Map<string, Rgba>();

function seenAs(notation: string): Rgba {
  const colour = seen.get(notation) ?? paintedAs(notation);
  seen.set(notation, colour);
  return colour;
}

/** Only a canvas knows every notation of a colour: it is asked what it paints. */
function paintedAs(notation: string): Rgba {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (context === null) return [0, 0, 0, 0];
  context.fillStyle = notation;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, opacity = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, opacity];
}
