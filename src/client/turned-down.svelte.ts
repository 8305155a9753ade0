import type { Command } from '../core/command';
import type { Refusal } from '../core/refusal';
import type { WorldId } from '../core/scenario';

/** A command that was turned down, by every world or by one of them, and where the learner stood. */
export interface TurnedDown {
  readonly command: Command;
  readonly worlds: readonly { readonly id: WorldId; readonly refusal: Refusal }[];
  readonly branch: number;
  readonly position: number;
}

/** So many are kept for the log. */
const KEPT = 100;

/** What was turned down: the last command, as long as it is the last one, and the latest ones. */
export class TurnedDownBook {
  #last = $state.raw<TurnedDown | null>(null);
  #latest = $state.raw<readonly TurnedDown[]>([]);

  readonly last = $derived(this.#last);
  /** Oldest first. */
  readonly latest = $derived(this.#latest);

  /** Notes what each of `worlds` said to a command; `null`: it carried the command out. */
  note(
    command: Command,
    worlds: readonly WorldId[],
    refusals: readonly (Refusal | null)[],
    place: Pick<TurnedDown, 'branch' | 'position'>,
  ): void {
    const refused = worlds.flatMap((id, index) => {
      const refusal = refusals[index] ?? null;
      return refusal === null ? [] : [{ id, refusal }];
    });
    this.#last = refused.length === 0 ? null : { command, worlds: refused, ...place };
    if (this.#last !== null) this.#latest = [...this.#latest.slice(1 - KEPT), this.#last];
  }

  dismiss(): void {
    this.#last = null;
  }
}
