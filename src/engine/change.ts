import type { EngineProblem } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { unreachable } from '../core/assert';
import { parseLaboratoryFile } from '../formats/laboratory-file';
import type { ChangedLaboratory } from '../protocol/answer';
import type { Request } from '../protocol/request';
import { addLaboratory, deleteBranch, openOwn, openRun, startOver, undoStartOver } from './branching';
import type { Savepoint, Workbench } from './workbench';

/** A request that changes the laboratory otherwise than by a command to its machines. */
export type ChangeRequest = Exclude<Request, { readonly type: 'open' | 'act' | 'readStored' }>;

export function change(bench: Workbench, request: ChangeRequest): Result<void, EngineProblem> {
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
      return remember(bench, request.position);
    case 'importLaboratory':
      return importLaboratory(bench, request.text);
    case 'switchBranch':
    case 'nameBranch':
    case 'deleteBranch':
      return changeBranch(bench, request);
    default:
      return unreachable(request);
  }
}

type BranchRequest = ChangeRequest & { readonly branch: number };

function changeBranch(bench: Workbench, request: BranchRequest): Result<void, EngineProblem> {
  const { branch } = request;
  if (!bench.state.branches.some(({ id }) => id === branch)) {
    return failure({ kind: 'branchUnknown', branch });
  }
  if (request.type === 'deleteBranch') return deleteBranch(bench, branch);
  if (request.type === 'nameBranch') bench.updateBranch(branch, { name: request.name });
  else bench.enter(branch);
  return success(undefined);
}

function remember(bench: Workbench, position: number): Result<void, EngineProblem> {
  const { length } = bench.history;
  if (position > length) return failure({ kind: 'positionOutside', position, length });
  bench.update({ position });
  return success(undefined);
}

function importLaboratory(bench: Workbench, text: string): Result<void, EngineProblem> {
  const file = parseLaboratoryFile(text);
  return file.ok ? addLaboratory(bench, file.value) : failure({ kind: 'malformed', ...file.problem });
}

/** What the workbench has done since a savepoint, for the page. */
export function changeSince(bench: Workbench, since: Savepoint): ChangedLaboratory {
  const { added, removed } = bench.recordsSince(since);
  return { state: bench.state, records: added, removedRecords: removed };
}
