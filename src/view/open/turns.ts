/** Below this a page answers to a hand as if nothing else went on. */
const LONGEST_TURN_MS = 12;

/** Ends the present task now and then, so that a long job leaves the page free to draw and to listen. */
export class Turns {
  #began = performance.now();

  /** To be awaited between pieces of work that are short themselves. Tells whether a turn was over. */
  async breathe(): Promise<boolean> {
    if (performance.now() - this.#began < LONGEST_TURN_MS) return false;
    await nextTask();
    this.#began = performance.now();
    return true;
  }
}

/** A message of one's own: timers are held back where they follow each other, and on pages that nobody sees. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
