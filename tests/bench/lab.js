/** Drives the built lab as a visitor would, with a stop watch inside the page. */
/* global Element, Event, MessageChannel, MutationObserver, addEventListener, clearTimeout, document, performance, requestAnimationFrame, setTimeout */

const STILL_MS = 400;

/** @param {import('playwright').Page} page */
export async function untilUsable(page) {
  await page.getByRole('region', { name: 'Live volume' }).first().waitFor();
  await page.getByRole('button', { name: 'Write', exact: true }).waitFor();
}

/**
 * Resolves when nothing on the stage and the timeline has changed for a while.
 * @param {import('playwright').Page} page
 */
export async function untilStill(page) {
  await page.evaluate(
    (stillMs) =>
      new Promise((resolve) => {
        let timer = setTimeout(finish, stillMs);
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(finish, stillMs);
        });
        observer.observe(document.body, {
          ...{ subtree: true, childList: true, attributes: true, characterData: true },
        });
        function finish() {
          observer.disconnect();
          resolve(undefined);
        }
      }),
    STILL_MS,
  );
}

/**
 * From the click, by its own time stamp, to the end of the frame in which something of a world looks different. What
 * a click does by itself, focus and selection, does not count.
 * @param {import('playwright').Page} page
 * @param {import('playwright').Locator} target
 */
export async function timeToFirstChange(page, target) {
  await target.scrollIntoViewIfNeeded();
  await untilStill(page);
  const watch = await page.evaluateHandle(() => ({
    changed: /** @type {Promise<number>} */ (
      new Promise((resolve) => {
        let clickedAt = NaN;
        addEventListener('click', (event) => (clickedAt = event.timeStamp), {
          capture: true,
          once: true,
        });
        const observer = new MutationObserver((records) => {
          const isChange = records.some(({ type, target: node }) => {
            const isCell = node instanceof Element && node.getAttribute('role') === 'gridcell';
            return type !== 'attributes' || !isCell;
          });
          if (!isChange || Number.isNaN(clickedAt)) return;
          observer.disconnect();
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - clickedAt);
            port2.postMessage(null);
          });
        });
        for (const world of document.querySelectorAll('section[aria-label^="Protection o"]')) {
          observer.observe(world, {
            ...{ subtree: true, childList: true, attributes: true, characterData: true },
          });
        }
      })
    ),
  }));
  await target.click();
  return watch.evaluate(({ changed }) => changed);
}

/**
 * The control: a change of one attribute that nobody has to compute, to the end of the frame that shows it.
 * @param {import('playwright').Page} page
 */
export async function timeOfBareFrame(page) {
  return page.evaluate(
    () =>
      /** @type {Promise<number>} */ (
        new Promise((resolve) => {
          const from = performance.now();
          document.body.dataset['bench'] = String(from);
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - from);
            port2.postMessage(null);
          });
        })
      ),
  );
}

/**
 * Moves the timeline's slider to a position, as dragging does, until the page shows it: to where its script has
 * changed the document, layout included.
 * @param {import('playwright').Page} page
 * @param {readonly number[]} shares of the whole length, 0 to 1
 * @returns {Promise<number[]>}
 */
export async function timesOfSeeks(page, shares) {
  const slider = page.getByRole('region', { name: 'Timeline' }).getByRole('slider');
  return slider.evaluate(async (element, places) => {
    const input = /** @type {HTMLInputElement} */ (element);
    const times = [];
    for (const share of places) {
      const position = Math.round(share * Number(input.max));
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const from = performance.now();
      input.value = String(position);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      // Svelte brings the document up to date in a microtask.
      await Promise.resolve();
      await Promise.resolve();
      document.body.getBoundingClientRect();
      times.push(performance.now() - from);
      const shown = input.ariaValueText ?? '';
      if (!shown.startsWith(`Step ${position} `))
        throw new Error(`At ${position} the slider says "${shown}"`);
    }
    return times;
  }, shares);
}
