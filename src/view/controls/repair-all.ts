import type { Session } from '../../client/session.svelte';
import type { Command } from '../../core/command';
import { isBroken } from '../../core/condition';
import { repairAllCommands } from '../../core/describe/repair-all';
import type { Machine } from '../../core/machine';
import { Acting } from './acting.svelte';
import { Sender } from './sender.svelte';

function needs(machine: Machine, command: Command): boolean {
  if (command.type === 'repair') return isBroken(machine.conditions, command.condition);
  return command.type === 'attachDiffVolume' ? !machine.diffVolumePresent : machine.clusterOfflinePrepared;
}

/** Repairs whatever is broken in any world, each thing in the worlds that need it. Says whether there was anything. */
export async function repairAll(session: Session, sender = new Sender(session)): Promise<boolean> {
  const { machines, worlds } = new Acting(session);
  const commands = repairAllCommands(machines);
  for (const command of commands) {
    const needing = worlds.filter((_, index) => needs(machines[index]!, command));
    if (!(await sender.send([command], needing))) return false;
  }
  return commands.length > 0;
}
