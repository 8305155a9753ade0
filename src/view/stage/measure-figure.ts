import type { Rect } from '../../drawing/geometry';
import type { FigureGeometry } from '../../drawing/parts';
import type { TagName } from '../../drawing/tag';
import { measureStage } from './measure';

/** Of a badge, in rem. */
const RADIUS_REM = 0.625;
/** Between the machine and the answer below it, in pixels. */
const MARGIN_PX = 4;

/** Where everything on a stage lies that a callout points at or keeps clear of; `null` while it has no size. */
export function measureFigure(stage: HTMLElement): FigureGeometry | null {
  const base = measureStage(stage);
  if (base === null) return null;
  const origin = stage.getBoundingClientRect();

  function inStage({ x, y, width, height }: DOMRect): Rect {
    return { x: x - origin.x, y: y - origin.y, width, height };
  }

  const words = [...wordsOf(stage)];
  const verdict = stage.querySelector('[data-part="verdict"]');
  const answer = stage.querySelector('[data-part="answer"]');
  const tags = [...stage.querySelectorAll<HTMLElement>('[data-tag]')];
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  return {
    ...base,
    verdict: verdict === null ? null : inStage(verdict.getBoundingClientRect()),
    tags: new Map(tags.map((tag) => [tag.dataset['tag'] as TagName, inStage(tag.getBoundingClientRect())])),
    texts: [...signsOf(stage), ...words.filter(({ isInCell }) => !isInCell).map(({ box }) => box)].map(
      inStage,
    ),
    numbers: words.filter(({ isInCell }) => isInCell).map(({ box }) => inStage(box)),
    bottom: answer === null ? base.height : inStage(answer.getBoundingClientRect()).y - MARGIN_PX,
    radius: RADIUS_REM * rem,
  };
}

/** What else is drawn over the machine and has something to say. */
function signsOf(stage: HTMLElement): readonly DOMRect[] {
  const signs = stage.querySelectorAll('.motion :is(.badge, .cross, .parcel, .ring)');
  return [...signs].map((sign) => sign.getBoundingClientRect());
}

/** Where anything is written, apart from the answer. */
function* wordsOf(stage: HTMLElement): Generator<{ readonly box: DOMRect; readonly isInCell: boolean }> {
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() !== null) {
    const { currentNode: node } = walker;
    if (node.textContent?.trim() === '') continue;
    if (node.parentElement?.closest('.figure, .answer, .visually-hidden')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const isInCell = node.parentElement?.closest('[role="grid"]') !== null;
    yield { box: range.getBoundingClientRect(), isInCell };
  }
}
