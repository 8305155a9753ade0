import type { EngineProblem } from '../core/problem';
import type { Refusal } from '../core/refusal';
import { failure, success, type Result } from '../core/result';
import type { Instruction } from '../core/scenario';
import type { Request } from '../protocol/request';
import { replayedRequests } from '../core/workload';
import { slicesOf } from './path';
import type { Workbench } from './workbench';

type ActRequest = Request & { readonly type: 'act' };

/** A burst of at most so many writes is committed in one transaction, a longer one in parts of so many. */
const WRITES_PER_COMMIT = 4_096;

/** A command under way: all at once, but for a long burst, which is decided and committed part by part. */
export class ActJob {
  readonly totalWrites: number;
  readonly #request: ActRequest;
  readonly #slices: readonly Instruction[];
  #hasCommitted = false;
  #sliceCount = 0;
  #doneWrites = 0;
  #refusals: readonly (Refusal | null)[] = [];
  #stoppedBy: EngineProblem | null = null;

  constructor(request: ActRequest) {
    this.#request = request;
    this.#slices = slicesOf(request.instruction);
    this.totalWrites = this.#slices.reduce((sum, slice) => sum + writesOf(slice), 0);
  }

  get doneWrites(): number {
    return this.#doneWrites;
  }

  /** What each world said to the last instruction that was carried out. */
  get refusals(): readonly (Refusal | null)[] {
    return this.#refusals;
  }

  get stoppedBy(): EngineProblem | null {
    return this.#stoppedBy;
  }

  get isFinished(): boolean {
    return this.#stoppedBy !== null || this.#sliceCount === this.#slices.length;
  }

  get hasCommitted(): boolean {
    return this.#hasCommitted;
  }

  /** Decides the next part on the workbench. A problem at the very beginning: nothing of it happened. */
  decidePart(bench: Workbench): Result<void, EngineProblem> {
    const limit = this.#doneWrites + WRITES_PER_COMMIT;
    while (!this.isFinished && this.#doneWrites < limit) {
      const slice = this.#slices[this.#sliceCount]!;
      const savepoint = bench.savepoint();
      const carriedOut = this.#carryOut(bench, slice);
      if (!carriedOut.ok) {
        bench.takeBackTo(savepoint);
        if (this.#sliceCount === 0) return carriedOut;
        this.stop(carriedOut.problem);
        break;
      }
      this.#refusals = carriedOut.value;
      this.#sliceCount += 1;
      this.#doneWrites += writesOf(slice);
    }
    return success(undefined);
  }

  #carryOut(bench: Workbench, slice: Instruction): ReturnType<Workbench['carryOut']> {
    if (this.#sliceCount > 0) return bench.carryOut(slice, 'end');
    const { branch, position } = this.#request;
    const { branches, currentBranch } = bench.state;
    if (!branches.some(({ id }) => id === branch)) return failure({ kind: 'branchUnknown', branch });
    if (branch !== currentBranch) bench.enter(branch);
    return bench.carryOut(slice, position);
  }

  /** A part is committed. */
  keep(): void {
    this.#hasCommitted = true;
  }

  /** Ends the job where it stands. */
  stop(problem: EngineProblem): void {
    this.#stoppedBy = problem;
  }
}

function writesOf({ command }: Instruction): number {
  if (command.type === 'replayWrites') return replayedRequests(command);
  return command.type === 'writeBurst' ? command.writes : 1;
}
