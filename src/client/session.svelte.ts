import type { Command } from '../core/command';
import { burstAt, type BurstCounts } from '../core/describe/burst';
import { tracesAt, type Traces } from '../core/describe/traces';
import type { Event } from '../core/event';
import type { History, Moment } from '../core/history';
import type { LogRecord } from '../core/log-record';
import type { StoredRecipe } from '../core/content';
import type { Branch, LaboratoryState } from '../core/laboratory';
import type { Machine } from '../core/machine';
import type { Damage, EngineProblem, StorageStatus } from '../core/problem';
import type { Refusal } from '../core/refusal';
import type { Result } from '../core/result';
import type { Instruction, Scenario, WorldId } from '../core/scenario';
import type { RunOrigin } from '../core/story';
import type { HeldStart } from '../formats/kept-start';
import type { ChangedLaboratory, OpenedLaboratory } from '../protocol/answer';
import { ContentBook, type BroughtBytes } from './content-book';
import type { Action, Answered, EngineClient } from './engine-client';
import { FollowedLog } from './followed-log.svelte';
import { stepDurationMs } from './pace';
import { Playback, type FrameScheduler } from './playback.svelte';
import { Preparations } from './preparations';
import { runThrough, type RunThrough } from './run-through';
import { Seeking } from './seeking';
import { TurnedDownBook } from './turned-down.svelte';
import type { VolumeStartOptions, VolumeStartProblem } from './volume-start';

/** One world as it is shown: settled in `machine`, and on its way through `event` as far as the playback's progress. */
export interface WorldView {
  readonly id: WorldId;
  readonly index: number;
  readonly machine: Machine;
  /** What is happening now, between this position and the next. */
  readonly event: Event | null;
  /** What happened last. */
  readonly lastEvent: Event | null;
  /** What the past has left to be seen. */
  readonly traces: Traces;
  readonly burst: BurstCounts | null;
}

export type SessionStatus = 'opening' | 'ready' | 'workerDied';

/** Watching a whole command takes at most this long at 1x. */
const LONGEST_REPLAY_MS = 12_000;

export interface SessionOptions {
  readonly client: EngineClient;
  readonly schedule: FrameScheduler;
  readonly reducedMotion: () => boolean;
}

/**
 * The page's side of the laboratory: the same log, folded by the same rules, and where the learner looks at. It asks
 * the engine to act and to keep; stepping and scrubbing need nobody.
 */
export class Session {
  readonly #client: EngineClient;
  readonly playback: Playback;
  /** Before a path that has grown a lot is told of, and before a moment of a large volume is shown. */
  readonly beforeTold = new Preparations<History>();
  readonly beforeShown = new Preparations<Moment>();
  #status = $state<SessionStatus>('opening');
  #storage = $state.raw<StorageStatus>({ kind: 'stored' });
  #damages = $state.raw<readonly Damage[]>([]);
  #problem = $state.raw<EngineProblem | null>(null);
  #progress = $state.raw<{ readonly done: number; readonly total: number } | null>(null);
  readonly #log: FollowedLog;
  readonly #seeking: Seeking;
  /** Steps that the command under way has added so far. */
  #addedSteps = 0;
  readonly #turnedDown = new TurnedDownBook();
  readonly #contents: ContentBook;
  #cancel: AbortController | null = null;

