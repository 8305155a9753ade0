/** What a listener is told of when it gets the focus. */
const NAMED = 'section, fieldset, article, form, ul, ol, table, [role], main';

function isGone(element: Element): boolean {
  return !element.isConnected || element.matches(':disabled');
}

/**
 * What has the focus may go away with its own press: a row that deletes itself, an answer that is given. Who goes by
 * keyboard then stands at the nearest part around it that is still there, and not at the top of the page.
 */
export function keepFocus(page: HTMLElement): () => void {
  /** What had the focus last, and all that stood around it then. */
  let around: readonly HTMLElement[] = [];

  function remember({ target }: FocusEvent): void {
    const chain: HTMLElement[] = [];
    for (let one = target; one instanceof HTMLElement && page.contains(one); one = one.parentElement)
      chain.push(one);
    around = chain;
  }

  function stay(): void {
    const [last] = around;
    if (last === undefined || !isGone(last) || document.activeElement !== document.body) return;
    const next = around.find((one) => !isGone(one) && one.matches(NAMED));
    around = [];
    if (next === undefined) return;
    if (!next.hasAttribute('tabindex')) {
      next.tabIndex = -1;
      next.addEventListener('blur', () => next.removeAttribute('tabindex'), { once: true });
    }
    next.focus({ preventScroll: true });
  }

  const changes = new MutationObserver(stay);
  changes.observe(page, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  page.addEventListener('focusin', remember);
  return () => {
    changes.disconnect();
    page.removeEventListener('focusin', remember);
  };
}
