import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/core/command';
import {
  attach,
  breakIt,
  bringOnline,
  burst,
  clear,
  create,
  deleteSnapshot,
  deleteUnused,
  detach,
  externalWrite,
  given,
  givenProtected,
  read,
  readSnapshot,
  repair,
  resize,
  setLevel,
  takeOffline,
  unexpectedError,
  wait,
  write,
  type Case,
} from '../given';

const NOT_CONNECTED = 'STATUS_DEVICE_NOT_CONNECTED';
const ORIGINAL = setLevel('ORIGINAL_VOLUME');
const SNAPSHOT = setLevel('SNAPSHOT');

/** At level SNAPSHOT, offline: the copy that the write of B needed could not be written. */
function faulted(): Case {
  return givenProtected().after(
    write(0, 'A', 2),
    create,
    write(0, 'B'),
    breakIt('diffDataWritesFail'),
    write(1, 'C'),
  );
}

describe('a fault at level SNAPSHOT', () => {
  it('is recorded, logged, fails the write, and takes the volume offline: in this order', () => {
    givenProtected()
      .after(create, breakIt('diffDataWritesFail'))
      .when(write(0, 'A'))
      .then({
        events: [
          ...(['writeRequested', 'gatePassed', 'blockLookedUp', 'memoryAllocated', 'slotTaken'] as const),
          ...(['oldBlockRead', 'faultMet', 'faultRecorded', 'eventLogged', 'writeFailed'] as const),
          'volumeWentOffline',
        ],
        info: ['SNAPSHOT', true, 'COW_WRITE_FAILURE', 'STATUS_IO_DEVICE_ERROR', true],
      });
  });

  it('stops all reads and writes of the live volume until it is cleared', () => {
    faulted()
      .when(write(0, 'D'), write(5, 'D', 2), read(0), read(7))
      .then({ requests: [NOT_CONNECTED, NOT_CONNECTED, NOT_CONNECTED, NOT_CONNECTED], live: 'BA......' });
  });

  it('keeps the snapshots, every byte', () => {
    faulted()
      .then({ snapshots: { 1: 'AA......' }, slots: '1.......' })
      .after(repair('diffDataWritesFail'), clear)
      .when(readSnapshot(1, 0), readSnapshot(1, 1))
      .then({ reads: 'AA' });
  });

  it('stays the first one until it is cleared', () => {
    faulted()
      .when(unexpectedError, externalWrite(0), detach)
      .then({ fault: 7, log: [], access: 'offlineForProtection' });
  });
});

describe('a fault at level ORIGINAL_VOLUME', () => {
  it('deletes all snapshots, is recorded nowhere, and I/O goes on as if nothing had happened', () => {
    given()
      .after(write(0, 'A'), create, create, breakIt('diffDataWritesFail'))
      .when(write(0, 'B'), write(1, 'C'), read(0))
      .then({
        requests: ['ok', 'ok', 'ok'],
        reads: 'B',
        live: 'BC......',
        snapshots: {},
        log: [14],
        info: ['ORIGINAL_VOLUME', false, 'NONE', null, false],
      });
  });

  it('counts what was lost', () => {
    const laboratory = given().after(create, create, deleteSnapshot(1), create, unexpectedError);
    expect(laboratory.machine.snapshotsLost).toBe(2);
  });
});

describe('the protection level', () => {
  it('can be changed while nothing is wrong, and costs nothing', () => {
    given()
      .after(create, write(0, 'A'))
      .when(SNAPSHOT)
      .then({ events: ['levelChanged'], chain: '1', info: ['SNAPSHOT', false, 'NONE', null, false] })
      .when(ORIGINAL)
      .then({ events: ['levelChanged'], chain: '1', slots: '1.......' });
  });

  it('set to what it is does nothing: S_OK', () => {
    given()
      .when(ORIGINAL)
      .then({ refused: { code: 'levelUnchanged', hresult: 'S_OK' }, events: [] });
    givenProtected()
      .when(SNAPSHOT)
      .then({ refused: { code: 'levelUnchanged', hresult: 'S_OK' } });
  });

  it('counts when the fault strikes, not when the cause broke', () => {
    given()
      .after(create, breakIt('diffDataWritesFail'), SNAPSHOT)
      .when(write(0, 'A'))
      .then({ fault: 7, chain: '1', log: [86] });
  });

  it('can be changed while an administrator keeps the volume offline', () => {
    given().after(create, takeOffline).when(SNAPSHOT).then({ chain: '1', access: 'offlineByAdministrator' });
  });
});

