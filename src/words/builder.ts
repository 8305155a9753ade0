import type { Beat, Highlight } from '../core/lesson/lesson';
import type { LessonFlaw } from '../core/lesson/replay-lesson';
import { claimWords } from './claims';
import { counted } from './phrase';

export const BUILDER_WORDS = {
  title: 'Build a lesson',
  lead: 'Do something in the laboratory below, then turn it into beats: sentences, predictions and tasks. The engine checks every claim while you write.',
  own: 'Your own lessons',
  ownLead:
    'Turn what you do in the laboratory into a lesson of your own. The engine checks every claim while you write.',
  build: 'Build a lesson',
  goOnBuilding: (title: string) => (title === '' ? 'Go on with your lesson' : `Go on with “${title}”`),
  openLesson: 'Open a lesson file',
  playOpened: 'Play the opened lesson',
  edit: 'Edit it in the builder',
  notOpened: 'No lesson file has been opened yet.',
  openedLesson: 'A lesson from a file.',
  notPlayed: 'This lesson is not played, because the machine does not do what it says:',
  refused: (place: string, reason: string) =>
    `This file is no lesson for this page${place === '' ? '' : ` (${place})`}: ${reason}.`,
  damaged: (place: string, reason: string) =>
    `The lesson kept by this browser could not be read${place === '' ? '' : ` (${place})`}: ${reason}. It is set aside and can be saved as it is.`,
  saveDamaged: 'Save what was kept',
  notChanged: (place: string, reason: string) => `This was not done (${place}): ${reason}.`,
  bringBack: 'Bring back the lesson you had before',

  begin: 'Begin with',
  smallMachine: {
    both: 'A small machine, both worlds side by side',
    off: 'A small machine, protection off',
    on: 'A small machine, protection on',
  },
  branchAsMaterial: 'The branch in the laboratory: what was done on it becomes beats',
  branchAsStart: 'The branch in the laboratory: what was done on it lies before the first beat',

  lessonTitle: 'Title',
  id: 'Id, for the name of the file',
  aim: 'Aim: what one can do after it',
  machine: (blocks: number, worlds: number) => `${counted(blocks, 'block')}, ${counted(worlds, 'world')}`,
  before: (count: number) => `${counted(count, 'command')} before the first beat`,
  tryIt: 'Try it',
  save: 'Save the lesson',
  startAnew: 'Another lesson',
  undo: 'Undo the last change',
  redo: 'Redo the change',
  kept: 'Everything is kept as you type.',
  notKept: 'This browser does not keep the lesson: save it to a file before you leave.',
  sound: 'Complete: the machine does what the lesson says.',
  unsound: (count: number) => `${counted(count, 'thing')} to mend before it can be saved:`,

  beats: 'Beats',
  noBeats: 'No beat yet. What you do in the laboratory appears below.',
  beat: (number: number) => `Beat ${number}`,
  toMend: (count: number) => `${count} to mend`,
  moveUp: (number: number) => `Move beat ${number} up`,
  moveDown: (number: number) => `Move beat ${number} down`,
  remove: (number: number) => `Delete beat ${number}`,
  removed: (number: number) => `Beat ${number} is deleted.`,
  show: 'Show in the laboratory',
  addTell: 'Add a sentence',
  addDiagnose: 'Add a mystery',

  recorded: 'What you did since',
  nothingRecorded: 'Nothing since the last beat. Write, break or repair something below.',
  asTells: 'Add as sentences, one each',
  asPredict: 'Add as a prediction',
  asTask: 'Add as a task',
  asHand: 'Add as a copy-on-write by hand',
  elsewhere: 'The laboratory is not at the end of this lesson, so nothing is recorded.',
  goToEnd: 'Take the laboratory to the end of the lesson',
  unrecordable: {
    start: 'This branch begins with machines that a lesson cannot hold: begin with a new machine.',
    cut: 'A command of this branch was cut short between two of its stages, which a lesson cannot repeat.',
    oneWorld: 'A command of this branch went to one world only, which a lesson cannot repeat.',
  },

  sentence: 'Sentence',
  question: 'Question',
  task: 'What is to be done',
  because: 'Why it is so, told afterwards',
  commands: 'What happens',
  noCommands: 'Nothing happens in this beat.',
  expect: 'What must be true afterwards',
  goal: 'The goal: what must be true',
  answers: 'Answers',
  answer: (number: number) => `Answer ${number}`,
  claims: 'What it claims',
  noClaims: 'nothing yet',
  feedback: 'Told to who chose it',
  addAnswer: 'Add an answer',
  removeAnswer: (number: number) => `Delete answer ${number}`,
  rightAnswer: 'The machine makes this one right',
  wrongAnswer: 'The machine makes this one wrong',
  isTrue: 'true',
  isFalse: 'not so',
  changed: 'changed',
  moreFacts: 'More facts',
  hints: 'Hints, one a line',
  detours: (count: number) => `${counted(count, 'detour')} kept as in the file`,
  byHandBlock: (block: number) => `A write of block ${block}, stage by stage`,
  faults: 'The faults that may be drawn',

  highlight: 'Points at',
  highlightNumber: 'Number',
  nothing: 'Nothing',
  pick: 'Use what is picked on the stage',
} as const;

export const BEAT_KIND_WORDS: Readonly<Record<Beat['kind'], string>> = {
  tell: 'Sentence',
  predict: 'Prediction',
  task: 'Task',
  byHand: 'By hand',
  diagnose: 'Mystery',
};

export const HIGHLIGHT_WORDS: Readonly<Record<Highlight['part'], string>> = {
  program: 'The program',
  gate: 'The gate',
  diffArea: 'The diff area',
  shelf: 'The snapshots',
  protectionStatus: 'The protection status',
  eventLog: 'The event log',
  timeline: 'The timeline',
  block: 'A block',
  slot: 'A slot',
  snapshot: 'A snapshot',
};

const PLACES: Readonly<Record<string, string>> = {
  before: 'before the first beat, command',
  beats: 'beat',
  commands: 'command',
  solution: 'command',
  expect: 'fact',
  goal: 'goal',
  answers: 'answer',
  claims: 'claim',
  detours: 'detour',
  example: 'command',
  question: 'the question',
  because: 'the explanation',
  text: 'the text',
  aim: 'the aim',
  title: 'the title',
  faults: 'the faults',
};

/** "beat 3, answer 2": `beats.2.answers.1`. */
export function placeWords(place: string): string {
  const parts = place.split('.');
  const words = parts.flatMap((part, index) => {
    if (/^\d+$/.test(part)) return [];
    const number = parts[index + 1];
    const word = PLACES[part] ?? part;
    return [number !== undefined && /^\d+$/.test(number) ? `${word} ${Number(number) + 1}` : word];
  });
  return words.join(', ');
}

/** Why the machine and the lesson do not agree. */
export function reasonOfLessonFlaw({ reason }: LessonFlaw): string {
  switch (reason.code) {
    case 'refused':
      return 'The machine turns this command down';
    case 'doesNotHold':
      return `The machine does not make this true: ${claimWords(reason.expectation)}`;
    case 'holdsAlready':
      return 'The goal is reached before anything is done';
    case 'rightAnswers':
      return reason.count === 0
        ? 'The machine makes no answer right: exactly one has to be'
        : `The machine makes ${reason.count} answers right: exactly one has to be`;
    case 'detourReachesGoal':
      return 'This detour reaches the goal';
  }
}
