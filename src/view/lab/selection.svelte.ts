/** What the face of a block shows: the number of the write that made it, its bytes as a figure, or how old they are. */
export type Lens = 'number' | 'fingerprint' | 'age';

/** The event whose causes are drawn on the stage: the one that led to `position` in a world. */
export interface Asked {
  readonly position: number;
  readonly worldIndex: number;
}

/** What the learner has picked out on the stage. It belongs to the page and is not kept. */
export class LabSelection {
  #block = $state<number | null>(null);
  #slot = $state<number | null>(null);
  #lookThrough = $state<number | null>(null);
  #pointed = $state<number | null>(null);
  #asked = $state.raw<Asked | null>(null);
  /** What clicking a block does. */
  clicking = $state<'write' | 'inspect'>('write');
  /** The block number in the write panel: follows the block picked on the stage, and can be typed. */
  writeBlock = $state(0);
  /** What the face of a block shows. */
  lens = $state<Lens>('number');

  readonly block = $derived(this.#block);
  readonly slot = $derived(this.#slot);
  /** The snapshot through whose eyes the live volume is shown; `null`: the present. */
  readonly lookThrough = $derived(this.#lookThrough);
  /** The position that the pointer is at, on the timeline or in a plot: marked in all of them. */
  readonly pointed = $derived(this.#pointed);
  readonly asked = $derived(this.#asked);

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

  point(position: number | null): void {
    this.#pointed = position;
  }

  /** Asks why an event happened; `null`: the question is put away. */
  ask(asked: Asked | null): void {
    this.#asked = asked;
  }
}
