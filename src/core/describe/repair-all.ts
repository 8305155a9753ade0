import type { Command } from '../command';
import { brokenConditions, type Condition } from '../condition';
import type { Machine } from '../machine';

function keyOf(condition: Condition): string {
  return condition.name === 'liveBadBlock' ? `${condition.name} ${condition.block}` : condition.name;
}

/** What has to be asked so that nothing is broken in any of the machines; empty when nothing is. */
export function repairAllCommands(machines: readonly Machine[]): readonly Command[] {
  const broken = machines.flatMap(({ conditions }) => brokenConditions(conditions));
  const conditions = new Map(broken.map((condition) => [keyOf(condition), condition]));
  const commands: Command[] = [...conditions.values()].map((condition) => ({ type: 'repair', condition }));
  if (machines.some((machine) => machine.clusterOfflinePrepared))
    commands.push({ type: 'clusterFinishFailover' });
  // Last, so that a volume which comes back by itself finds everything else in order.
  if (machines.some((machine) => !machine.diffVolumePresent)) commands.push({ type: 'attachDiffVolume' });
  return commands;
}
