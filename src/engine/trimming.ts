import type { History } from '../core/history';
import { branchOf, type Branch } from '../core/laboratory';
import type { EngineProblem } from '../core/problem';
import { failure, type Result } from '../core/result';
import { startAtEnd } from '../core/start';
import { holdStart } from '../formats/kept-start';
import { deleteBranch } from './branching';
import type { Workbench } from './workbench';

/**
 * Forgets what lies before a moment of a branch, and what came after it: a new branch begins with the machines at the
 * end of the command that `position` lies in, and the branch goes, with the records that no other one needs.
 */
export function trim(
  bench: Workbench,
  branch: number,
  position: number | 'end',
): Result<void, EngineProblem> {
  bench.enter(branch);
  const { length } = bench.history;
  const until = position === 'end' ? length : position;
  if (until > length) return failure({ kind: 'positionOutside', position: until, length });
  const beginning = atRest(bench.history, until);
  if (beginning === null) return failure({ kind: 'refused', refusal: { code: 'writeInProgress' } });
  const { branches, nextBranch: id } = bench.state;
  const { name, scenario } = branchOf(bench.state, branch);
  bench.addStart(holdStart(startAtEnd(beginning, id), scenario));
  const trimmed: Branch = { id, name, origin: { kind: 'trimmed' }, scenario, start: id, tip: null };
  // It takes the place of the other one, so that there is always room for it.
  bench.update({ branches: [...branches, trimmed], nextBranch: id + 1 });
  bench.enter(id);
  return deleteBranch(bench, branch);
}

/**
 * The part of a history up to the first end of a command, at or after a position, at which no world stands between two
 * stages of a write: one that was stopped is over when the command that stopped it is. `null`: there is none.
 */
function atRest(history: History, position: number): History | null {
  const entry = history.entryBefore(position);
  for (let count = entry === null ? 0 : entry.index + 1; count <= history.entries.length; count += 1) {
    const part = history.upTo(count);
    if (part.machines.every(({ request }) => request === null)) return part;
  }
  return null;
}
