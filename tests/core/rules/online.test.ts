import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/core/command';
import {
  attach,
  breakIt,
  bringOnline,
  clear,
  create,
  deleteSnapshot,
  detach,
  finishFailover,
  given,
  givenProtected,
  prepareOffline,
  readSnapshot,
  repair,
  setLevel,
  takeOffline,
  wait,
  write,
  type Case,
} from '../given';

const FIVE_MINUTES_MS = 300_000;

/** Online at level ORIGINAL_VOLUME with a snapshot whose diff volume has not arrived; block 0 was copied before. */
function pending(): Case {
  return given().after(write(0, 'A', 2), create, write(0, 'B'), takeOffline, detach, bringOnline);
}

describe('taking the volume offline', () => {
  it('is no protection: nothing is recorded, and it comes back as it was', () => {
    givenProtected()
      .after(create)
      .when(takeOffline)
      .then({
        events: ['volumeDismounted', 'volumeWentOffline'],
        access: 'offlineByAdministrator',
        info: ['SNAPSHOT', false, 'NONE', null, false],
      })
      .when(bringOnline)
      .then({ events: ['detectionStarted', 'volumeCameOnline'], access: 'online', chain: '1', log: [] });
  });

  it('is refused when it is offline, bringing it online when it is online or offline for protection', () => {
    given()
      .when(bringOnline)
      .then({ refused: { code: 'volumeOnlineAlready' } })
      .after(takeOffline)
      .when(takeOffline)
      .then({ refused: { code: 'volumeOfflineAlready' } });
    givenProtected()
      .after(create, detach)
      .when(bringOnline)
      .then({ refused: { code: 'volumeOfflineForProtection' } })
      .when(takeOffline)
      .then({ refused: { code: 'volumeOfflineAlready' } });
  });
});

describe('detection', () => {
  /** What is wrong, in the order in which detection looks for it, with the fault and the event of each level. */
  const inOrder = [
    { cause: prepareOffline, way: finishFailover, fault: 16, protectedLog: [], originalLog: [119] },
    { cause: detach, way: attach, fault: 1, protectedLog: [80], originalLog: [32] },
    {
      cause: breakIt('diffReadsFail'),
      way: repair('diffReadsFail'),
      fault: 2,
      protectedLog: [81],
      originalLog: [29],
    },
    {
      cause: breakIt('diffFileSystemDamaged'),
      way: repair('diffFileSystemDamaged'),
      fault: 12,
      protectedLog: [91],
      originalLog: [27],
    },
    {
      cause: breakIt('diffMetadataCorrupt'),
      way: repair('diffMetadataCorrupt'),
      fault: 3,
      protectedLog: [82],
      originalLog: [27],
    },
    {
      cause: breakIt('kernelMemoryExhausted'),
      way: repair('kernelMemoryExhausted'),
      fault: 4,
      protectedLog: [83],
      originalLog: [15],
    },
    {
      cause: breakIt('pageFileTooSmall'),
      way: repair('pageFileTooSmall'),
      fault: 5,
      protectedLog: [84],
      originalLog: [6, 15],
    },
  ] as const;

  /** The volume offline, and everything wrong from number `from` on. */
  function wrongFrom(laboratory: Case, from: number): Case {
    const causes: readonly Command[] = inOrder.slice(from).map(({ cause }) => cause);
    const isCluster = causes[0] === prepareOffline;
    return laboratory
      .after(create, ...(isCluster ? [prepareOffline] : [takeOffline]))
      .after(...causes.filter((cause) => cause !== prepareOffline));
  }

  it.each(inOrder.map(({ fault }, index) => [fault, index] as const))(
    'meets fault %i before all that come after it',
    (fault, index) => {
      wrongFrom(givenProtected(), index)
        .when(bringOnline)
        .then({ fault, log: inOrder[index]!.protectedLog, access: 'offlineForProtection', chain: '1' });
    },
  );

  it.each(inOrder.map(({ fault }, index) => [fault, index] as const).filter(([fault]) => fault !== 1))(
    'loses the snapshots to fault %i at level ORIGINAL_VOLUME and comes online',
    (_, index) => {
      wrongFrom(given(), index)
        .when(bringOnline)
        .then({
          fault: 0,
          log: inOrder[index]!.originalLog,
          access: 'online',
          chain: '',
          isPending: false,
        })
        .when(write(0, 'A'))
        .then({ requests: ['ok'] });
    },
  );

  it('meets them one after the other, as each is repaired and cleared', () => {
    const laboratory = wrongFrom(givenProtected(), 0).after(bringOnline);
    for (const [index, { way, fault }] of inOrder.entries()) {
      laboratory.then({ fault }).after(way);
      // Fault 1 heals by itself: attaching has brought the volume online already.
      if (fault !== 1) laboratory.after(clear);
      laboratory.when().then({ fault: inOrder[index + 1]?.fault ?? 0 });
    }
    laboratory.then({ access: 'online', snapshots: { 1: '........' } });
  });

  it('has nothing to detect with no snapshots', () => {
    givenProtected()
      .after(takeOffline, detach, breakIt('diffReadsFail'), breakIt('kernelMemoryExhausted'))
      .when(bringOnline)
      .then({ events: ['detectionStarted', 'volumeCameOnline'], fault: 0, isPending: false });
  });

  it.each(['diffDataWritesFail', 'diffMetadataWritesFail', 'growthSlow', 'growthRefused'] as const)(
    'does not look for %s',
    (name) => {
      givenProtected().after(create, takeOffline, breakIt(name)).when(bringOnline).then({ fault: 0 });
    },
  );
});

