/**
 * An engine for component tests: the real client, with a worker that decides at once, in the page, through the core
 * and keeps everything in memory. What it posts is validated like the messages of the real one.
 */
import { EngineClient, type EngineWorker } from '../../src/client/engine-client';
import type { FrameScheduler } from '../../src/client/playback.svelte';
import { Session } from '../../src/client/session.svelte';
import type { Command } from '../../src/core/command';
import { act } from '../../src/core/act';
import { History } from '../../src/core/history';
import type { LogRecord } from '../../src/core/log-record';
import { currentBranch, pathTo, type Branch, type LaboratoryState } from '../../src/core/laboratory';
import { DEFAULT_SETTINGS, type MachineSettings } from '../../src/core/machine';
import { failure, success } from '../../src/core/result';
import { WORLD_IDS, type WorldId } from '../../src/core/scenario';
import { sliceBurst } from '../../src/core/workload';
import type { ActedLaboratory, AnswerResult } from '../../src/protocol/answer';
import type { EngineMessage } from '../../src/protocol/notice';
import type { ClientMessage, Request } from '../../src/protocol/request';
import { rendered } from '../core/rendered';

type ActRequest = Extract<Request, { readonly type: 'act' }>;
type ReadRequest = Extract<Request, { readonly type: 'readStored' }>;

export interface LocalOptions {
  readonly worlds?: readonly WorldId[];
  readonly settings?: Partial<MachineSettings>;
  /** A clock of a test: without it motion is left out. */
  readonly schedule?: FrameScheduler;
}

export class LocalWorker implements EngineWorker {
  onmessage: EngineWorker['onmessage'] = null;
  onmessageerror: EngineWorker['onmessageerror'] = null;
  onerror: EngineWorker['onerror'] = null;
  /** Every instruction that arrived, carried out or not. */
  readonly asked: ActRequest['instruction'][] = [];
  /** Set: slices of a burst wait for `release`. */
  isHeld = false;
  /** Turns every stored block into something else. */
  isDamaged = false;
  #release: (() => void) | null = null;
  readonly #cancelled = new Set<number>();
  readonly #records = new Map<number, LogRecord>();
  #state: LaboratoryState;

