import { assert } from '../core/assert';
import { act } from '../core/act';
import type { BranchPoint, Entry, History } from '../core/history';
import type { LogRecord } from '../core/log-record';
import {
  branchOf,
  currentBranch,
  MAXIMUM_BRANCHES,
  MAXIMUM_RECORDS,
  scenarioOfBranch,
  type Branch,
  type LaboratoryState,
} from '../core/laboratory';
import type { Damage, EngineProblem } from '../core/problem';
import type { Refusal } from '../core/refusal';
import { failure, success, type Result } from '../core/result';
import { retrace } from '../core/retrace';
import type { Instruction } from '../core/scenario';
import type { HeldStart } from '../formats/kept-start';
import type { StartRow } from '../storage/laboratory-store';
import { checkLast } from './check';
import { pathOf, type Records } from './path';

/** A moment of the workbench that it can be taken back to. */
export interface Savepoint {
  readonly state: LaboratoryState;
  readonly changes: number;
}

type Change =
  | { readonly added: LogRecord }
  | { readonly removed: LogRecord }
  | { readonly addedStart: HeldStart }
  | { readonly removedStart: HeldStart };

/** What the rows of the log have come to. */
export interface RowChanges {
  readonly added: readonly LogRecord[];
  readonly removed: readonly number[];
  readonly addedStarts: readonly StartRow[];
  readonly removedStarts: readonly number[];
  /** The starts whose own contents no start refers to any more. */
  readonly removedPieces: readonly number[];
}

export const NO_CHANGES: RowChanges = {
  added: [],
  removed: [],
  addedStarts: [],
  removedStarts: [],
  removedPieces: [],
};

export type Starts = ReadonlyMap<number, HeldStart>;

const NO_STARTS: Starts = new Map();

/**
 * The laboratory as the engine has decided it so far, committed or not: the state, the log, and the history of the
 * current branch. Whatever has not been committed can be taken back.
 */
export class Workbench {
  #state: LaboratoryState;
  #history: History;
  readonly #records: Map<number, LogRecord>;
  readonly #starts: Map<number, HeldStart>;
  #changes: Change[] = [];
  /** How many changes there were before these. */
  #settled = 0;
  #damages: Damage[] = [];

  /** `history`: that of the state's current branch. */
  constructor(state: LaboratoryState, records: Iterable<LogRecord>, history: History, starts = NO_STARTS) {
    this.#state = state;
    this.#records = new Map([...records].map((record) => [record.id, record]));
    this.#starts = new Map(starts);
    this.#history = history;
  }

  get state(): LaboratoryState {
    return this.#state;
  }

  get records(): Records {
    return this.#records;
  }

  get starts(): Starts {
    return this.#starts;
  }

