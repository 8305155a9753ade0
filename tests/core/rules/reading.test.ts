import { describe, it } from 'vitest';
import {
  breakIt,
  create,
  deleteSnapshot,
  detach,
  given,
  givenProtected,
  read,
  readSnapshot,
  takeOffline,
  wait,
  write,
  type Case,
} from '../given';

/** Three snapshots, and a block that was first overwritten after each of them: 0, 1 and 2; and one never: 3. */
function threeSnapshots(): Case {
  return given().after(
    ...[write(0, 'A', 4), create, write(0, 'B'), create, write(1, 'C'), create, write(2, 'D')],
  );
}

describe('reading a snapshot', () => {
  it('looks in its own area first, then in each newer one, then at the live volume', () => {
    threeSnapshots()
      .when(...[0, 1, 2, 3].map((block) => readSnapshot(1, block)))
      .then({ reads: 'AAAA', path: ['1', '1 2', '1 2 3', '1 2 3 live'] })
      .when(...[0, 1, 2, 3].map((block) => readSnapshot(2, block)))
      .then({ reads: 'BAAA', path: ['2 3 live', '2', '2 3', '2 3 live'] })
      .when(...[0, 1, 2, 3].map((block) => readSnapshot(3, block)))
      .then({ reads: 'BCAA', path: ['3 live', '3 live', '3', '3 live'] });
  });

  it('passes the retained area of a deleted snapshot, and says that it is retained', () => {
    threeSnapshots()
      .after(deleteSnapshot(2))
      .when(readSnapshot(1, 1), readSnapshot(1, 2))
      .then({ reads: 'AA', path: ['1 (2)', '1 (2) 3'] });
  });

  it('takes the time of a live read', () => {
    threeSnapshots().when(readSnapshot(1, 0), read(0)).then({ reads: 'AB', tookMs: 2 });
  });

  it('fails where it needs the diff area and that cannot be read, and costs no snapshot', () => {
    threeSnapshots()
      .after(breakIt('diffReadsFail'))
      .when(readSnapshot(1, 0), readSnapshot(1, 3))
      .then({ requests: ['STATUS_IO_DEVICE_ERROR', 'ok'], reads: 'A', fault: 0, chain: '1 2 3' });
  });

  it('is refused while the volume is offline, for protection or not', () => {
    threeSnapshots()
      .after(takeOffline)
      .when(readSnapshot(1, 0))
      .then({ refused: { code: 'volumeOffline' } });
    givenProtected()
      .after(create, detach)
      .when(readSnapshot(1, 0))
      .then({ refused: { code: 'volumeOfflineForProtection' }, snapshots: { 1: '........' } });
  });

  it('is refused for a snapshot that is not there, or not any more', () => {
    threeSnapshots()
      .when(readSnapshot(4, 0))
      .then({ refused: { code: 'snapshotUnknown', snapshot: 4 } })
      .after(deleteSnapshot(2))
      .when(readSnapshot(2, 0))
      .then({ refused: { code: 'snapshotUnknown', snapshot: 2 } });
  });
});

describe('reading the live volume', () => {
  it('returns the current content', () => {
    threeSnapshots()
      .when(read(0), read(3), read(7))
      .then({ reads: 'BA.', path: ['live', 'live', 'live'] });
  });

  it('fails while the volume is offline', () => {
    threeSnapshots()
      .after(takeOffline, wait(1))
      .when(read(0))
      .then({ requests: ['STATUS_DEVICE_NOT_CONNECTED'], tookMs: 0 });
  });
});
