import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/core/command';
import { cardCommands, cardUnavailable } from '../../../src/core/describe/fault-card';
import { decide } from '../../../src/core/decide/decide';
import type { Event } from '../../../src/core/event';
import type { FaultNumber } from '../../../src/core/fault';
import type { Machine } from '../../../src/core/machine';
import { fold } from '../../../src/core/evolve';
import { sentenceOfUnavailable } from '../../../src/words/forecast';
import { FAULTS, scenario, story } from './told';

const CREATE: Command = { type: 'createSnapshot' };
const write = (block: number): Command => ({
  type: 'write',
  block,
  count: 1,
  content: { kind: 'text', text: 'x' },
});

function machineAfter(commands: readonly Command[], settings = {}, world: 'off' | 'on' = 'on'): Machine {
  return story(scenario(settings, [world]), commands).machines[0]!;
}

function carryOut(machine: Machine, commands: readonly Command[]): { events: Event[]; machine: Machine } {
  const events: Event[] = [];
  let after = machine;
  for (const command of commands) {
    const decided = decide(after, command);
    expect(decided.ok, command.type).toBe(true);
    if (!decided.ok) continue;
    events.push(...decided.value);
    after = fold(after, decided.value);
  }
  return { events, machine: after };
}

function metIn(events: readonly Event[]): readonly FaultNumber[] {
  return events.flatMap((event) => (event.type === 'faultMet' ? [event.fault] : []));
}

function why(fault: FaultNumber, machine: Machine): string {
  const reason = cardUnavailable(fault, machine);
  expect(cardCommands(fault, machine)).toEqual([]);
  return reason === null ? 'available' : sentenceOfUnavailable(reason);
}

const READY = [write(9), write(18), CREATE, write(9)];

describe('the card of a fault', () => {
  it.each(FAULTS)('causes fault %i on the machine as it stands, at once or with the next copy', (fault) => {
    for (const world of ['off', 'on'] as const) {
      const machine = machineAfter(READY, {}, world);
      expect(cardUnavailable(fault, machine)).toBeNull();
      const commands = cardCommands(fault, machine);
      expect(commands.length).toBeGreaterThan(0);
      const done = carryOut(machine, commands);
      const met = metIn(done.events);
      const later = met.length > 0 ? [] : metIn(carryOut(done.machine, [write(18)]).events);
      expect([...met, ...later]).toEqual([fault]);
      expect(done.machine.request).toBeNull();
    }
  });

  it('ends a burst with the very write that meets the fault', () => {
    const machine = machineAfter(READY);
    for (const fault of [8, 9, 10] as const) {
      const { events } = carryOut(machine, cardCommands(fault, machine));
      expect(events.filter(({ type }) => type === 'writeTurnedAway')).toEqual([]);
      expect(metIn(events)).toEqual([fault]);
    }
  });

  it('uses the bad block that is still to be copied, preferably one that holds something', () => {
    expect(cardCommands(6, machineAfter(READY))).toEqual([
      { type: 'break', condition: { name: 'liveBadBlock', block: 18 } },
    ]);
  });

  it('leaves out what has been done already', () => {
    const offline = machineAfter([...READY, { type: 'takeOffline' }, { type: 'detachDiffVolume' }]);
    expect(cardCommands(1, offline)).toEqual([{ type: 'bringOnline' }]);
    const slow = machineAfter([...READY, { type: 'break', condition: { name: 'growthSlow' } }]);
    expect(cardCommands(9, slow).map(({ type }) => type)).toEqual(['writeBurst']);
    const prepared = machineAfter([...READY, { type: 'clusterPrepareOffline' }]);
    expect(cardCommands(16, prepared)).toEqual([{ type: 'bringOnline' }]);
  });
});

describe('why a card would do nothing', () => {
  it.each(FAULTS)('%i: there is no snapshot', (fault) => {
    expect(why(fault, machineAfter([write(9)]))).toContain('There is no snapshot');
  });

  it.each(FAULTS)('%i: a fault is recorded already', (fault) => {
    expect(why(fault, machineAfter([...READY, { type: 'unexpectedError' }]))).toContain(
      'Fault 11 keeps the volume offline',
    );
  });

  it('it is broken already', () => {
    const machine = machineAfter([...READY, { type: 'break', condition: { name: 'diffDataWritesFail' } }]);
    expect(why(7, machine)).toBe('This is broken already and has yet to be met.');
  });

  it('the volume is offline', () => {
    const machine = machineAfter([...READY, { type: 'takeOffline' }]);
    expect(why(8, machine)).toContain('The live volume is offline');
    expect(why(14, machine)).toContain('The live volume is offline');
    expect(why(16, machine)).toBe('The live volume is offline already.');
  });

  it('another fault would strike first', () => {
    const slow = machineAfter([...READY, { type: 'break', condition: { name: 'growthSlow' } }]);
    expect(why(8, slow)).toBe('Fault 9 would strike first.');
    const exhausted = machineAfter([
      ...READY,
      { type: 'break', condition: { name: 'kernelMemoryExhausted' } },
    ]);
    expect(why(8, exhausted)).toBe('Fault 4 would strike first.');
  });

  it('every block is copied, or there is too much room', () => {
    const small = { blockCount: 4, maximumBlocks: 16 };
    const copied = machineAfter([CREATE, write(0), write(1), write(2), write(3)], small);
    expect(why(6, copied)).toContain('Every block is saved already');
    expect(why(8, copied)).toContain('Every block is saved already');
    expect(why(8, machineAfter([CREATE], small))).toBe('Not met within 4 writes: there is too much room.');
    const roomy = machineAfter([CREATE], {
      blockCount: 65_536,
      diffVolumeBlocks: 65_536,
      maximumBlocks: null,
    });
    expect(why(8, roomy)).toBe('Not met within 4,096 writes: there is too much room.');
  });
});
