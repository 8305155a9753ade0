import type { Event } from './event';
import { undo } from './evolve';
import type { Machine } from './machine';
import { foldOutcome, type Outcome } from './step';

/** What an entry of a path did, event by event, and the machines before it. */
export interface Derived {
  readonly entryIndex: number;
  readonly before: readonly Machine[];
  readonly outcome: Outcome;
}

/** Per world: what happened in a step, counted from 1; `null` where the world only waited. */
export function eventsOfStep({ outcome }: Derived, step: number): readonly (Event | null)[] {
  return outcome.events.map((events) => events[step - 1] ?? null);
}

/** Remembers where in an entry it was last: the next place that is asked for is mostly a step away. */
export class Cursor {
  #entryIndex = -1;
  #step = 0;
  #machines: readonly Machine[] = [];

  /** The machines after a step of an entry: from the last ones on or back, or from its start if that is nearer. */
  machinesAt({ entryIndex, before, outcome }: Derived, step: number): readonly Machine[] {
    if (this.#entryIndex !== entryIndex || this.#step - step > step) {
      this.#entryIndex = entryIndex;
      this.#step = 0;
      this.#machines = before;
    }
    this.#machines =
      this.#step <= step
        ? foldOutcome(this.#machines, outcome, step, this.#step)
        : undoOutcome(this.#machines, outcome, step, this.#step);
    this.#step = step;
    return this.#machines;
  }
}

/** Takes back the steps of an outcome from step `from` down to after step `to`. */
function undoOutcome(
  machines: readonly Machine[],
  { events }: Outcome,
  to: number,
  from: number,
): readonly Machine[] {
  return machines.map((machine, index) => (events[index] ?? []).slice(to, from).reduceRight(undo, machine));
}
