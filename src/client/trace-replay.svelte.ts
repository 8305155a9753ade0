import { MAXIMUM_BLOCK_COUNT } from '../core/block';
import type { EngineProblem } from '../core/problem';
import { RankedBlocks } from '../core/replay/ranked-blocks';
import { Replay, type ReplayReport } from '../core/replay/replay';
import { ReplayCommands, type BlockNumbering } from '../core/replay/replay-commands';
import { outcomesOfReplay, type LevelOutcome } from '../core/replay/replay-outcome';
import { scenarioOfReplay, type ReplayPlan } from '../core/replay/replay-plan';
import type { TraceBatch } from '../core/replay/trace';
import type { Instruction, Scenario } from '../core/scenario';
import type { TraceReading } from '../formats/trace/parsers';
import type { Session } from './session.svelte';
import { inSlices, nextTask } from './slices';
import { readTrace } from './trace-pieces';

/** The part of a session that a replay needs. */
type ReplaySession = Pick<Session, 'newLaboratory' | 'runThrough' | 'seek' | 'length' | 'history'>;

/** A replay that came to its end: what was counted, and what the engine made of the same records. */
export interface ReplayResult {
  readonly plan: ReplayPlan;
  readonly report: ReplayReport;
  readonly outcomes: readonly LevelOutcome[];
}

type ReplayStage =
  | { readonly kind: 'ready' }
  /** The blocks are counted and numbered. */
  | { readonly kind: 'preparing' }
  | { readonly kind: 'replaying' }
  | { readonly kind: 'done'; readonly result: ReplayResult }
  /** What was carried out stays in the laboratory. */
  | { readonly kind: 'stopped' }
  /** Only the first `fitting` records write to no more blocks than a machine has. */
  | { readonly kind: 'tooLarge'; readonly fitting: number }
  /** `null`: the file gives nothing more, or a laboratory could not be begun. */
  | { readonly kind: 'failed'; readonly problem: EngineProblem | null };

interface Prepared {
  readonly report: ReplayReport;
  readonly scenario: Scenario;
  readonly numberOf: BlockNumbering;
}

/** Replays a trace in a new laboratory: reads it once to measure the machine, and again to carry it out. */
export class TraceReplay {
  readonly #session: ReplaySession;
  readonly #file: Blob;
  #cancel = new AbortController();
  #stage = $state.raw<ReplayStage>({ kind: 'ready' });
  #doneBytes = $state(0);
  #doneRecords = $state(0);

  readonly stage = $derived(this.#stage);
  readonly isBusy = $derived.by(() => this.#stage.kind === 'preparing' || this.#stage.kind === 'replaying');
  readonly doneBytes = $derived(this.#doneBytes);
  /** Records whose commands are on their way. */
  readonly doneRecords = $derived(this.#doneRecords);

  constructor(session: ReplaySession, file: Blob) {
    this.#session = session;
    this.#file = file;
  }

  cancel(): void {
    this.#cancel.abort();
  }

  /** Begins a laboratory of this name and replays as planned. Never throws: `stage` says what came of it. */
  async run(reading: TraceReading, plan: ReplayPlan, name: string): Promise<void> {
    if (this.isBusy) return;
    this.#cancel = new AbortController();
    const { signal } = this.#cancel;
    this.#stage = { kind: 'preparing' };
    this.#doneRecords = 0;
    try {
      this.#stage = await this.#replay(reading, plan, name, signal);
    } catch {
      // What a file does not give is all that can go wrong here, besides the learner's own stop.
      this.#stage = signal.aborted ? { kind: 'stopped' } : { kind: 'failed', problem: null };
    }
    if (this.#doneRecords > 0) this.#session.seek(this.#session.length);
  }

  async #replay(
    reading: TraceReading,
    plan: ReplayPlan,
    name: string,
    signal: AbortSignal,
  ): Promise<ReplayStage> {
    const prepared = await this.#prepare(reading, plan, signal);
    if ('fitting' in prepared) return { kind: 'tooLarge', ...prepared };
    const { scenario, report, numberOf } = prepared;
    if (!(await this.#session.newLaboratory(scenario, name))) return { kind: 'failed', problem: null };
    this.#stage = { kind: 'replaying' };
    const commands = new ReplayCommands(plan, scenario.settings.blockCount, numberOf);
    const instructions = this.#instructions(reading, plan, commands, signal);
    const { stoppedBy } = await this.#session.runThrough(instructions, signal);
    if (signal.aborted) return { kind: 'stopped' };
    const { history } = this.#session;
    if (stoppedBy !== null || history === null) return { kind: 'failed', problem: stoppedBy };
    const { interludes } = commands;
    const recordOfRequest = (request: number): number => commands.recordOfRequest(request);
    const facts = { snapshots: plan.snapshotsAt.length, interludes, recordOfRequest };
    await nextTask();
    const outcomes = await inSlices(outcomesOfReplay(history, facts));
    // Until now it could still be stopped.
    return signal.aborted ? { kind: 'stopped' } : { kind: 'done', result: { plan, report, outcomes } };
  }

  async #prepare(
    reading: TraceReading,
    plan: ReplayPlan,
    signal: AbortSignal,
  ): Promise<Prepared | { readonly fitting: number }> {
    const replay = new Replay(plan);
    const ranked = plan.blockCount === null ? new RankedBlocks(plan, MAXIMUM_BLOCK_COUNT) : null;
    const take = (batch: TraceBatch): void => {
      replay.add(batch);
      ranked?.add(batch);
    };
    for await (const bytes of readTrace(this.#file, reading, signal, take)) this.#doneBytes = bytes;
    if (ranked !== null && ranked.fittingRecords < plan.records) return { fitting: ranked.fittingRecords };
    ranked?.rank();
    const report = replay.finish();
    const scenario = scenarioOfReplay(plan, plan.blockCount ?? ranked?.size ?? 0, report.totals.copies);
    return { report, scenario, numberOf: numberingOf(ranked) };
  }

  async *#instructions(
    reading: TraceReading,
    { worlds, records }: ReplayPlan,
    commands: ReplayCommands,
    signal: AbortSignal,
  ): AsyncGenerator<Instruction> {
    for await (const bytes of readTrace(this.#file, reading, signal, (batch) => commands.add(batch))) {
      this.#doneBytes = bytes;
      this.#doneRecords = commands.records;
      for (const command of commands.take()) yield { command, worlds };
      if (commands.records === records) break;
    }
    this.#doneRecords = commands.records;
    for (const command of commands.finish()) yield { command, worlds };
  }
}

/** Out here, where it keeps nothing else that the blocks were counted with. */
function numberingOf(ranked: RankedBlocks | null): BlockNumbering {
  return (device, block) => ranked?.numberOf(device, block) ?? block;
}
