import { assert, required } from '../core/assert';
import { History, type LogRecord } from '../core/history';
import {
  branchOf,
  currentBranch,
  MAXIMUM_BRANCHES,
  MAXIMUM_RECORDS,
  rootOf,
  type Branch,
  type BranchOrigin,
  type LaboratoryState,
} from '../core/laboratory';
import type { EngineProblem, Flaw } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { scenarioOfRun } from '../core/run-of-fault';
import type { Scenario, WorldId } from '../core/scenario';
import { runOfOrigin, type RunOrigin } from '../core/story';
import type { LaboratoryFile } from '../formats/laboratory-file';
import { instructionsOfRun, isSame, isUntouchedRun, pathOf, replay, type Records } from './path';
import { Workbench } from './workbench';

type Done = Result<void, EngineProblem>;

const DONE: Done = success(undefined);

/** A laboratory with nothing in it but the start of a run that nothing has been added to. */
export function newLaboratory(origin: RunOrigin, worlds: readonly WorldId[], firstRecord: number): Workbench {
  const scenario = scenarioOfRun(runOfOrigin(origin), worlds);
  const branch: Branch = { id: 1, name: '', origin, scenario, tip: null };
  const state: LaboratoryState = {
    branches: [branch],
    currentBranch: branch.id,
    position: 0,
    nextRecord: firstRecord,
    nextBranch: 2,
    startedOverFrom: [],
  };
  const bench = new Workbench(state, [], new History(scenario));
  carryOutRun(bench, origin);
  return bench;
}

function carryOutRun(bench: Workbench, origin: RunOrigin): void {
  for (const instruction of instructionsOfRun(origin, bench.history.scenario.worlds)) {
    assert(bench.carryOut(instruction, 'end').ok, 'a built-in run is never refused');
  }
  bench.update({ position: 0 });
}

/** Goes to the start of a run: to the branch where nothing was added to it, or to a new one. */
export function openRun(bench: Workbench, origin: RunOrigin, worlds: readonly WorldId[]): Done {
  const { branches } = bench.state;
  const known = branches.find((branch) => isUntouchedRun(branch, origin, worlds, bench.records));
  if (known !== undefined) {
    bench.enter(known.id);
    bench.update({ position: 0 });
    return DONE;
  }
  const scenario = scenarioOfRun(runOfOrigin(origin), worlds);
  const added = bench.addBranch({ name: '', origin, scenario, tip: null });
  if (!added.ok) return added;
  carryOutRun(bench, origin);
  return DONE;
}

/** Goes to an empty branch with a machine of the learner's own: one that nothing was done on, or a new one. */
export function openOwn(bench: Workbench, scenario: Scenario, name: string): Done {
  return openEmpty(bench, { name, origin: { kind: 'own' }, scenario });
}

type Beginning = Pick<Branch, 'name' | 'origin' | 'scenario' | 'start'>;

function openEmpty(bench: Workbench, beginning: Beginning): Done {
  const { name, origin, scenario, start } = beginning;
  const known = bench.state.branches.find(
    (branch) =>
      branch.tip === null &&
      branch.name === name &&
      branch.start === start &&
      isSame(branch.origin, origin) &&
      isSame(branch.scenario, scenario),
  );
  if (known === undefined) return bench.addBranch({ ...beginning, tip: null });
  bench.enter(known.id);
  return DONE;
}

/** What the current branch came from, from its start. What was there is kept, and can be returned to. */
export function startOver(bench: Workbench): Done {
  const { state } = bench;
  const root = rootOf(state, currentBranch(state));
  const { origin } = root;
  const opened =
    origin.kind === 'story' || origin.kind === 'fault'
      ? openRun(bench, origin, root.scenario.worlds)
      : openEmpty(bench, root);
  if (!opened.ok) return opened;
  const place = { branch: state.currentBranch, position: state.position };
  bench.update({ startedOverFrom: [...state.startedOverFrom, place].slice(-MAXIMUM_BRANCHES) });
  return DONE;
}

export function undoStartOver(bench: Workbench): Done {
  const { startedOverFrom } = bench.state;
  const place = startedOverFrom[startedOverFrom.length - 1];
  if (place === undefined) return failure({ kind: 'nothingToUndo' });
  bench.enter(place.branch);
  bench.update({
    position: Math.min(place.position, bench.history.length),
    startedOverFrom: startedOverFrom.slice(0, -1),
  });
  return DONE;
}

