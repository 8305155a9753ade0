import type { LogRecord } from './log-record';
import type { Branch, LaboratoryState } from './laboratory';
import type { Flaw } from './problem';
import { isSameScenario, type Scenario } from './scenario';

/** What is wrong with the branches of a state, apart from the log; `null` when they belong together. */
export function checkState(state: LaboratoryState): Flaw | null {
  const ids = new Set<number>();
  for (const [index, branch] of state.branches.entries()) {
    const flaw = checkBranch(branch, ids, state.nextBranch);
    if (flaw !== null) return { place: `state.branches.${index}.${flaw.place}`, reason: flaw.reason };
    ids.add(branch.id);
  }
  if (!ids.has(state.currentBranch)) {
    return { place: 'state.currentBranch', reason: `There is no branch ${state.currentBranch}` };
  }
  const lost = state.startedOverFrom.findIndex(({ branch }) => !ids.has(branch));
  if (lost < 0) return null;
  return { place: `state.startedOverFrom.${lost}.branch`, reason: 'There is no such branch' };
}

/** Branches come in the order of their numbers, so that what a branch forked off comes before it. */
function checkBranch({ id, origin }: Branch, earlier: ReadonlySet<number>, nextBranch: number): Flaw | null {
  const latest = Math.max(-1, ...earlier);
  if (id <= latest) return { place: 'id', reason: `Branch ${id} comes after branch ${latest}` };
  if (id >= nextBranch) return { place: 'id', reason: `The next new branch would be ${nextBranch}` };
  if (origin.kind === 'fork' && !earlier.has(origin.branch)) {
    return { place: 'origin.branch', reason: `There is no earlier branch ${origin.branch}` };
  }
  return null;
}

/** What is wrong between a state and the starts of its branches, each with the scenario that it was made for. */
export function checkStarts(
  { branches, nextBranch }: LaboratoryState,
  starts: ReadonlyMap<number, Scenario>,
): Flaw | null {
  for (const [index, { scenario, start }] of branches.entries()) {
    if (start === undefined) continue;
    const place = `state.branches.${index}.start`;
    const own = starts.get(start);
    if (own === undefined) return { place, reason: `There is no start ${start}` };
    if (start >= nextBranch) return { place, reason: `The next new start would be ${nextBranch}` };
    if (!isSameScenario(own, scenario)) return { place, reason: 'It was made for another scenario' };
  }
  return null;
}

/** What is wrong with a log. A record comes after its parent, so that no record can be its own ancestor. */
export function checkRecords(records: readonly LogRecord[]): Flaw | null {
  const ids = new Set<number>();
  let latest = -1;
  for (const [index, { id, parent }] of records.entries()) {
    const place = `records.${index}`;
    if (id <= latest) return { place: `${place}.id`, reason: `Record ${id} comes after record ${latest}` };
    if (parent !== null && !ids.has(parent)) {
      return { place: `${place}.parent`, reason: `There is no earlier record ${parent}` };
    }
    ids.add(id);
    latest = id;
  }
  return null;
}

/** What is wrong between a state and its log. */
export function checkTips(state: LaboratoryState, records: readonly LogRecord[]): Flaw | null {
  const ids = new Set(records.map(({ id }) => id));
  const untold = state.branches.findIndex(({ tip }) => tip !== null && !ids.has(tip));
  if (untold >= 0) return { place: `state.branches.${untold}.tip`, reason: 'There is no such record' };
  const latest = records[records.length - 1];
  if (latest === undefined || latest.id < state.nextRecord) return null;
  return { place: 'state.nextRecord', reason: `Record ${latest.id} is there already` };
}
