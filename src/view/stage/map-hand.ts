import { pannedBy, zoomedBy, type Viewport } from '../../drawing/map/viewport';

/** What a hand on a map does. Places are pixels of the screen. */
export interface MapHand {
  viewport(): Viewport;
  onview(viewport: Viewport): void;
  onpick(place: { readonly x: number; readonly y: number }): void;
}

/** A press that moves no farther than this, in CSS pixels, picks; otherwise it drags. */
const STILL_PX = 4;

/** So much turning of a wheel, or spreading of two fingers on a pad, is one step of the zoom. */
const WHEEL_STEP = 40;

/** Drags, picks and zooms a map; gives the function that ends it. */
export function followHand(surface: HTMLElement, hand: MapHand): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  surface.addEventListener('pointerdown', (event) => grab(surface, hand, event), { signal });
  let turned = 0;
  surface.addEventListener(
    'wheel',
    (event) => {
      // Without Ctrl the wheel is the page's.
      if (!event.ctrlKey) return;
      event.preventDefault();
      turned += event.deltaY;
      if (Math.abs(turned) < WHEEL_STEP) return;
      hand.onview(zoomedBy(hand.viewport(), turned < 0 ? 1 : -1, placeOf(surface, hand, event)));
      turned = 0;
    },
    { signal, passive: false },
  );
  return () => listening.abort();
}

function grab(surface: HTMLElement, hand: MapHand, down: PointerEvent): void {
  if (down.button !== 0 || !down.isPrimary) return;
  const start = hand.viewport();
  const released = new AbortController();
  const { signal } = released;
  let isDragged = false;
  surface.setPointerCapture(down.pointerId);
  surface.addEventListener(
    'pointermove',
    (event) => {
      const [dx, dy] = [event.clientX - down.clientX, event.clientY - down.clientY];
      isDragged ||= Math.hypot(dx, dy) > STILL_PX;
      if (isDragged) hand.onview(pannedBy(start, dx * start.ratio, dy * start.ratio));
    },
    { signal },
  );
  surface.addEventListener(
    'pointerup',
    (event) => {
      released.abort();
      if (!isDragged) hand.onpick(placeOf(surface, hand, event));
    },
    { signal },
  );
  surface.addEventListener('pointercancel', () => released.abort(), { signal });
}

function placeOf(surface: HTMLElement, hand: MapHand, event: MouseEvent): { x: number; y: number } {
  const box = surface.getBoundingClientRect();
  const { width, height } = hand.viewport();
  return {
    x: ((event.clientX - box.x) / box.width) * width,
    y: ((event.clientY - box.y) / box.height) * height,
  };
}

/** Tells, as shares of its size, where a pressed pointer is on an element; gives the function that ends it. */
export function followPointer(
  surface: HTMLElement,
  tell: (share: { readonly x: number; readonly y: number }) => void,
): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  function point(event: PointerEvent): void {
    if (event.type === 'pointerdown') surface.setPointerCapture(event.pointerId);
    if (event.buttons === 0) return;
    const box = surface.getBoundingClientRect();
    tell({ x: (event.clientX - box.x) / box.width, y: (event.clientY - box.y) / box.height });
  }
  surface.addEventListener('pointerdown', point, { signal });
  surface.addEventListener('pointermove', point, { signal });
  return () => listening.abort();
}
