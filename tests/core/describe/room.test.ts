import { expect, it } from 'vitest';
import { decide } from '../../../src/core/decide/decide';
import { roomMissing } from '../../../src/core/describe/room';
import { fold } from '../../../src/core/evolve';
import type { Command } from '../../../src/core/command';
import { createMachine, type Machine } from '../../../src/core/machine';
import { runOfFault } from '../../../src/core/run-of-fault';

function carryOut(machine: Machine, commands: readonly Command[]): Machine {
  return commands.reduce((state, command) => {
    const decided = decide(state, command);
    return decided.ok ? fold(state, decided.value) : state;
  }, machine);
}

const { settings, commands } = runOfFault(8);
const full = carryOut(createMachine(settings, 'SNAPSHOT'), commands);
const overwrite: Command = { type: 'write', block: 50, count: 1, content: { kind: 'text', text: 'new' } };

it('says nothing while the volume is blocked, and warns once the fault is cleared', () => {
  expect(roomMissing(full)).toBeNull();
  const cleared = carryOut(full, [{ type: 'clearProtectionFault' }]);

  expect(roomMissing(cleared)).toEqual({ limitedBy: 'maximum', largerMaximum: 8, oldestSnapshot: 1 });
  expect(carryOut(cleared, [overwrite]).fault).toBe(8);
});

it('names ways that do help: the larger maximum, and the deletion of the oldest snapshot', () => {
  const cleared = carryOut(full, [{ type: 'clearProtectionFault' }]);
  const missing = roomMissing(cleared)!;
  const larger = carryOut(cleared, [{ type: 'resizeDiffArea', maximumBlocks: missing.largerMaximum }]);
  const fewer = carryOut(cleared, [{ type: 'deleteSnapshot', snapshot: missing.oldestSnapshot }]);

  expect(roomMissing(larger)).toBeNull();
  expect(carryOut(larger, [overwrite]).fault).toBe(0);
  expect(roomMissing(fewer)).toBeNull();
  expect(carryOut(fewer, [overwrite]).fault).toBe(0);
});
