import type { GridGeometry, Rect, StageGeometry } from '../../drawing/geometry';

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
    const gap = grid === null ? 0 : parseFloat(getComputedStyle(grid).columnGap);
    return { rect: rectOf(part), columns: Number(grid?.dataset['columns'] ?? 1), gap };
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
