/** What the face of a block shows: the number of the write that made it, its bytes as a figure, or how old they are. */
export type Lens = 'number' | 'fingerprint' | 'age';

/** The event whose causes are drawn on the stage: the one that led to `position` in a world. */
export interface Asked {
  readonly position: number;
  readonly worldIndex: number;
}

/** What one world was asked, and what is drawn on its stage until it is put away: an event, a read or a slot. */
export type Question =
  | ({ readonly kind: 'why' } & Asked)
  | {
      readonly kind: 'read';
      readonly worldIndex: number;
      readonly snapshot: number;
      readonly block: number;
    }
  | { readonly kind: 'owner'; readonly worldIndex: number; readonly slot: number };

/** What the learner has picked out on the stage. It belongs to the page and is not kept. */
export class LabSelection {
  #block = $state<number | null>(null);
  #slot = $state<number | null>(null);
  #lookThrough = $state<number | null>(null);
  #pointed = $state<number | null>(null);
  #question = $state.raw<Question | null>(null);
  #callout = $state<number | null>(null);
  #isUnasked = $state(false);
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
  readonly question = $derived(this.#question);
  readonly asked: Asked | null = $derived(this.#question?.kind === 'why' ? this.#question : null);
  /** A lesson shows this answer by itself: the focus stays where the learner has it. */
  readonly isUnasked = $derived(this.#isUnasked);
  /** Of the numbered callouts on the stage, the one that is picked out there and in the answer. */
  readonly callout = $derived(this.#callout);

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
    this.pose(asked === null ? null : { kind: 'why', ...asked });
  }

  pose(question: Question | null): void {
    this.#question = question;
    this.#callout = null;
    this.#isUnasked = false;
  }

  /** Shows why an event happened without having been asked. */
  tell(asked: Asked): void {
    this.ask(asked);
    this.#isUnasked = true;
  }

  /** Picks a callout out; picked again, it is let go. */
  pickCallout(number: number): void {
    this.#callout = this.#callout === number ? null : number;
  }
}