describe('clearProtectionFault', () => {
  it('dismounts, resets the fault and brings the volume online, which runs detection', () => {
    faulted()
      .after(repair('diffDataWritesFail'))
      .when(clear)
      .then({
        events: ['volumeDismounted', 'faultCleared', 'detectionStarted', 'volumeCameOnline'],
        info: ['SNAPSHOT', false, 'NONE', null, false],
        snapshots: { 1: 'AA......' },
      })
      .when(write(1, 'C'))
      .then({ requests: ['ok'], live: 'BC......', snapshots: { 1: 'AA......' } });
  });

  it('succeeds though the cause is still there, which strikes again at the next copy', () => {
    faulted()
      .when(clear)
      .then({ access: 'online', fault: 0 })
      .when(write(0, 'D'), write(1, 'C'))
      .then({ requests: ['ok', 'STATUS_IO_DEVICE_ERROR'], fault: 7, log: [86], live: 'DA......' });
  });

  it('succeeds though the cause is still there, which strikes again at detection', () => {
    givenProtected()
      .after(create, breakIt('kernelMemoryExhausted'), write(0, 'A'))
      .when(clear)
      .then({
        events: [
          ...(['volumeDismounted', 'faultCleared', 'detectionStarted'] as const),
          ...(['faultMet', 'faultRecorded', 'eventLogged', 'volumeWentOffline'] as const),
        ],
        fault: 4,
        log: [83],
        access: 'offlineForProtection',
      });
  });

  it('may meet another fault than the one it cleared', () => {
    givenProtected()
      .after(create, detach)
      .then({ fault: 14, log: [93] })
      .when(clear)
      .then({ fault: 1, log: [80] });
  });

  it('does nothing when there is no fault: S_OK', () => {
    given()
      .when(clear)
      .then({ refused: { code: 'notFaulted', hresult: 'S_OK' }, events: [] });
    given()
      .after(create, takeOffline)
      .when(clear)
      .then({ refused: { code: 'notFaulted' }, access: 'offlineByAdministrator' });
  });

  it('starts the count of bounced requests anew', () => {
    const laboratory = faulted().after(read(0), read(0));
    expect(laboratory.machine.host.bounced).toBe(2);
    expect(laboratory.after(clear).machine.host).toMatchObject({ failed: 3, bounced: 0 });
  });
});

describe('setting level ORIGINAL_VOLUME while faulted', () => {
  it('dismounts, gives the snapshots up, and brings the volume online', () => {
    faulted()
      .when(ORIGINAL)
      .then({
        events: [
          ...([
            'volumeDismounted',
            'levelChanged',
            'snapshotsLost',
            'areaReleased',
            'diffAreaReleased',
          ] as const),
          ...(['faultCleared', 'detectionStarted', 'volumeCameOnline'] as const),
        ],
        info: ['ORIGINAL_VOLUME', false, 'NONE', null, false],
        snapshots: {},
        live: 'BA......',
        log: [],
      })
      .when(write(1, 'C'))
      .then({ requests: ['ok'] });
  });

  it.each([
    ['the diff volume is gone', [detach]],
    ['the table is corrupt', [breakIt('diffMetadataCorrupt')]],
    ['memory is short and reads fail', [breakIt('kernelMemoryExhausted'), breakIt('diffReadsFail')]],
    ['its diff areas were deleted as unused', [deleteUnused]],
  ])('always works: also when %s', (_, commands) => {
    faulted()
      .after(...commands)
      .when(ORIGINAL)
      .then({ access: 'online', fault: 0, snapshots: {}, slots: '', isPending: false })
      .when(write(1, 'C'))
      .then({ requests: ['ok'] });
  });
});

