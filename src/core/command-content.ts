import { assert } from './assert';
import type { Command } from './command';
import type { Recipe } from './content';
import type { MachineSettings } from './machine';
import { burstBlock } from './workload';

/** How many stamps a command gives to the contents that it writes; 0 when it writes none. */
export function stampsGivenBy(command: Command): number {
  if (command.type === 'write') return command.count;
  if (command.type === 'writeBurst') return command.writes;
  return command.type === 'externalWrite' ? 1 : 0;
}

/** Whether a command that writes keeps to the volumes. */
export function staysWithin(command: Command, { blockCount, diffVolumeBlocks }: MachineSettings): boolean {
  if (!('block' in command) || command.block < 0) return false;
  if (command.type === 'externalWrite') return command.block < diffVolumeBlocks;
  const span = command.type === 'writeBurst' ? command.span : stampsGivenBy(command);
  return span >= 1 && command.block + span <= blockCount;
}

/** What a command wrote with its stamp number `offset` (counted from its first one). */
export function recipeOfCommand(command: Command, offset: number, stamp: number): Recipe {
  if (command.type === 'externalWrite') {
    return {
      kind: 'pattern',
      seed: 0,
      stamp,
      label: `Written by another program over block ${command.block} of D:`,
    };
  }
  if (command.type === 'writeBurst') {
    const block = burstBlock(command, command.from + offset);
    return { kind: 'pattern', seed: command.seed, stamp, label: `Block ${block} of C:, write ${stamp}` };
  }
  assert(command.type === 'write', 'only writes give stamps');
  const label = `Block ${command.block + offset} of C:, write ${stamp}`;
  return { ...command.content, stamp, label };
}
