/** Those who need time for something that is about to be shown. It waits for all of them, and comes at once. */
export class Preparations<Coming> {
  readonly #all = new Set<(coming: Coming) => Iterable<void>>();

  /** `prepare`: a job that can rest. Gives the function that takes it out again. */
  add(prepare: (coming: Coming) => Iterable<void>): () => void {
    this.#all.add(prepare);
    return () => this.#all.delete(prepare);
  }

  *for(coming: Coming): Generator<void, void> {
    for (const prepare of this.#all) yield* prepare(coming);
  }
}
