import { assert } from './assert';
import type { Command } from './command';
import type { Recipe } from './content';
import { burstBlock } from './workload';

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
