import type { GridGeometry, GridView, Rect, StageGeometry } from '../../drawing/geometry';
import { watchPaper } from '../shell/paper';

/** Where the parts of a stage lie inside it, as the browser has laid them out; `null` while it has no size. */
export function measureStage(stage: HTMLElement): StageGeometry | null {
  const origin = stage.getBoundingClientRect();
  if (origin.width === 0 || origin.height === 0) return null;

  function rectOf(part: string): Rect {
    const element = stage.querySelector(`[data-part="${part}"]`);
    return element === null ? { x: 0, y: 0, width: 0, height: 0 } : rectOfElement(element);
  }

  function rectOfElement(element: Element): Rect {
    const box = element.getBoundingClientRect();
    return { x: box.x - origin.x, y: box.y - origin.y, width: box.width, height: box.height };
  }

  function gridOf(part: string): GridGeometry {
    const grid = stage.querySelector<HTMLElement>(`[data-part="${part}"]`);
    const columns = Number(grid?.dataset['columns'] ?? 1);
    const view = viewOf(grid);
    if (view !== undefined) return { rect: rectOf(part), columns, gap: 0, view };
    const gap = grid === null ? 0 : parseFloat(getComputedStyle(grid).columnGap);
    return { rect: rectOf(part), columns, gap };
  }

  function cardsOf(): ReadonlyMap<number, Rect> {
    const cards = [...stage.querySelectorAll<HTMLElement>('[data-card]')];
    return new Map(cards.map((card) => [Number(card.dataset['card']), rectOfElement(card)]));
  }

  return {
    width: origin.width,
    height: origin.height,
    program: rectOf('program'),
    gate: rectOf('gate'),
    live: gridOf('live'),
    lane: rectOf('lane'),
    diff: gridOf('diff'),
    cards: cardsOf(),
  };
}

/** What a map says of the part of it that can be seen; nothing of a grid that is there whole. */
function viewOf(grid: HTMLElement | null): GridView | undefined {
  if (grid?.dataset['cell'] === undefined) return undefined;
  const [cell, x, y] = [grid.dataset['cell'], grid.dataset['x'], grid.dataset['y']].map(Number);
  return { cell: cell ?? 0, x: x ?? 0, y: y ?? 0 };
}

const PART_CHANGED = 'stagepartchange';

/** A part tells its stage that it is there now, or shows another part of a map. */
export function tellStage(part: Element): void {
  part.dispatchEvent(new Event(PART_CHANGED, { bubbles: true }));
}

/** Measures a stage now, and again whenever a part of it has another size or another view; ends with the given function. */
export function watchStage(
  stage: HTMLElement,
  onmeasure: (geometry: StageGeometry | null) => void,
): () => void {
  let known = '';
  function measure(): void {
    const geometry = measureStage(stage);
    // What is drawn over the stage is drawn again only when something has really moved.
    const found = JSON.stringify({ ...geometry, cards: [...(geometry?.cards ?? [])] });
    if (found !== known) onmeasure(geometry);
    known = found;
  }
  const observer = new ResizeObserver(measure);
  const leavePaper = watchPaper(measure);
  observer.observe(stage);
  for (const part of stage.querySelectorAll('[data-part]')) observer.observe(part);
  function hear({ target }: Event): void {
    if (!(target instanceof HTMLElement)) return;
    // What is observed anew is measured as soon as the browser has laid it out.
    observer.unobserve(target);
    observer.observe(target);
  }
  stage.addEventListener(PART_CHANGED, hear);
  return () => {
    observer.disconnect();
    leavePaper();
    stage.removeEventListener(PART_CHANGED, hear);
  };
}
