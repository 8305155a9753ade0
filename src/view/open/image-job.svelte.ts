import { ReaderClient } from '../../client/reader-client';
import type { OpenedImage } from '../../client/opened-image';
import type { ImageProblem } from '../../core/image-problem';
import { success, type Result } from '../../core/result';

/** Has every block of every snapshot of an image hashed for its report, by a worker of its own. */
export class ImageReportJob {
  readonly #image: OpenedImage;
  #reader: ReaderClient | null = null;
  #stage = $state.raw<'idle' | 'busy' | 'stopped'>('idle');
  #doneBytes = $state(0);
  #problem = $state.raw<ImageProblem | null>(null);

  readonly stage = $derived(this.#stage);
  readonly doneBytes = $derived(this.#doneBytes);
  readonly problem = $derived(this.#problem);

  constructor(image: OpenedImage) {
    this.#image = image;
  }

  get totalBytes(): number {
    const { sizeBytes, snapshots } = this.#image.facts;
    return snapshots.reduce((sum, { entry }) => sum + entry.volumeSizeBytes, sizeBytes);
  }

  cancel(): void {
    this.#reader?.close();
    this.#reader = null;
  }

  /** The text of the report; `null`: it was stopped, or the image has a flaw. */
  async run(title: string, name: string): Promise<string | null> {
    this.cancel();
    const reader = (this.#reader = new ReaderClient());
    this.#stage = 'busy';
    this.#doneBytes = 0;
    this.#problem = null;
    const report = await this.#reportBy(reader, title, name);
    reader.close();
    if (this.#reader === null) {
      this.#stage = 'stopped';
      return null;
    }
    this.#stage = 'idle';
    if (!report.ok) this.#problem = report.problem;
    return report.ok ? report.value : null;
  }

  async #reportBy(reader: ReaderClient, title: string, name: string): Promise<Result<string, ImageProblem>> {
    const opened = await reader.ask({ type: 'openImage', file: this.#image.file });
    if (!opened.ok) return opened;
    const report = await reader.ask({ type: 'reportImage', title, name }, (doneBytes) => {
      this.#doneBytes = doneBytes;
    });
    return report.ok ? success(report.value) : report;
  }
}
