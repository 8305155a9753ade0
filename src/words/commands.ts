import { BLOCK_SIZE_BYTES } from '../core/block';
import type { ApiCallName } from '../core/catalogue/api-call';
import { LEVEL_ENTRIES } from '../core/catalogue/protection-level';
import type { Command, CommandType } from '../core/command';
import type { Instruction, WorldId } from '../core/scenario';
import { conditionWords } from './conditions';
import { blocksNamed, counted, duration, embedded, WORLD_NAMES } from './phrase';

/** What stands on the buttons. */
export const COMMAND_LABELS: Readonly<Record<CommandType, string>> = {
  write: 'Write',
  writeBurst: 'Write a burst',
  replayWrites: 'Replay writes of a trace',
  read: 'Read',
  createSnapshot: 'Create snapshot',
  deleteSnapshot: 'Delete snapshot',
  revertToSnapshot: 'Revert to snapshot',
  setProtectionLevel: 'Set protection level',
  clearProtectionFault: 'Clear protection fault',
  deleteUnusedDiffAreas: 'Delete unused diff areas',
  resizeDiffArea: 'Set maximum',
  takeOffline: 'Take volume offline',
  bringOnline: 'Bring volume online',
  detachDiffVolume: 'Detach diff volume',
  attachDiffVolume: 'Attach diff volume',
  externalWrite: 'Foreign write to diff volume',
  break: 'Break',
  repair: 'Repair',
  wait: 'Wait',
  clusterPrepareOffline: 'Prepare cluster failover',
  clusterFinishFailover: 'Finish cluster failover',
  unexpectedError: 'Unexpected error',
};

/** A command with its numbers, as a caption names it. */
export function captionOfCommand(command: Command): string {
  switch (command.type) {
    case 'write':
      return `Write ${blocksNamed(command.block, command.count)}`;
    case 'writeBurst':
      return captionOfBurst(command);
    case 'replayWrites':
      return captionOfReplay(command);
    case 'read':
      return command.from === 'live'
        ? `Read block ${command.block}`
        : `Read block ${command.block} of snapshot ${command.from.snapshot}`;
    case 'deleteSnapshot':
    case 'revertToSnapshot':
      return `${COMMAND_LABELS[command.type]} ${command.snapshot}`;
    case 'setProtectionLevel':
      return `Turn protection ${command.level === 'SNAPSHOT' ? 'on' : 'off'}`;
    case 'resizeDiffArea':
      return command.maximumBlocks === null
        ? 'Remove the maximum of the diff area'
        : `Set the maximum of the diff area to ${counted(command.maximumBlocks, 'block')}`;
    case 'externalWrite':
      return `Another program writes to block ${command.block} of the diff volume`;
    case 'break':
      return `Break: ${embedded(conditionWords(command.condition).title)}`;
    case 'repair':
      return `Repair: ${embedded(conditionWords(command.condition).repaired)}`;
    case 'wait':
      return `Wait ${duration(command.durationMs)}`;
    default:
      return COMMAND_LABELS[command.type];
  }
}

function captionOfBurst({ order, block, span, from, writes }: Command & { type: 'writeBurst' }): string {
  if (order === 'random')
    return `Write ${counted(writes, 'random block')} of ${block} to ${block + span - 1}`;
  const first = block + (from % span);
  return writes <= span - (from % span)
    ? `Write ${blocksNamed(first, writes)}, one by one`
    : `Write ${counted(writes, 'block')} in a row from block ${first}`;
}

function captionOfReplay({ from, writes }: Command & { type: 'replayWrites' }): string {
  const count = writes.length / 2;
  return count === 1
    ? `Replay write ${from + 1} of a trace`
    : `Replay writes ${from + 1} to ${from + count} of a trace`;
}

/** The caption, with the world when the command goes to one of several only. */
export function captionOfInstruction(instruction: Instruction, worlds: readonly WorldId[]): string {
  const caption = captionOfCommand(instruction.command);
  if (instruction.worlds.length === worlds.length) return caption;
  return `${caption} (${instruction.worlds.map((world) => WORLD_NAMES[world]).join(', ')} only)`;
}

const API_NAMES = {
  setProtectionLevel: 'SetVolumeProtectLevel',
  clearProtectionFault: 'ClearVolumeProtectFault',
  deleteUnusedDiffAreas: 'DeleteUnusedDiffAreas',
  resizeDiffArea: 'ChangeDiffAreaMaximumSize',
} as const satisfies Partial<Record<CommandType, ApiCallName>>;

/** The management call that a command stands for; `null` for everything that is not one. */
export function apiCallOf(command: Command): ApiCallName | null {
  return command.type in API_NAMES ? API_NAMES[command.type as keyof typeof API_NAMES] : null;
}

/** The argument that the command decides; the volumes are always the same. A size is in bytes, -1 for none. */
export function apiArgumentOf(command: Command): string | null {
  if (command.type === 'setProtectionLevel') return LEVEL_ENTRIES[command.level].documentedName;
  if (command.type !== 'resizeDiffArea') return null;
  return String(command.maximumBlocks === null ? -1 : command.maximumBlocks * BLOCK_SIZE_BYTES);
}
