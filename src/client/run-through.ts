import type { EngineProblem } from '../core/problem';
import type { Instruction } from '../core/scenario';
import type { Action, Answered } from './engine-client';
import type { FollowedLog } from './followed-log.svelte';

/** What became of a long run of instructions. */
export interface RunThrough {
  readonly carriedOut: number;
  /** Instructions that every world turned down. They change nothing, and the run goes on. */
  readonly refused: number;
  /** What ended the run early; what was carried out before it stays. */
  readonly stoppedBy: EngineProblem | null;
}

interface Carrier {
  readonly act: (action: Action) => Answered<'act'>;
  readonly log: Pick<FollowedLog, 'collect' | 'tell'>;
}

/** So many requests are under way together: those that wait share a transaction. */
const UNDER_WAY = 16;

/**
 * Carries out instructions at the end of a branch, many of them under way at a time. Ends early when `signal` says so,
 * or at a problem that is no refusal; what is under way is awaited. The page hears of all of it at the end. Throws what
 * `instructions` throws.
 */
export async function runThrough(
  { act, log }: Carrier,
  branch: number,
  instructions: AsyncIterable<Instruction>,
  signal: AbortSignal,
): Promise<RunThrough> {
  const underWay: Promise<void>[] = [];
  let carriedOut = 0;
  let refused = 0;
  let stoppedBy: EngineProblem | null = null;

  async function settle(answered: Answered<'act'>): Promise<void> {
    const acted = await answered;
    if (acted.ok) {
      carriedOut += 1;
      await log.collect(acted.value);
    } else if (acted.problem.kind === 'refused') refused += 1;
    else stoppedBy ??= acted.problem;
  }

  try {
    for await (const instruction of instructions) {
      if (signal.aborted) stoppedBy ??= { kind: 'cancelled' };
      if (stoppedBy !== null) break;
      underWay.push(settle(act({ instruction, branch, position: 'end' })));
      if (underWay.length >= UNDER_WAY) await underWay.shift();
    }
  } finally {
    await Promise.all(underWay);
    await log.tell();
  }
  return { carriedOut, refused, stoppedBy };
}
