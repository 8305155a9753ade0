import { expect, test } from 'vitest';
import type { Command } from '../../src/core/command';
import { createMachines, type Scenario } from '../../src/core/scenario';
import { decideTogether, foldOutcome } from '../../src/core/step';
import { checkOutcome } from '../../src/engine/check';
import { clear, create, readSnapshot, revertTo, SETTINGS, unexpectedError, write } from '../core/given';

test('a world that refuses, and waits while the other one acts, breaks no rule', () => {
  const scenario: Scenario = { settings: SETTINGS, worlds: ['off', 'on'] };
  let machines = createMachines(scenario);
  const refusals = (command: Command): readonly (string | null)[] => {
    const decided = decideTogether(scenario.worlds, machines, { command, worlds: scenario.worlds });
    if (!decided.ok) throw new Error(decided.problem.code);
    const after = foldOutcome(machines, decided.value);
    expect(checkOutcome(scenario, command, machines, decided.value, after)).toBeNull();
    machines = after;
    return decided.value.refusals.map((refusal) => refusal?.code ?? null);
  };
  // The fault costs the one world its snapshot and the other one its I/O.
  for (const command of [write(0, 'A'), create, write(0, 'B'), unexpectedError, clear]) refusals(command);
  expect(refusals(readSnapshot(1, 0))).toEqual(['snapshotUnknown', null]);
  expect(refusals(revertTo(1))).toEqual(['snapshotUnknown', null]);
  expect(new Set(machines.map((machine) => machine.clockMs)).size).toBe(1);
});
