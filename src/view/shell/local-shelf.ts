import type { ProgressShelf } from '../../client/progress-book.svelte';

/** A text kept by the browser between visits. Where the browser denies it, it lasts as long as the page. */
export function localShelf(key: string): ProgressShelf {
  return {
    read() {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    write(text) {
      try {
        localStorage.setItem(key, text);
      } catch {
        // Denied or full: the page itself still knows.
      }
    },
  };
}
