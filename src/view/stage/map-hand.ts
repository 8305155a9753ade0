import { pannedBy, pinchedBy, zoomedBy, type Viewport } from '../../drawing/map/viewport';

/** What a hand on a map does. Places are pixels of the screen. */
export interface MapHand {
  viewport(): Viewport;
  onview(viewport: Viewport): void;
  onpick(place: Place): void;
}

/** A press that moves no farther than this, in CSS pixels, picks; otherwise it drags. */
const STILL_PX = 4;

/** So much turning of a wheel, or spreading of two fingers on a pad, is one step of the zoom. */
const WHEEL_STEP = 40;

/** Drags, picks and zooms a map, with one finger, a mouse or two fingers; gives the function that ends it. */
export function followHand(surface: HTMLElement, hand: MapHand): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const grip = new Grip(surface, hand);
  surface.addEventListener('pointerdown', (event) => grip.take(event), { signal });
  surface.addEventListener('pointermove', (event) => grip.move(event), { signal });
  surface.addEventListener('pointerup', (event) => grip.letGo(event), { signal });
  surface.addEventListener('pointercancel', (event) => grip.lose(event), { signal });
  for (const type of ['touchstart', 'touchmove'] as const) {
    surface.addEventListener(type, keepTwoFingers, { signal, passive: false });
  }
  let turned = 0;
  surface.addEventListener(
    'wheel',
    (event) => {
      // Without Ctrl the wheel is the page's.
      if (!event.ctrlKey) return;
      event.preventDefault();
      turned += event.deltaY;
      if (Math.abs(turned) < WHEEL_STEP) return;
      hand.onview(zoomedBy(hand.viewport(), turned < 0 ? 1 : -1, placeOn(surface, hand.viewport(), event)));
      turned = 0;
    },
    { signal, passive: false },
  );
  return () => listening.abort();
}

/** One finger is the page's where the whole map can be seen; two are always the map's. */
function keepTwoFingers(event: TouchEvent): void {
  if (event.touches.length > 1) event.preventDefault();
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The pointers that hold a map, and how it lay when the latest of them came or went. Places are pixels of the screen. */
class Grip {
  readonly #surface: HTMLElement;
  readonly #hand: MapHand;
  readonly #held = new Map<number, Place>();
  #start: { readonly viewport: Viewport; readonly held: readonly Place[] } | null = null;
  /** It may still become a pick. */
  #isStill = false;

  constructor(surface: HTMLElement, hand: MapHand) {
    this.#surface = surface;
    this.#hand = hand;
  }

  take(event: PointerEvent): void {
    if (event.button !== 0 || this.#held.size === 2) return;
    // A finger stays with what it has touched by itself.
    if (event.pointerType !== 'touch') this.#surface.setPointerCapture(event.pointerId);
    this.#isStill = this.#held.size === 0;
    this.#held.set(event.pointerId, this.#placeOf(event));
    this.#begin();
  }

  move(event: PointerEvent): void {
    if (this.#start === null || !this.#held.has(event.pointerId)) return;
    this.#held.set(event.pointerId, this.#placeOf(event));
    const { viewport, held } = this.#start;
    const [from, to] = [middleOf(held), middleOf([...this.#held.values()])];
    if (this.#isStill && distance(from, to) <= STILL_PX * viewport.ratio) return;
    this.#isStill = false;
    if (held.length === 1) {
      this.#hand.onview(pannedBy(viewport, to.x - from.x, to.y - from.y));
      return;
    }
    const spread = spreadOf([...this.#held.values()]) / Math.max(1, spreadOf(held));
    this.#hand.onview(pinchedBy(viewport, spread, from, to));
  }

  letGo(event: PointerEvent): void {
    const isPick = this.#isStill && this.#held.has(event.pointerId);
    this.lose(event);
    if (isPick) this.#hand.onpick(this.#placeOf(event));
  }

  lose({ pointerId }: PointerEvent): void {
    if (this.#held.delete(pointerId)) this.#begin();
  }

  #begin(): void {
    this.#start = { viewport: this.#hand.viewport(), held: [...this.#held.values()] };
  }

  #placeOf(event: PointerEvent): Place {
    return placeOn(this.#surface, this.#hand.viewport(), event);
  }
}

function middleOf(places: readonly Place[]): Place {
  return {
    x: places.reduce((sum, { x }) => sum + x, 0) / places.length,
    y: places.reduce((sum, { y }) => sum + y, 0) / places.length,
  };
}

function distance(one: Place, other: Place): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

/** How far two fingers are from each other. */
function spreadOf([one, other]: readonly Place[]): number {
  return one === undefined || other === undefined ? 0 : distance(one, other);
}

function placeOn(surface: HTMLElement, { width, height }: Viewport, event: MouseEvent): Place {
  const box = surface.getBoundingClientRect();
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
