import type { ImageProblem } from '../core/image-problem';
import { success, type Result } from '../core/result';
import type { ImageContent, ImageFacts } from '../formats/volume-image/image-facts';
import { ReaderClient, type ReaderAnswer } from './reader-client';

/** A volume image whose blocks a worker reads. */
export class OpenedImage {
  readonly file: Blob;
  readonly facts: ImageFacts;
  readonly #reader: ReaderClient;

  private constructor(file: Blob, facts: ImageFacts, reader: ReaderClient) {
    this.file = file;
    this.facts = facts;
    this.#reader = reader;
  }

  static async open(file: Blob): Promise<Result<OpenedImage, ImageProblem>> {
    const reader = new ReaderClient();
    const opened = await reader.ask({ type: 'openImage', file });
    if (opened.ok) return success(new OpenedImage(file, opened.value, reader));
    reader.close();
    return opened;
  }

  readBlock(content: ImageContent, block: number): ReaderAnswer<'readBlock'> {
    return this.#reader.ask({ type: 'readBlock', content, block });
  }

  mapOf(content: ImageContent): ReaderAnswer<'mapImage'> {
    return this.#reader.ask({ type: 'mapImage', content });
  }

  /** Ends the worker. */
  close(): void {
    this.#reader.close();
  }
}
