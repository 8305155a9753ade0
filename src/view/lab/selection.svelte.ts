/** What the learner has picked out on the stage. It belongs to the page and is not kept. */
export class LabSelection {
  #block = $state<number | null>(null);
  #slot = $state<number | null>(null);
  #lookThrough = $state<number | null>(null);
  /** What clicking a block does. */
  clicking = $state<'write' | 'inspect'>('write');
  /** The block number in the write panel: follows the block picked on the stage, and can be typed. */
  writeBlock = $state(0);

  readonly block = $derived(this.#block);
  readonly slot = $derived(this.#slot);
  /** The snapshot through whose eyes the live volume is shown; `null`: the present. */
  readonly lookThrough = $derived(this.#lookThrough);

  selectBlock(block: number): void {
    this.#block = block;
    this.#slot = null;
    this.writeBlock = block;
  }

  selectSlot(slot: number): void {
    this.#slot = slot;
    this.#block = null;
  }

  look(snapshot: number | null): void {
    this.#lookThrough = snapshot;
  }
}
