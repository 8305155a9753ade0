import type { OpenedImage } from '../../client/opened-image';
import type { Session } from '../../client/session.svelte';
import type { VolumeStartProblem } from '../../client/volume-start';

type LaboratoryStage = 'idle' | 'busy' | 'stopped' | 'failed';

/** Starts a laboratory from an opened image. Stopped at any time, nothing is left of it. */
export class ImageLaboratoryJob {
  readonly #session: Session;
  readonly #image: OpenedImage;
  #cancel = new AbortController();
  #stage = $state.raw<LaboratoryStage>('idle');
  #doneBytes = $state(0);
  #problem = $state.raw<VolumeStartProblem | null>(null);

  readonly stage = $derived(this.#stage);
  readonly doneBytes = $derived(this.#doneBytes);
  /** Why it failed. */
  readonly problem = $derived(this.#problem);

  constructor(session: Session, image: OpenedImage) {
    this.#session = session;
    this.#image = image;
  }

  cancel(): void {
    this.#cancel.abort();
  }

  /** Whether there is a laboratory now. @param name of its branch */
  async run(name: string): Promise<boolean> {
    const { signal } = (this.#cancel = new AbortController());
    this.#stage = 'busy';
    this.#doneBytes = 0;
    this.#problem = null;
    const problem = await this.#session.startFromVolume({
      file: this.#image.file,
      name,
      signal,
      onProgress: (doneBytes) => {
        this.#doneBytes = doneBytes;
      },
    });
    if (problem === null) {
      this.#stage = 'idle';
      return true;
    }
    this.#stage = signal.aborted ? 'stopped' : 'failed';
    if (!signal.aborted) this.#problem = problem;
    return false;
  }
}
