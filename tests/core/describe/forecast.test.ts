import { describe, expect, it } from 'vitest';
import { FAULT_ENTRIES } from '../../../src/core/catalogue/fault';
import { forecast } from '../../../src/core/describe/forecast';
import { sentenceOfForecast } from '../../../src/words/forecast';
import { FAULTS } from './told';

/** Faults that a write meets, by the table of the sixteen (design: model, section 9). */
const MET_BY_WRITE = new Set([3, 4, 5, 6, 7, 8, 9, 10, 13]);

describe('the dry run of a fault', () => {
  it.each(FAULTS)(
    '%i with protection off: the snapshots go, writing goes on, nothing is recorded',
    (fault) => {
      const found = forecast(fault, 'ORIGINAL_VOLUME');
      const before = fault === 8 ? 2 : 1;
      // The restart race: the first write that needs a copy meets the missing diff volume.
      const isMetByWrite = MET_BY_WRITE.has(fault) || fault === 1;
      expect(found).toMatchObject({
        writeThatMetIt: isMetByWrite ? 'completed' : 'none',
        snapshotsBefore: before,
        snapshotsAfter: 0,
        laterWrite: 'completed',
        // The block is bad whatever the level: reading it fails until it is repaired.
        laterRead: 'completed',
        faultRecorded: 0,
      });
      const wanted = FAULT_ENTRIES[fault - 1]!.eventsOriginal[0] ?? [];
      expect(new Set(found.eventIds.filter((id) => id !== 113))).toEqual(new Set(wanted));
    },
  );

  it.each(FAULTS)(
    '%i with protection on: every snapshot is kept, all I/O fails, the fault is recorded',
    (fault) => {
      const found = forecast(fault, 'SNAPSHOT');
      const before = fault === 8 ? 2 : 1;
      expect(found).toMatchObject({
        writeThatMetIt: MET_BY_WRITE.has(fault) ? 'failed' : 'none',
        snapshotsBefore: before,
        snapshotsAfter: before,
        laterWrite: 'failed',
        laterRead: 'failed',
        faultRecorded: fault,
      });
      expect(found.eventIds.filter((id) => id !== 113)).toEqual(fault === 16 ? [] : [79 + fault]);
    },
  );

  it('is told in one line', () => {
    expect(sentenceOfForecast(forecast(8, 'ORIGINAL_VOLUME'))).toBe('2 snapshots deleted, writing goes on.');
    expect(sentenceOfForecast(forecast(8, 'SNAPSHOT'))).toBe('2 snapshots kept, all I/O blocked.');
    expect(sentenceOfForecast(forecast(7, 'ORIGINAL_VOLUME'))).toBe('1 snapshot deleted, writing goes on.');
  });
});
