import { required } from './assert';
import { keepsBytes, recipeOfCommand } from './command-content';
import { ZEROS_STAMP, type Recipe } from './content';
import type { EarlierWrite, Instruction, Start } from './scenario';
import { lastThat } from './sorted';

/** What gave stamps on a path: its commands, and what its start says about those before. */
export interface StampGivers {
  readonly start: Start | undefined;
  readonly entries: readonly {
    readonly firstStamps: readonly number[];
    readonly record: { readonly instruction: Instruction };
  }[];
}

/** How the content with a stamp came about in a world, as a path tells it. */
export function recipeOfStamp(givers: StampGivers, worldIndex: number, stamp: number): Recipe {
  if (stamp === ZEROS_STAMP) return { kind: 'zeros' };
  const contents = givers.start?.contents;
  if (contents !== undefined && stamp <= contents.hashes.length) {
    const index = stamp - 1;
    return { kind: 'stored', start: contents.start, index, hash: contents.hashes.get(index) };
  }
  const { firstStamps, command } = writeOfStamp(givers, worldIndex, stamp);
  return recipeOfCommand(command, stamp - firstStamps[worldIndex]!, stamp);
}

/**
 * Whether the content with a stamp, not that of zeros, is worth keeping as bytes beside the log. What a start brought
 * along is kept with the start.
 */
export function keepsBytesOfStamp(givers: StampGivers, worldIndex: number, stamp: number): boolean {
  if (stamp <= (givers.start?.contents?.hashes.length ?? 0)) return false;
  return keepsBytes(writeOfStamp(givers, worldIndex, stamp).command);
}

function writeOfStamp({ start, entries }: StampGivers, worldIndex: number, stamp: number): EarlierWrite {
  const isGiven = (write: Pick<EarlierWrite, 'firstStamps'>): boolean =>
    write.firstStamps[worldIndex]! <= stamp;
  const entry = lastThat(entries, isGiven);
  if (entry !== undefined) {
    return { firstStamps: entry.firstStamps, command: entry.record.instruction.command };
  }
  return required(lastThat(start?.writes ?? [], isGiven), 'a stamp was given on this path');
}