  readonly status = $derived(this.#status);
  readonly state: LaboratoryState | null = $derived.by(() => this.#log.state);
  readonly storage = $derived(this.#storage);
  readonly damages = $derived(this.#damages);
  readonly problem = $derived(this.#problem);
  readonly turnedDown = $derived(this.#turnedDown.last);
  readonly turnedDownLog = $derived(this.#turnedDown.latest);
  readonly progress = $derived(this.#progress);
  readonly history: History | null = $derived.by(() => this.#log.history);
  /** Steps of the current branch. */
  readonly length: number = $derived.by(() => this.#log.length);
  /** Records of all branches, of `MAXIMUM_RECORDS`. */
  readonly recordCount: number = $derived.by(() => this.#log.recordCount);
  readonly branch: Branch | null = $derived.by(() => this.#log.branch);

  readonly moment: Moment | null = $derived.by(() => {
    const history = this.history;
    return history === null ? null : history.momentAt(Math.min(this.playback.position, this.length));
  });

  readonly #next: Moment | null = $derived.by(() => {
    const history = this.history;
    const position = this.playback.position + 1;
    return history === null || position > this.length ? null : history.momentAt(position);
  });

  /** What the picture shows: the moment, but in a burst one that changes a few times a second. */
  readonly #shown: Moment | null = $derived.by(() => {
    const { history, playback } = this;
    if (history === null || !playback.isMerged) return this.moment;
    return history.momentAt(Math.min(Math.floor(playback.shown), this.length));
  });

  readonly #traces: readonly Traces[] = $derived.by(() => {
    const history = this.history;
    const moment = this.#shown;
    if (moment === null || history === null) return [];
    return history.scenario.worlds.map((_, index) => tracesAt(history, moment, index));
  });

  /** Per world, while stages pass too quickly to be told apart: what the burst has done so far. */
  readonly bursts: readonly BurstCounts[] | null = $derived.by(() => {
    const { history, playback } = this;
    if (history === null || !playback.isMerged) return null;
    const moment = history.momentAt(Math.min(Math.floor(playback.told), this.length));
    return history.scenario.worlds.map((_, index) => burstAt(history, moment, index));
  });

  /** Apart from how far a step has come, so that the worlds are the same in every frame of it. */
  readonly #isMoving: boolean = $derived.by(() => this.playback.progress > 0 && !this.playback.isMerged);

  readonly worlds: readonly WorldView[] = $derived.by(() => {
    const moment = this.#shown;
    const history = this.history;
    if (moment === null || history === null) return [];
    return history.scenario.worlds.map((id, index) => ({
      id,
      index,
      machine: moment.machines[index]!,
      event: this.#isMoving ? (this.#next?.events[index] ?? null) : null,
      lastEvent: moment.events[index] ?? null,
      traces: this.#traces[index]!,
      burst: this.bursts?.[index] ?? null,
    }));
  });

  readonly isAtEnd = $derived.by(() => this.playback.time >= this.length);

  constructor({ client, schedule, reducedMotion }: SessionOptions) {
    this.#client = client;
    this.#contents = new ContentBook((piece) => client.readContents(piece));
    this.#log = new FollowedLog({
      starts: () => client.starts,
      onDefect: (record) => this.#noteDefect(record),
      preparing: (history) => this.beforeTold.for(history),
    });
    this.playback = new Playback(
      {
        length: () => this.length,
        durationMs: (position) => this.#durationMs(position),
        reducedMotion,
      },
      schedule,
    );
    this.#seeking = new Seeking({
      playback: this.playback,
      history: () => this.history,
      preparations: this.beforeShown,
      remember: (position) => void client.remember(this.state?.currentBranch ?? 0, position),
    });
    client.onNotice((notice) => {
      if (notice.type === 'storageChanged') this.#storage = notice.storage;
      else if (notice.type === 'damaged') this.#damages = [...this.#damages, ...notice.damages];
      else if (notice.type === 'progress') {
        this.#progress = { done: notice.doneWrites, total: notice.totalWrites };
        void this.#accept({ state: notice.state, records: notice.records, removedRecords: [] });
      } else this.#status = 'workerDied';
    });
  }

  #durationMs(position: number): number {
    const history = this.history;
    if (history === null || position < 1 || position > this.length) return 0;
    return stepDurationMs(history.eventsAt(position));
  }

  async open(): Promise<void> {
    await this.#acceptOpened(await this.#client.open());
  }

  /** A fresh worker, opened from the last commit: what was committed is there. */
  async restart(): Promise<void> {
    await this.#acceptOpened(await this.#client.restart());
  }

  async #acceptOpened(opened: Result<OpenedLaboratory, EngineProblem>): Promise<void> {
    if (!opened.ok) {
      this.#problem = opened.problem;
      return;
    }
    const { state, records, storage, damages } = opened.value;
    this.#problem = null;
    await this.#log.replaceAll(state, records);
    this.#status = 'ready';
    [this.#storage, this.#damages] = [storage, damages];
    // Where the learner looked at last.
    this.#seeking.show(state.position);
  }

  /** The page checks the engine's fingerprints against its own machines: both carry out the same commands. */
  #noteDefect({ id }: LogRecord): void {
    this.#problem = { kind: 'internal', detail: `Record ${id} does not lead where it says` };
  }

