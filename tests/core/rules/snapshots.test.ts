import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/core/command';
import {
  attach,
  breakIt,
  bringOnline,
  burst,
  create,
  deleteSnapshot,
  detach,
  given,
  givenProtected,
  repair,
  resize,
  revertTo,
  takeOffline,
  wait,
  write,
  type Case,
} from '../given';

const NO_ROOM = { code: 'noRoomForSnapshot', eventId: 23, hresult: 'VSS_E_INSUFFICIENT_STORAGE' } as const;

/** Snapshots 1, 2 and 3 with a copy of block 0 each; slot 3 holds block 1, copied after the newest. */
const THREE: readonly Command[] = [
  ...[write(0, 'A', 2), create, write(0, 'B'), create, write(0, 'C'), create, write(0, 'D'), write(1, 'E')],
];

function three(): Case {
  return given().after(...THREE);
}

describe('creating a snapshot', () => {
  it('freezes, flushes, installs and releases: four events', () => {
    given()
      .after(write(0, 'A'))
      .when(create)
      .then({
        events: ['writesFrozen', 'volumeFlushed', 'snapshotInstalled', 'writesReleased'],
        slots: '........',
        chain: '1',
        snapshots: { 1: 'A.......' },
        tookMs: 0,
      });
  });

  it('allocates the initial slots for the first one only', () => {
    given({ initialBlocks: 5 }).after(create).when(create, create).then({ slots: '.....', chain: '1 2 3' });
  });

  it('is refused when the initial slots do not fit the maximum or the diff volume', () => {
    given({ initialBlocks: 8, maximumBlocks: 7 })
      .when(create)
      .then({ refused: { ...NO_ROOM, limitedBy: 'maximum' }, events: [], log: [], slots: '' });
    given({ initialBlocks: 8, maximumBlocks: null, diffVolumeBlocks: 7 })
      .when(create)
      .then({ refused: { ...NO_ROOM, limitedBy: 'diffVolume' } });
    given({ initialBlocks: 8, maximumBlocks: 8, diffVolumeBlocks: 8 }).when(create).then({ chain: '1' });
  });

  it('needs a free slot or room to grow for a later one', () => {
    const full = { initialBlocks: 2, maximumBlocks: 2 };
    given(full)
      .after(create, write(0, 'A'))
      .when(create)
      .then({ chain: '1 2' })
      .when(write(0, 'B'), create)
      .then({ refused: { ...NO_ROOM, limitedBy: 'maximum' }, chain: '1 2' })
      .after(resize(16))
      .when(create)
      .then({ chain: '1 2 3' });
    given({ initialBlocks: 2, maximumBlocks: null, diffVolumeBlocks: 3 })
      .after(create, burst(0, 2))
      .when(create)
      .then({ refused: { ...NO_ROOM, limitedBy: 'diffVolume' } });
  });

  it('counts growth under way as room, and growth that is refused as none', () => {
    const settings = { initialBlocks: 2, maximumBlocks: 16 };
    given(settings)
      .after(create, breakIt('growthSlow'), burst(0, 2))
      .when(create)
      .then({ chain: '1 2', isGrowing: true });
    given(settings)
      .after(create, breakIt('growthRefused'), burst(0, 2))
      .when(create)
      .then({ refused: { ...NO_ROOM, limitedBy: 'growth' } });
  });

  it('drops the oldest at the count limit: event 58', () => {
    given({ snapshotLimit: 3 })
      .after(...THREE)
      .when(create)
      .then({
        log: [58],
        events: [
          ...(['eventLogged', 'snapshotDeleted', 'areaReleased'] as const),
          ...(['writesFrozen', 'volumeFlushed', 'snapshotInstalled', 'writesReleased'] as const),
        ],
        chain: '2 3 4',
        slots: '.233....',
        snapshots: { 2: 'BA......', 3: 'CA......', 4: 'DE......' },
      });
  });

  it('drops the oldest at the count limit at level SNAPSHOT as well', () => {
    givenProtected({ snapshotLimit: 1 })
      .after(create)
      .when(create)
      .then({ log: [58], snapshots: { 2: '........' } });
  });

  it('has a count limit of 64 if nothing else is set', () => {
    const laboratory = given({ snapshotLimit: 64 }).after(...new Array<Command>(64).fill(create));
    laboratory
      .then({ log: [] })
      .when(create)
      .then({ log: [58] });
    expect(laboratory.machine.areas).toHaveLength(64);
  });

  it('makes the first one again, with the initial slots, when a limit of 1 takes the only one', () => {
    given({ snapshotLimit: 1, initialBlocks: 4 })
      .after(create, resize(2))
      .when(create)
      .then({ refused: { ...NO_ROOM, limitedBy: 'maximum' }, chain: '1', log: [] })
      .after(resize(4))
      .when(create)
      .then({ log: [58], chain: '2', slots: '....' });
  });

  it.each([
    ['diffFileSystemDamaged', { code: 'storageUnusable', eventId: 22 }],
    ['diffMetadataWritesFail', { code: 'storageUnusable', eventId: 28 }],
    ['diffMetadataCorrupt', { code: 'storageUnusable', eventId: 28 }],
  ] as const)('is refused under %s', (name, refused) => {
    given().after(breakIt(name)).when(create).then({ refused, log: [], chain: '' });
  });

  it('is refused while the diff volume is absent, or the live volume offline', () => {
    given()
      .after(detach)
      .when(create)
      .then({ refused: { code: 'diffVolumeAbsent', eventId: 22 } });
    given()
      .after(takeOffline)
      .when(create)
      .then({ refused: { code: 'volumeOffline' } });
    givenProtected()
      .after(create, detach)
      .when(create)
      .then({ refused: { code: 'volumeOfflineForProtection' } });
    given()
      .after(create, takeOffline, detach, bringOnline)
      .when(create)
      .then({ refused: { code: 'snapshotsPending' } });
  });
});

