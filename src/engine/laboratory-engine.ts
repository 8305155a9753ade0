import type { Damage, EngineProblem, StorageStatus } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { DOMAIN_SCHEMAS } from '../formats/domain-schemas';
import { parseWith } from '../formats/flaw';
import type { Answer, ChangedLaboratory, OpenedLaboratory } from '../protocol/answer';
import type { EngineMessage, Notice } from '../protocol/notice';
import { clientMessageSchema, messageIdOf, type Request } from '../protocol/request';
import type { BlockPlace } from '../storage/laboratory-store';
import { ActJob } from './act-job';
import { change, changeSince, type ChangeRequest } from './change';
import type { ContentRequest } from './contents';
import { Keeper, type OpenStore } from './keeper';
import { salvage } from './salvage';
import type { Seldom } from './seldom';
import { readStarts } from './start-rows';
import type { Savepoint, Workbench } from './workbench';

export interface EngineHost {
  readonly openStore: OpenStore;
  readonly post: (message: EngineMessage) => void;
}

interface RequestJob {
  readonly kind: 'request';
  readonly id: number;
  readonly request: Request;
  /** A command under way. */
  readonly act: ActJob | null;
}

/** Bytes that are compared with the log when nothing else is asked; `null`: those of a laboratory just opened. */
interface VerifyJob {
  readonly kind: 'verify';
  readonly places: readonly BlockPlace[] | null;
}

interface OpenLaboratory {
  readonly bench: Workbench;
  readonly keeper: Keeper;
}

/** A request that is decided, and waits for the transaction that it shares with others. */
interface Decided {
  readonly job: RequestJob;
  readonly result: Result<ChangedLaboratory, EngineProblem>;
  /** What was found damaged on the way. */
  readonly damages: readonly Damage[];
}

const CLIENT_MESSAGE = clientMessageSchema(DOMAIN_SCHEMAS);

/** Requests that came while a transaction was under way share the next one, up to so many. */
const REQUESTS_PER_COMMIT = 256;

const BLOCKS_PER_VERIFICATION = 64;

/**
 * The engine behind the messages, whatever carries them. One request after the other: decided, committed, and only then
 * answered. A commit that fails takes back everything that was decided for it, and after it.
 */
export class LaboratoryEngine {
  readonly #host: EngineHost;
  readonly #jobs: (RequestJob | VerifyJob)[] = [];
  /** The requests that have no answer yet, and those of them that are to be stopped. */
  readonly #unanswered = new Set<number>();
  readonly #cancelled = new Set<number>();
  #open: OpenLaboratory | null = null;
  #seldom: Seldom | null = null;
  #damages: readonly Damage[] = [];
  #latestId = 0;
  #isWorking = false;

  constructor(host: EngineHost) {
    this.#host = host;
  }

  /** Takes a message as it came. Whatever it is, nothing is thrown. */
  receive(data: unknown): void {
    const message = parseWith(CLIENT_MESSAGE, data);
    if (!message.ok) {
      const result = failure({ kind: 'malformed' as const, ...message.problem });
      return this.#host.post({ kind: 'answer', id: messageIdOf(data), result });
    }
    const { id } = message.value;
    if (message.value.kind === 'cancel') {
      if (this.#unanswered.has(id)) this.#cancelled.add(id);
      return;
    }
    // A message that comes twice is carried out once.
    if (id <= this.#latestId) return;
    this.#latestId = id;
    this.#unanswered.add(id);
    this.#enqueue(jobOf(id, message.value.request));
  }

  #enqueue(job: RequestJob | VerifyJob): void {
    this.#jobs.push(job);
    if (!this.#isWorking) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    while (this.#jobs.length > 0) await this.#workNext();
    this.#isWorking = false;
  }

  async #workNext(): Promise<void> {
    const job = this.#jobs[0]!;
    const problem = isSeldom(job) ? await this.#prepareSeldom() : null;
    if (problem === null && this.#open !== null && isChange(job)) return this.#workTogether(this.#open);
    this.#jobs.shift();
    try {
      if (job.kind === 'verify') await this.#verify(job.places);
      else this.#answer(job.id, problem === null ? await this.#fulfil(job.request) : failure(problem));
    } catch (error) {
      // Rows that could not be compared stay as they are; whoever looks at them compares them again.
      if (job.kind === 'request') this.#answer(job.id, failure(internal(error)));
    }
  }

  /** Gives the problem when the code cannot be had, as without a network. */
  async #prepareSeldom(): Promise<EngineProblem | null> {
    try {
      this.#seldom ??= (await import('./seldom')).carryOutSeldom;
      return null;
    } catch (error) {
      return internal(error);
    }
  }

  #answer(id: number, result: Result<Answer, EngineProblem>): void {
    this.#unanswered.delete(id);
    this.#cancelled.delete(id);
    this.#host.post({ kind: 'answer', id, result });
  }

