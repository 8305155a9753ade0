import { MAXIMUM_BRANCHES, type Branch } from '../core/laboratory';
import type { EngineProblem } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { holdStart, parseStart } from '../formats/kept-start';
import type { Workbench } from './workbench';

/** Goes to a new branch that begins with a volume from an image, whose contents are kept already. */
export function startVolume(bench: Workbench, untrusted: unknown, name: string): Result<void, EngineProblem> {
  const parsed = parseStart(untrusted);
  if (!parsed.ok) {
    const { place, reason } = parsed.problem;
    return failure({ kind: 'malformed', place: `request.start.${place}`, reason });
  }
  const { branches, nextBranch: id } = bench.state;
  const { start, scenario } = parsed.value;
  if (start.id >= id || bench.starts.has(start.id)) {
    return failure({ kind: 'malformed', place: 'request.start.id', reason: `It was not begun: ${start.id}` });
  }
  if (branches.length >= MAXIMUM_BRANCHES) {
    return failure({ kind: 'tooMuch', what: 'branches', limit: MAXIMUM_BRANCHES });
  }
  bench.addStart(holdStart(start, scenario));
  const branch: Branch = { id, name, origin: { kind: 'image' }, scenario, start: start.id, tip: null };
  bench.update({ branches: [...branches, branch], nextBranch: id + 1 });
  bench.enter(id);
  return success(undefined);
}