describe('a restart without the diff volume, at level ORIGINAL_VOLUME', () => {
  it('brings the volume online with its snapshots pending', () => {
    given()
      .after(create, takeOffline, detach)
      .when(bringOnline)
      .then({
        events: ['detectionStarted', 'volumeCameOnline', 'snapshotsPending'],
        isPending: true,
        access: 'online',
        fault: 0,
        log: [],
      });
  });

  it('loses nothing when the diff volume arrives within five minutes', () => {
    pending()
      .after(wait(FIVE_MINUTES_MS - 1))
      .when(attach)
      .then({
        events: ['diffVolumeAttached', 'detectionStarted', 'snapshotsActivated'],
        isPending: false,
        snapshots: { 1: 'AA......' },
        log: [],
      })
      .when(readSnapshot(1, 0), write(1, 'C'))
      .then({ requests: ['ok', 'ok'], reads: 'A', snapshots: { 1: 'AA......' } });
  });

  it('loses all of them when five minutes have passed', () => {
    pending()
      .when(wait(FIVE_MINUTES_MS))
      .then({
        events: [
          ...(['timePassed', 'faultMet', 'eventLogged', 'snapshotsLost', 'areaReleased'] as const),
          ...(['pendingEnded', 'diffAreaReleased'] as const),
        ],
        log: [32],
        snapshots: {},
        slots: '',
        isPending: false,
        access: 'online',
      })
      .when(attach)
      .then({ events: ['diffVolumeAttached'] });
  });

  it('does not wait five minutes for the rest of a longer wait', () => {
    pending()
      .when(wait(FIVE_MINUTES_MS + 1_000))
      .then({ log: [32], tookMs: FIVE_MINUTES_MS + 1_000 });
  });

  it('loses all of them to the first write that needs a copy', () => {
    pending()
      .when(write(1, 'C'))
      .then({
        events: [
          ...(['writeRequested', 'gatePassed', 'faultMet', 'eventLogged', 'snapshotsLost'] as const),
          ...(['areaReleased', 'pendingEnded', 'diffAreaReleased'] as const),
          ...(['blockLookedUp', 'blockOverwritten', 'writeCompleted'] as const),
        ],
        requests: ['ok'],
        log: [32],
        live: 'BC......',
        snapshots: {},
      });
  });

  it('loses none to a write that needs no copy', () => {
    pending()
      .when(write(0, 'C'))
      .then({ requests: ['ok'], isPending: true, log: [], snapshots: { 1: 'AA......' } });
  });

  it('may lose them in the middle of such a write, when the time is over', () => {
    pending()
      .after(wait(FIVE_MINUTES_MS - 1))
      .when(write(0, 'C'))
      .then({ requests: ['ok'], isPending: false, log: [32], live: 'CA......', snapshots: {} });
  });

  it('refuses what has to do with snapshots as long as they are pending', () => {
    const refused = { refused: { code: 'snapshotsPending' } } as const;
    pending()
      .when(readSnapshot(1, 0))
      .then(refused)
      .when(create)
      .then(refused)
      .when(deleteSnapshot(1))
      .then(refused);
  });

  it('protects them on request: at level SNAPSHOT fault 1 strikes, and they are safe', () => {
    pending()
      .when(setLevel('SNAPSHOT'))
      .then({
        events: [
          ...(['levelChanged', 'faultMet', 'faultRecorded', 'eventLogged'] as const),
          ...(['pendingEnded', 'volumeWentOffline'] as const),
        ],
        log: [80],
        info: ['SNAPSHOT', true, 'DIFF_AREA_MISSING', 'STATUS_NO_SUCH_DEVICE', true],
      })
      .after(wait(2 * FIVE_MINUTES_MS))
      .when(attach)
      .then({ fault: 0, access: 'online', snapshots: { 1: 'AA......' } });
  });

  it('runs the rest of detection when the diff volume arrives', () => {
    pending()
      .after(breakIt('diffReadsFail'))
      .when(attach)
      .then({ log: [29], snapshots: {}, isPending: false, access: 'online' });
  });

  it('waits anew after being taken offline and online again', () => {
    pending()
      .after(wait(FIVE_MINUTES_MS - 1))
      .when(takeOffline)
      .then({ events: ['volumeDismounted', 'pendingEnded', 'volumeWentOffline'] })
      .after(wait(FIVE_MINUTES_MS), bringOnline, wait(FIVE_MINUTES_MS - 1))
      .then({ isPending: true })
      .when(attach)
      .then({ snapshots: { 1: 'AA......' } });
  });
});

