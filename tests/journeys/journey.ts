/**
 * What a journey is made of: a visitor with a browser profile of their own, who opens the built site, may close the
 * browser and come back to the same stored data, and is owed a page that neither complains nor calls other hosts.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { expect, inject, test } from 'vitest';
import { findBrowser } from '../run/browser.js';

type ContextOptions = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>;

/** How the visitor's browser is set up; it holds until the browser is closed. */
export type BrowserOptions = Pick<
  ContextOptions,
  'viewport' | 'colorScheme' | 'reducedMotion' | 'forcedColors' | 'contrast' | 'hasTouch' | 'offline' | 'args'
>;

export class Visitor {
  /** What the pages did wrong so far: errors on the console, uncaught errors, requests to other hosts. */
  readonly complaints: string[] = [];

  readonly #profileFolder: string;
  readonly #site = inject('site');
  #context: BrowserContext | undefined;

  constructor(profileFolder: string) {
    this.#profileFolder = profileFolder;
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

  /** Closes the browser with all its tabs. What the site stored stays, for the next `open`. */
  async closeBrowser(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }

  async #openAt(address: string, options: BrowserOptions): Promise<Page> {
    const firstTab = this.#context === undefined;
    this.#context ??= await this.#start(options);
    // A persistent profile opens with one empty tab.
    const page = (firstTab ? this.#context.pages()[0] : undefined) ?? (await this.#context.newPage());
    await page.goto(address);
    return page;
  }

  async #start(options: BrowserOptions): Promise<BrowserContext> {
    const browser = findBrowser();
    const context = await chromium.launchPersistentContext(this.#profileFolder, {
      headless: true,
      viewport: { width: 1280, height: 800 },
      ...options,
      ...(browser && { executablePath: browser.executablePath }),
      args: [...(browser?.args ?? []), ...(options.args ?? [])],
    });
    this.#listenTo(context);
    return context;
  }

  #listenTo(context: BrowserContext): void {
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
  }
}

/** A test with a `visitor`. It fails when the pages complained, unless it emptied `visitor.complaints` itself. */
export const journey = test.extend<{ visitor: Visitor }>({
  visitor: async ({ task }, use) => {
    const profileFolder = await mkdtemp(path.join(tmpdir(), `shadow-copy-lab-${task.id}-`));
    const visitor = new Visitor(profileFolder);
    try {
      await use(visitor);
    } finally {
      await visitor.closeBrowser();
      await rm(profileFolder, { recursive: true, force: true, maxRetries: 5 });
    }
    expect(visitor.complaints).toEqual([]);
  },
});
