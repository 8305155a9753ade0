import type { ProgressShelf } from '../../client/progress-book.svelte';
import type { Lesson } from '../../core/lesson/lesson';
import type { Flaw } from '../../core/problem';
import { parseLessonDraft, printLessonFile } from '../../formats/lesson-file';

/** Changes that can be taken back; each is a lesson that shares what did not change. */
const MOST_UNDO = 500;

/** Where a lesson that is being made is kept, and the one before it. */
export interface DraftShelves {
  readonly draft: ProgressShelf;
  readonly former: ProgressShelf;
}

/** The lesson that is being made. Every change is kept at once, and can be taken back. */
export class LessonDraft {
  readonly #shelves: DraftShelves;
  #lesson = $state.raw<Lesson | null>(null);
  #undo = $state.raw<readonly (Lesson | null)[]>([]);
  #redo = $state.raw<readonly (Lesson | null)[]>([]);
  /** Of the last change: typing goes on in it. */
  #field: string | null = null;
  #flaw = $state.raw<Flaw | null>(null);
  #damage = $state.raw<{ readonly flaw: Flaw; readonly text: string } | null>(null);
  #hasFormer = $state(false);
  #isKept = $state(true);

  readonly lesson = $derived(this.#lesson);
  readonly canUndo = $derived(this.#undo.length > 0);
  readonly canRedo = $derived(this.#redo.length > 0);
  /** Why the last change was not made. */
  readonly flaw = $derived(this.#flaw);
  /** What was kept and cannot be read. */
  readonly damage = $derived(this.#damage);
  readonly hasFormer = $derived(this.#hasFormer);
  /** Whether the browser keeps what was typed. */
  readonly isKept = $derived(this.#isKept);

  constructor(shelves: DraftShelves) {
    this.#shelves = shelves;
    this.#hasFormer = (shelves.former.read() ?? '') !== '';
    const text = shelves.draft.read() ?? '';
    if (text === '') return;
    const parsed = parseLessonDraft(text);
    if (parsed.ok) this.#lesson = parsed.value;
    else this.#damage = { flaw: parsed.problem, text };
  }

  /** `field`: changes of the same one, one after the other, are taken back together. */
  change(lesson: Lesson, field: string | null = null): boolean {
    const parsed = parseLessonDraft(printLessonFile(lesson));
    this.#flaw = parsed.ok ? null : parsed.problem;
    if (!parsed.ok) return false;
    const isSameField = field !== null && field === this.#field;
    if (!isSameField) this.#undo = [...this.#undo.slice(-MOST_UNDO + 1), this.#lesson];
    this.#redo = [];
    this.#field = field;
    this.#keep(lesson);
    return true;
  }

  /** Puts the lesson away for another one; it can be brought back. */
  putAway(): void {
    this.#shelves.former.write(this.#shelves.draft.read() ?? '');
    this.#hasFormer = this.#lesson !== null;
    this.#undo = [...this.#undo, this.#lesson];
    this.#redo = [];
    this.#field = null;
    this.#keep(null);
  }

  /** The lesson that was put away comes back, and the present one is put away. */
  bringBack(): void {
    const { former, draft } = this.#shelves;
    const parsed = parseLessonDraft(former.read() ?? '');
    if (!parsed.ok) {
      this.#flaw = parsed.problem;
      return;
    }
    former.write(draft.read() ?? '');
    this.#hasFormer = this.#lesson !== null;
    this.change(parsed.value);
  }

  undo(): void {
    if (this.#undo.length === 0) return;
    const lesson = this.#undo[this.#undo.length - 1]!;
    this.#undo = this.#undo.slice(0, -1);
    this.#redo = [...this.#redo, this.#lesson];
    this.#field = null;
    this.#keep(lesson);
  }

  redo(): void {
    if (this.#redo.length === 0) return;
    const lesson = this.#redo[this.#redo.length - 1]!;
    this.#redo = this.#redo.slice(0, -1);
    this.#undo = [...this.#undo, this.#lesson];
    this.#field = null;
    this.#keep(lesson);
  }

  #keep(lesson: Lesson | null): void {
    this.#lesson = lesson;
    this.#flaw = null;
    const text = lesson === null ? '' : printLessonFile(lesson);
    this.#shelves.draft.write(text);
    this.#isKept = this.#shelves.draft.read() === text;
  }
}
