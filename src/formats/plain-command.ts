import type { Command } from '../core/command';

/** A command as JSON can hold it: a typed array would lose its form. */
export function plainCommand(command: Command): object {
  return command.type === 'replayWrites' ? { ...command, writes: Array.from(command.writes) } : command;
}
