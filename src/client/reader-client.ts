import type { ImageProblem } from '../core/image-problem';
import { failure, type Result } from '../core/result';
import { parseWith } from '../formats/flaw';
import type { RecognisedFile } from '../formats/recognised-file';
import {
  readerReplySchema,
  readerResultSchema,
  type ReaderAnswers,
  type ReaderMessage,
  type ReaderRequest,
  type ReaderRequestType,
} from '../protocol/reader-message';

/** The part of a `Worker` that the client uses. */
type ReaderWorker = Pick<Worker, 'onmessage' | 'onmessageerror' | 'onerror' | 'terminate'> & {
  postMessage(message: ReaderMessage, transfer: Transferable[]): void;
};

/** How a worker that reads files is started; tests bring one of their own. */
type StartReader = () => ReaderWorker;

export type ReaderAnswer<Type extends ReaderRequestType> = Promise<Result<ReaderAnswers[Type], ImageProblem>>;

interface Pending {
  readonly settle: (result: unknown) => void;
  readonly progress: (doneBytes: number) => void;
}

function startReader(): ReaderWorker {
  return new Worker(new URL('../reader/worker.ts', import.meta.url), { type: 'module' });
}

/**
 * A worker that reads a file, from its first request until it is closed. Every request is answered: when the worker is
 * closed, or dies, whatever is pending fails as a file that cannot be read.
 */
export class ReaderClient {
  readonly #start: StartReader;
  readonly #pending = new Map<number, Pending>();
  #worker: ReaderWorker | null = null;
  #nextId = 1;

  constructor(start: StartReader = startReader) {
    this.#start = start;
  }

  /**
   * @param onProgress hears how many bytes are done, where the request tells
   * @param transfer buffers of the request that are not needed here any more
   */
  ask<Type extends ReaderRequestType>(
    request: ReaderRequest & { readonly type: Type },
    onProgress: (doneBytes: number) => void = () => undefined,
    transfer: Transferable[] = [],
  ): ReaderAnswer<Type> {
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve) => {
      const settle = (result: unknown): void => {
        const parsed = parseWith(readerResultSchema<Type>(request.type), result);
        resolve(parsed.ok ? parsed.value : failure({ kind: 'unreadable', reason: parsed.problem.reason }));
      };
      this.#pending.set(id, { settle, progress: onProgress });
      try {
        this.#worker ??= this.#listenTo(this.#start());
        this.#worker.postMessage({ id, request }, transfer);
      } catch (error) {
        this.#end(String(error));
      }
    });
  }

  /** Ends the worker at once. The next request starts another one. */
  close(): void {
    this.#end('it was closed');
  }

  #listenTo(worker: ReaderWorker): ReaderWorker {
    worker.onmessage = ({ data }: MessageEvent<unknown>) => this.#hear(data);
    worker.onmessageerror = () => this.#end('a message could not be read');
    worker.onerror = (event) => {
      event.preventDefault();
      // The event of a script that cannot be loaded is none with a message.
      this.#end(event.message || 'what reads it could not be started');
    };
    return worker;
  }

  #hear(data: unknown): void {
    const reply = parseWith(readerReplySchema, data);
    if (!reply.ok) return this.#end(reply.problem.reason);
    const { id } = reply.value;
    if (reply.value.kind === 'progress') return this.#pending.get(id)?.progress(reply.value.doneBytes);
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.settle(reply.value.result);
  }

  #end(reason: string): void {
    const worker = this.#worker;
    this.#worker = null;
    if (worker !== null) {
      worker.onmessage = worker.onmessageerror = worker.onerror = null;
      worker.terminate();
    }
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { settle } of pending) settle(failure({ kind: 'unreadable', reason }));
  }
}

/** What a file is, by what its beginning says. */
export async function recogniseFile(file: Blob): Promise<RecognisedFile> {
  const reader = new ReaderClient();
  const recognised = await reader.ask({ type: 'recognise', file });
  reader.close();
  return recognised.ok ? recognised.value : { kind: 'unreadable' };
}
