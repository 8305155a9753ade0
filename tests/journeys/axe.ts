import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, NodeResult, Result, RunOptions } from 'axe-core';
import type { Page } from 'playwright';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * The parts of a world: two worlds side by side have the same four, by the names that the product promises. Each stands
 * in a region that is named after its world, which tells them apart for a listener; axe looks at their own names only.
 */
const PARTS_OF_A_WORLD: ReadonlySet<unknown> = new Set([
  'live volume',
  'diff area',
  'shadow copies',
  'protection status',
]);

function isPartOfAWorld({ any }: NodeResult): boolean {
  const data: unknown = any[0]?.data;
  return (
    typeof data === 'object' &&
    data !== null &&
    'accessibleText' in data &&
    PARTS_OF_A_WORLD.has(data.accessibleText)
  );
}

function told({ id, nodes }: Result): readonly string[] {
  const faulty = id === 'landmark-unique' ? nodes.filter((node) => !isPartOfAWorld(node)) : nodes;
  return faulty.map(({ target, html }) => `${id}: ${target.join(' ')} ${html}`);
}

/** Colours that are on their way from one theme to the other are neither's. What is folded away waits for its opening. */
async function comeToRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    const seen = document
      .getAnimations()
      .filter(({ effect }) => (effect as KeyframeEffect).target?.checkVisibility() === true);
    await Promise.allSettled(seen.map(({ finished }) => finished));
  });
}

/** What axe finds wrong with the page as it stands, or with the parts that match: the rules and the elements. */
export async function violations(page: Page, parts = 'html'): Promise<readonly string[]> {
  await comeToRest(page);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const results = await page.evaluate(async (selector) => {
    const { axe } = window as unknown as {
      axe: { run: (context: string, options: RunOptions) => Promise<AxeResults> };
    };
    return axe.run(selector, { resultTypes: ['violations'], preload: false });
  }, parts);
  return results.violations.flatMap(told);
}

/** Looks at one state of a page after another, and remembers what axe finds in each. */
export class Audit {
  /** By state; those without a fault are left out. */
  readonly found: Record<string, readonly string[]> = {};
  /** How many states were looked at. */
  states = 0;

  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async look(state: string, parts?: string): Promise<void> {
    const faults = await violations(this.#page, parts);
    this.states += 1;
    if (faults.length > 0) this.found[state] = faults;
  }
}
