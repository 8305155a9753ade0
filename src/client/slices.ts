/** A task that is over this soon leaves the page free to draw and to listen. */
const LONGEST_SLICE_MS = 8;

/** Runs a job in tasks that are short, as far as the parts between its yields are; gives what it comes to. */
export async function inSlices<Value>(job: Iterator<unknown, Value>): Promise<Value> {
  let began = performance.now();
  for (;;) {
    const step = job.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < LONGEST_SLICE_MS) continue;
    await nextTask();
    began = performance.now();
  }
}

/** A job that ends early when nobody wants it any more: not one part more is done. */
export function* whileWanted(job: Iterator<unknown>, isWanted: () => boolean): Generator<void, void> {
  while (isWanted() && job.next().done !== true) yield;
}

/** The rest is done in another task. A message of one's own brings it: timers are held back where they follow each other, and on pages that nobody sees. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