describe('deleting a snapshot', () => {
  it('frees the slots of the oldest at once', () => {
    three()
      .when(deleteSnapshot(1))
      .then({
        events: ['snapshotDeleted', 'areaReleased'],
        chain: '2 3',
        slots: '.233....',
        snapshots: { 2: 'BA......', 3: 'CA......' },
      });
  });

  it('frees nothing for a middle one until every older one is gone', () => {
    three()
      .when(deleteSnapshot(2))
      .then({
        events: ['snapshotDeleted'],
        chain: '1 (2) 3',
        slots: '1233....',
        snapshots: { 1: 'AA......', 3: 'CA......' },
      })
      .when(deleteSnapshot(1))
      .then({
        events: ['snapshotDeleted', 'areaReleased', 'areaReleased'],
        chain: '3',
        slots: '..33....',
        snapshots: { 3: 'CA......' },
      });
  });

  it('frees nothing for the newest one: its area stays the one that receives copies', () => {
    three()
      .when(deleteSnapshot(3))
      .then({ events: ['snapshotDeleted'], chain: '1 2 (3)', slots: '1233....' })
      .when(write(2, 'F'))
      .then({ slots: '12333...', snapshots: { 1: 'AA......', 2: 'BA......' } });
  });

  it('starts a new area after a retained one', () => {
    three()
      .after(deleteSnapshot(3), create)
      .when(write(0, 'F'))
      .then({
        chain: '1 2 (3) 4',
        slots: '12334...',
        snapshots: { 1: 'AA......', 2: 'BA......', 4: 'DE......' },
      });
  });

  it('releases the whole diff area with the last one', () => {
    three()
      .after(deleteSnapshot(3), deleteSnapshot(1))
      .when(deleteSnapshot(2))
      .then({
        events: ['snapshotDeleted', 'areaReleased', 'areaReleased', 'diffAreaReleased'],
        chain: '',
        slots: '',
        live: 'DE......',
      });
  });

  it('gives freed slots to the next copies, lowest first', () => {
    three()
      .after(deleteSnapshot(1))
      .when(write(2, 'F'), write(3, 'G'))
      .then({ slots: '32333...', snapshots: { 2: 'BA......', 3: 'CA......' } });
  });

  it('is a request, not a loss', () => {
    expect(three().after(deleteSnapshot(1), deleteSnapshot(3)).machine.snapshotsLost).toBe(0);
  });

  it('is refused for a snapshot that is not there', () => {
    three()
      .when(deleteSnapshot(9))
      .then({ refused: { code: 'snapshotUnknown', snapshot: 9 }, events: [] });
  });
});

