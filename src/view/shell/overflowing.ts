/**
 * A part that may hold more than it shows: `data-more` names the sides on which it goes on ("above", "below"), and while
 * it does it can be scrolled with the keyboard, also when nothing in it can have the focus.
 */
export function overflowing(element: HTMLElement): () => void {
  const mark = (): void => {
    const { scrollTop, clientHeight, scrollHeight } = element;
    const isAbove = scrollTop > 1;
    const isBelow = scrollTop + clientHeight < scrollHeight - 1;
    element.dataset['more'] = `${isAbove ? 'above' : ''} ${isBelow ? 'below' : ''}`.trim();
    element.tabIndex = isAbove || isBelow ? 0 : -1;
  };
  const resized = new ResizeObserver(mark);
  const changed = new MutationObserver(mark);
  resized.observe(element);
  changed.observe(element, { childList: true, subtree: true, characterData: true });
  element.addEventListener('scroll', mark, { passive: true });
  mark();
  return () => {
    resized.disconnect();
    changed.disconnect();
    element.removeEventListener('scroll', mark);
  };
}
