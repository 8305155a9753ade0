import type { Speed } from '../../client/playback.svelte';
import type { Session } from '../../client/session.svelte';
import { until } from '../../client/until.svelte';
import type { LabSelection } from '../lab/selection.svelte';
import { decisiveStage } from './decisive-stage';

/** Half the pace at which every stage can be followed. */
const SLOW: Speed = 0.5;

/** Plays the decisive stage of the last command once more, slowly, and then shows its causes on the stage. */
export class Replay {
  readonly #session: Session;
  readonly #selection: LabSelection;
  /** Which of the replays is under way: an older one that comes to its end has nothing to say. */
  #turn = 0;
  #goal = 0;
  #isOn = $state(false);
  #isBegun = $state(false);

  readonly isOn = $derived(this.#isOn);
  /** Whether the outcome has been played to its end and is being gone through since. */
  readonly isBegun = $derived(this.#isBegun);

  constructor(session: Session, selection: LabSelection) {
    this.#session = session;
    this.#selection = selection;
  }

  /** As soon as the outcome has been played to its end. */
  async playAfterwards(worldIndex: number): Promise<void> {
    const turn = this.#next();
    await until(() => this.#session.isAtEnd && !this.#session.playback.isPlaying);
    if (turn === this.#turn) await this.play(worldIndex);
  }

  async play(worldIndex: number): Promise<void> {
    const { history, playback } = this.#session;
    if (history === null) return;
    const turn = this.#next();
    const { from, to } = decisiveStage(history, worldIndex);
    this.#goal = to;
    this.#isBegun = true;
    this.#isOn = true;
    this.#selection.ask(null);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) this.#session.seek(to);
    else await this.#playSlowly(from, to);
    if (turn !== this.#turn) return;
    this.#isOn = false;
    // Whoever has stopped it, or gone elsewhere, is looking at something else.
    if (playback.position === to) this.#selection.tell({ position: to, worldIndex });
  }

  /** At a pace of its own, unless the learner changes it; afterwards the learner's pace is back. */
  async #playSlowly(from: number, to: number): Promise<void> {
    const { playback } = this.#session;
    const { speed } = playback;
    playback.seek(from);
    if (speed > SLOW) playback.setSpeed(SLOW);
    playback.playTo(to);
    await until(() => !playback.isPlaying);
    if (speed > SLOW && playback.speed === SLOW) playback.setSpeed(speed);
  }

  /** To its end at once. */
  skip(): void {
    if (this.#isOn) this.#session.seek(this.#goal);
  }

  /** Nothing more is shown by itself. */
  stop(): void {
    this.#next();
    this.#isOn = false;
  }

  #next(): number {
    this.#turn += 1;
    return this.#turn;
  }
}
