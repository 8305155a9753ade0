import type { EngineProblem } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { required, unreachable } from '../core/assert';
import type { ChangedLaboratory } from '../protocol/answer';
import type { Request } from '../protocol/request';
import { deleteBranch, openOwn, openRun, startOver, undoStartOver } from './branching';
import type { ContentRequest } from './contents';
import type { Seldom } from './seldom';
import type { Savepoint, Workbench } from './workbench';

/** A request that changes the laboratory otherwise than by a command to its machines. */
export type ChangeRequest = Exclude<
  Request,
  { readonly type: 'open' | 'act' | 'readStored' | ContentRequest['type'] }
>;

/** `seldom`: what carries out the requests that need it. */
export function change(
  bench: Workbench,
  request: ChangeRequest,
  seldom: Seldom | null,
): Result<void, EngineProblem> {
  switch (request.type) {
    case 'openRun':
      return openRun(bench, request.origin, request.worlds);
    case 'newLaboratory':
      return openOwn(bench, request.scenario, request.name);
    case 'startOver':
      return startOver(bench);
    case 'undoStartOver':
      return undoStartOver(bench);
    case 'remember':
      return remember(bench, request);
    case 'beginVolume':
      // Its number is given away, whatever becomes of it.
      bench.update({ nextBranch: bench.state.nextBranch + 1 });
      return success(undefined);
    case 'startVolume':
    case 'importLaboratory':
      return required(seldom, 'it was loaded')(bench, request);
    case 'switchBranch':
    case 'nameBranch':
    case 'deleteBranch':
    case 'trim':
      return changeBranch(bench, request, seldom);
    default:
      return unreachable(request);
  }
}

type BranchRequest = ChangeRequest & { readonly branch: number };

function changeBranch(
  bench: Workbench,
  request: BranchRequest,
  seldom: Seldom | null,
): Result<void, EngineProblem> {
  const { branch } = request;
  if (!bench.state.branches.some(({ id }) => id === branch)) {
    return failure({ kind: 'branchUnknown', branch });
  }
  if (request.type === 'trim') return required(seldom, 'it was loaded')(bench, request);
  if (request.type === 'deleteBranch') return deleteBranch(bench, branch);
  if (request.type === 'nameBranch') bench.updateBranch(branch, { name: request.name });
  else bench.enter(branch);
  return success(undefined);
}

function remember(
  bench: Workbench,
  { branch, position }: Request & { readonly type: 'remember' },
): Result<void, EngineProblem> {
  // It was on its way while the learner went elsewhere: there it would be a place that nobody has looked at.
  if (branch !== bench.state.currentBranch) return success(undefined);
  const { length } = bench.history;
  if (position > length) return failure({ kind: 'positionOutside', position, length });
  bench.update({ position });
  return success(undefined);
}

/** What the workbench has done since a savepoint, for the page. */
export function changeSince(bench: Workbench, since: Savepoint): ChangedLaboratory {
  const { added, removed, addedStarts } = bench.changesSince(since);
  const change = { state: bench.state, records: added, removedRecords: removed };
  return addedStarts.length === 0 ? change : { ...change, starts: addedStarts.map(({ kept }) => kept) };
}
