/**
 * Times the frames of the built page from within, put there before the page's own script runs: how long the callbacks
 * of a frame take, with everything that Svelte does after them before the browser goes on.
 */
const scriptMs: number[] = [];

const request = window.requestAnimationFrame.bind(window);

window.requestAnimationFrame = (callback) =>
  request((nowMs) => {
    const from = performance.now();
    callback(nowMs);
    // Svelte brings the document up to date in a microtask that waits already.
    queueMicrotask(() => queueMicrotask(() => scriptMs.push(performance.now() - from)));
  });

const drawingFrames = {
  /** The times of the frames since the last call, in milliseconds of script each. */
  take: (): readonly number[] => scriptMs.splice(0),
};

declare global {
  interface Window {
    drawingFrames: DrawingFrames;
  }
}

window.drawingFrames = drawingFrames;

export type DrawingFrames = typeof drawingFrames;
