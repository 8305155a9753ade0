import { describe, expect, test } from 'vitest';
import { faultEntry } from '../../../src/core/catalogue/fault';
import { LEAVING, WAYS_OUT } from '../../../src/core/catalogue/way-out';
import { faultOutcome } from '../../../src/core/describe/fault-outcome';
import { FAULT_NAMES, type FaultNumber } from '../../../src/core/fault';
import { History } from '../../../src/core/history';
import { carryOn } from '../../../src/core/lesson/replay-lesson';
import { existingSnapshots } from '../../../src/core/machine';
import { runOfFault, scenarioOfRun } from '../../../src/core/run-of-fault';

const FAULTS = Array.from({ length: FAULT_NAMES.length - 1 }, (_, index) => (index + 1) as FaultNumber);

/** Model, section 9: what meets each fault in its built-in run. */
const MET_AT: Readonly<Record<FaultNumber, string>> = {
  1: 'online',
  2: 'online',
  3: 'record',
  4: 'memory',
  5: 'memory',
  6: 'read',
  7: 'copy',
  8: 'space',
  9: 'space',
  10: 'space',
  11: 'atOnce',
  12: 'online',
  13: 'record',
  14: 'atOnce',
  15: 'atOnce',
  16: 'online',
};

describe.each(FAULTS)('fault %i', (fault) => {
  test('is met where the model says, and something gives', () => {
    const protectedOutcome = faultOutcome(fault, 'SNAPSHOT');
    const original = faultOutcome(fault, 'ORIGINAL_VOLUME');
    expect(protectedOutcome.metAt).toBe(MET_AT[fault]);
    expect(protectedOutcome.snapshots).toHaveLength(protectedOutcome.taken);
    expect(protectedOutcome.info.offlineForProtection).toBe(true);
    expect(protectedOutcome.laterRead).toBe('failed');
    expect(original.snapshots.length).toBeLessThan(original.taken);
    expect(original.info.offlineForProtection).toBe(false);
    expect(original.laterRead).toBe('completed');
  });

  test('its decisive position is where the volume stands blocked, or has lost a snapshot', () => {
    for (const [level, world] of [
      ['ORIGINAL_VOLUME', 'off'],
      ['SNAPSHOT', 'on'],
    ] as const) {
      const { decisivePosition } = faultOutcome(fault, level);
      const run = runOfFault(fault);
      const history = new History(scenarioOfRun(run, [world]));
      carryOn(history, run.commands);
      const [before] = history.momentAt(decisivePosition - 1).machines;
      const [after] = history.momentAt(decisivePosition).machines;
      if (world === 'on') {
        expect(after!.access).toBe('offlineForProtection');
        expect(before!.access).not.toBe('offlineForProtection');
      } else {
        expect(existingSnapshots(after!).length).toBeLessThan(existingSnapshots(before!).length);
      }
    }
  });

  test('its way out brings the volume back with its snapshots, and a first write goes through', () => {
    const run = runOfFault(fault);
    const history = new History(scenarioOfRun(run, ['on']));
    carryOn(history, run.commands);
    const taken = history.machines[0]!.nextSnapshot - 1;
    expect(history.machines[0]!.fault).toBe(fault);
    expect(carryOn(history, WAYS_OUT[fault].commands)).toBeNull();
    const [back] = history.machines;
    expect(back).toMatchObject({ access: 'online', fault: 0 });
    expect(existingSnapshots(back!)).toHaveLength(taken);
    const copied = back!.used;
    carryOn(history, [{ type: 'write', block: 60, count: 1, content: { kind: 'pattern', seed: 1 } }]);
    expect(history.machines[0]).toMatchObject({ access: 'online', used: copied + 1 });
  });

  test('leaving protection mode brings the volume back without them', () => {
    const run = runOfFault(fault);
    const history = new History(scenarioOfRun(run, ['on']));
    carryOn(history, [...run.commands, ...LEAVING.commands]);
    expect(history.machines[0]).toMatchObject({ access: 'online', fault: 0 });
    expect(existingSnapshots(history.machines[0]!)).toHaveLength(0);
  });
});

test('a diff volume without room loses all snapshots at once, a maximum the oldest first', () => {
  const run = runOfFault(8);
  const byMaximum = faultOutcome(8, 'ORIGINAL_VOLUME');
  const byVolume = faultOutcome(8, 'ORIGINAL_VOLUME', {
    ...run,
    settings: { ...run.settings, maximumBlocks: null, diffVolumeBlocks: 4 },
  });
  expect(byMaximum.eventIds.join()).toBe('38,33,38,36');
  expect(byVolume.eventIds.join()).toBe(faultEntry(8).eventsOriginal[1]!.join());
});
