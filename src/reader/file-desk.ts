import { required, unreachable } from '../core/assert';
import type { ImageProblem } from '../core/image-problem';
import { failure, success, type Result } from '../core/result';
import { parseWith } from '../formats/flaw';
import { holdStart } from '../formats/kept-start';
import { printReport, reportOfImage } from '../formats/report';
import { ImageImport } from '../formats/volume-image/image-import';
import { mapOfContent } from '../formats/volume-image/image-map';
import type { ClusterBitmap } from '../formats/volume-image/ntfs-bitmap';
import { openImage } from '../formats/volume-image/read-image';
import type { VolumeImage } from '../formats/volume-image/volume-image';
import {
  readerMessageSchema,
  type FileBytes,
  type ReaderAnswers,
  type ReaderReply,
  type ReaderRequest,
  type ReaderRequestType,
} from '../protocol/reader-message';
import { messageIdOf } from '../protocol/request';
import { sourceOfFile } from './file-source';
import { recogniseFile } from './recognise-file';
import { TraceCount } from './trace-count';

/** Hands a reply over, with the buffers in it that are not needed here any more. */
type Post = (reply: ReaderReply, transfer: readonly Transferable[]) => void;

/** What is asked about the image that was opened. */
type ImageRequest = ReaderRequest & {
  readonly type: 'readBlock' | 'mapImage' | 'reportImage' | 'importPart' | 'importStart';
};

type AnswerResult = Result<ReaderAnswers[ReaderRequestType], ImageProblem>;

/** Progress is told at most once in so many bytes. */
const BYTES_PER_PROGRESS = 2 ** 20;

/** The file behind the messages, whatever carries them. */
export class FileDesk {
  readonly #post: Post;
  #image: VolumeImage | null = null;
  #clusters: Promise<ClusterBitmap | null> | null = null;
  #import: ImageImport | null = null;
  #trace: TraceCount | null = null;

  constructor(post: Post) {
    this.#post = post;
  }

  /** Takes a message as it came. Whatever it is, it is answered. */
  async receive(data: unknown): Promise<void> {
    const message = parseWith(readerMessageSchema, data);
    if (!message.ok) {
      const result = failure({ kind: 'unreadable' as const, reason: message.problem.reason });
      return this.#post({ kind: 'answer', id: messageIdOf(data), result }, []);
    }
    const { id, request } = message.value;
    const result = await this.#attempt(id, request);
    this.#post({ kind: 'answer', id, result }, result.ok ? buffersOf(result.value) : []);
  }

  async #attempt(id: number, request: ReaderRequest): Promise<AnswerResult> {
    try {
      return await this.#fulfil(id, request);
    } catch (error) {
      return failure({ kind: 'unreadable', reason: error instanceof Error ? error.message : String(error) });
    }
  }

  async #fulfil(id: number, request: ReaderRequest): Promise<AnswerResult> {
    switch (request.type) {
      case 'recognise':
        return success(await recogniseFile(request.file));
      case 'openImage':
        return this.#open(request.file);
      case 'beginTrace':
        this.#trace = new TraceCount(request.reading, request.settings);
        return success(null);
      case 'pushTrace':
        required(this.#trace, 'it begins first').push(request.bytes);
        return success(null);
      case 'endTrace':
        return success(required(this.#trace, 'it begins first').end());
      default:
        return this.#fulfilForImage(id, required(this.#image, 'it is opened first'), request);
    }
  }

  async #fulfilForImage(id: number, image: VolumeImage, request: ImageRequest): Promise<AnswerResult> {
    switch (request.type) {
      case 'readBlock':
        return readBlock(image, request);
      case 'mapImage':
        return this.#map(image, request);
      case 'reportImage':
        return this.#report(id, image, request);
      case 'importPart':
        return this.#importPart(image);
      case 'importStart':
        return this.#importStart(request.start);
      default:
        return unreachable(request);
    }
  }

  async #open(file: FileBytes): Promise<AnswerResult> {
    const opened = await openImage(sourceOfFile(file));
    if (!opened.ok) return opened;
    this.#image = opened.value;
    this.#clusters = null;
    this.#import = null;
    return success(opened.value.facts);
  }

  async #map(
    image: VolumeImage,
    { content }: ReaderRequest & { readonly type: 'mapImage' },
  ): Promise<AnswerResult> {
    if (!isContent(image, content)) return failure({ kind: 'blockUnknown', block: 0, blockCount: 0 });
    this.#clusters ??= image.readClusters();
    return success(mapOfContent(image, content, await this.#clusters));
  }

  async #importPart(image: VolumeImage): Promise<AnswerResult> {
    if (this.#import === null) {
      const begun = ImageImport.of(image);
      if (!begun.ok) return begun;
      this.#import = begun.value;
    }
    return this.#import.next();
  }

  #importStart(number: number): AnswerResult {
    const { start, scenario } = required(this.#import, 'the contents come first').finish(number);
    return success({ kept: holdStart(start, scenario).kept });
  }

  async #report(
    id: number,
    image: VolumeImage,
    { title, name }: ReaderRequest & { readonly type: 'reportImage' },
  ): Promise<AnswerResult> {
    const job = reportOfImage(title, name, image);
    let doneBytes = 0;
    let toldBytes = 0;
    for (;;) {
      const step = await job.next();
      if (step.done === true) return step.value.ok ? success(printReport(step.value.value)) : step.value;
      doneBytes += step.value;
      if (doneBytes < toldBytes + BYTES_PER_PROGRESS) continue;
      toldBytes = doneBytes;
      this.#post({ kind: 'progress', id, doneBytes }, []);
    }
  }
}

async function readBlock(
  image: VolumeImage,
  { content, block }: ReaderRequest & { readonly type: 'readBlock' },
): Promise<AnswerResult> {
  if (!isContent(image, content)) return failure({ kind: 'blockUnknown', block, blockCount: 0 });
  const read = await image.readBlock(content, block);
  // What is read may be a part of something larger, which would go with it.
  return read.ok ? success({ ...read.value, bytes: read.value.bytes.slice() }) : read;
}

function isContent({ stores }: VolumeImage, content: 'live' | number): boolean {
  return content === 'live' || content < stores.length;
}

function buffersOf(answer: ReaderAnswers[ReaderRequestType]): readonly Transferable[] {
  if (typeof answer !== 'object' || answer === null) return [];
  if ('bytes' in answer) return [answer.bytes.buffer as ArrayBuffer];
  return 'points' in answer ? [answer.points.buffer] : [];
}
