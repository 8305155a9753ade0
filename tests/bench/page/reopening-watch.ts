/** Times how the built page opens, from within. Nothing of the product is changed: it listens and watches. */

interface Opening {
  /** Since the navigation began. */
  readonly answeredMs: number;
  readonly usableMs: number;
}

let answeredMs: number | null = null;

/** The first thing that the page asks of its worker is to open the laboratory. */
class WatchedWorker extends Worker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options);
    this.addEventListener('message', ({ data }: MessageEvent<{ readonly kind: string }>) => {
      if (data.kind === 'answer') answeredMs ??= performance.now();
    });
  }
}

window.Worker = WatchedWorker;

/** A visitor sees the volume and can write to it. */
function isUsable(): boolean {
  const buttons = [...document.querySelectorAll('button')];
  const canWrite = buttons.some(({ textContent, disabled }) => textContent.trim() === 'Write' && !disabled);
  return canWrite && document.querySelector('section[aria-label="Live volume"]') !== null;
}

const opening = new Promise<Opening>((resolve) => {
  const look = (): void => {
    if (answeredMs === null || !isUsable()) requestAnimationFrame(look);
    else resolve({ answeredMs, usableMs: performance.now() });
  };
  requestAnimationFrame(look);
});

/** The bytes of blocks that the worker has read from IndexedDB so far. */
function bytesRead(): Promise<number> {
  const channel = new BroadcastChannel('bench: bytes read');
  return new Promise((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<number>) => {
      channel.close();
      resolve(data);
    };
    channel.postMessage(null);
  });
}

const reopening = { opening, bytesRead };

declare global {
  interface Window {
    reopening: ReopeningWatch;
  }
}

window.reopening = reopening;

export type ReopeningWatch = typeof reopening;
