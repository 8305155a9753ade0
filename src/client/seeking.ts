import { isLarge } from '../core/block';
import type { History, Moment } from '../core/history';
import type { Playback } from './playback.svelte';
import type { Preparations } from './preparations';
import { inSlices, nextTask, whileWanted } from './slices';

/** What a seek needs to know and to do. */
interface Sought {
  readonly playback: Playback;
  readonly history: () => History | null;
  readonly preparations: Preparations<Moment>;
  /** Keeps the position for the next visit. */
  readonly remember: (position: number) => void;
}

/** A stretch of looking around is remembered once it has come to rest this long. */
const REMEMBER_AFTER_MS = 400;

/**
 * Goes to positions: at once, or, where the way there is long or the volume large, when the moment and all that is drawn
 * of it have been made in short tasks. Until then the picture stands. Of several seeks the last one counts.
 */
export class Seeking {
  readonly #sought: Sought;
  /** How often another moment was sought. */
  #count = 0;
  /** The position that is on its way to be shown. */
  #coming: number | null = null;
  #rememberTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(sought: Sought) {
    this.#sought = sought;
  }

  /** Where the learner is, or is about to be: who presses a key again goes on from there. */
  get goal(): number {
    return this.#coming ?? this.#sought.playback.time;
  }

  seek(position: number): void {
    this.show(position);
    this.rememberSoon();
  }

  /** Goes where the learner is known to have been. */
  show(position: number): void {
    const { playback, history } = this.#sought;
    this.#count += 1;
    this.#coming = null;
    const path = history();
    if (path === null || this.#isAtHand(path, position)) playback.seek(position);
    else void this.#seekFar(path, position);
  }

  #isAtHand(history: History, position: number): boolean {
    if (!isLarge(history.scenario.settings)) return history.isNear(position);
    // Within a command little changes, and its steps are known.
    return history.entryBefore(position) === history.entryBefore(this.#sought.playback.position);
  }

  async #seekFar(history: History, position: number): Promise<void> {
    const { playback } = this.#sought;
    const count = this.#count;
    // Whoever has begun to play in the meantime is somewhere else, too.
    const isSought = (): boolean =>
      this.#count === count && this.#sought.history() === history && !playback.isPlaying;
    playback.pause();
    this.#coming = position;
    await nextTask();
    await inSlices(whileWanted(this.#prepare(history, position), isSought));
    // What is shown has enough to do for a task.
    await nextTask();
    if (this.#count === count) this.#coming = null;
    if (!isSought()) return;
    playback.seek(position);
    this.rememberSoon();
  }

  *#prepare(history: History, position: number): Generator<void, void> {
    yield* history.approach(position);
    yield* this.#sought.preparations.for(history.momentAt(position));
  }

  /** Keeps the position as it is, before the learner goes elsewhere. */
  rememberNow(): void {
    clearTimeout(this.#rememberTimer);
    this.#sought.remember(this.#sought.playback.position);
  }

  /** Keeps the position for the next visit, once it has come to rest. */
  rememberSoon(): void {
    const { playback, remember } = this.#sought;
    clearTimeout(this.#rememberTimer);
    this.#rememberTimer = setTimeout(() => {
      if (playback.isPlaying) this.rememberSoon();
      else remember(playback.position);
    }, REMEMBER_AFTER_MS);
  }
}
