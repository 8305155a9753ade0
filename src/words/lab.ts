import type { Branch } from '../core/laboratory';

/** The frame of the laboratory: its title, its transport, its notices. */
function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

export const LAB_WORDS = {
  title: 'Shadow Copy Lab',
  idea: 'When an old block cannot be saved, something must give: the snapshots, or the volume.',
  playStory: 'Play the story',
  skipToStage: 'Skip to the stage',

  theme: 'Theme',
  themes: { auto: 'Automatic', light: 'Light', dark: 'Dark' },
  projector: 'Projector',
  keys: 'Keys',
  close: 'Close',
  undo: 'Undo',
  redo: 'Redo',
  startOver: 'Start over',
  file: 'File',
  saveToFile: 'Save to a file',
  openFile: 'Open file',
  copyLink: 'Copy link to this moment',
  linkCopied: 'Link copied.',
  worlds: 'Machines',
  worldChoices: { both: 'Both, side by side', off: 'Protection off only', on: 'Protection on only' },
  clickingABlock: 'Clicking a block',
  clickChoices: { write: 'writes it', inspect: 'only selects it' },

  timeline: 'Timeline',
  position: 'Step',
  positionOf: (position: number, length: number) => `Step ${position} of ${length}`,
  outOf: (length: number) => `of ${length}`,
  play: 'Play',
  pause: 'Pause',
  playBackward: 'Play backward',
  stepForward: 'Step forward',
  stepBackward: 'Step back',
  nextWrite: 'Next command',
  previousWrite: 'Previous command',
  toStart: 'To the start',
  toEnd: 'To the end',
  speed: 'Speed',
  speedOf: (speed: number) => (speed < 1 ? `1/${1 / speed}×` : `${speed}×`),
  pathsPart: 'The paths part here',
  legend: 'What the signs mean',
  markers: {
    snapshot: 'A snapshot is taken',
    fault: 'A fault is met',
    loss: 'Snapshots are lost',
    block: 'All I/O is blocked',
    online: 'The volume is online again',
  },
  branches: 'Branches',
  branchNow: (name: string) => `On ${name}`,
  storyBranch: 'the story',
  faultBranch: (fault: number) => `the run of fault ${fault}`,
  forkBranch: (id: number) => `branch ${id}`,
  backTo: (name: string) => `Back to ${name}`,
  goTo: (name: string) => `Go to ${name}`,
  forkedFrom: (name: string) => `A branch of its own: ${name} is kept as it was.`,
  renameBranch: 'Name of this branch',
  deleteBranch: (name: string) => `Delete ${name}`,

  clock: (ms: number) => (ms < 10_000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`),
  waits: 'Nothing yet.',
  eventLogged: (eventId: number) => `Event ${eventId} is written to the System log.`,
  opening: 'Opening the laboratory…',
  workerDied: 'The engine has stopped. Everything committed is kept; go on from there.',
  restart: 'Restart the engine',
  inMemory: 'This laboratory is kept in memory only and ends with this page.',
  dismiss: 'Dismiss',
  damaged: (count: number) =>
    `${plural(count, 'stored record was', 'stored records were')} damaged; the rest is as it was.`,
} as const;

export const KEY_WORDS: readonly (readonly [keys: string, meaning: string])[] = [
  ['Space', 'Play or pause'],
  ['→  ←', 'Step forward, step back'],
  ['Shift + →  ←', 'Next, previous command'],
  ['PageDown  PageUp', 'Next, previous command (clicker)'],
  [']  [', 'Next, previous marker'],
  ['Home  End', 'To the start, to the end'],
  ['+  −', 'Faster, slower'],
  ['u  y', 'Undo, redo'],
  ['r', 'Repair everything'],
  ['p', 'Projector: large text, thick lines'],
  ['Escape', 'Back to the present from a snapshot'],
  ['?', 'This list'],
];

/** What a branch is called: as the learner named it, or after what it was opened from. */
export function nameOfBranch({ id, name, origin }: Branch): string {
  if (name !== '') return name;
  if (origin.kind === 'story') return LAB_WORDS.storyBranch;
  return origin.kind === 'fault' ? LAB_WORDS.faultBranch(origin.fault) : LAB_WORDS.forkBranch(id);
}

/** The signs of the stage, in the order in which one meets them. */
export const LEGEND: readonly (readonly [
  sign: 'content' | 'needed' | 'slot' | 'free' | 'available' | 'beyond',
  meaning: string,
])[] = [
  ['content', 'a block, with the number of the write that made its content'],
  ['needed', 'a snapshot still reads this block here: its next overwrite copies it first'],
  ['slot', 'a saved block, and below it the snapshot it was saved for'],
  ['free', 'a free slot'],
  ['available', 'room to grow into'],
  ['beyond', 'beyond the maximum'],
];
