/** A lesson under way in the page: the real engine, a clock that runs fast, and progress that nobody keeps. */
import { render, screen } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import type { FrameScheduler } from '../../../src/client/playback.svelte';
import { ProgressBook } from '../../../src/client/progress-book.svelte';
import type { Session } from '../../../src/client/session.svelte';
import type { Beat, Lesson } from '../../../src/core/lesson/lesson';
import {
  answer,
  broken,
  every,
  liveReads,
  oneWorld,
  SNAPSHOT,
  snapshotReads,
  snapshots,
  used,
  write,
} from '../../../src/lessons/making';
import { LabSelection } from '../../../src/view/lab/selection.svelte';
import LessonView from '../../../src/view/lessons/LessonView.svelte';
import { openOnDisk } from '../../client/engine-in-page';

/** A picture every few milliseconds, each of them a tenth of a second after the last. */
function fastClock(): FrameScheduler {
  let nowMs = 0;
  return (callback) => {
    setTimeout(() => {
      nowMs += 100;
      callback(nowMs);
    }, 2);
  };
}

export const COPY: Beat = {
  kind: 'predict',
  question: 'What does the snapshot read?',
  highlight: { part: 'block', number: 5 },
  answers: [
    answer('The old content.', every(snapshotReads(1, 5, 'Monday'), used(1)), 'Right: it was copied first.'),
    answer('The new content.', every(snapshotReads(1, 5, 'Tuesday')), 'It shows what was there before.'),
  ],
  commands: [write(5, 'Tuesday')],
  because: 'Copy first, overwrite afterwards.',
};

export const FAULT: Beat = {
  kind: 'predict',
  question: 'What gives?',
  highlight: null,
  answers: [
    answer('The volume.', every(snapshots(1), { kind: 'fault', fault: 7 }), 'Right: protection is on.'),
    answer('The snapshot.', every(snapshots(0)), 'That is the other promise.'),
  ],
  commands: [write(6, 'Tuesday')],
  because: 'The copy cannot be written.',
};

export const TASK: Beat = {
  kind: 'task',
  text: 'Write block 9.',
  highlight: null,
  goal: every(liveReads(9, 'the letters')),
  solution: [write(9, 'the letters')],
  hints: [],
  detours: [],
};

function lessonOf(...beats: readonly Beat[]): Lesson {
  return {
    id: 'given',
    title: 'A lesson of a test',
    aim: 'Nothing.',
    scenario: oneWorld('on'),
    before: [write(5, 'Monday'), write(6, 'Monday'), SNAPSHOT],
    beats,
  };
}

export const BREAK: Beat = {
  kind: 'tell',
  text: 'The disk takes no data any more.',
  highlight: null,
  commands: [broken('diffDataWritesFail')],
  expect: [],
};

export interface LessonUnderWay {
  readonly session: Session;
  readonly selection: LabSelection;
  readonly book: ProgressBook;
  readonly user: ReturnType<typeof userEvent.setup>;
  readonly container: HTMLElement;
}

export async function openLesson(...beats: readonly Beat[]): Promise<LessonUnderWay> {
  const session = await openOnDisk(undefined, fastClock());
  const selection = new LabSelection();
  const book = new ProgressBook({ read: () => null, write: () => undefined });
  const lesson = lessonOf(...beats);
  const { container } = render(LessonView, { session, selection, book, lesson, following: null });
  await screen.findByRole('button', { name: 'From the beginning' }, { timeout: 10_000 });
  return { session, selection, book, user: userEvent.setup(), container };
}

export async function predict({ user }: LessonUnderWay, text: string): Promise<void> {
  await user.click(await screen.findByRole('radio', { name: text }));
  await user.click(screen.getByRole('radio', { name: 'Certain' }));
  await user.click(screen.getByRole('button', { name: 'Commit' }));
}
