import { assert } from '../core/assert';
import { act, type BranchPoint, type History, type LogRecord } from '../core/history';
import {
  branchOf,
  currentBranch,
  MAXIMUM_BRANCHES,
  MAXIMUM_RECORDS,
  type Branch,
  type LaboratoryState,
} from '../core/laboratory';
import type { Damage, EngineProblem } from '../core/problem';
import type { Refusal } from '../core/refusal';
import { failure, success, type Result } from '../core/result';
import type { Instruction } from '../core/scenario';
import { checkOutcome } from './check';
import { pathOf, replay, type Records } from './path';

/** A moment of the workbench that it can be taken back to. */
export interface Savepoint {
  readonly state: LaboratoryState;
  readonly changes: number;
}

type RecordChange = { readonly added: LogRecord } | { readonly removed: LogRecord };

/**
 * The laboratory as the engine has decided it so far, committed or not: the state, the log, and the history of the
 * current branch. Whatever has not been committed can be taken back.
 */
export class Workbench {
  #state: LaboratoryState;
  #history: History;
  readonly #records: Map<number, LogRecord>;
  #changes: RecordChange[] = [];
  #damages: Damage[] = [];

  /** `history`: that of the state's current branch. */
  constructor(state: LaboratoryState, records: Iterable<LogRecord>, history: History) {
    this.#state = state;
    this.#records = new Map([...records].map((record) => [record.id, record]));
    this.#history = history;
  }

  get state(): LaboratoryState {
    return this.#state;
  }

  get records(): Records {
    return this.#records;
  }

  /** Of the current branch. */
  get history(): History {
    return this.#history;
  }

  savepoint(): Savepoint {
    return { state: this.#state, changes: this.#changes.length };
  }

  /** What the records have come to since a savepoint: what was added and removed again is neither. */
  recordsSince({ changes }: Pick<Savepoint, 'changes'>): {
    readonly added: readonly LogRecord[];
    readonly removed: readonly number[];
  } {
    const added = new Map<number, LogRecord>();
    const removed: number[] = [];
    for (const change of this.#changes.slice(changes)) {
      if ('added' in change) added.set(change.added.id, change.added);
      else if (!added.delete(change.removed.id)) removed.push(change.removed.id);
    }
    return { added: [...added.values()], removed };
  }

  /** From here on nothing before can be taken back: it is committed. */
  settle(): void {
    this.#changes = [];
  }

  takeBackTo({ state, changes }: Savepoint): void {
    for (const change of this.#changes.splice(changes).reverse()) {
      if ('added' in change) this.#records.delete(change.added.id);
      else this.#records.set(change.removed.id, change.removed);
    }
    const isSameHistory = this.#history.lastRecord?.id === currentBranch(state).tip;
    const isSameBranch = state.currentBranch === this.#state.currentBranch;
    this.#state = state;
    if (!isSameBranch || !isSameHistory) this.#history = this.#replayed(currentBranch(state));
  }

  /** What was found damaged on the way since this was last asked. */
  takeDamages(): readonly Damage[] {
    return this.#damages.splice(0);
  }

  update(change: Partial<LaboratoryState>): void {
    this.#state = { ...this.#state, ...change };
  }

  updateBranch(id: number, change: Partial<Branch>): void {
    const branches = this.#state.branches.map((branch) =>
      branch.id === id ? { ...branch, ...change } : branch,
    );
    this.update({ branches });
  }

  addRecord(record: LogRecord): void {
    this.#records.set(record.id, record);
    this.#changes.push({ added: record });
  }

  removeRecord(id: number): void {
    const record = this.#records.get(id);
    if (record === undefined) return;
    this.#records.delete(id);
    this.#changes.push({ removed: record });
  }

  /** Makes a branch that ends at record `tip` the current one, at its end. */
  addBranch(branch: Omit<Branch, 'id'>): Result<void, EngineProblem> {
    const { branches, nextBranch } = this.#state;
    if (branches.length >= MAXIMUM_BRANCHES) {
      return failure({ kind: 'tooMuch', what: 'branches', limit: MAXIMUM_BRANCHES });
    }
    this.update({ branches: [...branches, { ...branch, id: nextBranch }], nextBranch: nextBranch + 1 });
    this.enter(nextBranch);
    return success(undefined);
  }

  /** Makes a branch the current one, at its end. */
  enter(id: number): void {
    if (id !== this.#state.currentBranch) this.#history = this.#replayed(branchOf(this.#state, id));
    this.update({ currentBranch: id, position: this.#history.length });
  }

  /** The history of a branch. A branch that does not hold any more is shortened to where it does. */
  #replayed(branch: Branch): History {
    const { history, failedAt } = replay(branch.scenario, pathOf(branch, this.#records));
    if (failedAt === null) return history;
    this.#damages.push({ kind: 'branchShortened', branch: branch.id, record: failedAt.id });
    this.updateBranch(branch.id, { tip: history.lastRecord?.id ?? null });
    return history;
  }

  /**
   * Carries out an instruction on the current branch at `position`: at its end, or in its past, which makes a fork
   * the current branch. Gives what each world said.
   */
  carryOut(
    instruction: Instruction,
    position: number | 'end',
  ): Result<readonly (Refusal | null)[], EngineProblem> {
    const history = this.#history;
    if (!instruction.worlds.every((world) => history.scenario.worlds.includes(world))) {
      const reason = 'The branch has no such world';
      return failure({ kind: 'malformed', place: 'request.instruction.worlds', reason });
    }
    if (position !== 'end' && position > history.length) {
      return failure({ kind: 'positionOutside', position, length: history.length });
    }
    const point = history.branchPointAt(position === 'end' ? history.length : position);
    const acted = act(history.scenario, point, instruction, this.#state.nextRecord);
    if (!acted.ok) return failure({ kind: 'refused', refusal: acted.problem });
    if (this.#records.size + acted.value.records.length > MAXIMUM_RECORDS) {
      return failure({ kind: 'tooMuch', what: 'records', limit: MAXIMUM_RECORDS });
    }
    const forked = this.#forkAt(point);
    if (!forked.ok) return forked;
    return this.#extend(acted.value.records, instruction);
  }

  #forkAt({ parent, cut }: BranchPoint): Result<void, EngineProblem> {
    const { id, tip, scenario } = currentBranch(this.#state);
    if (parent === tip && cut === null) return success(undefined);
    return this.addBranch({
      name: '',
      origin: { kind: 'fork', branch: id, record: parent },
      scenario,
      tip: parent,
    });
  }

  /** Adds records at the end of the current branch; the last one is of `instruction`. */
  #extend(
    records: readonly LogRecord[],
    instruction: Instruction,
  ): Result<readonly (Refusal | null)[], EngineProblem> {
    let refusals: readonly (Refusal | null)[] = [];
    for (const record of records) {
      const history = this.#history;
      const before = history.machines;
      const appended = history.append(record);
      assert(appended.ok, 'what was decided is decided again');
      refusals = appended.value.refusals;
      if (!record.cut) {
        const { command } = instruction;
        const flaw = checkOutcome(history.scenario, command, before, appended.value, history.machines);
        if (flaw !== null) return failure({ kind: 'invariantBroken', detail: flaw });
      }
      this.addRecord(record);
    }
    const last = records[records.length - 1]!.id;
    this.updateBranch(this.#state.currentBranch, { tip: last });
    this.update({ nextRecord: last + 1, position: this.#history.length });
    return success(refusals);
  }
}