describe('a cluster', () => {
  it('takes the volume offline: event 113', () => {
    given()
      .after(create)
      .when(prepareOffline)
      .then({
        events: ['clusterOfflinePrepared', 'eventLogged', 'volumeDismounted', 'volumeWentOffline'],
        log: [113],
        access: 'offlineForCluster',
      });
  });

  it('brings it online without harm once the failover is finished', () => {
    givenProtected()
      .after(create, prepareOffline, finishFailover)
      .when(bringOnline)
      .then({ fault: 0, access: 'online', chain: '1', log: [] });
  });

  it('has no harm to do to a volume without snapshots', () => {
    givenProtected().after(prepareOffline).when(bringOnline).then({ fault: 0, access: 'online' });
  });

  it('is told twice, or told to finish what it has not prepared: refused', () => {
    given()
      .when(finishFailover)
      .then({ refused: { code: 'clusterNotPrepared' } })
      .after(prepareOffline)
      .when(prepareOffline)
      .then({ refused: { code: 'clusterPreparedAlready' } });
    given()
      .after(takeOffline)
      .when(prepareOffline)
      .then({ refused: { code: 'volumeOfflineAlready' } });
  });
});

describe('the diff volume', () => {
  it('detached while offline is no fault yet: the next bringOnline meets it', () => {
    givenProtected()
      .after(create, takeOffline)
      .when(detach)
      .then({ events: ['diffVolumeDetached'], fault: 0 })
      .when(bringOnline)
      .then({ fault: 1, log: [80] });
  });

  it('back before the volume comes online was never missed', () => {
    givenProtected().after(create, takeOffline, detach, attach).when(bringOnline).then({ fault: 0, log: [] });
  });

  it('can be neither detached nor attached twice', () => {
    given()
      .when(attach)
      .then({ refused: { code: 'diffVolumePresentAlready' } })
      .after(detach)
      .when(detach)
      .then({ refused: { code: 'diffVolumeAbsent' } });
  });
});

describe('the same commands', () => {
  it('give the same events and the same machine', () => {
    const commands = [
      ...[write(0, 'A'), create, write(0, 'B', 3), takeOffline, detach, bringOnline, wait(7), attach],
    ];
    const [one, other] = [given().when(...commands), given().when(...commands)];
    expect(one.events).toEqual(other.events);
    expect(one.machine).toEqual(other.machine);
  });
});
