import type { Branch } from '../core/laboratory';

/** The frame of the laboratory: its title, its transport, its notices. */
function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The pages, as the navigation names them. */
export const PAGE_NAMES = {
  lab: 'Laboratory',
  lessons: 'Lessons',
  faults: 'Faults',
  reference: 'Reference',
} as const;

/** The title of the browser's window. */
export function titleOfPage(page: keyof typeof PAGE_NAMES): string {
  return page === 'lab' ? LAB_WORDS.title : `${PAGE_NAMES[page]} · ${LAB_WORDS.title}`;
}

/** The title of the browser's window where a page shows one thing of many. */
export function titleOfThing(name: string): string {
  return `${name} · ${LAB_WORDS.title}`;
}

export const LAB_WORDS = {
  title: 'Shadow Copy Lab',
  pages: 'Pages',
  idea: 'When an old block cannot be saved, something must give: the snapshots, or the volume.',
  empty: 'Nothing has happened yet. Write a block, create a snapshot, then write that block again.',
  imageStart:
    'A real volume with its shadow copies, in two machines that differ only in their protection level. Break something and write: see which of them keeps the shadow copies.',
  trimmed: 'What came before this moment is forgotten. The machines are as they were.',
  playStory: 'Play the story',
  entry: 'Snapshots vanished? Volume offline? Find the fault by what you see',
  locked: 'The controls open when you have committed your prediction.',
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
  leftOut: {
    some: 'Branches that began from a volume image are left out: their bytes are too many for a file. Export them as a volume image.',
    all: 'Every branch began from a volume image: its bytes are too many for a file. Export a volume image instead.',
  },
  openFile: 'Open file',
  newLaboratory: 'New laboratory…',
  exportReport: 'Export report…',
  exportImage: 'Export volume image…',
  exportPicture: 'Export picture',
  copyLink: 'Copy link to this moment',
  linkCopied: 'Link copied.',
  noLink: 'A link leads to the run of a fault. This branch is your own: save it to a file instead.',
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
  nextMarker: 'Next marker',
  previousMarker: 'Previous marker',
  toStart: 'To the start',
  toEnd: 'To the end',
  speed: 'Speed',
  speedOf: (speed: number) => (speed < 1 ? `1/${1 / speed}×` : `${speed}×`),
  legend: 'What the signs mean',
  legendOfLanes: 'On the timeline',
  storyBranch: 'the story',
  faultBranch: (fault: number) => `the run of fault ${fault}`,
  ownBranch: (id: number, blocks: number) => `laboratory ${id}, of ${blocks.toLocaleString('en')} blocks`,
  imageBranch: (id: number) => `branch ${id}, from a volume image`,
  trimmedBranch: (id: number) => `branch ${id}, from a moment on`,
  forkBranch: (id: number) => `branch ${id}`,
  backTo: (name: string) => `Back to ${name}`,
  forkedFrom: (name: string) => `A branch of its own: ${name} is kept as it was.`,

  clock: (ms: number) => (ms < 10_000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`),
  waits: 'Nothing yet.',
  why: 'Why?',
  whyOf: (world: string | null, sentence: string) => `Why? ${world === null ? '' : `${world}: `}${sentence}`,
  showPath: 'Show the path',
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
  ['Escape', 'Put a question away; back to the present from a snapshot'],
  ['?', 'This list'],
];

/** What a branch is called: as the learner named it, or after what it was opened from. */
export function nameOfBranch({ id, name, origin, scenario }: Branch): string {
  if (name !== '') return name;
  switch (origin.kind) {
    case 'story':
      return LAB_WORDS.storyBranch;
    case 'fault':
      return LAB_WORDS.faultBranch(origin.fault);
    case 'own':
      return LAB_WORDS.ownBranch(id, scenario.settings.blockCount);
    case 'image':
      return LAB_WORDS.imageBranch(id);
    case 'trimmed':
      return LAB_WORDS.trimmedBranch(id);
    case 'fork':
      return LAB_WORDS.forkBranch(id);
  }
}