/** Removes a branch and the records that are on no other one. What forked off it hangs on what it forked off itself. */
export function deleteBranch(bench: Workbench, id: number): Done {
  const { branches, currentBranch: current, startedOverFrom } = bench.state;
  if (id === current) return failure({ kind: 'branchInUse', branch: id });
  const branch = branchOf(bench.state, id);
  const others = branches.filter((other) => other.id !== id);
  const kept = recordsOn(others, bench.records);
  for (const record of pathOf(branch, bench.records)) {
    if (!kept.has(record.id)) bench.removeRecord(record.id);
  }
  bench.update({
    branches: others.map((other) => ({ ...other, origin: originWithout(branch, other.origin) })),
    startedOverFrom: startedOverFrom.filter((place) => place.branch !== id),
  });
  return DONE;
}

function recordsOn(branches: readonly Branch[], records: Records): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const { tip } of branches) {
    for (let id = tip; id !== null && !ids.has(id); id = records.get(id)?.parent ?? null) ids.add(id);
  }
  return ids;
}

/** Where a branch comes from once `removed` is no more: both forked off the same path, and the earlier point counts. */
function originWithout(removed: Branch, origin: BranchOrigin): BranchOrigin {
  if (origin.kind !== 'fork' || origin.branch !== removed.id) return origin;
  if (removed.origin.kind !== 'fork') return removed.origin;
  const points = [origin.record, removed.origin.record];
  const record = points.includes(null) ? null : Math.min(...points.map((point) => point ?? 0));
  return { ...removed.origin, record };
}

/**
 * Adds the branches of a file under new numbers and goes to its current one. Nothing that is here is lost. A file whose
 * commands lead elsewhere than it says is refused.
 */
export function addLaboratory(bench: Workbench, file: LaboratoryFile): Result<void, EngineProblem> {
  const { state } = bench;
  if (bench.records.size + file.records.length > MAXIMUM_RECORDS) {
    return failure({ kind: 'tooMuch', what: 'records', limit: MAXIMUM_RECORDS });
  }
  if (state.branches.length + file.state.branches.length > MAXIMUM_BRANCHES) {
    return failure({ kind: 'tooMuch', what: 'branches', limit: MAXIMUM_BRANCHES });
  }
  const flaw = checkReplay(file);
  if (flaw !== null) return failure({ kind: 'malformed', ...flaw });
  // New numbers without gaps: those of the file can be as large as numbers get.
  const recordIds = new Map(file.records.map(({ id }, index) => [id, state.nextRecord + index]));
  const branchIds = new Map(file.state.branches.map(({ id }, index) => [id, state.nextBranch + index]));
  for (const record of file.records) bench.addRecord(renumberRecord(record, recordIds));
  const branches = file.state.branches.map((branch) => renumberBranch(branch, branchIds, recordIds));
  bench.update({
    branches: [...state.branches, ...branches],
    nextRecord: state.nextRecord + recordIds.size,
    nextBranch: state.nextBranch + branchIds.size,
  });
  bench.enter(newNumber(branchIds, file.state.currentBranch));
  bench.update({ position: Math.min(file.state.position, bench.history.length) });
  return success(undefined);
}

function checkReplay({ state, records }: LaboratoryFile): Flaw | null {
  const recordsById = new Map(records.map((record) => [record.id, record]));
  for (const branch of state.branches) {
    const { failedAt } = replay(branch.scenario, pathOf(branch, recordsById));
    if (failedAt === null) continue;
    return {
      place: `records.${records.indexOf(failedAt)}`,
      reason: `Record ${failedAt.id} does not lead where it says`,
    };
  }
  return null;
}

type Renumbering = ReadonlyMap<number, number>;

function newNumber(numbers: Renumbering, id: number): number {
  return required(numbers.get(id), 'a checked file names only what is in it');
}

function renumberRecord(record: LogRecord, recordIds: Renumbering): LogRecord {
  const parent = record.parent === null ? null : newNumber(recordIds, record.parent);
  return { ...record, id: newNumber(recordIds, record.id), parent };
}

function renumberBranch(branch: Branch, branchIds: Renumbering, recordIds: Renumbering): Branch {
  const { id, origin, tip } = branch;
  return {
    ...branch,
    id: newNumber(branchIds, id),
    tip: tip === null ? null : newNumber(recordIds, tip),
    origin: origin.kind === 'fork' ? renumberFork(origin, branchIds, recordIds) : origin,
  };
}

function renumberFork(
  origin: BranchOrigin & { kind: 'fork' },
  branchIds: Renumbering,
  recordIds: Renumbering,
): BranchOrigin {
  // The record may be one that damage took away.
  const record = origin.record === null ? null : (recordIds.get(origin.record) ?? null);
  return { kind: 'fork', branch: newNumber(branchIds, origin.branch), record };
}
