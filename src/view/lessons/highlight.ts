import type { Highlight } from '../../core/lesson/lesson';
import type { Attachment } from 'svelte/attachments';
import { LAB_WORDS } from '../../words/lab';
import { LOG_WORDS } from '../../words/panels';
import { STAGE_WORDS } from '../../words/stage';

function region(name: string): string {
  return `section[aria-label="${name}"]`;
}

const PARTS: Readonly<Record<string, string>> = {
  program: '[data-part="program"]',
  gate: '[data-part="gate"]',
  diffArea: '[data-part="diff"]',
  shelf: region(STAGE_WORDS.shadowCopies),
  protectionStatus: region(STAGE_WORDS.protectionStatus),
  eventLog: region(LOG_WORDS.title),
  timeline: region(LAB_WORDS.timeline),
};

function selectorOf(highlight: Highlight): string {
  switch (highlight.part) {
    case 'block':
      return `[data-part="live"] [data-index="${highlight.number}"]`;
    case 'slot':
      return `[data-part="diff"] [data-index="${highlight.number}"]`;
    case 'snapshot':
      return `[data-card="${highlight.number}"]`;
    default:
      return PARTS[highlight.part]!;
  }
}

/** Where the text of a lesson covers a part of the screen, what a beat speaks of is brought beside it. */
function isNarrow(): boolean {
  return matchMedia('(width < 52rem)').matches;
}

/** Marks the parts that a beat speaks of, in every world; parts that come later are marked when they are there. */
export function pointAt(highlight: Highlight | null): Attachment<HTMLElement> {
  return (root) => {
    const selector = highlight === null ? null : selectorOf(highlight);
    let isShown = !isNarrow();
    const mark = (): void => {
      const marked = selector === null ? [] : [...root.querySelectorAll(selector)];
      for (const element of root.querySelectorAll('.pointed-at')) {
        if (!marked.includes(element)) element.classList.remove('pointed-at');
      }
      for (const element of marked) element.classList.add('pointed-at');
      const first = marked[0] ?? (selector === null ? root.querySelector('.worlds') : undefined);
      if (isShown || !first) return;
      isShown = true;
      first.scrollIntoView({ block: selector === null ? 'start' : 'center' });
    };
    mark();
    const observer = new MutationObserver(mark);
    observer.observe(root, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      for (const element of root.querySelectorAll('.pointed-at')) element.classList.remove('pointed-at');
    };
  };
}
