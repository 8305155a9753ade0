import type { History } from '../core/history';
import type { LogRecord } from '../core/log-record';
import { currentBranch, type Branch, type LaboratoryState } from '../core/laboratory';
import type { HeldStart } from '../formats/kept-start';
import type { ChangedLaboratory } from '../protocol/answer';
import { RecordBook } from './record-book';
import { inSlices, nextTask } from './slices';

export interface FollowedLogOptions {
  /** What branches begin from. */
  readonly starts: () => ReadonlyMap<number, HeldStart>;
  /** A record does not lead on the page where the engine says that it leads. */
  readonly onDefect: (record: LogRecord) => void;
  /** What is to be done before it is told how far a history has grown; a job that can rest. */
  readonly preparing: (history: History) => Iterator<void>;
}

/**
 * The engine's log on the page: its records, and the history of the current branch, carried out again by the same
 * rules. However much comes at once, it is taken in by short tasks, one change after the other.
 */
export class FollowedLog {
  readonly #options: FollowedLogOptions;
  readonly #records = new RecordBook();
  #state = $state.raw<LaboratoryState | null>(null);
  /** The history only grows by itself, so its growth has to be told. */
  #history = $state.raw<History | null>(null);
  #length = $state(0);
  /** What was taken over by now, told or not. */
  #latestState: LaboratoryState | null = null;
  #latestHistory: History | null = null;
  #turn: Promise<void> = Promise.resolve();

  readonly state = $derived(this.#state);
  readonly history = $derived(this.#history);
  /** Steps of the current branch. */
  readonly length = $derived(this.#length);
  readonly branch: Branch | null = $derived(this.#state === null ? null : currentBranch(this.#state));
  /** Records of all branches. They change with the state, which is what can be watched. */
  readonly recordCount = $derived(this.#state === null ? 0 : this.#records.count);

  constructor(options: FollowedLogOptions) {
    this.#options = options;
  }

  get records(): readonly LogRecord[] {
    return this.#records.all;
  }

  /** Begins with everything that the engine has. */
  replaceAll(state: LaboratoryState, records: readonly LogRecord[]): Promise<void> {
    return this.#inTurn(() => {
      this.#records.replaceAll(records);
      return this.#retrace(state).then(() => this.#tell());
    });
  }

  /** Takes over a change, after those that came before it. */
  accept(change: ChangedLaboratory): Promise<void> {
    return this.#inTurn(async () => {
      await this.#take(change);
      this.#tell();
    });
  }

  /** Takes over one of many changes. Nobody hears of it before `tell`: whoever looks at each of them does nothing else. */
  collect(change: ChangedLaboratory): Promise<void> {
    return this.#inTurn(() => this.#take(change));
  }

  tell(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#latestHistory !== null) await inSlices(this.#options.preparing(this.#latestHistory));
      // Whoever is told has enough to do for a task.
      await nextTask();
      this.#tell();
    });
  }

  #take(change: ChangedLaboratory): Promise<void> {
    this.#records.add(change.records);
    this.#records.remove(change.removedRecords);
    const history = this.#latestHistory;
    if (history === null || !this.#isContinuedBy(change, history)) return this.#retrace(change.state);
    this.#latestState = change.state;
    return inSlices(this.#appending(change.records, history));
  }

  #tell(): void {
    this.#state = this.#latestState;
    this.#history = this.#latestHistory;
    this.#length = this.#latestHistory?.length ?? 0;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    // What fails is told to whoever asked for it, and holds up nothing else.
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #isContinuedBy({ state, records }: ChangedLaboratory, history: History): boolean {
    if (this.#latestState?.currentBranch !== state.currentBranch) return false;
    return records.length === 0 || records[0]!.parent === (history.lastRecord?.id ?? null);
  }

  *#appending(records: readonly LogRecord[], history: History): Generator<void, void> {
    for (const record of records) {
      if (!history.append(record).ok) return this.#options.onDefect(record);
      yield;
    }
  }

  async #retrace(state: LaboratoryState): Promise<void> {
    const starts = this.#options.starts();
    const job = this.#records.retracing(currentBranch(state), starts, this.#latestHistory);
    const { history, failedAt } = await inSlices(job);
    if (failedAt !== null) this.#options.onDefect(failedAt);
    this.#latestState = state;
    this.#latestHistory = history;
  }
}