  #notify(notice: Notice): void {
    this.#host.post({ kind: 'notice', notice });
  }

  /** The requests that change nothing, and the first one. */
  async #fulfil(request: Request): Promise<Result<Answer, EngineProblem>> {
    if (request.type === 'open') {
      this.#open ??= await this.#openLaboratory();
      return success(describe(this.#open, this.#damages));
    }
    if (this.#open === null) return failure({ kind: 'notOpen' });
    const { bench, keeper } = this.#open;
    if (isForContents(request)) {
      const { carryOutForContents } = await import('./contents');
      return carryOutForContents(bench, keeper, request, (damage) =>
        this.#notify({ type: 'damaged', damages: [damage] }),
      );
    }
    if (request.type !== 'readStored') return failure({ kind: 'notOpen' });
    const { world, part, number } = request;
    const read = await keeper.readStored(bench.history, { world, part, number });
    if (!read.ok) return failure({ kind: 'notRead', problem: read.problem });
    if (!read.value.agreesWithLog) this.#enqueue({ kind: 'verify', places: [{ world, part, number }] });
    return read;
  }

  async #openLaboratory(): Promise<OpenLaboratory> {
    const announce = (storage: StorageStatus): void => this.#notify({ type: 'storageChanged', storage });
    const { keeper, loaded } = await Keeper.open(this.#host.openStore, announce);
    const { bench, damages, isChanged } = await salvage(loaded, await readStarts(loaded.starts));
    this.#damages = [...damages, ...(await keeper.verifyOld(bench.history, loaded.blocks))];
    if (isChanged) {
      await keeper.commitWhole(bench, loaded);
      bench.settle(bench.savepoint());
    } else {
      keeper.begin(bench.history, loaded);
      this.#enqueue({ kind: 'verify', places: null });
    }
    await keeper.dropLeftovers(bench, loaded);
    return { bench, keeper };
  }

  async #verify(asked: VerifyJob['places']): Promise<void> {
    if (this.#open === null) return;
    const { bench, keeper } = this.#open;
    const places = asked ?? keeper.placesToVerify();
    if (places.length === 0) return;
    const rest = places.slice(BLOCKS_PER_VERIFICATION);
    if (rest.length > 0) this.#enqueue({ kind: 'verify', places: rest });
    const damages = await keeper.verify(bench, places.slice(0, BLOCKS_PER_VERIFICATION));
    if (damages.length > 0) this.#notify({ type: 'damaged', damages });
  }

  /**
   * Decides as many requests as wait, commits them in one transaction and answers them. What waits beyond them is decided
   * while the transaction is under way, and decided anew where that fails.
   */
  async #workTogether({ bench, keeper }: OpenLaboratory): Promise<void> {
    let start = bench.savepoint();
    let group: Decided[] = [];
    this.#decideWaiting(bench, group);
    while (group.length > 0) {
      const end = bench.savepoint();
      let ahead: Decided[] = [];
      const committing = commitGroup(bench, keeper, start, () => {
        bench.takeBackTo(end);
        this.#jobs.unshift(...ahead.map(({ job }) => jobOf(job.id, job.request)));
        ahead = [];
      });
      if (!isUnfinished(group)) this.#decideWaiting(bench, ahead);
      const problem = await committing;
      for (const decided of group) this.#settle(bench, decided, problem);
      // A commit into memory takes no time in which a message could come, such as one that stops a burst.
      if (isUnfinished(group)) await pause();
      if (problem === null) start = end;
      group = ahead;
      this.#decideWaiting(bench, group);
    }
  }

  /** Adds the requests that wait to a group, up to a command that does not end with it. */
  #decideWaiting(bench: Workbench, group: Decided[]): void {
    while (group.length < REQUESTS_PER_COMMIT && !isUnfinished(group)) {
      const job = this.#takeChange();
      if (job === undefined) return;
      group.push({ ...this.#decide(bench, job), damages: bench.takeDamages() });
    }
  }

  #takeChange(): RequestJob | undefined {
    const job = this.#jobs[0];
    if (job === undefined || !isChange(job)) return undefined;
    if (this.#seldom === null && isSeldom(job)) return undefined;
    this.#jobs.shift();
    return job;
  }

  #decide(bench: Workbench, job: RequestJob): Omit<Decided, 'damages'> {
    const since = bench.savepoint();
    const done = this.#attempt(bench, job);
    if (!done.ok) {
      bench.takeBackTo(since);
      if (job.act === null || !job.act.hasCommitted) return { job, result: done };
      job.act.stop(done.problem);
    }
    return { job, result: success(changeSince(bench, since)) };
  }

  #attempt(bench: Workbench, { id, request, act }: RequestJob): Result<void, EngineProblem> {
    try {
      if (act === null) return change(bench, request as ChangeRequest, this.#seldom);
      return this.#cancelled.has(id) ? failure({ kind: 'cancelled' }) : act.decidePart(bench);
    } catch (error) {
      return failure(internal(error));
    }
  }

  /** Answers a request, or goes on with it, after its transaction: `problem` says how that failed. */
  #settle(bench: Workbench, { job, result, damages }: Decided, problem: EngineProblem | null): void {
    const { id, act } = job;
    if (damages.length > 0) this.#notify({ type: 'damaged', damages });
    if (!result.ok) return this.#answer(id, result);
    if (act === null) return this.#answer(id, problem === null ? result : failure(problem));
    if (problem === null) act.keep();
    else if (!act.hasCommitted) return this.#answer(id, failure(problem));
    else act.stop(problem);
    const { state, records } = problem === null ? result.value : { state: bench.state, records: [] };
    if (act.isFinished) {
      const { refusals, stoppedBy } = act;
      return this.#answer(id, success({ state, records, removedRecords: [], refusals, stoppedBy }));
    }
    const { doneWrites, totalWrites } = act;
    this.#notify({ type: 'progress', request: id, doneWrites, totalWrites, state, records });
    this.#jobs.unshift(job);
  }
}

