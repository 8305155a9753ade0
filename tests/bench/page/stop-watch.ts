/**
 * A stop watch inside the built page, put there before the page's own script runs. Nothing of the product is changed:
 * it watches the document.
 */

/** Without any change for so long the page is still. */
const STILL_MS = 400;

const stopWatch = {
  untilStill: (): Promise<void> =>
    new Promise((resolve) => {
      const finish = (): void => {
        observer.disconnect();
        resolve();
      };
      let timer = setTimeout(finish, STILL_MS);
      const observer = observe(document, () => {
        clearTimeout(timer);
        timer = setTimeout(finish, STILL_MS);
      });
    }),

  /**
   * From the next click, by its own time stamp, to the end of the frame in which something in a world looks different.
   * What a click does by itself, moving focus and selection, does not count. The time is in an object, so that it can
   * be waited for later.
   */
  clickToChange(): { readonly timeMs: Promise<number> } {
    return {
      timeMs: new Promise((resolve) => {
        addEventListener('click', ({ timeStamp }) => resolve(untilChangeIsSeen(timeStamp)), {
          capture: true,
          once: true,
        });
      }),
    };
  },

  /** The control: a change that nobody has to work out, to the end of the frame that shows it. */
  async bareChange(): Promise<number> {
    const from = performance.now();
    document.documentElement.dataset['bench'] = String(from);
    await frameIsRendered();
    return performance.now() - from;
  },

  /** Moves the timeline's slider as dragging does, to shares of its length: how long each takes. */
  async seek(shares: readonly number[]): Promise<readonly SliderSeek[]> {
    const slider = document.querySelector<HTMLInputElement>(
      'section[aria-label="Timeline"] input[type="range"]',
    );
    if (slider === null) throw new Error('The timeline has no slider');
    const seeks: SliderSeek[] = [];
    for (const share of shares) seeks.push(await seekTo(slider, Math.round(share * Number(slider.max))));
    return seeks;
  },
};

export interface SliderSeek {
  /** Until the page's script has brought the document up to date. */
  readonly changedMs: number;
  /** Until the browser has laid it out as well. */
  readonly laidOutMs: number;
}

async function seekTo(slider: HTMLInputElement, position: number): Promise<SliderSeek> {
  await frameIsRendered();
  const from = performance.now();
  slider.value = String(position);
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  // Svelte brings the document up to date in a microtask.
  await Promise.resolve();
  const changedMs = performance.now() - from;
  document.body.getBoundingClientRect();
  const laidOutMs = performance.now() - from;
  const shown = slider.ariaValueText ?? '';
  if (!shown.startsWith(`Step ${position} `)) throw new Error(`At ${position} the slider says "${shown}"`);
  return { changedMs, laidOutMs };
}

async function untilChangeIsSeen(fromMs: number): Promise<number> {
  let hasChanged = false;
  const worlds = document.querySelectorAll('section[aria-label^="Protection o"]');
  const observers = [...worlds].map((world) =>
    observe(world, (records) => {
      hasChanged ||= records.some(isVisibleChange);
    }),
  );
  do await frameIsRendered();
  while (!hasChanged);
  for (const observer of observers) observer.disconnect();
  return performance.now() - fromMs;
}

function isVisibleChange({ type, target }: MutationRecord): boolean {
  const isCell = target instanceof Element && target.getAttribute('role') === 'gridcell';
  return !(isCell && type === 'attributes');
}

function observe(node: Node, heard: (records: readonly MutationRecord[]) => void): MutationObserver {
  const observer = new MutationObserver(heard);
  observer.observe(node, { subtree: true, childList: true, attributes: true, characterData: true });
  return observer;
}

/** A message that is sent at the beginning of a frame arrives when the frame has been rendered. */
function frameIsRendered(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
  });
}

declare global {
  interface Window {
    stopWatch: typeof stopWatch;
  }
}

window.stopWatch = stopWatch;
