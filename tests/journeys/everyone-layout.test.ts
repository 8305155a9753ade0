/** What axe does not see of how the pages are laid out: their width, their targets, their headings and their titles. */
import type { Page } from 'playwright';
import { expect } from 'vitest';
import { journey } from './journey';
import { LabPage } from './lab';

const PAGES = [
  { route: '#/lab?fault=8&level=both&at=64', title: 'Shadow Copy Lab' },
  { route: '#/lab?fault=7&level=both&at=end', title: 'Shadow Copy Lab' },
  { route: '#/lessons', title: 'Lessons · Shadow Copy Lab' },
  { route: '#/lessons/new', title: 'Build a lesson · Shadow Copy Lab' },
  { route: '#/lessons/first-write', title: 'The first write after a snapshot · Shadow Copy Lab' },
  { route: '#/lessons/no-such-lesson', title: 'Lessons · Shadow Copy Lab' },
  { route: '#/faults', title: 'Faults · Shadow Copy Lab' },
  { route: '#/faults/8', title: 'Fault 8: Diff area full · Shadow Copy Lab' },
  { route: '#/faults/9', title: 'Fault 9: Growth too slow · Shadow Copy Lab' },
  { route: '#/reference', title: 'Reference · Shadow Copy Lab' },
  { route: '#/reference?q=87', title: 'Reference · Shadow Copy Lab' },
] as const;

interface Layout {
  readonly title: string;
  readonly textPx: number;
  /** How far the page can be scrolled sideways, in pixels. */
  readonly sideways: number;
  /** The headings that are one level too deep after the one before them. */
  readonly skipped: readonly string[];
  readonly mainHeadings: number;
  readonly landmarks: readonly string[];
  /** What can be pressed and is less than 24 pixels wide or high. */
  readonly small: readonly string[];
  /** Text that is cut off where it stands. */
  readonly cut: readonly string[];
}

/** Measured inside the page. A block of the stage has an equal elsewhere: its number in the field of the panel Write. */
function measure(): Layout {
  const isSeen = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true }) && element.closest('.visually-hidden') === null;
  const seen = (selector: string): HTMLElement[] =>
    [...document.querySelectorAll<HTMLElement>(selector)].filter(isSeen);
  const nameOf = (element: HTMLElement): string =>
    `${element.localName} ${element.ariaLabel ?? element.textContent.trim().slice(0, 60)}`;

  function isSmall(element: HTMLElement): boolean {
    // Within a sentence the line decides how high a link is.
    const text = element.parentElement?.textContent.trim();
    if (getComputedStyle(element).display === 'inline' && text !== element.textContent.trim()) return false;
    const target = element.matches('[type="checkbox"], [type="radio"]')
      ? (element.closest('label') ?? element)
      : element;
    const { width, height } = target.getBoundingClientRect();
    return Math.min(width, height) < 23.9;
  }

  const levels = seen('h1, h2, h3, h4, h5, h6');
  const { scrollWidth, clientWidth } = document.documentElement;
  return {
    title: document.title,
    textPx: parseFloat(getComputedStyle(document.documentElement).fontSize),
    sideways: scrollWidth - clientWidth,
    skipped: levels
      .filter(
        (heading, index) => Number(heading.localName[1]) > Number(levels[index - 1]?.localName[1] ?? 0) + 1,
      )
      .map(nameOf),
    mainHeadings: seen('h1').length,
    landmarks: seen('body > div > header, body > div > header nav, main').map(({ localName }) => localName),
    small: seen('a[href], button, input:not([type="range"]), select, textarea, summary')
      .filter(isSmall)
      .map(nameOf),
    cut: seen('body *')
      .filter((element) => ['hidden', 'clip'].includes(getComputedStyle(element).overflowX))
      .filter((element) => element.textContent.trim() !== '' && element.closest('svg') === null)
      .filter((element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
      .filter((element) => getComputedStyle(element).textOverflow !== 'ellipsis')
      .map(nameOf),
  };
}

async function layoutOf(page: Page, route: string, title: string): Promise<Layout> {
  await page.evaluate((hash) => (location.hash = hash), route);
  await expect.poll(() => page.title()).toBe(title);
  await page.locator('h1').first().waitFor();
  // Parts are loaded one after the other: what does not change any more is whole.
  let before = '';
  let now = await page.evaluate(measure);
  while (before !== JSON.stringify(now)) {
    before = JSON.stringify(now);
    await page.waitForTimeout(100);
    now = await page.evaluate(measure);
  }
  return now;
}

const SIZES = [
  { name: '320 pixels', width: 320, height: 640, textPx: 16 },
  { name: '1280 pixels', width: 1280, height: 800, textPx: 16 },
  { name: '1280 pixels, text of 200 %', width: 1280, height: 800, textPx: 32 },
] as const;

journey.for(SIZES)(
  'at $name no page is too wide, nothing is too small to be hit, headings and titles are in order',
  async (size, { visitor }) => {
    const { width, height, textPx } = size;
    const page = await visitor.open('', { viewport: { width, height } });
    const devTools = await page.context().newCDPSession(page);
    // As a visitor sets it in the browser: lengths in queries follow it, too.
    await devTools.send('Page.setFontSizes', { fontSizes: { standard: textPx, fixed: textPx - 3 } });
    await page.reload();
    await page.getByRole('region', { name: 'Event log' }).waitFor();
    const found: Record<string, Layout> = {};
    for (const { route, title } of PAGES) found[route] = await layoutOf(page, route, title);

    const sound = {
      textPx,
      sideways: 0,
      skipped: [],
      mainHeadings: 1,
      landmarks: ['header', 'nav', 'main'],
      small: [],
      cut: [],
    };
    expect(found).toEqual(Object.fromEntries(PAGES.map(({ route, title }) => [route, { ...sound, title }])));
  },
);

journey(
  'on paper the lanes, the plots and the marks on the stage are drawn for the width of the paper',
  async ({ visitor }) => {
    const page = await visitor.open('#/lab?fault=7&level=both&at=end');
    await new LabPage(page).ready();
    await page.locator('.motion').first().waitFor({ state: 'attached' });
    await page.evaluate(() => {
      const widths = (drawing: string, place: string): readonly number[] =>
        [drawing, place].map((selector) =>
          Math.round(document.querySelector(selector)!.getBoundingClientRect().width),
        );
      matchMedia('print').addEventListener('change', ({ matches }) => {
        if (!matches) return;
        // What has been measured anew is drawn by then.
        queueMicrotask(() =>
          Object.assign(window, {
            onPaper: {
              lanes: widths('.timeline .field svg', '.timeline .field'),
              plot: widths('figure .field svg', 'figure .field'),
              stage: widths('.motion', '.stage'),
            },
          }),
        );
      });
    });
    const onScreen = await page
      .locator('.stage')
      .first()
      .evaluate((stage) => Math.round(stage.clientWidth));
    await page.pdf({ format: 'A4' });

    const { lanes, plot, stage } = await page.evaluate(
      () => (window as unknown as { onPaper: Record<'lanes' | 'plot' | 'stage', [number, number]> }).onPaper,
    );
    expect(stage[1]).not.toBe(onScreen);
    expect([lanes[0], plot[0], stage[0]]).toEqual([lanes[1], plot[1], stage[1]]);
  },
);
