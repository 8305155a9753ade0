import type { Page } from 'playwright';
import { expect } from 'vitest';
import { journey } from './journey';
import { LabPage } from './lab';

/** Every fault with both levels side by side, four at a time. */
const FAULTS = [
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 10, 11, 12],
  [13, 14, 15, 16],
] as const;

/** How a world stands at a step, in the words that listeners hear, and how much is drawn over it. */
type Description = string;

interface Walk {
  readonly forward: readonly Description[];
  readonly backward: readonly Description[];
  readonly played: Description;
}

/**
 * Steps through the whole run and back with the buttons and the keys, then plays it. At the highest speed a step is
 * over with the press, so that all of it can be done inside the page.
 */
async function walk(page: Page): Promise<Walk> {
  return page.evaluate(async () => {
    const button = (name: string): HTMLButtonElement => {
      const found = [...document.querySelectorAll<HTMLButtonElement>('.transport button')].find(
        (one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === name,
      );
      if (found === undefined) throw new Error(`There is no button ${name}`);
      return found;
    };
    const press = (key: string): void => {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    };
    const drawn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

    /** Terms and values, names of cells and parts, what is on the shelf, and the kinds of marks over them. */
    const describe = (): string =>
      [...document.querySelectorAll('.world')]
        .map((world) => {
          const texts = [...world.querySelectorAll('dt, dd, h3, .use, [data-card], .program, .verdict')];
          const named = [
            ...world.querySelectorAll('[role="gridcell"], [role="img"], [aria-label="Broken"] li'),
          ];
          // What encloses a card waits for the browser to lay the card out: a frame more.
          const marks = [...world.querySelectorAll('svg.motion > :not(.brackets)')].map(
            (mark) => mark.classList[0],
          );
          return [
            ...texts.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()),
            ...named.map((one) => one.getAttribute('aria-label') ?? one.textContent.trim()),
            ...marks.toSorted(),
          ].join('\n');
        })
        .join('\n\n');

    const forward = [describe()];
    while (button('Step forward').ariaDisabled !== 'true') {
      button('Step forward').click();
      await drawn();
      forward.push(describe());
    }
    const backward = [describe()];
    while (button('Step back').ariaDisabled !== 'true') {
      press('ArrowLeft');
      await drawn();
      backward.push(describe());
    }
    press(' ');
    await drawn();
    while (document.querySelector('.transport .play')?.textContent.trim() !== 'Play') {
      await new Promise(requestAnimationFrame);
    }
    await drawn();
    return { forward, backward, played: describe() };
  });
}

journey.for(FAULTS)(
  'faults %i, %i, %i and %i: forward and backward through every step the same, and played the same',
  async (faults, { visitor }) => {
    const page = await visitor.open('', { viewport: { width: 1280, height: 800 } });
    const lab = await new LabPage(page).ready();
    await lab.speedUp();
    const address = page.url().replace(/#.*$/, '');
    for (const fault of faults) {
      await page.goto(`${address}#/lab?fault=${fault}&level=both&at=start`);
      await lab.region('Branches').getByText(`On the run of fault ${fault}`, { exact: true }).waitFor();
      const { forward, backward, played } = await walk(page);

      expect(forward.length, `fault ${fault}`).toBeGreaterThan(40);
      expect(backward.toReversed(), `fault ${fault}`).toEqual(forward);
      expect(played, `fault ${fault}`).toBe(forward.at(-1));
      // At the end one world has lost what it kept, and the other one stands still.
      expect(forward.at(-1)).toContain('All I/O blocked');
      expect(forward.at(-1)).toMatch(/\d snapshots? lost/);
      expect(new Set(forward).size, `fault ${fault}`).toBeGreaterThan(0.8 * forward.length);
    }
  },
);
