import { required } from '../core/assert';
import type { History } from '../core/history';
import type { LogRecord } from '../core/log-record';
import {
  MAXIMUM_BRANCHES,
  MAXIMUM_RECORDS,
  scenarioOfBranch,
  type Branch,
  type BranchOrigin,
  type LaboratoryState,
} from '../core/laboratory';
import type { EngineProblem, Flaw } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { retrace } from '../core/retrace';
import { holdStart, type HeldStart } from '../formats/kept-start';
import { parseLaboratoryFile, type LaboratoryFile } from '../formats/laboratory-file';
import { pathOf } from './path';
import type { Workbench } from './workbench';

/**
 * Adds the branches of a file under new numbers and goes to its current one. Nothing that is here is lost. A file whose
 * commands lead elsewhere than it says is refused.
 */
export function addLaboratory(bench: Workbench, text: string): Result<void, EngineProblem> {
  const parsed = parseLaboratoryFile(text);
  if (!parsed.ok) return failure({ kind: 'malformed', ...parsed.problem });
  const file = parsed.value;
  const { state } = bench;
  if (bench.records.size + file.records.length > MAXIMUM_RECORDS) {
    return failure({ kind: 'tooMuch', what: 'records', limit: MAXIMUM_RECORDS });
  }
  if (state.branches.length + file.state.branches.length > MAXIMUM_BRANCHES) {
    return failure({ kind: 'tooMuch', what: 'branches', limit: MAXIMUM_BRANCHES });
  }
  const flaw = checkReplay(file);
  if (flaw !== null) return failure({ kind: 'malformed', ...flaw });
  const numbers = newNumbers(file, state);
  for (const record of file.records) bench.addRecord(renumberRecord(record, numbers));
  for (const held of file.starts ?? []) bench.addStart(renumberStart(held, numbers));
  const branches = file.state.branches.map((branch) => renumberBranch(branch, numbers));
  bench.update({
    branches: [...state.branches, ...branches],
    nextRecord: state.nextRecord + numbers.records.size,
    nextBranch: state.nextBranch + numbers.branches.size + numbers.starts.size,
  });
  bench.removeUnusedStarts();
  bench.enter(numberIn(numbers.branches, file.state.currentBranch));
  bench.update({ position: Math.min(file.state.position, bench.history.length) });
  return success(undefined);
}

function checkReplay({ state, records, starts = [] }: LaboratoryFile): Flaw | null {
  const recordsById = new Map(records.map((record) => [record.id, record]));
  const startsById = new Map(starts.map(({ start }) => [start.id, start]));
  // Most branches have most of their path in common with the one before.
  let earlier: History | null = null;
  for (const branch of state.branches) {
    const scenario = scenarioOfBranch(branch, (id) => startsById.get(id));
    const { history, failedAt } = retrace(scenario, pathOf(branch, recordsById), earlier);
    if (failedAt !== null) {
      return {
        place: `records.${records.indexOf(failedAt)}`,
        reason: `Record ${failedAt.id} does not lead where it says`,
      };
    }
    earlier = history;
  }
  return null;
}

/** By the numbers in a file: those that its parts get here. */
interface Numbers {
  readonly records: ReadonlyMap<number, number>;
  readonly branches: ReadonlyMap<number, number>;
  readonly starts: ReadonlyMap<number, number>;
}

/** Without gaps: those of the file can be as large as numbers get. Starts are numbered among the branches. */
function newNumbers(file: LaboratoryFile, { nextRecord, nextBranch }: LaboratoryState): Numbers {
  const number = (ids: readonly number[], first: number): ReadonlyMap<number, number> =>
    new Map(ids.map((id, index) => [id, first + index]));
  const branches = file.state.branches.map(({ id }) => id);
  return {
    records: number(
      file.records.map(({ id }) => id),
      nextRecord,
    ),
    branches: number(branches, nextBranch),
    starts: number(
      (file.starts ?? []).map(({ start }) => start.id),
      nextBranch + branches.length,
    ),
  };
}

function numberIn(numbers: ReadonlyMap<number, number>, id: number): number {
  return required(numbers.get(id), 'a checked file names only what is in it');
}

function renumberRecord(record: LogRecord, { records }: Numbers): LogRecord {
  const parent = record.parent === null ? null : numberIn(records, record.parent);
  return { ...record, id: numberIn(records, record.id), parent };
}

function renumberStart({ start, scenario }: HeldStart, { starts }: Numbers): HeldStart {
  return holdStart({ ...start, id: numberIn(starts, start.id) }, scenario);
}

function renumberBranch(branch: Branch, { records, branches, starts }: Numbers): Branch {
  const { id, origin, start, tip } = branch;
  return {
    ...branch,
    id: numberIn(branches, id),
    ...(start !== undefined && { start: numberIn(starts, start) }),
    tip: tip === null ? null : numberIn(records, tip),
    origin: origin.kind === 'fork' ? renumberFork(origin, { records, branches, starts }) : origin,
  };
}

function renumberFork(
  origin: BranchOrigin & { readonly kind: 'fork' },
  { records, branches }: Numbers,
): BranchOrigin {
  // The record may be one that damage took away.
  const record = origin.record === null ? null : (records.get(origin.record) ?? null);
  return { kind: 'fork', branch: numberIn(branches, origin.branch), record };
}
