import { expect, test } from 'vitest';
import { ProgressBook, type ProgressShelf } from '../../src/client/progress-book.svelte';

class Shelf implements ProgressShelf {
  text: string | null;

  constructor(text: string | null = null) {
    this.text = text;
  }

  read(): string | null {
    return this.text;
  }

  write(text: string): void {
    this.text = text;
  }
}

const LESSON = {
  id: 'blocks',
  beat: 3,
  places: [{ branch: 2, record: 5 }],
  answers: [],
  isDone: false,
};

test('what is kept is there on the next visit', () => {
  const shelf = new Shelf();
  const book = new ProgressBook(shelf);
  book.keep(LESSON);
  book.setGate('blocks');
  const next = new ProgressBook(shelf);
  expect(next.of('blocks')).toEqual(LESSON);
  expect(next.gate).toBe('blocks');
});

test('damaged progress is told, and stays on the shelf until something is kept', () => {
  const shelf = new Shelf('{"format":"shadow-copy-lab.progress","version":1,"gate":7,"lessons":[]}');
  const damaged = shelf.text;
  const book = new ProgressBook(shelf);
  expect(book.flaw?.place).toBe('gate');
  expect(book.lessons).toEqual([]);
  expect(shelf.text).toBe(damaged);
});

test('a reset can be taken back', () => {
  const book = new ProgressBook(new Shelf());
  book.keep(LESSON);
  book.reset();
  expect(book.lessons).toEqual([]);
  book.undoReset();
  expect(book.of('blocks')).toEqual(LESSON);
});

test('progress from a file counts what was done, but not the branches of another laboratory', () => {
  const book = new ProgressBook(new Shelf());
  book.keep({ ...LESSON, isDone: true });
  const file = book.print();
  const other = new ProgressBook(new Shelf());
  expect(other.replace(file).ok).toBe(true);
  expect(other.of('blocks')).toMatchObject({ isDone: true, beat: 0, places: [] });
  expect(other.replace('nothing').ok).toBe(false);
  expect(other.of('blocks')?.isDone).toBe(true);
});
