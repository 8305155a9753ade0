import { required } from '../core/assert';
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
 * stages of a write: one that was stopped is over when the command that stopped it is.
 */
function atRest(history: History, position: number): History {
  const entry = history.entryBefore(position);
  if (entry === null) return history.upTo(0);
  const whole = history.entries.slice(entry.index).find(({ record }) => !record.cut);
  return history.upTo(required(whole, 'a write that was stopped has gone on').index + 1);
}
