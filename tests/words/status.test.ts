import { describe, expect, it } from 'vitest';
import { CONDITION_NAMES, type Condition } from '../../src/core/condition';
import { FAULT_NAMES } from '../../src/core/fault';
import { createMachine, DEFAULT_SETTINGS, type Machine } from '../../src/core/machine';
import { protectionInfo } from '../../src/core/describe/protection-info';
import { whenConditionMet } from '../../src/words/condition-met';
import { conditionWords } from '../../src/words/conditions';
import { clockTime, duration, embedded, snapshotsNamed } from '../../src/words/phrase';
import { STATUS_TERMS, statusValues } from '../../src/words/status';

describe('the protection status in words', () => {
  const machine: Machine = createMachine(DEFAULT_SETTINGS, 'SNAPSHOT');

  it('has the eight terms, in order', () => {
    expect(Object.values(STATUS_TERMS)).toEqual([
      'Protection level',
      'Offline for protection',
      'Protection fault',
      'Failure status',
      'Unused diff area',
      'Live volume I/O',
      'Shadow copies kept',
      'Shadow copies lost',
    ]);
  });

  it('shows a calm volume', () => {
    expect(statusValues(protectionInfo(machine))).toEqual({
      protectionLevel: 'VSS_PROTECTION_LEVEL_SNAPSHOT',
      offlineForProtection: 'No',
      protectionFault: 'VSS_PROTECTION_FAULT_NONE',
      failureStatus: '0',
      unusedDiffArea: 'No',
      liveVolumeIo: 'Flowing',
      snapshotsKept: '0',
      snapshotsLost: '0',
    });
  });

  it.each(FAULT_NAMES.slice(1))('shows %s by its documented name, with the failure status', (name) => {
    const fault = FAULT_NAMES.indexOf(name) as Machine['fault'];
    const values = statusValues(protectionInfo({ ...machine, fault, access: 'offlineForProtection' }));
    expect(values.protectionFault).toBe(`VSS_PROTECTION_FAULT_${name}`);
    expect(values.failureStatus).toMatch(/^[A-Z_]+ \(0x[CD][0-9A-F]{7}\)$/);
    expect(values).toMatchObject({ offlineForProtection: 'Yes', liveVolumeIo: 'Blocked' });
  });
});

describe('conditions in words', () => {
  it.each(CONDITION_NAMES)('%s: what is broken, what repair means, when it is met', (name) => {
    const condition: Condition = name === 'liveBadBlock' ? { name, block: 9 } : { name };
    const { title, broken, repaired } = conditionWords(condition);
    const met = whenConditionMet(condition);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    for (const sentence of [broken, repaired, met]) expect(sentence).toMatch(/^[A-Z].*\.$/);
    if (name === 'liveBadBlock')
      expect([title, broken, repaired, met].every((text) => text.includes('9'))).toBe(true);
  });
});

describe('phrases', () => {
  it('tells the time of the virtual clock', () => {
    expect([0, 12, 61_005, 3_723_004].map(clockTime)).toEqual([
      '0:00.000',
      '0:00.012',
      '1:01.005',
      '1:02:03.004',
    ]);
    expect([1, 1500, 3000, 300_000, 7_200_000].map(duration)).toEqual([
      '1 ms',
      '1500 ms',
      '3 s',
      '5 min',
      '2 h',
    ]);
  });

  it('names snapshots one by one while they are few', () => {
    expect([[], [1], [1, 2], [3, 5, 8], [1, 2, 3, 4]].map(snapshotsNamed)).toEqual([
      '0 snapshots',
      'snapshot 1',
      'snapshots 1 and 2',
      'snapshots 3, 5 and 8',
      '4 snapshots',
    ]);
  });

  it('keeps names as they are when a sentence becomes part of another', () => {
    expect(embedded('The diff area is full.')).toBe('the diff area is full');
    expect(embedded('C: is offline.')).toBe('C: is offline');
    expect(embedded('VSS_PROTECTION_FAULT_NONE is set.')).toBe('VSS_PROTECTION_FAULT_NONE is set');
  });
});
