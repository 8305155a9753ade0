/**
 * What a journey is made of: a visitor who has a browser to themselves, as far as they can tell, who opens the built
 * site, and is owed a page that neither complains nor calls other hosts.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright';
import { expect, inject, test } from 'vitest';
import { findBrowser } from '../run/browser.js';

/** How the visitor's browser is set up; it holds until the browser is closed. */
export type BrowserOptions = Pick<
  NonNullable<Parameters<Browser['newContext']>[0]>,
  'viewport' | 'colorScheme' | 'reducedMotion' | 'forcedColors' | 'contrast' | 'hasTouch'
>;

export class Visitor {
  /** What the pages did wrong so far: errors on the console, uncaught errors, requests to other hosts. */
  readonly complaints: string[] = [];

  readonly #start: (options: BrowserOptions) => Promise<BrowserContext>;
  readonly #site = inject('site');
  #context: BrowserContext | undefined;

  constructor(start: (options: BrowserOptions) => Promise<BrowserContext>) {
    this.#start = start;
  }

  /**
   * Opens a tab.
   * @param route what follows the address of the site, as '#/lab?fault=8'
   * @param options for the browser, when this is its first tab
   */
  async open(route = '', options: BrowserOptions = {}): Promise<Page> {
    return this.#openAt(this.#site.atRoot + route, options);
  }

  /** Opens a tab on the same files served below a path. */
  async openBelowPath(route = '', options: BrowserOptions = {}): Promise<Page> {
    return this.#openAt(this.#site.belowPath + route, options);
  }

  /** Closes the browser with all its tabs. A `resident` finds again what the site stored, with the next `open`. */
  async closeBrowser(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }

  async #openAt(address: string, options: BrowserOptions): Promise<Page> {
    const firstTab = this.#context === undefined;
    this.#context ??= this.#listenTo(
      await this.#start({ viewport: { width: 1280, height: 800 }, ...options }),
    );
    // A profile on the disk opens with one empty tab.
    const page = (firstTab ? this.#context.pages()[0] : undefined) ?? (await this.#context.newPage());
    await page.goto(address);
    return page;
  }

  #listenTo(context: BrowserContext): BrowserContext {
    const own = new Set([new URL(this.#site.atRoot).origin, new URL(this.#site.belowPath).origin]);
    context.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`console: ${message.text()}`);
    });
    context.on('weberror', (error) => this.complaints.push(`uncaught: ${error.error().message}`));
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && !own.has(url.origin)) {
        this.complaints.push(`request to another host: ${request.url()}`);
      }
    });
    return context;
  }
}

interface Fixtures {
  readonly program: ReturnType<typeof findBrowser>;
  /** Starting a browser takes longer than many a journey: those of one worker share it, and nothing in it. */
  readonly browser: Browser;
  /** Has a profile in memory, gone with the test. */
  readonly visitor: Visitor;
  /** Has a profile on the disk and a browser process of their own: may close it, and come back to what is stored. */
  readonly resident: Visitor;
}

/** A test with a `visitor`. It fails when the pages complained, unless it emptied `visitor.complaints` itself. */
export const journey = test.extend<Fixtures>({
  program: [findBrowser(), { scope: 'worker' }],
  browser: [
    async ({ program }, use) => {
      const browser = await chromium.launch(program);
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  visitor: async ({ browser }, use) => {
    const visitor = new Visitor((options) => browser.newContext(options));
    try {
      await use(visitor);
    } finally {
      await visitor.closeBrowser();
    }
    expect(visitor.complaints).toEqual([]);
  },
  resident: async ({ program, task }, use) => {
    const profileFolder = await mkdtemp(path.join(tmpdir(), `shadow-copy-lab-${task.id}-`));
    const resident = new Visitor((options) =>
      chromium.launchPersistentContext(profileFolder, { ...options, ...program }),
    );
    try {
      await use(resident);
    } finally {
      await resident.closeBrowser();
      await rm(profileFolder, { recursive: true, force: true, maxRetries: 5 });
    }
    expect(resident.complaints).toEqual([]);
  },
});
