import type { HandMistake, HandStage } from '../core/lesson/by-hand';
import { capitalized, counted } from './phrase';

export const LESSON_WORDS = {
  title: 'Lessons',
  lead: 'Short lessons on the live laboratory: watch, predict, do, diagnose. Everything you see is done by the engine while you look.',
  foundations: 'Foundations',
  faults: 'Every fault: watch it, finish it, do it, diagnose it',
  goOn: (title: string) => `Go on with “${title}”`,
  states: { new: 'Not begun', begun: 'Begun', done: 'Done' },
  doneOf: (done: number, all: number) => `${done} of ${all} done`,

  lesson: 'Lesson',
  beatOf: (beat: number, beats: number) => `${beat} of ${beats}`,
  next: 'Next',
  back: 'Back',
  restart: 'From the beginning',
  allLessons: 'All lessons',
  fold: 'Hide the text',
  unfold: 'Show the text',
  preparing: 'Preparing the machine…',
  away: 'You are trying something of your own. The lesson waits where you left it.',
  backToLesson: 'Back to the lesson',
  broken: 'The engine did not do what this lesson says. That is a mistake of the lesson:',
  over: 'That was the lesson.',
  nextLesson: (title: string) => `Next: ${title}`,
  unknown: (id: string) => `There is no lesson “${id}”.`,

  predict: 'Your prediction',
  confidence: 'How sure are you?',
  confidences: ['A guess', 'Fairly sure', 'Certain'],
  commit: 'Commit',
  commitNeeds: 'Choose an answer, and how sure you are.',
  right: 'Right',
  wrong: 'Not so',
  predicted: (confidence: string) => `You predicted (${confidence.toLowerCase()})`,
  /** What the prediction claimed, each part by itself. */
  cameTrue: (claim: string) => `Came true: ${claim}`,
  didNotComeTrue: (claim: string) => `Did not happen: ${claim}`,
  happened: 'What happened instead',
  replay: 'Replay the decisive stage',
  skipReplay: 'Skip the replay',
  /** A claim quotes a text; the tiles of the stage show the number of the write that brought it. */
  quoted: (claim: string, writes: readonly number[]) =>
    `${claim} (${writes.length === 1 ? 'write' : 'writes'} ${writes.join(', ')})`,

  task: 'Your task',
  goal: 'The goal',
  goalReached: 'Reached: go on with Next.',
  hint: 'A hint',
  showSolution: 'Show a solution',
  wayBack: 'Back to before the task',

  byHand: 'You do the copy-on-write',
  handFigure: {
    live: 'Live block',
    buffer: 'Memory',
    slot: 'Slot',
    table: 'Table',
    snapshot: 'The snapshot reads',
  },
  empty: 'nothing',
  noEntry: 'no entry',
  entry: (slot: number) => `slot ${slot}`,
  zeros: 'zeros',
  garbage: 'old bytes of another block',
  handDone: 'Copied, recorded, overwritten, answered: the snapshot still reads the old content.',
  handImpossible: 'This write would copy nothing: step back to before it, or go on.',

  diagnose: 'Diagnose',
  seed: 'Mystery number',
  another: 'Another one',
  symptoms: 'What can be seen',
  snapshots: (kept: number, lost: number) => `${counted(kept, 'snapshot')} kept, ${lost} lost`,
  /** What was asked of the volume when it went wrong. */
  during: {
    write: 'It went wrong during a write',
    online: 'It went wrong while the volume came online',
    otherwise: 'It went wrong without a write',
  },
  log: 'System log, source volsnap',
  noEvents: 'The log has no event of these snapshots.',
  step: 'Step',
  plots: 'Over time, by step',
  eventAt: (id: number, step: number) => `Event ${id} at step ${step}`,
  requestsFailed: (count: number) =>
    count === 0 ? 'No request failed' : `${counted(count, 'request')} failed`,
  whichFault: 'Which fault is it?',
  name: 'Name it',
  named: 'That is it. Now prove it: bring the machine to where the goal says.',
  misnamed: (label: string) => `Not “${label}”: it leaves other signs. Compare them, and name it again.`,
  solved: 'Proved.',
  proved: 'Proved: go on with Next.',

  progress: 'Progress',
  exportProgress: 'Save progress to a file',
  importProgress: 'Open progress',
  resetProgress: 'Forget all progress',
  undoReset: 'Take that back',
  replaced: (lessons: number, done: number) =>
    `The progress of the file has taken the place of yours: ${counted(lessons, 'lesson')}, ${done} of them done. Those that were only begun start from their beginning.`,
  forgotten: 'All progress is forgotten.',
  undone: 'Your progress is back.',
  damaged: (place: string, reason: string) =>
    `The stored progress could not be read${place === '' ? '' : ` at ${place}`}: ${reason}. The lessons begin anew; what was stored is replaced with the first step you take.`,
  refused: (place: string, reason: string) =>
    `This file is no progress of this page${place === '' ? '' : ` (${place})`}: ${reason}.`,
} as const;

export const HAND_STAGE_WORDS: Readonly<Record<HandStage, string>> = {
  read: 'Read the old block into memory',
  copy: 'Write it to the slot',
  record: 'Record it in the table',
  overwrite: 'Overwrite the live block',
  complete: 'Answer the program',
};

/** What came of a stage at the wrong time. `textOf` names the content with a stamp. */
export function sentenceOfMistake(
  { stage, expected, consequence }: HandMistake,
  textOf: (stamp: number) => string,
): string {
  const first = `Before that: ${HAND_STAGE_WORDS[expected].toLowerCase()}.`;
  switch (consequence.kind) {
    case 'doneAlready':
      return `That is done already. ${first}`;
    case 'snapshotFalse':
      return `Too early. Done now, the snapshot would read ${textOf(consequence.reads)} where it held ${textOf(consequence.ought)}: the machine was set back. ${first}`;
    case 'writeLost':
      return stage === 'complete'
        ? `Too early. The program would believe in its write, and the block would still hold ${textOf(consequence.reads)}: the machine was set back. ${first}`
        : first;
  }
}

/** The feedback of the right answer, said to somebody who gave another one. */
export function explanationOf(feedback: string): string {
  return capitalized(feedback.replace(/^Right: /, ''));
}
