import type { Locator, Page } from 'playwright';

export type WorldName = 'Protection off' | 'Protection on';

/** The laboratory as a visitor finds it: by roles and names only. */
export class LabPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async ready(): Promise<this> {
    await this.page.getByRole('region', { name: 'Timeline' }).waitFor();
    await this.page.getByRole('region', { name: 'Event log' }).waitFor();
    return this;
  }

  world(name: WorldName): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  region(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }

  button(name: string | RegExp, within: Locator | Page = this.page): Locator {
    return within.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  }

  /** What stands beside a term of the Protection status. */
  async status(world: WorldName, term: string): Promise<string> {
    const row = this.world(world)
      .getByRole('region', { name: 'Protection status' })
      .locator('dl > div')
      .filter({ has: this.page.getByRole('term').getByText(term, { exact: true }) });
    return (await row.getByRole('definition').textContent()) ?? '';
  }

  async statuses(world: WorldName, ...terms: readonly string[]): Promise<readonly string[]> {
    return Promise.all(terms.map((term) => this.status(world, term)));
  }

  get stepField(): Locator {
    return this.page.getByRole('spinbutton', { name: 'Step' });
  }

  async position(): Promise<number> {
    return Number(await this.stepField.inputValue());
  }

  /** Waits until nothing moves any more. */
  async still(): Promise<void> {
    await this.button('Play').waitFor();
  }

  async speedUp(): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Speed' }).selectOption('64');
  }

  cell(world: WorldName, block: number): Locator {
    return this.world(world).getByRole('gridcell', { name: new RegExp(`^Block ${block}:`) });
  }

  slot(world: WorldName, slot: number): Locator {
    return this.world(world).getByRole('gridcell', { name: new RegExp(`^Slot ${slot}:`) });
  }

  /** The contents of all blocks that lie in the browser's database, as texts, read past the page. */
  async storedTexts(): Promise<readonly string[]> {
    return this.page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('shadow-copy-lab');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('The database did not open'));
      });
      try {
        const [name] = database.objectStoreNames;
        const segments = await new Promise<readonly unknown[]>((resolve, reject) => {
          const range = IDBKeyRange.bound(['segment'], ['segment', []]);
          const request = database.transaction(name!).objectStore(name!).getAll(range);
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error ?? new Error('The rows could not be read'));
        });
        return segments.flatMap((bytes) => {
          if (!(bytes instanceof Uint8Array)) return [];
          const blocks = Array.from({ length: bytes.length / 16_384 }, (_, index) =>
            bytes.slice(index * 16_384, (index + 1) * 16_384),
          );
          return blocks.map((block) => new TextDecoder().decode(block).replace(/\0+$/, ''));
        });
      } finally {
        database.close();
      }
    });
  }
}