describe('reverting to a snapshot', () => {
  it('sets every block that differs, removes the newer snapshots, and makes no copy', () => {
    three()
      .when(revertTo(2))
      .then({
        events: [
          ...(['revertStarted', 'blockReverted', 'blockReverted'] as const),
          ...(['snapshotDeleted', 'areaReleased', 'revertCompleted'] as const),
        ],
        live: 'BA......',
        chain: '1 2',
        slots: '12......',
        snapshots: { 1: 'AA......', 2: 'BA......' },
        tookMs: 2,
      });
  });

  it('leaves a snapshot that reads as the live volume does: the next first write needs a copy', () => {
    three()
      .after(revertTo(2))
      .when(write(1, 'F'), write(0, 'G'))
      .then({ live: 'GF......', slots: '122.....', snapshots: { 1: 'AA......', 2: 'BA......' } });
  });

  it('to the newest one removes none', () => {
    three().when(revertTo(3)).then({ live: 'CA......', chain: '1 2 3', slots: '1233....' });
  });

  it('to what nothing has changed since writes nothing', () => {
    given()
      .after(write(0, 'A'), create)
      .when(revertTo(1))
      .then({ events: ['revertStarted', 'revertCompleted'], tookMs: 0 });
  });

  it('removes retained areas that are newer', () => {
    three().after(deleteSnapshot(3)).when(revertTo(2)).then({ chain: '1 2', slots: '12......' });
  });

  it('works at level SNAPSHOT, on request as it is', () => {
    givenProtected()
      .after(...THREE)
      .when(revertTo(1))
      .then({ live: 'AA......', snapshots: { 1: 'AA......' } });
  });

  it('is refused while offline, while pending, and for a snapshot that is not there', () => {
    three()
      .when(revertTo(4))
      .then({ refused: { code: 'snapshotUnknown' } })
      .after(takeOffline)
      .when(revertTo(1))
      .then({ refused: { code: 'volumeOffline' } })
      .after(detach, bringOnline)
      .when(revertTo(1))
      .then({ refused: { code: 'snapshotsPending' }, live: 'DE......' });
  });

  it('is refused when the copies that it needs cannot be read', () => {
    three()
      .after(breakIt('diffReadsFail'))
      .when(revertTo(1))
      .then({ refused: { code: 'storageUnreadable' }, live: 'DE......' })
      .after(repair('diffReadsFail'))
      .when(revertTo(1))
      .then({ live: 'AA......' });
  });
});

describe('resizing the diff area', () => {
  it('sets the maximum; growth follows it from then on', () => {
    given({ initialBlocks: 4, maximumBlocks: 4 })
      .after(create, write(0, 'A'))
      .when(resize(16))
      .then({ events: ['diffAreaResized'], maximum: 16, slots: '1...' })
      .when(write(1, 'B'))
      .then({ isGrowing: true });
  });

  it('takes the diff volume as the limit when unbounded', () => {
    given({ initialBlocks: 4, maximumBlocks: 4, diffVolumeBlocks: 8 })
      .after(create, write(0, 'A'))
      .when(resize(null), write(1, 'B'), wait(9))
      .then({ maximum: null, slots: '11......' });
  });

  it('gives free slots at the end back when the maximum is lowered', () => {
    three()
      .when(resize(5))
      .then({ events: ['diffAreaResized'], maximum: 5, slots: '1233.', log: [] });
  });

  it('deletes the oldest snapshots that are in the way: event 33', () => {
    given()
      .after(write(0, 'A', 2), create, burst(0, 2), create, write(0, 'B'), deleteSnapshot(1), create)
      .after(write(1, 'C'))
      .then({ slots: '3.2.....', chain: '2 3' })
      .when(resize(2))
      .then({ log: [33], slots: '3.', chain: '3', maximum: 2 });
  });

  it('loses all when the newest is in the way: event 36', () => {
    three()
      .when(resize(1))
      .then({ log: [33, 33, 36], slots: '', snapshots: {}, maximum: 1, live: 'DE......' });
  });

  it('is refused below what is used at level SNAPSHOT', () => {
    givenProtected()
      .after(...THREE)
      .when(resize(3))
      .then({
        refused: { code: 'maximumBelowUse', neededBlocks: 4, hresult: 'VSS_E_INSUFFICIENT_STORAGE' },
        maximum: 16,
      })
      .when(resize(4))
      .then({ maximum: 4, slots: '1233', chain: '1 2 3' });
  });

  it('to 0 is refused while there are snapshots', () => {
    three()
      .when(resize(0))
      .then({ refused: { code: 'maximumZeroInUse', hresult: 'VSS_E_VOLUME_IN_USE' } });
    given().when(resize(0)).then({ maximum: 0 });
  });

  it('is refused for a maximum that is no number of blocks, that is set already, or with nowhere to set it', () => {
    for (const maximum of [-1, 1.5, NaN]) {
      given()
        .when(resize(maximum))
        .then({ refused: { code: 'maximumInvalid', hresult: 'E_INVALIDARG' }, maximum: 16 });
    }
    given()
      .when(resize(16))
      .then({ refused: { code: 'maximumUnchanged', hresult: 'S_OK' } });
    given()
      .after(detach)
      .when(resize(4))
      .then({ refused: { code: 'diffVolumeAbsent', hresult: 'VSS_E_OBJECT_NOT_FOUND' } });
    given()
      .after(takeOffline)
      .when(resize(4))
      .then({ refused: { code: 'volumeOffline' } });
    givenProtected()
      .after(create, detach, attach)
      .when(resize(4))
      .then({ refused: { code: 'volumeOfflineForProtection' } });
  });
});
