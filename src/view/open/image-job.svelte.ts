import type { ImageProblem } from '../../core/image-problem';
import { reportOfImage, type Report } from '../../formats/report';
import type { VolumeImage } from '../../formats/volume-image/volume-image';
import { Turns } from './turns';

/** Hashes every block of every snapshot of an image for its report, in short turns. */
export class ImageReportJob {
  readonly #image: VolumeImage;
  #cancel = new AbortController();
  #stage = $state.raw<'idle' | 'busy' | 'stopped'>('idle');
  #doneBytes = $state(0);
  #problem = $state.raw<ImageProblem | null>(null);

  readonly stage = $derived(this.#stage);
  readonly doneBytes = $derived(this.#doneBytes);
  readonly problem = $derived(this.#problem);

  constructor(image: VolumeImage) {
    this.#image = image;
  }

  get totalBytes(): number {
    const image = this.#image;
    return image.stores.reduce((sum, _, index) => sum + image.sizeOf(index), image.sizeBytes);
  }

  cancel(): void {
    this.#cancel.abort();
  }

  /** `null`: it was stopped, or the image has a flaw. */
  async run(title: string, name: string): Promise<Report | null> {
    const { signal } = (this.#cancel = new AbortController());
    this.#stage = 'busy';
    this.#doneBytes = 0;
    this.#problem = null;
    const turns = new Turns();
    const job = reportOfImage(title, name, this.#image);
    let hashed = 0;
    for (;;) {
      const step = await job.next();
      if (step.done === true) {
        this.#stage = 'idle';
        if (!step.value.ok) this.#problem = step.value.problem;
        return step.value.ok ? step.value.value : null;
      }
      hashed += step.value;
      if (await turns.breathe()) this.#doneBytes = hashed;
      if (!signal.aborted) continue;
      this.#stage = 'stopped';
      return null;
    }
  }
}