/** Gives the problem, after which everything since `start` is taken back: first, by `onFailure`, what came meanwhile. */
async function commitGroup(
  bench: Workbench,
  keeper: Keeper,
  start: Savepoint,
  onFailure: () => void,
): Promise<EngineProblem | null> {
  if (bench.state === start.state) return null;
  const end = bench.savepoint();
  try {
    const committed = await keeper.commit(bench, start, onFailure);
    if (committed.ok) {
      bench.settle(end);
      return null;
    }
    bench.takeBackTo(start);
    return { kind: 'notCommitted', problem: committed.problem };
  } catch (error) {
    onFailure();
    bench.takeBackTo(start);
    return internal(error);
  }
}

function jobOf(id: number, request: Request): RequestJob {
  return { kind: 'request', id, request, act: request.type === 'act' ? new ActJob(request) : null };
}

/** Whether more comes of the last request of a group, which nothing can be decided before. */
function isUnfinished(group: readonly Decided[]): boolean {
  const last = group.at(-1);
  return last?.result.ok === true && last.job.act?.isFinished === false;
}

function isChange(job: RequestJob | VerifyJob): job is RequestJob {
  if (job.kind === 'verify' || isForContents(job.request)) return false;
  return job.request.type !== 'open' && job.request.type !== 'readStored';
}

const SELDOM: ReadonlySet<Request['type']> = new Set(['importLaboratory', 'trim', 'startVolume']);

function isSeldom(job: RequestJob | VerifyJob): boolean {
  return job.kind === 'request' && SELDOM.has(job.request.type);
}

function isForContents(request: Request): request is ContentRequest {
  return ['keepContents', 'dropContents', 'readContents'].includes(request.type);
}

function internal(error: unknown): EngineProblem {
  return {
    kind: 'internal',
    detail: error instanceof Error ? error.message : String(error),
  };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function describe({ bench, keeper }: OpenLaboratory, damages: readonly Damage[]): OpenedLaboratory {
  const records = [...bench.records.values()].sort((a, b) => a.id - b.id);
  const opened = { state: bench.state, records, storage: keeper.status, damages };
  const starts = [...bench.starts.values()].map(({ kept }) => kept);
  return starts.length === 0 ? opened : { ...opened, starts };
}