  /** Where a command acts: where the picture stands, or at the end when the picture is on its way there. */
  #actingPosition(): number | 'end' {
    if (this.isAtEnd || this.playback.isFollowing) return 'end';
    return Math.ceil(this.playback.time);
  }

  /** Carries out a command in the worlds given, in all of them by default, and plays what it does. */
  async act(command: Command, worlds?: readonly WorldId[]): Promise<boolean> {
    const { history, branch } = this;
    if (history === null || branch === null) return false;
    const instruction = { command, worlds: worlds ?? history.scenario.worlds };
    const position = this.#actingPosition();
    this.#cancel = new AbortController();
    this.#addedSteps = 0;
    const acted = await this.#client.act({ instruction, branch: branch.id, position }, this.#cancel.signal);
    this.#progress = null;
    if (!acted.ok) {
      this.#noteFailure(command, instruction.worlds, acted.problem);
      return false;
    }
    this.#noteRefusals(command, history.scenario.worlds, acted.value.refusals);
    const { stoppedBy } = acted.value;
    if (stoppedBy !== null && stoppedBy.kind !== 'cancelled') this.#problem = stoppedBy;
    await this.#accept(acted.value);
    this.#play(this.#addedSteps);
    return true;
  }

  cancel(): void {
    this.#cancel?.abort();
  }

  #noteFailure(command: Command, worlds: readonly WorldId[], problem: EngineProblem): void {
    if (problem.kind !== 'refused') this.#problem = problem;
    else
      this.#noteRefusals(
        command,
        worlds,
        worlds.map(() => problem.refusal),
      );
  }

  #noteRefusals(command: Command, worlds: readonly WorldId[], refusals: readonly (Refusal | null)[]): void {
    const place = { branch: this.state?.currentBranch ?? 0, position: this.playback.position };
    this.#turnedDown.note(command, worlds, refusals, place);
  }

  dismiss(): void {
    this.#turnedDown.dismiss();
    this.#problem = null;
    this.#damages = [];
  }

  #accept(change: ChangedLaboratory): Promise<void> {
    for (const { cut, steps } of change.records) if (!cut) this.#addedSteps += steps;
    return this.#log.accept(change);
  }

  /** Plays the steps that were just added, from where they begin. */
  #play(addedSteps: number): void {
    const start = this.length - addedSteps;
    // What was under way when the learner acted is finished on the way: nothing jumps.
    if (!this.playback.isPlaying && this.playback.time > start) this.playback.seek(start);
    this.playback.playTo(this.length, LONGEST_REPLAY_MS);
    this.#seeking.rememberSoon();
  }

  /** Carries out a long run of instructions at the end of the current branch. Nothing of it is played. */
  runThrough(instructions: AsyncIterable<Instruction>, signal: AbortSignal): Promise<RunThrough> {
    const act = (action: Action): Answered<'act'> => this.#client.act(action);
    return runThrough({ act, log: this.#log }, this.state?.currentBranch ?? 0, instructions, signal);
  }

  /** Opens a built-in run at its start, or at a position of it. The present branch is kept. */
  async openRun(
    origin: RunOrigin,
    worlds: readonly WorldId[],
    at: number | 'start' | 'end' = 'start',
  ): Promise<boolean> {
    const isEntered = await this.#change(this.#client.openRun(origin, worlds));
    if (isEntered) this.seek(at === 'start' ? 0 : at === 'end' ? this.length : at);
    return isEntered;
  }

  /** Opens an empty branch with a machine of the learner's own. The present branch is kept. */
  newLaboratory(scenario: Scenario, name = ''): Promise<boolean> {
    return this.#goTo(this.#client.newLaboratory(scenario, name));
  }

  startOver(): Promise<boolean> {
    this.#seeking.rememberNow();
    return this.#goTo(this.#client.startOver());
  }

  switchBranch(branch: number): Promise<boolean> {
    return this.#goTo(this.#client.switchBranch(branch));
  }

  /** Goes to another branch, to where record `record` ends on it; `null`: to its start. */
  async returnTo(branch: number, record: number | null): Promise<boolean> {
    const isThere = await this.switchBranch(branch);
    const entry = this.history?.entries.find((other) => other.record.id === record);
    if (isThere) this.seek(entry === undefined ? 0 : entry.start + entry.record.steps);
    return isThere;
  }

  nameBranch(branch: number, name: string): Promise<boolean> {
    return this.#change(this.#client.nameBranch(branch, name));
  }

  deleteBranch(branch: number): Promise<boolean> {
    return this.#change(this.#client.deleteBranch(branch));
  }

  /** Forgets what lies before this moment and after it: a new branch begins here, or where its command ends. */
  trim(): Promise<boolean> {
    return this.#goTo(this.#client.trim(this.state?.currentBranch ?? 0, this.#actingPosition()));
  }

  importLaboratory(text: string): Promise<boolean> {
    return this.#goTo(this.#client.importLaboratory(text));
  }

  /** A change that leads to another place: the picture goes there too. */
  async #goTo(asked: Promise<Result<ChangedLaboratory, EngineProblem>>): Promise<boolean> {
    const isChanged = await this.#change(asked);
    if (isChanged && this.state !== null) this.#seeking.show(this.state.position);
    return isChanged;
  }

  async #change(asked: Promise<Result<ChangedLaboratory, EngineProblem>>): Promise<boolean> {
    const changed = await asked;
    if (!changed.ok) {
      this.#problem = changed.problem;
      return false;
    }
    this.#problem = null;
    await this.#log.accept(changed.value);
    return true;
  }

  /** Whether there is a command, or a "start over", to take back. */
  readonly canUndo = $derived.by(
    () => this.playback.time > 0 || (this.state?.startedOverFrom.length ?? 0) > 0,
  );
  readonly canRedo = $derived.by(() => this.playback.time < this.length);

  /** Goes back to before the last command; at the start of a fresh laboratory, back to the one before "start over". */
  async undo(): Promise<void> {
    const entry = this.history?.entryBefore(Math.ceil(this.goal)) ?? null;
    if (entry !== null) this.seek(entry.start);
    else await this.#goTo(this.#client.undoStartOver());
  }

  /** Goes to after the next command. */
  redo(): void {
    const entry = this.history?.entryBefore(Math.floor(this.goal) + 1) ?? null;
    if (entry !== null) this.seek(entry.start + entry.record.steps);
  }

  seek(position: number): void {
    this.#seeking.seek(position);
  }

  /** The time of the playback, or the position that was sought and is about to be shown. */
  get goal(): number {
    return this.#seeking.goal;
  }

  readStored(world: WorldId, part: 'block' | 'slot', number: number): ReturnType<EngineClient['readStored']> {
    return this.#client.readStored(world, part, number);
  }

  /** Bytes that came with the volume of an image. */
  bytesOf(recipe: StoredRecipe): Promise<BroughtBytes> {
    return this.#contents.bytesOf(recipe);
  }

  /** Goes to a new branch on the volume of an image; gives why there is none. The present branch is kept. */
  async startFromVolume(options: VolumeStartOptions): Promise<VolumeStartProblem | null> {
    const { startFromVolume } = await import('./volume-start');
    const started = await startFromVolume(this.#client, options);
    if (!started.ok) return started.problem;
    await this.#goTo(Promise.resolve(started));
    return null;
  }

  /** All records at hand, for saving the laboratory to a file; and all starts. */
  get records(): readonly LogRecord[] {
    return this.#log.records;
  }

  get starts(): readonly HeldStart[] {
    return [...this.#client.starts.values()];
  }
}
