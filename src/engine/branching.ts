import { assert } from '../core/assert';
import { History } from '../core/history';
import {
  branchOf,
  currentBranch,
  MAXIMUM_BRANCHES,
  rootOf,
  type Branch,
  type BranchOrigin,
  type LaboratoryState,
} from '../core/laboratory';
import type { EngineProblem } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { scenarioOfRun } from '../core/run-of-fault';
import type { Scenario, WorldId } from '../core/scenario';
import { isRun, runOfOrigin, type RunOrigin } from '../core/story';
import { instructionsOfRun, isSame, isUntouchedRun, pathOf, type Records } from './path';
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
  const opened = isRun(origin) ? openRun(bench, origin, root.scenario.worlds) : openEmpty(bench, root);
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
  bench.removeUnusedStarts();
  return DONE;
}

/** The numbers of all records that branches need. */
export function recordsOn(branches: readonly Branch[], records: Records): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const { tip } of branches) {
    for (let id = tip; id !== null && !ids.has(id); id = records.get(id)?.parent ?? null) ids.add(id);
  }
  return ids;
}

/** Where a branch comes from once `removed` is no more: both forked off the same path, and the earlier point counts. */
export function originWithout(removed: Branch, origin: BranchOrigin): BranchOrigin {
  if (origin.kind !== 'fork' || origin.branch !== removed.id) return origin;
  if (removed.origin.kind !== 'fork') return removed.origin;
  const points = [origin.record, removed.origin.record];
  const record = points.includes(null) ? null : Math.min(...points.map((point) => point ?? 0));
  return { ...removed.origin, record };
}
