import type { EventId } from '../catalogue/event-id';
import { Tally, type Digest } from '../digest';
import { closeDraft, openDraft, TABLES, type Draft } from '../draft';
import type { Event } from '../event';
import { apply } from '../evolve';
import type { Machine } from '../machine';

/**
 * Commands being carried out: what has happened so far, and the machine as it stands after that. Rules read
 * `state` and tell what happens next; each event is applied at once, by the same `apply` that everyone else folds with.
 */
export class Run {
  readonly state: Draft;
  readonly watched: boolean;
  readonly #events: Event[] = [];
  #tally = new Tally();

  /** `watched`: keep the events. Unwatched runs only keep their result, and what happened in numbers. */
  constructor(machine: Machine, watched: boolean) {
    this.state = openDraft(machine);
    this.watched = watched;
  }

  happen(event: Event): void {
    apply(this.state, event);
    if (this.watched) this.#events.push(event);
    else this.#tally.add(event);
  }

  log(...eventIds: readonly EventId[]): void {
    for (const eventId of eventIds) this.happen({ type: 'eventLogged', eventId });
  }

  get events(): readonly Event[] {
    return this.#events;
  }

  /** Counts in what an unwatched run does without an event. */
  get tally(): Tally {
    return this.#tally;
  }

  /** What an unwatched run has done since this was last asked. */
  takeDigest(): Digest {
    const digest = this.#tally.finish();
    this.#tally = new Tally();
    return digest;
  }

  /** Gives what `work` comes to. Where that does not hold, everything is as it was before, and there is nothing: `null`. */
  attempt<Done>(work: () => Done, holds: (done: Done) => boolean): Done | null {
    const before = { ...this.state };
    const tables = TABLES.map((table) => this.state[table]);
    for (const table of tables) table.keepTrack();
    const done = work();
    const isKept = holds(done);
    for (const table of tables) table.endTrack(isKept);
    if (isKept) return done;
    Object.assign(this.state, before);
    return null;
  }

  finish(): Machine {
    return closeDraft(this.state);
  }
}
