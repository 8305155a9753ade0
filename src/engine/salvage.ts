import type { LogRecord } from '../core/history';
import { currentBranch, type Branch, type LaboratoryState } from '../core/laboratory';
import { checkState } from '../core/laboratory-check';
import type { Damage } from '../core/problem';
import { WORLD_IDS } from '../core/scenario';
import type { Loaded, UnreadableRecord } from '../storage/laboratory-store';
import { newLaboratory } from './branching';
import { pathOf, replay, type Records } from './path';
import { rebuildState } from './rebuild';
import { Workbench } from './workbench';

/** A laboratory as far as it could be read, and what is wrong with the rest, which stays where it is. */
export interface Salvaged {
  readonly bench: Workbench;
  readonly damages: readonly Damage[];
  /** It is not what the store says it is: all of it has to be written. */
  readonly isChanged: boolean;
}

type Report = (damage: Damage) => void;

export function salvage(loaded: Loaded): Salvaged {
  const damages: Damage[] = [];
  const report: Report = (damage) => damages.push(damage);
  for (const key of loaded.unknownKeys) report({ kind: 'rowUnknown', key });
  const log = readLog(loaded);
  for (const { id, reason } of log.unreadable.values())
    report({ kind: 'recordUnreadable', record: id, reason });
  const found = stateOf(loaded, log, report);
  const bench =
    found === null
      ? newLaboratory({ kind: 'story' }, WORLD_IDS, log.nextRecord)
      : openState(found, log, report);
  reportUnreachable(loaded.records, bench, report);
  const isAsStored = loaded.state.kind === 'read' && bench.state === loaded.state.state;
  return { bench, damages, isChanged: !isAsStored };
}

interface Log {
  readonly readable: Records;
  /** Those that lead back to a first one. */
  readonly rooted: Records;
  readonly unreadable: ReadonlyMap<number, UnreadableRecord>;
  /** Beyond every number that the store has seen. */
  readonly nextRecord: number;
}

function readLog({ records, unreadableRecords }: Loaded): Log {
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
  const ids = [...records, ...unreadableRecords].map(({ id }) => id);
  return { readable, rooted, unreadable, nextRecord: ids.reduce((next, id) => Math.max(next, id + 1), 1) };
}

/** The state as it was read, or put together again from the log; `null`: there is nothing to go by. */
function stateOf(loaded: Loaded, log: Log, report: Report): LaboratoryState | null {
  const found = loaded.state;
  const flaw = found.kind === 'read' ? checkState(found.state) : null;
  if (found.kind === 'read' && flaw === null) return found.state;
  if (found.kind === 'absent' && loaded.records.length === 0) return null;
  const rebuilt = rebuildState(log.rooted, log.nextRecord);
  const reason = reasonOf(found, flaw?.reason);
  report({ kind: 'stateRebuilt', reason, branches: rebuilt?.branches.length ?? 0 });
  return rebuilt;
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
  const { scenario, id } = currentBranch(state);
  const { history, failedAt } = replay(scenario, pathOf(currentBranch(state), log.rooted));
  const bench = new Workbench(state, log.rooted.values(), history);
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
 * What a lost record said came before it. Where it does not say: the record of the number before, unless that belongs
 * to another branch; else the one that the branch forked off.
 */
function parentOfLost(lost: number, branch: Branch, { branches }: LaboratoryState, log: Log): number | null {
  const said = log.unreadable.get(lost)?.parent;
  if (said === null || (said !== undefined && said < lost)) return said;
  const { origin } = branch;
  const before = log.readable.get(lost - 1);
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
  const reachable = new Set(state.branches.flatMap((branch) => pathOf(branch, log)));
  const lost = records.filter((record) => !reachable.has(record));
  if (lost.length > 0) report({ kind: 'recordsUnreachable', records: lost.map(({ id }) => id) });
}