  constructor({ worlds = WORLD_IDS, settings = {} }: LocalOptions = {}) {
    const scenario = { settings: { ...DEFAULT_SETTINGS, ...settings }, worlds };
    const branch: Branch = { id: 0, name: '', origin: { kind: 'story' }, scenario, tip: null };
    this.#state = {
      branches: [branch],
      currentBranch: 0,
      position: 0,
      nextRecord: 0,
      nextBranch: 1,
      startedOverFrom: [],
    };
  }

  terminate(): void {
    this.onmessage = null;
  }

  release(): void {
    this.#release?.();
  }

  postMessage(message: ClientMessage): void {
    if (message.kind === 'cancel') {
      this.#cancelled.add(message.id);
      this.release();
      return;
    }
    void this.#answer(message.id, message.request);
  }

  async #answer(id: number, request: Request): Promise<void> {
    const result = await this.#fulfil(id, request);
    this.#post({ kind: 'answer', id, result });
  }

  #post(message: EngineMessage): void {
    this.onmessage?.(new MessageEvent('message', { data: structuredClone(message) }));
  }

  async #fulfil(id: number, request: Request): Promise<AnswerResult> {
    switch (request.type) {
      case 'open': {
        const records = [...this.#records.values()];
        return success({ state: this.#state, records, storage: { kind: 'stored' }, damages: [] });
      }
      case 'act':
        this.asked.push(request.instruction);
        return this.#act(id, request);
      case 'readStored':
        return this.#readStored(request);
      default:
        return success({ state: this.#state, records: [], removedRecords: [] });
    }
  }

  async #act(id: number, { instruction, branch, position }: ActRequest): Promise<AnswerResult> {
    const { command } = instruction;
    const slices: readonly Command[] = command.type === 'writeBurst' ? sliceBurst(command) : [command];
    const records: LogRecord[] = [];
    let last: ActedLaboratory | null = null;
    for (const [index, slice] of slices.entries()) {
      const acted = this.#actOnce({ ...instruction, command: slice }, branch, index === 0 ? position : 'end');
      if (!acted.ok) return acted;
      last = acted.value;
      if (this.isHeld) await this.#hold(id, index + 1, slices.length, last);
      else records.push(...last.records);
      if (this.#cancelled.has(id)) return success({ ...last, records, stoppedBy: { kind: 'cancelled' } });
    }
    if (last === null) return failure({ kind: 'internal', detail: 'no slice' });
    return success({ ...last, records });
  }

  #hold(request: number, done: number, total: number, { state, records }: ActedLaboratory): Promise<void> {
    const notice = {
      type: 'progress',
      request,
      doneWrites: done,
      totalWrites: total,
      state,
      records,
    } as const;
    this.#post({ kind: 'notice', notice });
    return new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  #actOnce(
    instruction: ActRequest['instruction'],
    branchId: number,
    position: number | 'end',
  ): AnswerResult<'act'> {
    const branch = currentBranch({ ...this.#state, currentBranch: branchId });
    const history = this.#historyOf(branch);
    const at = position === 'end' ? history.length : position;
    const acted = act(branch.scenario, history.branchPointAt(at), instruction, this.#state.nextRecord);
    if (!acted.ok) return failure({ kind: 'refused', refusal: acted.problem });
    const { records } = acted.value;
    for (const record of records) this.#records.set(record.id, record);
    const tip = records.at(-1)?.id ?? branch.tip;
    this.#keep(branch, tip, at === history.length);
    const outcome = this.#historyOf(currentBranch(this.#state));
    const { refusals } = outcome.derive(outcome.entries.length - 1).outcome;
    return success({ state: this.#state, records, removedRecords: [], refusals, stoppedBy: null });
  }

  #keep(branch: Branch, tip: number | null, isContinued: boolean): void {
    const { branches, nextBranch } = this.#state;
    const nextRecord = Math.max(-1, ...this.#records.keys()) + 1;
    if (isContinued) {
      const changed = branches.map((other) => (other.id === branch.id ? { ...branch, tip } : other));
      this.#state = { ...this.#state, branches: changed, nextRecord };
      return;
    }
    const fork: Branch = {
      ...branch,
      id: nextBranch,
      origin: { kind: 'fork', branch: branch.id, record: branch.tip },
      tip,
    };
    this.#state = {
      ...this.#state,
      branches: [...branches, fork],
      currentBranch: fork.id,
      nextBranch: nextBranch + 1,
      nextRecord,
    };
  }

  #historyOf(branch: Branch): History {
    const history = new History(branch.scenario);
    for (const record of pathTo(branch.tip, (id) => this.#records.get(id))) history.append(record);
    return history;
  }

  #readStored({ world, part, number }: ReadRequest): AnswerResult<'readStored'> {
    const history = this.#historyOf(currentBranch(this.#state));
    const index = history.scenario.worlds.indexOf(world);
    const machine = history.machines[index];
    if (machine === undefined) return failure({ kind: 'internal', detail: 'no such world' });
    const stamp = part === 'block' ? machine.live.get(number) : machine.diffContents.get(number);
    const bytes = stamp === 0 ? null : rendered(history.recipeOf(index, stamp));
    if (this.isDamaged) bytes?.fill(0xff, 0, 4);
    return success({ stamp, bytes, agreesWithLog: !this.isDamaged });
  }
}

/** An opened session over a local worker. Motion is left out: commands are played to their end with `settle`. */
export async function openSession(
  options: LocalOptions = {},
): Promise<{ readonly session: Session; readonly worker: LocalWorker }> {
  const worker = new LocalWorker(options);
  const client = new EngineClient({ createWorker: () => worker });
  const { schedule } = options;
  const session = new Session({
    client,
    schedule: schedule ?? (() => undefined),
    reducedMotion: () => schedule === undefined,
  });
  await session.open();
  return { session, worker };
}

/** Carries out commands one after the other and goes to their end. */
export async function perform(
  session: Session,
  commands: readonly Command[],
  worlds?: readonly WorldId[],
): Promise<void> {
  for (const command of commands) await session.act(command, worlds);
  session.seek(session.length);
}
