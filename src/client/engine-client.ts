import type { EngineProblem, StoredPart } from '../core/problem';
import { failure, type Result } from '../core/result';
import type { Scenario, WorldId } from '../core/scenario';
import type { RunOrigin } from '../core/story';
import { DOMAIN_SCHEMAS } from '../formats/domain-schemas';
import { parseWith } from '../formats/flaw';
import type { HeldStart } from '../formats/kept-start';
import { answerResultSchema, answerSchemas, type Answer, type Answers } from '../protocol/answer';
import { engineMessageSchema, type Notice } from '../protocol/notice';
import type { ClientMessage, ContentPiece, Request, RequestType } from '../protocol/request';
import { StartBook } from './start-book';

/** The part of a `Worker` that the client uses. */
export interface EngineWorker {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  onmessageerror: ((event: MessageEvent<unknown>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: ClientMessage): void;
  terminate(): void;
}

/** What a listener hears: the engine's notices, and that the engine is gone. */
export type ClientNotice = Notice | { readonly type: 'workerDied'; readonly detail: string };

/** An instruction and where it is carried out: at a position of a branch, or at its end, wherever that is by then. */
export type Action = Omit<Request & { readonly type: 'act' }, 'type'>;

export interface EngineClientOptions {
  readonly createWorker: () => EngineWorker;
  /** How long the worker may say nothing while something is asked of it. */
  readonly silenceLimitMs?: number;
}

export type Answered<Type extends RequestType> = Promise<Result<Answers[Type], EngineProblem>>;

/** A request that waits for its answer. */
interface Pending {
  readonly settle: (result: unknown) => void;
  readonly fail: (problem: EngineProblem) => void;
}

/** Opening a log of a million writes takes most of a minute on a slow machine, without a word. */
const SILENCE_LIMIT_MS = 120_000;

const ANSWERS = answerSchemas(DOMAIN_SCHEMAS);
const ENGINE_MESSAGE = engineMessageSchema(DOMAIN_SCHEMAS);

/**
 * Owns the worker's life. Every method answers with a value: when the worker dies, whatever is pending is answered with
 * `workerDied`, and `restart` begins again from the last commit.
 */
export class EngineClient {
  readonly #createWorker: () => EngineWorker;
  readonly #silenceLimitMs: number;
  readonly #pending = new Map<number, Pending>();
  readonly #starts = new StartBook();
  readonly #listeners = new Set<(notice: ClientNotice) => void>();
  #worker: EngineWorker | null = null;
  #nextId = 1;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor({ createWorker, silenceLimitMs = SILENCE_LIMIT_MS }: EngineClientOptions) {
    this.#createWorker = createWorker;
    this.#silenceLimitMs = silenceLimitMs;
    this.#start();
  }

  /** Listens to notices until the returned function is called. */
  onNotice(listener: (notice: ClientNotice) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What branches begin from, of all that any answer told of. */
  get starts(): ReadonlyMap<number, HeldStart> {
    return this.#starts.all;
  }

  open(): Answered<'open'> {
    return this.#ask({ type: 'open' });
  }

  /** A burst can be long: `signal` stops it after the part that is under way, and what is committed stays. */
  act(action: Action, signal?: AbortSignal): Answered<'act'> {
    return this.#ask({ type: 'act', ...action }, signal);
  }

  openRun(origin: RunOrigin, worlds: readonly WorldId[]): Answered<'openRun'> {
    return this.#ask({ type: 'openRun', origin, worlds });
  }

  newLaboratory(scenario: Scenario, name: string): Answered<'newLaboratory'> {
    return this.#ask({ type: 'newLaboratory', scenario, name });
  }

  /** A command that is not over at `position` is finished first. */
  trim(branch: number, position: number | 'end'): Answered<'trim'> {
    return this.#ask({ type: 'trim', branch, position });
  }

  startOver(): Answered<'startOver'> {
    return this.#ask({ type: 'startOver' });
  }

  undoStartOver(): Answered<'undoStartOver'> {
    return this.#ask({ type: 'undoStartOver' });
  }

  switchBranch(branch: number): Answered<'switchBranch'> {
    return this.#ask({ type: 'switchBranch', branch });
  }

  nameBranch(branch: number, name: string): Answered<'nameBranch'> {
    return this.#ask({ type: 'nameBranch', branch, name });
  }

  deleteBranch(branch: number): Answered<'deleteBranch'> {
    return this.#ask({ type: 'deleteBranch', branch });
  }

  /** Keeps where the learner looks, for the next time. */
  remember(branch: number, position: number): Answered<'remember'> {
    return this.#ask({ type: 'remember', branch, position });
  }

  readStored(world: WorldId, part: StoredPart, number: number): Answered<'readStored'> {
    return this.#ask({ type: 'readStored', world, part, number });
  }

  beginVolume(): Answered<'beginVolume'> {
    return this.#ask({ type: 'beginVolume' });
  }

  keepContents(piece: ContentPiece, bytes: Uint8Array<ArrayBuffer>): Answered<'keepContents'> {
    return this.#ask({ type: 'keepContents', piece, bytes });
  }

  dropContents(start: number): Answered<'dropContents'> {
    return this.#ask({ type: 'dropContents', start });
  }

  startVolume(start: unknown, name: string): Answered<'startVolume'> {
    return this.#ask({ type: 'startVolume', start, name });
  }

  readContents(piece: ContentPiece): Answered<'readContents'> {
    return this.#ask({ type: 'readContents', piece });
  }

  /** Adds the branches of a laboratory file, given as its text. */
  importLaboratory(text: string): Answered<'importLaboratory'> {
    return this.#ask({ type: 'importLaboratory', text });
  }

  /** A fresh worker, opened from the last commit. What was pending did not happen and is answered so. */
  restart(): Answered<'open'> {
    this.#stop('restarted');
    this.#start();
    return this.open();
  }

  /** Ends the worker for good. */
  close(): void {
    this.#stop('closed');
    this.#listeners.clear();
  }

  #start(): void {
    try {
      const worker = this.#createWorker();
      worker.onmessage = (event) => this.#hear(event.data);
      worker.onmessageerror = () => this.#die('a message could not be read');
      worker.onerror = (event) => {
        event.preventDefault();
        // The event of a script that cannot be loaded is none with a message.
        this.#die(event.message || 'it could not be started');
      };
      this.#worker = worker;
    } catch (error) {
      this.#die(String(error));
    }
  }

