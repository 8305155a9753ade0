/** By keyboard alone: everything is reached, nothing is a trap, the focus is seen and never lost; and what is spoken. */
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { journey } from './journey';
import { LabPage } from './lab';

interface Walk {
  /** What the Tab key leads to and was never reached. */
  readonly missed: readonly string[];
  /** What has the focus where nobody sees it: off the screen, below something else, or without an outline. */
  readonly unseen: readonly string[];
  /** To what the walk went up again, by more than a line or two and not for another column. */
  readonly leaps: readonly string[];
}

interface Walking {
  readonly isOver: () => boolean;
  readonly end: () => Walk;
}

/** Presses Tab until it has led through the whole page, and at most for twice as long as that can take. */
async function walk(page: Page): Promise<Walk> {
  const stops = await page.evaluate(beginWalk);
  const isOver = (): Promise<boolean> =>
    page.evaluate(() => (window as unknown as { walking: Walking }).walking.isOver());
  for (let press = 0; press < 2 * stops; press += 1) {
    await page.keyboard.press('Tab');
    if (press % 8 === 0 && (await isOver())) break;
  }
  return page.evaluate(() => (window as unknown as { walking: Walking }).walking.end());
}

/** Counts what the Tab key leads to, and notes each stop. Runs inside the page. */
function beginWalk(): number {
  const nameOf = (element: Element): string =>
    `${element.localName} ${element.ariaLabel ?? element.textContent.trim().slice(0, 50)}`;
  const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const stops = [...document.querySelectorAll<HTMLInputElement>(FOCUSABLE)].filter(
    (element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.disabled &&
      element.tabIndex >= 0 &&
      // Of a group of radio buttons the chosen one is the stop.
      (element.type !== 'radio' || element.checked),
  );
  const reached = new Set<Element>();
  const unseen: string[] = [];
  const leaps: string[] = [];
  let before: DOMRect | null = null;

  const isOver = (): boolean => stops.every((stop) => reached.has(stop));

  function isCovered(element: Element): boolean {
    const { x, y, width, height } = element.getBoundingClientRect();
    const top = document.elementFromPoint(x + Math.min(width / 2, 10), y + Math.min(height / 2, 10));
    return (
      top === null ||
      !(element.contains(top) || top.contains(element) || top.closest('label')?.contains(element))
    );
  }

  /** The outline may be drawn around what stands for the element: its label, its track. */
  function isOutlined(element: Element): boolean {
    const shown = [element, element.closest('label'), element.closest('.track')].filter(
      (one) => one !== null,
    );
    return shown.some((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
  }

  function note({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement) || isOver()) return;
    reached.add(target);
    if (!isOutlined(target)) unseen.push(`${nameOf(target)}: no outline`);
    // The slider of the timeline lies below the lanes that are its picture.
    if (isCovered(target) && target.closest('.track') === null) unseen.push(`${nameOf(target)}: covered`);
    const place = target.getBoundingClientRect();
    if (target.closest('.rows') !== null) return;
    const isUp = before !== null && place.bottom + scrollY < before.top - 200;
    if (isUp && place.left <= (before?.left ?? 0)) leaps.push(nameOf(target));
    before = new DOMRect(place.x, place.y + scrollY, place.width, place.height);
  }

  document.addEventListener('focusin', note);
  const end = (): Walk => {
    document.removeEventListener('focusin', note);
    return { missed: stops.filter((element) => !reached.has(element)).map(nameOf), unseen, leaps };
  };
  Object.assign(window, { walking: { isOver, end } });
  return stops.length;
}

const PAGES = [
  '#/lab?fault=7&level=both&at=end',
  '#/faults',
  '#/faults/8',
  '#/lessons',
  '#/lessons/first-write',
  '#/lessons/new',
  '#/reference/hotfix',
] as const;

/** Loads a page anew, so that the first Tab leads to its first stop, and waits until all of its parts are there. */
async function load(page: Page, address: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(address, { waitUntil: 'networkidle' });
  await page.locator('h1').first().waitFor();
  const count = (): Promise<number> => page.locator('button, a, input').count();
  const pause = page.getByRole('button', { name: 'Pause' });
  let [before, now] = [-1, await count()];
  while (before !== now || (await pause.isVisible())) {
    await page.waitForTimeout(300);
    [before, now] = [now, await count()];
  }
}

journey.for([
  { width: 1280, height: 800, pages: PAGES },
  { width: 320, height: 640, pages: [PAGES[0], PAGES[2]] },
])(
  'at $width pixels the Tab key leads through each page in order, and the focus is always seen',
  async ({ pages, ...viewport }, { visitor }) => {
    const page = await visitor.open('', { viewport });
    const address = page.url();
    const walks: Record<string, Walk> = {};
    for (const route of pages) {
      await load(page, address + route);
      walks[route] = await walk(page);
    }

    expect(walks).toEqual(
      Object.fromEntries(pages.map((route) => [route, { missed: [], unseen: [], leaps: [] }])),
    );
  },
);

async function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.localName ?? 'nothing');
}

