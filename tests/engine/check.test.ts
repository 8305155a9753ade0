import { expect, test } from 'vitest';
import type { Command } from '../../src/core/command';
import { act } from '../../src/core/act';
import { History } from '../../src/core/history';
import { checkLast } from '../../src/engine/check';
import { clear, create, readSnapshot, revertTo, SETTINGS, unexpectedError, write } from '../core/given';

test('a world that refuses, and waits while the other one acts, breaks no rule', () => {
  const history = new History({ settings: SETTINGS, worlds: ['off', 'on'] });
  const refusals = (command: Command): readonly (string | null)[] => {
    const instruction = { command, worlds: history.scenario.worlds };
    const point = history.branchPointAt(history.length);
    const acted = act(history.scenario, point, instruction, history.entries.length);
    if (!acted.ok) throw new Error(acted.problem.code);
    const [record] = acted.value.records;
    const appended = history.append(record!);
    if (!appended.ok) throw new Error(appended.problem);
    expect(checkLast(history)).toBeNull();
    return appended.value.refusals.map((refusal) => refusal?.code ?? null);
  };
  // The fault costs the one world its snapshot and the other one its I/O.
  for (const command of [write(0, 'A'), create, write(0, 'B'), unexpectedError, clear]) refusals(command);
  expect(refusals(readSnapshot(1, 0))).toEqual(['snapshotUnknown', null]);
  expect(refusals(revertTo(1))).toEqual(['snapshotUnknown', null]);
  expect(new Set(history.machines.map((machine) => machine.clockMs)).size).toBe(1);
});