  #stop(detail: string): void {
    const worker = this.#worker;
    this.#worker = null;
    clearTimeout(this.#silence);
    if (worker !== null) {
      worker.onmessage = worker.onmessageerror = worker.onerror = null;
      worker.terminate();
    }
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { fail } of pending) fail({ kind: 'workerDied', detail });
  }

  #die(detail: string): void {
    this.#stop(detail);
    this.#tell({ type: 'workerDied', detail });
  }

  #tell(notice: ClientNotice): void {
    for (const listener of this.#listeners) listener(notice);
  }

  #ask<Type extends RequestType>(request: Request & { type: Type }, signal?: AbortSignal): Answered<Type> {
    const worker = this.#worker;
    if (worker === null) return Promise.resolve(failure({ kind: 'workerDied', detail: 'not running' }));
    if (signal?.aborted) return Promise.resolve(failure({ kind: 'cancelled' }));
    const id = this.#nextId;
    this.#nextId += 1;
    const cancel = (): void => this.#worker?.postMessage({ kind: 'cancel', id });
    signal?.addEventListener('abort', cancel);
    const answered: Answered<Type> = new Promise((resolve) => {
      const settle = (result: unknown): void => {
        signal?.removeEventListener('abort', cancel);
        const parsed = parseWith(answerResultSchema<Type>(ANSWERS[request.type]), result);
        if (!parsed.ok) return resolve(failure({ kind: 'malformed', ...parsed.problem }));
        this.#starts.read(startsIn(parsed.value), (flaw) =>
          resolve(flaw === null ? parsed.value : failure({ kind: 'malformed', ...flaw })),
        );
      };
      this.#pending.set(id, { settle, fail: (problem) => settle(failure(problem)) });
    });
    this.#post(worker, id, request);
    this.#watchSilence();
    return answered;
  }

  #post(worker: EngineWorker, id: number, request: Request): void {
    try {
      worker.postMessage({ kind: 'request', id, request });
    } catch (error) {
      // What cannot be cloned cannot be a request either.
      this.#settle(id, failure({ kind: 'malformed', place: '', reason: String(error) }));
    }
  }

  #hear(data: unknown): void {
    const message = parseWith(ENGINE_MESSAGE, data);
    if (!message.ok) {
      const { place, reason } = message.problem;
      return this.#die(`it sent what is no message: ${reason} (${place})`);
    }
    if (message.value.kind === 'notice') this.#tell(message.value.notice);
    else this.#settle(message.value.id, message.value.result);
    this.#watchSilence();
  }

  #settle(id: number, result: unknown): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.settle(result);
  }

  /** A worker that neither answers nor reports progress is stuck. */
  #watchSilence(): void {
    clearTimeout(this.#silence);
    if (this.#pending.size === 0) return;
    this.#silence = setTimeout(() => this.#die('it does not answer'), this.#silenceLimitMs);
  }
}

function startsIn(answer: Result<Answer, EngineProblem>): readonly unknown[] {
  return answer.ok && 'starts' in answer.value ? (answer.value.starts ?? []) : [];
}
