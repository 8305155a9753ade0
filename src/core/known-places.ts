import type { Place } from './checkpoints';
import type { Derived } from './derived';

/** What happens last is what is looked at first, and a step back leads to the place before it. */
const LATEST_KEPT = 2;

/** A moment and the next one may lie on both sides of a border. */
const DERIVED_KEPT = 2;

/** On a large volume the machines of a place weigh as much as a checkpoint: while the path goes on, they are let go. */
const ENTRIES_TO_FORGET = 64;

/** The few places of a path whose machines are at hand besides its checkpoints. */
export class KnownPlaces {
  /** Whose machines were made last, latest first. */
  #latest: readonly Place[];
  /** That was approached last: somebody looks at it. */
  #approached: Place | null = null;
  /** What was derived last, latest first. */
  #derived: readonly Derived[] = [];

  constructor(place: Place) {
    this.#latest = [place];
  }

  /** The one whose machines were made last. */
  get latest(): Place | undefined {
    return this.#latest[0];
  }

  know(place: Place): void {
    this.#latest = [place, ...this.#latest.slice(0, LATEST_KEPT - 1)];
  }

  approach(place: Place): void {
    this.#approached = place;
  }

  remember(derived: Derived): Derived {
    this.#derived = [derived, ...this.#derived.slice(0, DERIVED_KEPT - 1)];
    return derived;
  }

  derivedAt(entryIndex: number): Derived | undefined {
    return this.#derived.find((derived) => derived.entryIndex === entryIndex);
  }

  /** The last one at or before an entry, `checkpoint` among them. */
  before(entryIndex: number, checkpoint: Place): Place {
    const derived = this.#derived.map(({ before, ...place }) => ({ ...place, machines: before }));
    const approached = this.#approached === null ? [] : [this.#approached];
    return [...this.#latest, ...approached, ...derived]
      .filter((place) => place.entryIndex <= entryIndex)
      .reduce((nearest, place) => (place.entryIndex > nearest.entryIndex ? place : nearest), checkpoint);
  }

  /** The path has come to an entry: what lies far behind is made again when it is asked for. */
  goOn(entryIndex: number): void {
    const isNear = (place: { readonly entryIndex: number }): boolean =>
      entryIndex - place.entryIndex < ENTRIES_TO_FORGET;
    this.#latest = this.#latest.filter(isNear);
    this.#derived = this.#derived.filter(isNear);
  }
}
