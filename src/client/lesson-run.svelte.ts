import type { Command } from '../core/command';
import { holds, type Expectation } from '../core/lesson/expectation';
import { commandsOf } from '../core/lesson/replay-lesson';
import type { Beat, Detour, Lesson } from '../core/lesson/lesson';
import { MOST_BENCHES, type GivenAnswer, type LessonPlace } from '../formats/progress';
import type { ProgressBook } from './progress-book.svelte';
import type { Session } from './session.svelte';

/**
 * A lesson under way on the live laboratory. It stands at a place there (a record of a branch) and goes on from it;
 * whatever the learner tries out meanwhile is a branch of its own, and one step leads back.
 */
export class LessonRun {
  readonly lesson: Lesson;
  readonly #session: Session;
  readonly #book: ProgressBook;
  #beat = $state(0);
  /** Where each beat that was reached begins. */
  #places = $state.raw<readonly LessonPlace[]>([]);
  #answers = $state.raw<readonly GivenAnswer[]>([]);
  #isDone = $state(false);
  #benches: readonly number[] = [];
  #isBusy = $state(true);
  /** What has to hold once the fault of a mystery is named; `null` until then. */
  #proof = $state.raw<readonly Expectation[] | null>(null);
  /** What a beat promised and the machine did not do: a defect of the lesson, and never hidden. */
  #broken = $state.raw<readonly Expectation[]>([]);

