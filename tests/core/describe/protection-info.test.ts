import { describe, expect, it } from 'vitest';
import { FAULT_ENTRIES } from '../../../src/core/catalogue/fault';
import { NT_STATUSES } from '../../../src/core/catalogue/status';
import { memberValues, protectionInfo } from '../../../src/core/describe/protection-info';
import { FAULTS, scenario, story, storyOfFault } from './told';

describe('protection info', () => {
  it('is calm in a new machine', () => {
    const [machine] = story(scenario(), []).machines;
    expect(protectionInfo(machine!)).toEqual({
      protectionLevel: 'ORIGINAL_VOLUME',
      offlineForProtection: false,
      protectionFault: 'NONE',
      failureStatus: { name: null, value: 0 },
      unusedDiffArea: false,
      liveVolumeIo: 'flowing',
      snapshotsKept: 0,
      snapshotsLost: 0,
    });
  });

  it.each(FAULTS)(
    'after fault %i: lost and flowing with protection off, kept and blocked with it on',
    (fault) => {
      const [off, on] = storyOfFault(fault).machines.map(protectionInfo);
      const snapshots = fault === 8 ? 2 : 1;
      expect(off).toMatchObject({
        protectionFault: 'NONE',
        liveVolumeIo: 'flowing',
        offlineForProtection: false,
      });
      expect(off).toMatchObject({ snapshotsKept: 0, snapshotsLost: snapshots, unusedDiffArea: false });
      const { name, failureStatus } = FAULT_ENTRIES[fault - 1]!;
      expect(on).toMatchObject({
        protectionFault: name,
        liveVolumeIo: 'blocked',
        offlineForProtection: true,
      });
      expect(on).toMatchObject({ snapshotsKept: snapshots, snapshotsLost: 0, unusedDiffArea: true });
      expect(on?.failureStatus).toEqual({ name: failureStatus, value: NT_STATUSES[failureStatus] });
      expect(memberValues(on!)).toEqual({
        m_protectionLevel: 1,
        m_volumeIsOfflineForProtection: 1,
        m_protectionFault: fault,
        m_failureStatus: NT_STATUSES[failureStatus],
        m_volumeHasUnusedDiffArea: 1,
        m_reserved: 0,
      });
    },
  );

  it('tells a volume taken offline by hand from one that is blocked', () => {
    const [off] = story(scenario(), [{ type: 'takeOffline' }]).machines;
    expect(protectionInfo(off!)).toMatchObject({ liveVolumeIo: 'offline', offlineForProtection: false });
  });

  it('does not count a snapshot as lost that was deleted on request', () => {
    const [off] = story(scenario(), [
      { type: 'createSnapshot' },
      { type: 'deleteSnapshot', snapshot: 1 },
    ]).machines;
    expect(protectionInfo(off!)).toMatchObject({ snapshotsKept: 0, snapshotsLost: 0 });
  });
});