  /** The starts whose own contents are needed: one that was taken from the branches of another goes on with its contents. */
  get neededContents(): ReadonlySet<number> {
    return new Set([...this.#starts.values()].flatMap(({ start }) => start.contents?.start ?? []));
  }

  /** Of the current branch. */
  get history(): History {
    return this.#history;
  }

  savepoint(): Savepoint {
    return { state: this.#state, changes: this.#settled + this.#changes.length };
  }

  /** What the log has come to since a savepoint: what was added and removed again is neither. */
  changesSince({ changes }: Pick<Savepoint, 'changes'>): RowChanges {
    const added = new Map<number, LogRecord>();
    const removed: number[] = [];
    const addedStarts = new Map<number, StartRow>();
    const removedStarts: number[] = [];
    const left = new Set<number>();
    for (const change of this.#changes.slice(changes - this.#settled)) {
      if ('added' in change) added.set(change.added.id, change.added);
      else if ('removed' in change) forget(change.removed.id, added, removed);
      else if ('addedStart' in change) addedStarts.set(change.addedStart.start.id, rowOf(change.addedStart));
      else {
        const { id, contents } = change.removedStart.start;
        forget(id, addedStarts, removedStarts);
        if (contents !== undefined) left.add(contents.start);
      }
    }
    const needed = left.size > 0 ? this.neededContents : left;
    return {
      added: [...added.values()],
      removed,
      addedStarts: [...addedStarts.values()],
      removedStarts,
      removedPieces: [...left].filter((start) => !needed.has(start)),
    };
  }

  /** As if nothing had been there before. */
  allRows(): RowChanges {
    const addedStarts = [...this.#starts.values()].map(rowOf);
    return { ...NO_CHANGES, added: [...this.#records.values()], addedStarts };
  }

  /** Nothing before a savepoint can be taken back any more: it is committed. */
  settle({ changes }: Savepoint): void {
    this.#changes.splice(0, changes - this.#settled);
    this.#settled = changes;
  }

  takeBackTo({ state, changes }: Savepoint): void {
    for (const change of this.#changes.splice(changes - this.#settled).reverse()) {
      if ('added' in change) this.#records.delete(change.added.id);
      else if ('removed' in change) this.#records.set(change.removed.id, change.removed);
      else if ('addedStart' in change) this.#starts.delete(change.addedStart.start.id);
      else this.#starts.set(change.removedStart.start.id, change.removedStart);
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

  addStart(held: HeldStart): void {
    this.#starts.set(held.start.id, held);
    this.#changes.push({ addedStart: held });
  }

  /** Removes the starts that no branch begins from. */
  removeUnusedStarts(): void {
    const used = new Set(this.#state.branches.map(({ start }) => start));
    for (const [id, held] of this.#starts) {
      if (used.has(id)) continue;
      this.#starts.delete(id);
      this.#changes.push({ removedStart: held });
    }
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
    const scenario = scenarioOfBranch(branch, (id) => this.#starts.get(id)?.start);
    const { history, failedAt } = retrace(scenario, pathOf(branch, this.#records), this.#history);
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
    const written = position === 'end' ? this.#write(instruction) : null;
    if (written !== null) return written;
    const point = history.branchPointAt(position === 'end' ? history.length : position);
    const acted = act(history.scenario, point, instruction, this.#state.nextRecord);
    if (!acted.ok) return failure({ kind: 'refused', refusal: acted.problem });
    if (this.#records.size + acted.value.records.length > MAXIMUM_RECORDS) {
      return failure({ kind: 'tooMuch', what: 'records', limit: MAXIMUM_RECORDS });
    }
    const forked = this.#forkAt(point);
    if (!forked.ok) return forked;
    return this.#extend(acted.value.records);
  }

  /** Writes at the end of the current branch, the most frequent of all commands. `null`: it is another one. */
  #write(instruction: Instruction): Result<readonly (Refusal | null)[], EngineProblem> | null {
    if (this.#records.size >= MAXIMUM_RECORDS) return null;
    const written = this.#history.write(instruction, this.#state.nextRecord);
    if (written === null) return null;
    if (!written.ok) return failure({ kind: 'refused', refusal: written.problem });
    return this.#keepLast(written.value);
  }

  #forkAt({ parent, cut }: BranchPoint): Result<void, EngineProblem> {
    const branch = currentBranch(this.#state);
    if (parent === branch.tip && cut === null) return success(undefined);
    const origin = { kind: 'fork', branch: branch.id, record: parent } as const;
    return this.addBranch({ ...branch, name: '', origin, tip: parent });
  }

  /** Adds records at the end of the current branch, and gives what each world said to the last one. */
  #extend(records: readonly LogRecord[]): Result<readonly (Refusal | null)[], EngineProblem> {
    let refusals: readonly (Refusal | null)[] = [];
    for (const record of records) {
      const appended = this.#history.append(record);
      assert(appended.ok, 'what was decided is decided again');
      const kept = this.#keepLast(appended.value);
      if (!kept.ok) return kept;
      refusals = kept.value;
    }
    return success(refusals);
  }

  /** Keeps the record of what was added to the history last, and gives what each world said to it. */
  #keepLast({ record, refusals }: Entry): Result<readonly (Refusal | null)[], EngineProblem> {
    const flaw = checkLast(this.#history);
    if (flaw !== null) return failure({ kind: 'invariantBroken', detail: flaw });
    this.addRecord(record);
    this.updateBranch(this.#state.currentBranch, { tip: record.id });
    this.update({ nextRecord: record.id + 1, position: this.#history.length });
    return success(refusals);
  }
}

function rowOf({ start, kept }: HeldStart): StartRow {
  return { id: start.id, kept };
}

/** What was only just added needs not be removed. */
function forget(id: number, added: Map<number, unknown>, removed: number[]): void {
  if (!added.delete(id)) removed.push(id);
}