  readonly beatIndex = $derived(this.#beat);
  readonly isBusy = $derived(this.#isBusy);
  readonly isDone = $derived(this.#isDone);
  readonly broken = $derived(this.#broken);
  readonly beat: Beat | null = $derived.by(() => this.lesson.beats[this.#beat] ?? null);
  readonly isOver = $derived.by(() => this.#beat >= this.lesson.beats.length);
  /** The prediction that was committed at the present beat. */
  readonly answer: GivenAnswer | null = $derived.by(
    () => this.#answers.find(({ beat }) => beat === this.#beat) ?? null,
  );
  /** Whether a prediction is open: until it is committed, nothing of what it asks has happened. */
  readonly isGateShut = $derived.by(() => this.beat?.kind === 'predict' && this.answer === null);
  /** Whether the present beat has been carried out: the next one begins there. */
  readonly isCarriedOut = $derived.by(() => this.#places.length > this.#beat + 1);

  /** The learner is elsewhere: on another branch, or has gone on from where the lesson stands. */
  readonly isAway = $derived.by(() => !this.#isBusy && this.#isElsewhere());

  /** What has to hold before the present beat is left; `null`: nothing yet, or nothing at all. */
  readonly goal: readonly Expectation[] | null = $derived.by(() => {
    const { beat } = this;
    return beat?.kind === 'task' ? beat.goal : beat?.kind === 'diagnose' ? this.#proof : null;
  });

  readonly isGoalReached = $derived.by(() => this.goal?.every((claim) => this.claimHolds(claim)) === true);

  readonly detour: Detour | null = $derived.by(() => {
    const { beat } = this;
    if (beat?.kind !== 'task' || this.isGoalReached || !this.isAway) return null;
    return beat.detours.find(({ claims }) => claims.every((claim) => this.claimHolds(claim))) ?? null;
  });

  constructor(session: Session, book: ProgressBook, lesson: Lesson) {
    this.#session = session;
    this.#book = book;
    this.lesson = lesson;
  }

  /** Whether a claim is true at the end of the branch that is shown. */
  claimHolds(claim: Expectation): boolean {
    const { history, length } = this.#session;
    return history !== null && length >= 0 && holds(history, claim);
  }

  /** Goes on where the lesson was left, or begins it. */
  async enter(): Promise<void> {
    const known = this.#book.of(this.lesson.id);
    this.#benches = known?.benches ?? [];
    const place = known?.places.at(-1);
    const isThere = place !== undefined && this.#isKnown(place);
    if (known !== null && isThere && known.beat <= this.lesson.beats.length) {
      this.#beat = known.beat;
      this.#places = known.places;
      this.#answers = known.answers;
      this.#isDone = known.isDone;
      await this.returnToLesson();
      this.#isBusy = false;
      return this.#settle();
    }
    this.#isDone = known?.isDone ?? false;
    await this.restart();
  }

  #isKnown({ branch }: LessonPlace): boolean {
    return this.#session.state?.branches.some(({ id }) => id === branch) === true;
  }

  /** From the first beat on, on a branch of its own. What was done before stays as a branch. */
  async restart(): Promise<void> {
    this.#isBusy = true;
    this.#beat = 0;
    this.#places = [];
    this.#answers = [];
    this.#proof = null;
    this.#broken = [];
    await this.#session.newLaboratory(this.lesson.scenario, this.lesson.title);
    for (const command of this.lesson.before) await this.#session.act(command);
    this.#session.seek(this.#session.length);
    this.#places = [this.#here()];
    this.#isBusy = false;
    this.#settle();
    await this.#enterBeat();
  }

  #here(): LessonPlace {
    const { branch, history } = this.#session;
    return { branch: branch?.id ?? 0, record: history?.lastRecord?.id ?? null };
  }

  /** How far the lesson has come: where it goes on from. */
  #standing(): LessonPlace | null {
    return this.#places[this.#places.length - 1] ?? null;
  }

  #isElsewhere(): boolean {
    const place = this.#standing();
    const { branch, history, length } = this.#session;
    if (place === null || branch === null || history === null || length < 0) return false;
    return branch.id !== place.branch || (history.lastRecord?.id ?? null) !== place.record;
  }

  /** Where the present beat has led to, or where it begins while it is still to be carried out. */
  #recordShown(): number | null {
    return this.#places[Math.min(this.#beat + 1, this.#places.length - 1)]?.record ?? null;
  }

  async returnToLesson(): Promise<void> {
    const place = this.#standing();
    if (place !== null) await this.#session.returnTo(place.branch, this.#recordShown());
  }

  /** Carries the present beat out: its commands are played, and what it promises is checked. */
  async carryOut(commands: readonly Command[] | null = null): Promise<void> {
    const { beat } = this;
    if (beat === null || this.#isBusy || this.isCarriedOut) return;
    this.#isBusy = true;
    await this.#stand();
    for (const command of commands ?? commandsOf(beat)) await this.#session.act(command);
    const expected = beat.kind === 'tell' ? beat.expect : [];
    this.#broken = expected.filter((claim) => !this.claimHolds(claim));
    this.#places = [...this.#places, this.#here()];
    this.#isBusy = false;
    this.#settle();
  }

  /** Whoever looked at an earlier moment must not fork the lesson off there: it goes on from its end. */
  async #stand(): Promise<void> {
    const { playback, length, isAtEnd } = this.#session;
    if (this.#isElsewhere()) await this.returnToLesson();
    else if (!isAtEnd && !playback.isFollowing) this.#session.seek(length);
  }

  /** A mystery is named, and its machine is there: this has to hold for the answer to be proved. */
  prove(goal: readonly Expectation[]): void {
    this.#proof = goal;
    this.#benches = [...this.#benches, this.#here().branch].slice(-MOST_BENCHES);
    this.#settle();
  }

  /** Another mystery is drawn: what was to be proved of the last one is over. */
  drawAnother(): void {
    this.#proof = null;
  }

  /** A prediction: committed first, then shown. */
  async commit(answer: number, confidence: number): Promise<void> {
    if (!this.isGateShut || this.#isBusy) return;
    this.#answers = [...this.#answers, { beat: this.#beat, answer, confidence }];
    await this.carryOut();
  }

  /** The goal is reached, wherever the learner has come to: the lesson goes on from here. */
  #acceptHere(): void {
    this.#places = [...this.#places.slice(0, this.#beat + 1), this.#here()];
    this.#settle();
  }

  async next(): Promise<void> {
    if (this.isOver || this.#isBusy || this.isGateShut) return;
    if (this.isGoalReached && !this.isCarriedOut) this.#acceptHere();
    if (!this.isCarriedOut) {
      if (this.beat?.kind === 'tell') await this.carryOut();
      return;
    }
    this.#proof = null;
    this.#broken = [];
    this.#beat += 1;
    if (this.isOver) this.#isDone = true;
    this.#settle();
    await this.#enterBeat();
  }

  /** To the beat before, as it was left, and back in time with it. Nothing is lost. */
  async back(): Promise<void> {
    if (this.#beat === 0 || this.#isBusy) return;
    this.#proof = null;
    this.#broken = [];
    this.#beat -= 1;
    this.#settle();
    await this.returnToLesson();
  }

  /** A beat that was seen already is played again; a new one that only tells happens by itself. */
  async #enterBeat(): Promise<void> {
    if (this.isCarriedOut && !this.isAway) {
      this.#session.playback.playTo(this.#positionOf(this.#recordShown()));
    } else await this.#stand();
    if (this.beat?.kind === 'tell' && !this.isCarriedOut) await this.carryOut();
  }

  #positionOf(record: number | null): number {
    const entry = this.#session.history?.entries.find((other) => other.record.id === record);
    return entry === undefined ? 0 : entry.start + entry.record.steps;
  }

  /** Keeps where the learner is, and shuts or opens the gate. */
  #settle(): void {
    this.#book.keep({
      id: this.lesson.id,
      beat: this.#beat,
      places: this.#places,
      answers: this.#answers,
      isDone: this.#isDone,
      ...(this.#benches.length === 0 ? {} : { benches: this.#benches }),
    });
    this.#book.setGate(this.isGateShut ? this.lesson.id : null);
  }

  /** Leaves the lesson: its open prediction is put off, and its gate opens. */
  leave(): void {
    this.#book.setGate(null);
  }
}