journey('the focus outlives what had it', async ({ visitor }) => {
  const page = await visitor.open('#/lab?fault=8&level=both&at=64');
  const lab = await new LabPage(page).ready();
  await lab.region('Branches').waitFor();
  await lab.speedUp();
  const lost: string[] = [];
  const press = async (what: string, button: ReturnType<LabPage['button']>): Promise<void> => {
    await button.press('Enter');
    await lab.still();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    if ((await focused(page)) === 'body') lost.push(what);
  };

  await press('to the end', lab.button('To the end'));
  await press('to the start', lab.button('To the start'));
  await lab.button('To the end').click();
  await press('delete a snapshot', lab.button('Delete snapshot 2'));
  await press('undo', lab.button('Undo'));
  const branches = lab.region('Branches');
  await press('ask', branches.getByRole('button', { name: /^Delete/ }).first());
  await press('delete a branch', lab.button('Delete the branch', branches));
  await press('leave protection', lab.button('Repair what is broken').first());
  await page.evaluate(() => (location.hash = '#/no/such/page'));
  await press('dismiss', lab.button('Dismiss'));
  await page.evaluate(() => (location.hash = '#/lessons'));
  await press('a link to a lesson', page.getByRole('link', { name: 'The first write after a snapshot' }));
  const lesson = lab.region('Lesson');
  for (const beat of ['2 of 6', '3 of 6']) {
    await expect.poll(() => lab.button('Next', lesson).isEnabled()).toBe(true);
    await press('next', lab.button('Next', lesson));
    await lesson.getByText(beat, { exact: true }).waitFor();
  }
  await lesson.getByRole('radio').first().check();
  await lesson.getByRole('radio', { name: 'Certain' }).check();
  await press('commit', lab.button('Commit', lesson));

  expect(lost).toEqual([]);
});

/** Every text that a screen reader would speak from now on, as it comes. */
async function listen(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const spoken: string[] = [];
    new MutationObserver((changes) => {
      const regions = changes.map(({ target }) =>
        (target instanceof Element ? target : target.parentElement)?.closest(
          '[role="status"], [role="alert"], [role="log"], [aria-live]',
        ),
      );
      for (const region of new Set(regions))
        if (region?.textContent.trim()) spoken.push(region.textContent.trim());
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
    Object.assign(window, { spoken });
  });
  return () => page.evaluate(() => (window as unknown as { spoken: readonly string[] }).spoken);
}

journey('while the story plays nothing is spoken; at its end, once for each world', async ({ visitor }) => {
  const page = await visitor.open();
  const lab = await new LabPage(page).ready();
  const spoken = await listen(page);
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('8');
  await lab.button('Play the story').click();
  await expect.poll(() => lab.position()).toBeGreaterThan(20);
  expect(await spoken()).toEqual([]);
  await lab.still();

  expect(await spoken()).toHaveLength(1);
  // A step back and forth is told as well: one sentence each.
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  expect((await spoken()).length).toBeLessThanOrEqual(3);
});

journey('with reduced motion nothing on any page is animated', async ({ visitor }) => {
  const page = await visitor.open('', { reducedMotion: 'reduce' });
  const lab = await new LabPage(page).ready();
  const moving = (): Promise<number> => page.evaluate(() => document.getAnimations().length);
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
  expect(await moving()).toBe(0);
  await lab.region('Console').locator('summary').first().click();
  await lab.button('To the end').hover();
  expect(await moving()).toBe(0);
  for (const route of PAGES) {
    await page.evaluate((hash) => (location.hash = hash), route);
    await page.locator('h1').first().waitFor();
    await page.locator('button').last().hover();
    expect(await moving(), route).toBe(0);
  }
});