describe('deleteUnusedDiffAreas', () => {
  it('while offline for protection frees the diff area and destroys what it protected', () => {
    faulted()
      .when(deleteUnused)
      .then({
        events: ['snapshotsLost', 'areaReleased', 'diffAreaReleased'],
        snapshots: {},
        slots: '',
        log: [],
        info: ['SNAPSHOT', true, 'COW_WRITE_FAILURE', 'STATUS_IO_DEVICE_ERROR', false],
      })
      .when(clear)
      .then({ access: 'online', live: 'BA......' });
  });

  it('finds nothing otherwise: S_OK', () => {
    const nothing = { refused: { code: 'nothingUnused', hresult: 'S_OK' } } as const;
    given().when(deleteUnused).then(nothing);
    given().after(create).when(deleteUnused).then(nothing);
    givenProtected()
      .after(create, takeOffline)
      .when(deleteUnused)
      .then({ ...nothing, chain: '1' });
    faulted().after(deleteUnused).when(deleteUnused).then(nothing);
  });

  it('needs the diff volume', () => {
    givenProtected()
      .after(create, detach)
      .when(deleteUnused)
      .then({ refused: { code: 'diffVolumeAbsent', hresult: 'VSS_E_OBJECT_NOT_FOUND' }, chain: '1' });
  });
});

describe('the way out of fault 8', () => {
  const settings = { initialBlocks: 2, maximumBlocks: 2 };
  const full: readonly Command[] = [
    write(0, 'A', 4),
    create,
    write(0, 'B'),
    create,
    write(0, 'C'),
    write(1, 'D'),
  ];

  it('is to clear first: before that, nothing can be resized or deleted', () => {
    givenProtected(settings)
      .after(...full)
      .then({ fault: 8 })
      .when(resize(16))
      .then({ refused: { code: 'volumeOfflineForProtection' } })
      .when(deleteSnapshot(1))
      .then({ refused: { code: 'volumeOfflineForProtection' }, chain: '1 2' });
  });

  it('then to raise the maximum', () => {
    givenProtected(settings)
      .after(...full, clear, resize(16))
      .when(write(1, 'D'))
      .then({ requests: ['ok'], fault: 0, snapshots: { 1: 'AAAA....', 2: 'BAAA....' } });
  });

  it('or to delete snapshots', () => {
    givenProtected(settings)
      .after(...full, clear, deleteSnapshot(1))
      .when(write(1, 'D'))
      .then({ requests: ['ok'], fault: 0, slots: '22', snapshots: { 2: 'BAAA....' } });
  });

  it('clearing alone only lasts until the next copy', () => {
    givenProtected(settings)
      .after(...full, clear)
      .when(write(0, 'E'), write(1, 'D'))
      .then({ requests: ['ok', 'STATUS_DISK_FULL'], log: [87], fault: 8, chain: '1 2' });
  });
});

describe('fault 1', () => {
  it('heals by itself when the diff volume arrives: no clear needed', () => {
    givenProtected()
      .after(write(0, 'A'), create, write(0, 'B'), takeOffline, detach, bringOnline)
      .then({ fault: 1, access: 'offlineForProtection' })
      .when(attach)
      .then({
        events: ['diffVolumeAttached', 'faultCleared', 'detectionStarted', 'volumeCameOnline'],
        fault: 0,
        snapshots: { 1: 'A.......' },
      });
  });

  it('runs what is left of detection when it heals', () => {
    givenProtected()
      .after(create, takeOffline, detach, breakIt('diffReadsFail'), bringOnline)
      .when(attach)
      .then({ fault: 2, log: [81], access: 'offlineForProtection' });
  });

  it('is the only one that does: 14 needs its clear', () => {
    givenProtected()
      .after(create, detach)
      .when(attach, wait(1_000))
      .then({ fault: 14, access: 'offlineForProtection' })
      .when(clear)
      .then({ fault: 0, access: 'online', chain: '1' });
  });
});

describe('the environment, broken and repaired before anything meets it', () => {
  it.each([
    ...(['diffDataWritesFail', 'diffMetadataWritesFail', 'diffReadsFail', 'diffMetadataCorrupt'] as const),
    ...(['diffFileSystemDamaged', 'kernelMemoryExhausted', 'pageFileTooSmall', 'growthSlow'] as const),
    'growthRefused',
  ] as const)('%s leaves two log lines and nothing else', (name) => {
    const laboratory = givenProtected().after(create, write(0, 'A'));
    const before = laboratory.machine;
    laboratory
      .when(breakIt(name), repair(name))
      .then({ events: ['conditionBroken', 'conditionRepaired'], broken: [] });
    expect(laboratory.machine).toEqual(before);
    laboratory.when(burst(1, 5)).then({ fault: 0, chain: '1' });
  });
});
