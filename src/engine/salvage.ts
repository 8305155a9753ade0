import type { LogRecord } from '../core/log-record';
import {
  currentBranch,
  scenarioOfBranch,
  type Branch,
  type BranchOrigin,
  type LaboratoryState,
} from '../core/laboratory';
import { checkStarts, checkState } from '../core/laboratory-check';
import type { Damage } from '../core/problem';
import { retrace } from '../core/retrace';
import { WORLD_IDS } from '../core/scenario';
import { lastThat } from '../core/sorted';
import type { Loaded, UnreadableRecord } from '../storage/laboratory-store';
import { newLaboratory, originWithout, recordsOn } from './branching';
import { pathOf, type Records } from './path';
import type { ReadStarts } from './start-rows';
import { Workbench } from './workbench';

/** A laboratory as far as it could be read, and what is wrong with the rest, which stays where it is. */
export interface Salvaged {
  readonly bench: Workbench;
  readonly damages: readonly Damage[];
  /** It is not what the store says it is, or in an older format: all of it has to be written. */
  readonly isChanged: boolean;
}

type Report = (damage: Damage) => void;

export async function salvage(loaded: Loaded, starts: ReadStarts): Promise<Salvaged> {
  const damages: Damage[] = [];
  const report: Report = (damage) => damages.push(damage);
  for (const key of loaded.unknownKeys) report({ kind: 'rowUnknown', key });
  const log = readLog(loaded, starts);
  for (const { id, reason } of log.unreadable.values())
    report({ kind: 'recordUnreadable', record: id, reason });
  const found = await stateOf(loaded, log, report);
  const bench =
    found === null
      ? newLaboratory({ kind: 'story' }, WORLD_IDS, log.nextRecord)
      : openState(found, log, report);
  // A start is numbered like a branch: a new one must not take the place of one that could not be read.
  const { nextBranch } = log;
  if (bench.state.nextBranch < nextBranch) bench.update({ nextBranch });
  reportUnreachable(loaded.records, bench, report);
  const isAsStored = loaded.state.kind === 'read' && bench.state === loaded.state.state;
  return { bench, damages, isChanged: !isAsStored || loaded.isFormat1 };
}

interface Log {
  readonly readable: Records;
  /** Those that lead back to a first one. */
  readonly rooted: Records;
  readonly unreadable: ReadonlyMap<number, UnreadableRecord>;
  readonly starts: ReadStarts;
  /** Beyond every number of a record, and of a start, that the store has seen. */
  readonly nextRecord: number;
  readonly nextBranch: number;
}

function readLog({ records, unreadableRecords, starts: rows }: Loaded, starts: ReadStarts): Log {
  const readable = new Map<number, LogRecord>();
  const rooted = new Map<number, LogRecord>();
  const unreadable = new Map(unreadableRecords.map((record) => [record.id, record]));
  for (const record of records) {
    const { id, parent } = record;
    // A record comes after its parent: otherwise it could be its own ancestor.
    if (parent !== null && parent >= id) {
      unreadable.set(id, { id, parent: undefined, reason: 'it comes before its parent' });
      continue;
    }
    readable.set(id, record);
    if (parent === null || rooted.has(parent)) rooted.set(id, record);
  }
  const nextRecord = beyond([...records, ...unreadableRecords]);
  return { readable, rooted, unreadable, starts, nextRecord, nextBranch: beyond(rows) };
}

function beyond(numbered: readonly { readonly id: number }[]): number {
  return numbered.reduce((next, { id }) => Math.max(next, id + 1), 1);
}

/** The state as it was read, or put together again from the log; `null`: there is nothing to go by. */
async function stateOf(loaded: Loaded, log: Log, report: Report): Promise<LaboratoryState | null> {
  const found = loaded.state;
  const flaw = found.kind === 'read' ? checkState(found.state) : null;
  if (found.kind === 'read' && flaw === null) return withoutLost(found.state, log.starts, report);
  if (found.kind === 'absent' && loaded.records.length === 0) return null;
  const { rebuildState } = await import('./rebuild');
  const rebuilt = rebuildState(log.rooted, log.starts.readable, log.nextRecord);
  const reason = reasonOf(found, flaw?.reason);
  report({ kind: 'stateRebuilt', reason, branches: rebuilt?.branches.length ?? 0 });
  return rebuilt;
}

