import type { ProgressBook } from '../../client/progress-book.svelte';
import { localShelf } from '../shell/local-shelf';
import type { DraftShelves } from './draft.svelte';

/** The id under which a lesson from a file is played: its own could be that of a built-in lesson. */
export const OPENED_ID = 'opened';

const OPENED = localShelf('shadow-copy-lab.opened-lesson');

export const DRAFT_SHELVES: DraftShelves = {
  draft: localShelf('shadow-copy-lab.lesson-draft'),
  former: localShelf('shadow-copy-lab.lesson-draft-before'),
};

/** As long as the page lasts, also where the browser keeps nothing; `isNew`: it has yet to be begun. */
let opened: { readonly text: string; readonly isNew: boolean } | null = null;

/** The text of the lesson file that was opened last; `null`: none was. A new one is begun at its first beat. */
export function openedLesson(book: ProgressBook): string | null {
  if (opened?.isNew === true) {
    book.keep({ id: OPENED_ID, beat: 0, places: [], answers: [], isDone: false });
    opened = { ...opened, isNew: false };
  }
  return opened?.text ?? OPENED.read();
}

/** Goes to a lesson file to play it; what is wrong with it is told there. */
export function playLesson(text: string): void {
  opened = { text, isNew: true };
  OPENED.write(text);
  goTo(OPENED_ID);
}

/** Opens a lesson file in the builder; the lesson that was there can be brought back. */
export function editLesson(text: string): void {
  const { draft, former } = DRAFT_SHELVES;
  const before = draft.read() ?? '';
  if (before !== '' && before !== text) former.write(before);
  draft.write(text);
  goTo('new');
}

/** Where the page is there already it has to be told, too. */
function goTo(id: string): void {
  const hash = `#/lessons/${id}`;
  if (location.hash === hash) window.dispatchEvent(new HashChangeEvent('hashchange'));
  else location.hash = hash;
}
