import { assert } from './assert';
import type { Command } from './command';
import type { Recipe } from './content';
import type { MachineSettings } from './machine';
import { burstBlock, replayedBlocks, type ReplayWrites } from './workload';

/** How many stamps a command gives to the contents that it writes; 0 when it writes none. */
export function stampsGivenBy(command: Command): number {
  if (command.type === 'write') return command.count;
  if (command.type === 'writeBurst') return command.writes;
  if (command.type === 'replayWrites') return replayedBlocks(command);
  return command.type === 'externalWrite' ? 1 : 0;
}

/**
 * Whether the bytes that a command writes are worth keeping beside the log. Those of a replay are not: a real trace names
 * no contents, only where something was written, and each of them is made again from its stamp.
 */
export function keepsBytes(command: Command): boolean {
  return command.type !== 'replayWrites';
}

/** Whether a command that writes keeps to the volumes. */
export function staysWithin(command: Command, { blockCount, diffVolumeBlocks }: MachineSettings): boolean {
  if (command.type === 'replayWrites') return replayStaysWithin(command, blockCount);
  if (!('block' in command) || command.block < 0) return false;
  if (command.type === 'externalWrite') return command.block < diffVolumeBlocks;
  const span = command.type === 'writeBurst' ? command.span : stampsGivenBy(command);
  return span >= 1 && command.block + span <= blockCount;
}

function replayStaysWithin({ writes }: ReplayWrites, blockCount: number): boolean {
  return writes.every(
    (number, at) => at % 2 === 0 || (number >= 1 && writes[at - 1]! + number <= blockCount),
  );
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
  if (command.type === 'replayWrites') {
    return { kind: 'pattern', seed: 0, stamp, label: labelOfReplayed(command, offset) };
  }
  assert(command.type === 'write', 'only writes give stamps');
  const label = `Block ${command.block + offset} of C:, write ${stamp}`;
  return { ...command.content, stamp, label };
}

function labelOfReplayed({ from, writes }: ReplayWrites, offset: number): string {
  let at = 0;
  let before = 0;
  while (before + writes[at + 1]! <= offset) {
    before += writes[at + 1]!;
    at += 2;
  }
  const block = writes[at]! + offset - before;
  return `Block ${block} of C:, write ${from + at / 2 + 1} of the replay`;
}