/** A state without the branches whose beginning cannot be read; `null` when that is all of them. */
function withoutLost(
  state: LaboratoryState,
  { readable, unreadable }: ReadStarts,
  report: Report,
): LaboratoryState | null {
  const scenarios = new Map([...readable].map(([id, { scenario }]) => [id, scenario]));
  const isLost = (branch: Branch): boolean =>
    checkStarts({ ...state, branches: [branch] }, scenarios) !== null;
  const lost = state.branches.filter(isLost);
  if (lost.length === 0) return state;
  for (const { id, start } of lost) {
    report({ kind: 'branchLost', branch: id, reason: unreadable.get(start ?? 0) ?? 'it is missing' });
  }
  const branches = state.branches
    .filter((branch) => !lost.includes(branch))
    .map((branch) => ({ ...branch, origin: lost.reduceRight(originAfter, branch.origin) }));
  const latest = branches[branches.length - 1];
  if (latest === undefined) return null;
  const isThere = (id: number): boolean => branches.some((branch) => branch.id === id);
  return {
    ...state,
    branches,
    currentBranch: isThere(state.currentBranch) ? state.currentBranch : latest.id,
    startedOverFrom: state.startedOverFrom.filter(({ branch }) => isThere(branch)),
  };
}

function originAfter(origin: BranchOrigin, removed: Branch): BranchOrigin {
  return originWithout(removed, origin);
}

function reasonOf(found: Loaded['state'], flaw: string | undefined): string {
  if (found.kind === 'unreadable') return found.reason;
  return flaw ?? 'it is missing';
}

/** Opens a state at its current branch. Every branch ends where its log breaks off. */
function openState(found: LaboratoryState, log: Log, report: Report): Workbench {
  const branches = found.branches.map((branch) => mendBranch(branch, found, log, report));
  const isSound =
    found.nextRecord >= log.nextRecord && branches.every((branch, at) => branch === found.branches[at]);
  const state = isSound
    ? found
    : { ...found, branches, nextRecord: Math.max(found.nextRecord, log.nextRecord) };
  const { id } = currentBranch(state);
  const scenario = scenarioOfBranch(currentBranch(state), (start) => log.starts.readable.get(start)?.start);
  const { history, failedAt } = retrace(scenario, pathOf(currentBranch(state), log.rooted));
  const used = state.branches.flatMap(({ start = NaN }) => log.starts.readable.get(start) ?? []);
  const starts = new Map(used.map((held) => [held.start.id, held]));
  const bench = new Workbench(state, log.rooted.values(), history, starts);
  if (failedAt !== null) {
    report({ kind: 'branchShortened', branch: id, record: failedAt.id });
    bench.updateBranch(id, { tip: history.lastRecord?.id ?? null });
  }
  if (state.position > history.length) bench.update({ position: history.length });
  return bench;
}

/** A branch as far back from its end as the log is whole. */
function mendBranch(branch: Branch, state: LaboratoryState, log: Log, report: Report): Branch {
  let end = branch.tip;
  let lost: number | null = null;
  while (end !== null && !log.rooted.has(end)) {
    const record = log.readable.get(end);
    if (record === undefined) lost = end;
    end = record === undefined ? parentOfLost(end, branch, state, log) : record.parent;
  }
  if (lost === null) return branch;
  // A record that was cut short is only the beginning of the one that is lost.
  while (end !== null && log.rooted.get(end)?.cut === true) end = log.rooted.get(end)?.parent ?? null;
  report({ kind: 'branchShortened', branch: branch.id, record: lost });
  return { ...branch, tip: end };
}

/**
 * What a lost record said came before it. Where it does not say: the last one before it that is not lost, as those are
 * that share its row, unless that belongs to another branch; else the one that the branch forked off.
 */
function parentOfLost(lost: number, branch: Branch, { branches }: LaboratoryState, log: Log): number | null {
  const said = log.unreadable.get(lost)?.parent;
  if (said === null || (said !== undefined && said < lost)) return said;
  const { origin } = branch;
  const before = lastThat([...log.readable.values()], ({ id }) => id < lost);
  const strangers = branches.filter((other) => !comesFrom(other, branch, branches));
  const isStrange =
    before !== undefined && strangers.some((other) => pathOf(other, log.readable).includes(before));
  if (before !== undefined && !isStrange) return before.id;
  return origin.kind === 'fork' && origin.record !== null && origin.record < lost ? origin.record : null;
}

/** Whether a branch is another one, or forked off it by way of others. */
function comesFrom(branch: Branch, other: Branch, branches: readonly Branch[]): boolean {
  if (branch === other) return true;
  const { origin } = branch;
  if (origin.kind !== 'fork') return false;
  return branches.some((parent) => parent.id === origin.branch && comesFrom(parent, other, branches));
}

/** Records on no branch stay in the store, and are not shown. */
function reportUnreachable(
  records: readonly LogRecord[],
  { state, records: log }: Workbench,
  report: Report,
): void {
  const reachable = recordsOn(state.branches, log);
  const lost = records.filter(({ id }) => !reachable.has(id));
  if (lost.length > 0) report({ kind: 'recordsUnreachable', records: lost.map(({ id }) => id) });
}
