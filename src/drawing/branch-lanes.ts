import { bisector } from 'd3';
import type { History } from '../core/history';
import type { LogRecord } from '../core/log-record';
import { branchOf, currentBranch, rootOf, type Branch, type LaboratoryState } from '../core/laboratory';

/** Another branch beside the present path. Positions and lengths are steps. */
export interface BranchLane {
  readonly branch: Branch;
  /** Where it parts from the present path. */
  readonly forkPosition: number;
  /** The last record that both have; `null` when they share none. */
  readonly forkRecord: number | null;
  /** How long it is from there on. */
  readonly steps: number;
}

/** The branches that go back to the same beginning as the present one, other than it. */
function siblings(state: LaboratoryState): readonly Branch[] {
  const current = currentBranch(state);
  const root = rootOf(state, current).id;
  return state.branches.filter((branch) => branch.id !== current.id && rootOf(state, branch).id === root);
}

/** The one that the present branch forked off, and then the latest. */
function byNearness(state: LaboratoryState, branches: readonly Branch[]): readonly Branch[] {
  const { origin } = branchOf(state, state.currentBranch);
  const parent = origin.kind === 'fork' ? origin.branch : null;
  const rank = ({ id }: Branch): number => (id === parent ? Infinity : id);
  return [...branches].sort((a, b) => rank(b) - rank(a));
}

const byId = bisector((record: LogRecord) => record.id);
const byRecord = bisector(({ record }: History['entries'][number]) => record.id);

/**
 * At most `most` other branches as lanes, the nearest first, and how many are left out. `records`: those of all
 * branches, in the order of their numbers.
 */
export function branchLanes(
  state: LaboratoryState,
  history: History,
  records: readonly LogRecord[],
  most: number,
): { readonly lanes: readonly BranchLane[]; readonly more: number } {
  const others = byNearness(state, siblings(state));
  const lanes = others.slice(0, most).map((branch) => laneOf(branch, history, records));
  return { lanes, more: others.length - lanes.length };
}

function laneOf(branch: Branch, history: History, records: readonly LogRecord[]): BranchLane {
  let steps = 0;
  let first: LogRecord | null = null;
  let id = branch.tip;
  while (id !== null && entryOf(history, id) === null) {
    const record: LogRecord | undefined = records[byId.left(records, id)];
    if (record?.id !== id) break;
    steps += record.steps;
    first = record;
    id = record.parent;
  }
  const entry = id === null ? null : entryOf(history, id);
  const forkPosition = entry === null ? 0 : entry.start + entry.record.steps;
  const shared = first === null ? 0 : sharedSteps(history, entry === null ? 0 : entry.index + 1, first);
  return {
    branch,
    forkPosition: forkPosition + shared,
    forkRecord: entry?.record.id ?? null,
    steps: steps - shared,
  };
}

/** Records get higher numbers along a path. */
function entryOf(history: History, record: number): History['entries'][number] | null {
  const entry = history.entries[byRecord.left(history.entries, record)];
  return entry?.record.id === record ? entry : null;
}

/** The same command stands on both paths, and on one of them it was cut short: they part in the middle of it. */
function sharedSteps(history: History, index: number, { instruction, cut, steps }: LogRecord): number {
  const present = history.entries[index]?.record;
  if (present === undefined || !(cut || present.cut)) return 0;
  const isSame = JSON.stringify(present.instruction) === JSON.stringify(instruction);
  return isSame ? Math.min(steps, present.steps) : 0;
}
