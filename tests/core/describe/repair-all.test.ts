import { expect, test } from 'vitest';
import type { Command } from '../../../src/core/command';
import { decide } from '../../../src/core/decide/decide';
import { repairAllCommands } from '../../../src/core/describe/repair-all';
import { createMachine, DEFAULT_SETTINGS, type Machine } from '../../../src/core/machine';
import { fold } from '../../../src/core/evolve';

function machineAfter(...commands: readonly Command[]): Machine {
  return commands.reduce(
    (machine, command) => {
      const decided = decide(machine, command);
      if (!decided.ok) throw new Error(`${command.type}: ${decided.problem.code}`);
      return fold(machine, decided.value);
    },
    createMachine(DEFAULT_SETTINGS, 'SNAPSHOT'),
  );
}

test('nothing is to be repaired where nothing is broken', () => {
  expect(repairAllCommands([machineAfter()])).toEqual([]);
});

test('every condition, the failover and the diff volume, which comes last', () => {
  const machine = machineAfter(
    { type: 'break', condition: { name: 'liveBadBlock', block: 7 } },
    { type: 'break', condition: { name: 'growthSlow' } },
    { type: 'detachDiffVolume' },
    { type: 'clusterPrepareOffline' },
  );

  expect(repairAllCommands([machine])).toEqual([
    { type: 'repair', condition: { name: 'growthSlow' } },
    { type: 'repair', condition: { name: 'liveBadBlock', block: 7 } },
    { type: 'clusterFinishFailover' },
    { type: 'attachDiffVolume' },
  ]);
});

test('what is broken in several machines is repaired once', () => {
  const slow: Command = { type: 'break', condition: { name: 'growthSlow' } };
  const bad: Command = { type: 'break', condition: { name: 'liveBadBlock', block: 1 } };

  expect(repairAllCommands([machineAfter(slow), machineAfter(slow, bad)])).toEqual([
    { type: 'repair', condition: { name: 'growthSlow' } },
    { type: 'repair', condition: { name: 'liveBadBlock', block: 1 } },
  ]);
});
