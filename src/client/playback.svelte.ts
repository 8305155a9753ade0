import { MOST_STAGES_PER_S, TYPICAL_STAGE_MS } from './pace';

/** Speeds on offer, slowest first; 1 is the pace at which every stage can be followed. */
export const SPEEDS = [0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 64] as const;

export type Speed = (typeof SPEEDS)[number];

/** What playback needs to know of the history it plays. */
export interface Playable {
  /** Steps. */
  length(): number;
  /** How long the step that leads to `position` lasts at 1x, in milliseconds. */
  durationMs(position: number): number;
  /** Whether motion is to be left out: states then follow each other without anything in between. */
  reducedMotion(): boolean;
}

/** Calls back once before the next frame; the browser's `requestAnimationFrame`, or a clock of a test. */
export type FrameScheduler = (callback: (nowMs: number) => void) => void;

/** Playing begins at once, with the step of one frame, instead of a frame later. */
const FIRST_FRAME_MS = 1000 / 60;

/** A burst is shown at this interval: going on and off takes two pictures, so that nothing flashes more than 3 times a second. */
const SHOWING_MS = 1000 / 6;

/** Text that tells of a burst changes with every second picture, so that it can be read. */
const PICTURES_PER_TEXT = 2;

/** Fewer steps than this are never merged: they are over before anybody could read of them. */
const FEWEST_MERGED = 6;

/** Steps that are taken at a shorter interval than this, one after the other, are a burst as well. */
const HURRIED_MS = 1000 / MOST_STAGES_PER_S;
const HURRIED_STEPS = 2;

/** A frame that passes more steps than this does not ask each of them how long it lasts. */
const MOST_STEPS_ASKED = 64;

/** The longest time that one frame may advance, so that a page that was asleep does not jump. */
const LONGEST_FRAME_MS = 100;

/**
 * Where on the path we are, as a real number: 3.4 is 40 % into the step that leads from position 3 to 4. Playing moves
 * it, in either direction; everything that is drawn is a function of it.
 */
export class Playback {
  #time = $state(0);
  #goal = $state<number | null>(null);
  #speed = $state<Speed>(1);
  #haste = $state(1);
  /** How long a step of the run lasts on the average, where that is known. */
  #meanStepMs = 0;
  /** Whether there is more under way than a few steps. */
  #isLong = $state(false);
  /** Whether single steps are asked for faster than they can be seen. */
  #isHurried = $state(false);
  /** How many steps in a row were cut short by the next one, and how long the present one has been shown. */
  #cutShort = 0;
  #stepMs = 0;
  #shownTime = $state(0);
  #shownAgoMs = 0;
  #toldTime = $state(0);
  #toldAgo = 0;
  #lastFrameMs: number | null = null;
  #scheduled = false;
  readonly #playable: Playable;
  readonly #schedule: FrameScheduler;

