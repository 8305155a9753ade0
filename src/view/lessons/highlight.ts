import type { Highlight } from '../../core/lesson/lesson';
import type { Attachment } from 'svelte/attachments';

const PARTS: Readonly<Record<string, string>> = {
  program: '[data-part="program"]',
  gate: '[data-part="gate"]',
  diffArea: '[data-part="diff"]',
  shelf: '[data-part="shelf"]',
  protectionStatus: '[data-part="status"]',
  eventLog: '[data-part="log"]',
  timeline: '[data-part="timeline"]',
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

/** Marks the parts that a beat speaks of, in every world; parts that come later are marked when they are there. */
export function pointAt(highlight: Highlight | null): Attachment<HTMLElement> {
  return (root) => {
    if (highlight === null) return undefined;
    const selector = selectorOf(highlight);
    const mark = (): void => {
      for (const element of root.querySelectorAll('.pointed-at')) {
        if (!element.matches(selector)) element.classList.remove('pointed-at');
      }
      for (const element of root.querySelectorAll(selector)) element.classList.add('pointed-at');
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
