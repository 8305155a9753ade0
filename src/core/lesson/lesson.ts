import type { Command } from '../command';
import type { Content } from '../content';
import type { FaultNumber } from '../fault';
import type { Scenario } from '../scenario';
import type { Expectation } from './expectation';

/**
 * A lesson is data: a starting machine and beats. Nothing in it says what will happen; it says what to ask of the
 * machine, and which claims the machine must then make true. A replay checks them all (`replayLesson`).
 */
export interface Lesson {
  /** Lower case words joined by hyphens; the last part of its link. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what one can do after it. */
  readonly aim: string;
  readonly scenario: Scenario;
  /** What has happened before the first beat. */
  readonly before: readonly Command[];
  readonly beats: readonly Beat[];
}

/** A part of the stage that a beat points at. */
export type Highlight =
  | {
      readonly part: 'program' | 'gate' | 'diffArea' | 'shelf' | 'protectionStatus' | 'eventLog' | 'timeline';
    }
  | { readonly part: 'block' | 'slot'; readonly number: number }
  | { readonly part: 'snapshot'; readonly number: number };

export type Beat = Tell | Predict | Task | ByHand | Diagnose;

/** One sentence, one highlight, and what happens with it. Afterwards every expectation holds. */
export interface Tell {
  readonly kind: 'tell';
  readonly text: string;
  readonly highlight: Highlight | null;
  readonly commands: readonly Command[];
  readonly expect: readonly Expectation[];
}

/**
 * A question before the commands are carried out: nothing can be looked up, because it has not happened yet. An answer
 * is right when the machine makes all of its claims true; exactly one is.
 */
export interface Predict {
  readonly kind: 'predict';
  readonly question: string;
  readonly highlight: Highlight | null;
  readonly answers: readonly Answer[];
  readonly commands: readonly Command[];
  /** Said after it has been seen. */
  readonly because: string;
}

export interface Answer {
  readonly text: string;
  readonly claims: readonly Expectation[];
  /** What somebody who gives this answer believes, and what is wrong with it; for the right one, what is right. */
  readonly feedback: string;
}

/** The learner acts freely until the goal is reached. */
export interface Task {
  readonly kind: 'task';
  readonly text: string;
  readonly highlight: Highlight | null;
  readonly goal: readonly Expectation[];
  /** One way to the goal. */
  readonly solution: readonly Command[];
  readonly hints: readonly string[];
  /** Ways that look right: told when their claims hold while the goal is missed. */
  readonly detours: readonly Detour[];
}

export interface Detour {
  readonly claims: readonly Expectation[];
  readonly feedback: string;
  /** Commands that lead there, so that a replay can check it. */
  readonly example: readonly Command[];
}

/** The learner performs the stages of one copy-on-write, and is judged at once. */
export interface ByHand {
  readonly kind: 'byHand';
  readonly text: string;
  readonly block: number;
  readonly content: Content;
}

/** A fault drawn from a seed: symptoms only; name it, then prove it by repairing. */
export interface Diagnose {
  readonly kind: 'diagnose';
  readonly text: string;
  /** The faults that may be drawn, at least two. */
  readonly faults: readonly FaultNumber[];
}
