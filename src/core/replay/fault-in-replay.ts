import type { Command, CommandType } from '../command';
import type { FaultNumber } from '../fault';
import { DEFAULT_SETTINGS } from '../machine';
import { runOfFault } from '../run-of-fault';

/** What is known of the machine where a fault is to be caused. */
interface Whereabouts {
  /** A block whose old content the next write has to copy. */
  readonly block: number;
  /** Copies that the diff area holds. */
  readonly used: number;
}

/** What a built-in run does besides causing its fault: in a replay the trace does that. */
const NO_CAUSE: ReadonlySet<CommandType> = new Set(['write', 'writeBurst', 'createSnapshot', 'read']);

/** The bad block of fault 6 is one that is about to be read for a copy. */
export const BAD_BLOCK_FAULT: FaultNumber = 6;

const FULL_FAULT: FaultNumber = 8;

/**
 * What brings a fault about in the middle of a replay: the cause of its built-in run, which the writes of the trace then
 * meet. A diff area is full when its maximum is what it holds already, and when it is not just growing: then it would be
 * too slow.
 */
export function causeInReplay(fault: FaultNumber, { block, used }: Whereabouts): readonly Command[] {
  if (fault === BAD_BLOCK_FAULT) return [{ type: 'break', condition: { name: 'liveBadBlock', block } }];
  if (fault === FULL_FAULT) {
    const growthEnds = { type: 'wait', durationMs: DEFAULT_SETTINGS.timing.growMs } as const;
    return [growthEnds, { type: 'resizeDiffArea', maximumBlocks: Math.max(1, used) }];
  }
  return runOfFault(fault).commands.filter(({ type }) => !NO_CAUSE.has(type));
}
