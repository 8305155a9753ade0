import type { Screen } from '../../drawing/map/viewport';

/** A canvas has at most so many pixels in each direction, however near the page is zoomed. */
const LARGEST_SIDE = 2_048;

/** Tells the size of an element in pixels of the screen, now and whenever it changes; gives the function that ends it. */
export function watchScreen(element: Element, onscreen: (screen: Screen) => void): () => void {
  const observer = new ResizeObserver(([entry]) => {
    if (entry !== undefined) onscreen(screenOf(entry));
  });
  try {
    observer.observe(element, { box: 'device-pixel-content-box' });
  } catch {
    // Not every browser tells in pixels of the screen: those are worked out then.
    observer.observe(element);
  }
  return () => observer.disconnect();
}

function screenOf({ contentRect, devicePixelContentBoxSize }: ResizeObserverEntry): Screen {
  // Browsers that do not tell leave it out, whatever the type says.
  const told = (devicePixelContentBoxSize as readonly ResizeObserverSize[] | undefined)?.[0];
  const width = told?.inlineSize ?? Math.round(contentRect.width * devicePixelRatio);
  const height = told?.blockSize ?? Math.round(contentRect.height * devicePixelRatio);
  if (width === 0 || height === 0) return { width: 0, height: 0, ratio: 1 };
  const share = Math.min(1, LARGEST_SIDE / Math.max(width, height));
  return {
    width: Math.round(width * share),
    height: Math.round(height * share),
    ratio: (width * share) / contentRect.width,
  };
}
