import type { Flaw } from '../core/problem';
import type { HeldStart } from '../formats/kept-start';

/**
 * What branches begin from, as far as the engine has told of it. Hardly any laboratory has a start, so what reads them
 * is loaded when the first one comes.
 */
export class StartBook {
  readonly #starts = new Map<number, HeldStart>();
  #reading: Promise<void> | null = null;

  get all(): ReadonlyMap<number, HeldStart> {
    return this.#starts;
  }

  /**
   * Reads starts that came as plain data, and says then what was wrong with them. Whatever is asked for meanwhile comes
   * after it: answers keep their order.
   */
  read(kept: readonly unknown[], done: (flaw: Flaw | null) => void): void {
    if (kept.length === 0 && this.#reading === null) return done(null);
    const reading = (this.#reading ?? Promise.resolve())
      .then(() => this.#read(kept))
      .then(done)
      .finally(() => {
        if (this.#reading === reading) this.#reading = null;
      });
    this.#reading = reading;
  }

  async #read(kept: readonly unknown[]): Promise<Flaw | null> {
    if (kept.length === 0) return null;
    try {
      const { parseStart } = await import('../formats/kept-start');
      for (const [index, untrusted] of kept.entries()) {
        const parsed = parseStart(untrusted);
        if (!parsed.ok) return { ...parsed.problem, place: `starts.${index}.${parsed.problem.place}` };
        this.#starts.set(parsed.value.start.id, parsed.value);
      }
      return null;
    } catch (error) {
      return { place: 'starts', reason: String(error) };
    }
  }
}
