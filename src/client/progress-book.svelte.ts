import type { Flaw } from '../core/problem';
import type { Result } from '../core/result';
import {
  NO_PROGRESS,
  parseProgress,
  printProgress,
  type LessonProgress,
  type Progress,
} from '../formats/progress';

/** Where the progress is kept between visits: the browser's `localStorage`, or nothing where it is denied. */
export interface ProgressShelf {
  read(): string | null;
  write(text: string): void;
}

/** How far the learner has come in the lessons. Kept with every change; what cannot be read is told, and set aside. */
export class ProgressBook {
  readonly #shelf: ProgressShelf;
  #progress = $state.raw<Progress>(NO_PROGRESS);
  #flaw = $state.raw<Flaw | null>(null);
  /** What a reset took away, for undo. */
  #before = $state.raw<Progress | null>(null);

  /** What was wrong with the stored progress. */
  readonly flaw = $derived(this.#flaw);
  readonly gate = $derived(this.#progress.gate);
  readonly lessons = $derived(this.#progress.lessons);
  readonly canUndoReset = $derived(this.#before !== null);

  constructor(shelf: ProgressShelf) {
    this.#shelf = shelf;
    const text = shelf.read();
    const parsed = text === null ? null : parseProgress(text);
    if (parsed?.ok === true) this.#progress = parsed.value;
    else if (parsed?.ok === false) this.#flaw = parsed.problem;
  }

  of(id: string): LessonProgress | null {
    return this.#progress.lessons.find((lesson) => lesson.id === id) ?? null;
  }

  keep(lesson: LessonProgress): void {
    const others = this.#progress.lessons.filter(({ id }) => id !== lesson.id);
    this.#change({ ...this.#progress, lessons: [...others, lesson] });
  }

  /** Shuts, for lesson `gate`, what would answer its open prediction; `null` opens it. */
  setGate(gate: string | null): void {
    if (gate !== this.#progress.gate) this.#change({ ...this.#progress, gate });
  }

  reset(): void {
    this.#before = this.#progress;
    this.#change(NO_PROGRESS);
  }

  undoReset(): void {
    if (this.#before !== null) this.#change(this.#before);
    this.#before = null;
  }

  print(): string {
    return printProgress(this.#progress);
  }

  /** Takes the progress of a file in the place of the present one. */
  replace(text: string): Result<Progress, Flaw> {
    const parsed = parseProgress(text);
    if (!parsed.ok) return parsed;
    this.#before = this.#progress;
    // The branches of another laboratory are not those of this one: only what was reached counts.
    const lessons = parsed.value.lessons.map((lesson) => ({ ...lesson, beat: 0, places: [] }));
    this.#change({ gate: null, lessons });
    return parsed;
  }

  #change(progress: Progress): void {
    this.#progress = progress;
    this.#flaw = null;
    this.#shelf.write(printProgress(progress));
  }
}