  /** In steps; whole when nothing moves. */
  readonly time = $derived(this.#time);
  /** The last position that has been reached. */
  readonly position = $derived(Math.floor(this.#time));
  /** How far the step after `position` has come, 0 to 1. */
  readonly progress = $derived.by(() =>
    this.#playable.reducedMotion() ? 0 : this.#time - Math.floor(this.#time),
  );
  readonly isPlaying = $derived(this.#goal !== null);
  readonly isBackward = $derived(this.#goal !== null && this.#goal < this.#time);
  readonly speed = $derived(this.#speed);
  /** Stages pass too quickly to be told apart: they are shown as one burst, with its numbers. */
  readonly isMerged = $derived(
    this.#goal !== null &&
      (this.#isHurried ||
        (this.#isLong && (this.#speed * this.#haste * 1000) / TYPICAL_STAGE_MS > MOST_STAGES_PER_S)),
  );
  /** The time that the picture shows: the present one, but in a burst one that changes six times a second. */
  readonly shown = $derived(this.isMerged ? this.#shownTime : this.#time);
  /** The time that text tells of: in a burst it changes three times a second. */
  readonly told = $derived(this.isMerged ? this.#toldTime : this.#time);

  constructor(playable: Playable, schedule: FrameScheduler) {
    this.#playable = playable;
    this.#schedule = schedule;
  }

  /** Whether playback is on its way to the end of the path: a command then acts there, not where the picture is. */
  get isFollowing(): boolean {
    return this.#goal !== null && this.#goal >= this.#playable.length();
  }

  setSpeed(speed: Speed): void {
    if (!this.isMerged) this.#showNow();
    this.#speed = speed;
  }

  /** Plays to `goal`. `withinMs`: hurries so that it takes no longer than that at 1x. */
  playTo(goal: number, withinMs?: number): void {
    // A burst that goes on keeps its rhythm.
    if (!this.isMerged && this.#cutShort <= HURRIED_STEPS) this.#showNow();
    this.#goal = Math.max(0, Math.min(goal, this.#playable.length()));
    this.#meanStepMs = withinMs === undefined ? 0 : this.#meanStepTo(this.#goal);
    const totalMs = this.#meanStepMs * Math.abs(this.#goal - this.#time);
    this.#haste = withinMs === undefined ? 1 : Math.max(1, totalMs / withinMs);
    this.#isLong = Math.abs(this.#goal - this.#time) >= FEWEST_MERGED;
    this.#isHurried = this.#cutShort >= HURRIED_STEPS;
    this.#stepMs = 0;
    if (this.#goal === this.#time) this.#goal = null;
    else if (!this.#scheduled) this.#advance(this.#goal, FIRST_FRAME_MS);
  }

  play(): void {
    this.playTo(this.#playable.length());
  }

  playBackward(): void {
    this.playTo(0);
  }

  /** Stops where the motion is; it can go on from there in either direction. */
  pause(): void {
    this.#goal = null;
    this.#lastFrameMs = null;
    this.#cutShort = 0;
  }

  #showNow(): void {
    this.#shownTime = this.#time;
    this.#toldTime = this.#time;
    this.#shownAgoMs = 0;
    this.#toldAgo = 0;
  }

  #show(): void {
    this.#shownTime = this.#time;
    this.#shownAgoMs = 0;
    this.#toldAgo += 1;
    if (this.#toldAgo < PICTURES_PER_TEXT) return;
    this.#toldTime = this.#time;
    this.#toldAgo = 0;
  }

  /** A step that is still moving is finished at once, so that every press counts. */
  stepForward(): void {
    this.#finishStep();
    this.playTo(Math.floor(this.#time) + 1);
  }

  stepBackward(): void {
    this.#finishStep();
    this.playTo(Math.ceil(this.#time) - 1);
  }

  #finishStep(): void {
    const goal = this.#goal;
    const isStep = goal !== null && Math.abs(goal - this.#time) <= 1;
    const cutShort = isStep && this.#stepMs < HURRIED_MS ? this.#cutShort + 1 : 0;
    if (isStep) this.#time = goal;
    this.pause();
    this.#cutShort = cutShort;
  }

  /** Goes to a position at once. */
  seek(position: number): void {
    this.pause();
    this.#time = Math.max(0, Math.min(Math.round(position), this.#playable.length()));
  }

  /** Long runs are not measured step by step: their length is estimated from a part of them. */
  #meanStepTo(goal: number): number {
    const steps = Math.ceil(Math.abs(goal - this.#time));
    const sampled = Math.min(steps, 400);
    const from = Math.floor(Math.min(goal, this.#time));
    let sumMs = 0;
    for (let step = 1; step <= sampled; step += 1) sumMs += this.#playable.durationMs(from + step);
    return sampled === 0 ? 0 : sumMs / sampled;
  }

  #run(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule((nowMs) => {
      this.#scheduled = false;
      this.#frame(nowMs);
    });
  }

  #frame(nowMs: number): void {
    if (this.#goal === null) return;
    const elapsedMs = this.#lastFrameMs === null ? 0 : Math.min(LONGEST_FRAME_MS, nowMs - this.#lastFrameMs);
    this.#lastFrameMs = nowMs;
    this.#advance(this.#goal, elapsedMs);
  }

  #advance(goal: number, elapsedMs: number): void {
    this.#time = this.#advanced(goal, elapsedMs * this.#speed * this.#haste);
    this.#stepMs += elapsedMs;
    if (this.#stepMs >= HURRIED_MS) this.#isHurried = false;
    this.#shownAgoMs += elapsedMs;
    if (this.#shownAgoMs >= SHOWING_MS) this.#show();
    if (this.#time === goal) this.pause();
    else this.#run();
  }

  /** The time after `budgetMs` of playing toward `goal`, step by step, each at its own pace. */
  #advanced(goal: number, budgetMs: number): number {
    const direction = goal < this.#time ? -1 : 1;
    const steps = this.#meanStepMs === 0 ? 0 : budgetMs / this.#meanStepMs;
    if (steps > MOST_STEPS_ASKED) {
      return direction > 0 ? Math.min(goal, this.#time + steps) : Math.max(goal, this.#time - steps);
    }
    let time = this.#time;
    let leftMs = budgetMs;
    while (leftMs > 0 && time !== goal) {
      const boundary = direction > 0 ? Math.floor(time) + 1 : Math.ceil(time) - 1;
      const stepMs = this.#playable.durationMs(direction > 0 ? boundary : boundary + 1);
      const neededMs = Math.abs(boundary - time) * stepMs;
      if (neededMs > leftMs) return time + (direction * leftMs) / stepMs;
      leftMs -= neededMs;
      time = boundary;
    }
    return time;
  }
}
