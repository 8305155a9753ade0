import type { LogRecord } from '../core/log-record';
import { pathTo, type Branch, type LaboratoryState } from '../core/laboratory';
import type { HeldStart } from './kept-start';
import type { SavedLaboratory } from './print-laboratory';

interface WholeLaboratory {
  readonly state: LaboratoryState;
  readonly records: readonly LogRecord[];
  readonly starts: readonly HeldStart[];
}

/** Whether a branch needs bytes that came with the volume of an image: up to 512 MiB, which no file of text can hold. */
export function needsVolume({ start }: Pick<Branch, 'start'>, starts: readonly HeldStart[]): boolean {
  return starts.some((held) => held.start.id === start && held.start.contents !== undefined);
}

/** What of a laboratory a file can hold: the branches that begin with no volume; `null` when there are none. */
export function savablePart({ state, records, starts }: WholeLaboratory): SavedLaboratory | null {
  const branches = state.branches.filter((branch) => !needsVolume(branch, starts));
  const latest = branches[branches.length - 1];
  if (latest === undefined) return null;
  const used = new Set(branches.map(({ start }) => start));
  const saved = { starts: starts.flatMap(({ start, kept }) => (used.has(start.id) ? [kept] : [])) };
  if (branches.length === state.branches.length) return { ...saved, state, records };
  const ids = new Set(branches.map(({ id }) => id));
  const isThere = ids.has(state.currentBranch);
  return {
    ...saved,
    state: {
      ...state,
      branches,
      currentBranch: isThere ? state.currentBranch : latest.id,
      position: isThere ? state.position : 0,
      startedOverFrom: state.startedOverFrom.filter(({ branch }) => ids.has(branch)),
    },
    records: recordsOf(branches, records),
  };
}

function recordsOf(branches: readonly Branch[], records: readonly LogRecord[]): readonly LogRecord[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const kept = new Set(branches.flatMap(({ tip }) => pathTo(tip, (id) => byId.get(id))));
  return records.filter((record) => kept.has(record));
}
