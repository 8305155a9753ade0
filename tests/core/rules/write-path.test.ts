import { describe, expect, it } from 'vitest';
import type { EventType } from '../../../src/core/event';
import {
  breakBlock,
  breakIt,
  burst,
  create,
  detach,
  externalWrite,
  given,
  givenProtected,
  read,
  readSnapshot,
  repair,
  repairBlock,
  write,
  type Case,
} from '../given';

const COPY: readonly EventType[] = [
  'blockLookedUp',
  'memoryAllocated',
  'slotTaken',
  'oldBlockRead',
  'blockCopied',
  'copyRecorded',
];

describe('the stages of a write', () => {
  it('come in this order for a first write', () => {
    given()
      .after(create)
      .when(write(0, 'A'))
      .then({
        events: ['writeRequested', 'gatePassed', ...COPY, 'blockOverwritten', 'writeCompleted'],
        // Live read, diff write, table write, live write.
        tookMs: 4,
      });
  });

  it('save every block of a request before any of them is overwritten', () => {
    given()
      .after(write(2, 'A', 3), create)
      .when(write(2, 'B', 3))
      .then({
        events: [
          ...(['writeRequested', 'gatePassed', ...COPY, ...COPY, ...COPY] as const),
          ...(['blockOverwritten', 'blockOverwritten', 'blockOverwritten', 'writeCompleted'] as const),
        ],
        live: '..BBB...',
        snapshots: { 1: '..AAA...' },
        slots: '111.....',
      });
  });

  it('leave out the copy of blocks that were copied before', () => {
    given()
      .after(create, write(1, 'A'))
      .when(write(0, 'B', 3))
      .then({
        events: [
          ...(['writeRequested', 'gatePassed', ...COPY, 'blockLookedUp', ...COPY] as const),
          ...(['blockOverwritten', 'blockOverwritten', 'blockOverwritten', 'writeCompleted'] as const),
        ],
        snapshots: { 1: '........' },
      });
  });

  it('tell what they moved where', () => {
    const events = given().after(write(6, 'A'), create).when(write(6, 'B')).events;
    expect(events).toMatchObject([
      { type: 'writeRequested', block: 6, count: 1, stamp: 2 },
      { type: 'gatePassed' },
      { type: 'blockLookedUp', block: 6 },
      { type: 'memoryAllocated', block: 6 },
      { type: 'slotTaken', block: 6, slot: 0 },
      { type: 'oldBlockRead', block: 6, stamp: 1 },
      { type: 'blockCopied', block: 6, slot: 0, stamp: 1, replacedStamp: 0 },
      { type: 'copyRecorded', block: 6, slot: 0, snapshot: 1, older: 0 },
      { type: 'blockOverwritten', block: 6, stamp: 2, replacedStamp: 1 },
      { type: 'writeCompleted' },
    ]);
  });

  it('take the time that the settings say', () => {
    const timing = { liveReadMs: 3, liveWriteMs: 5, diffWriteMs: 7, tableWriteMs: 11, growMs: 1 };
    given({ timing })
      .after(create)
      .when(write(0, 'A', 2))
      .then({ tookMs: 2 * (3 + 7 + 11) + 2 * 5 });
  });

  it('are the same for every write of a burst', () => {
    given()
      .after(create)
      .when(burst(2, 2))
      .then({
        events: [
          ...(['writeRequested', 'gatePassed', ...COPY, 'blockOverwritten', 'writeCompleted'] as const),
          ...(['writeRequested', 'gatePassed', ...COPY, 'blockOverwritten', 'writeCompleted'] as const),
        ],
        live: '..xx....',
        requests: ['ok', 'ok'],
      });
  });
});

describe('a write that fails', () => {
  it('changes no live block, and the copies it made stay', () => {
    givenProtected()
      .after(write(0, 'A', 4), create, breakBlock(2))
      .when(write(0, 'B', 4))
      .then({
        requests: ['STATUS_DEVICE_DATA_ERROR'],
        live: 'AAAA....',
        slots: '11......',
        snapshots: { 1: 'AAAA....' },
      });
  });

  it('still used up the stamps of its contents', () => {
    const laboratory = givenProtected().after(create, breakBlock(0), write(0, 'A', 3));
    expect(laboratory.machine.nextStamp).toBe(4);
  });
});

describe('a write whose snapshots are given up on the way', () => {
  it('looks the block up again, overwrites it and completes', () => {
    given()
      .after(write(0, 'A', 2), create, breakIt('diffDataWritesFail'))
      .when(write(0, 'B', 2))
      .then({
        events: [
          ...(['writeRequested', 'gatePassed', ...COPY.slice(0, 4)] as EventType[]),
          ...(['faultMet', 'eventLogged', 'snapshotsLost', 'areaReleased', 'diffAreaReleased'] as const),
          ...(['blockLookedUp', 'blockLookedUp', 'blockOverwritten', 'blockOverwritten'] as const),
          'writeCompleted',
        ],
        requests: ['ok'],
        live: 'BB......',
        snapshots: {},
      });
  });
});

describe('a bad block of the live volume', () => {
  it('is met by the first overwrite that needs its old content', () => {
    givenProtected()
      .after(write(0, 'A'), create, breakBlock(0))
      .when(write(1, 'B'), write(0, 'C'))
      .then({ requests: ['ok', 'STATUS_DEVICE_DATA_ERROR'], log: [85], fault: 6 });
  });

  it('does not keep a block from being overwritten once its old content is safe', () => {
    givenProtected()
      .after(create, write(0, 'A'), breakBlock(0))
      .when(write(0, 'B'))
      .then({ requests: ['ok'], live: 'B.......', fault: 0 });
  });

  it('fails reads of the live block, and of a snapshot that reads through to it', () => {
    given()
      .after(write(0, 'A', 2), create, write(1, 'B'), breakBlock(0), breakBlock(1))
      .when(read(0), readSnapshot(1, 0), readSnapshot(1, 1))
      .then({
        requests: ['STATUS_DEVICE_DATA_ERROR', 'STATUS_DEVICE_DATA_ERROR', 'ok'],
        reads: 'A',
        access: 'online',
        fault: 0,
      })
      .after(repairBlock(0))
      .when(read(0), readSnapshot(1, 0))
      .then({ reads: 'AA' });
  });
});

describe('a write stopped between two of its stages', () => {
  /** The events of a first write to a block, from its request to its completion. */
  const ALL = 10;
  const BEFORE_OVERWRITING = Array.from({ length: ALL - 2 }, (_, index) => index + 1);

  const original = (): Case => given().after(write(0, 'A', 2), create);
  const protect = (): Case => givenProtected().after(write(0, 'A', 2), create);

  it.each(BEFORE_OVERWRITING)(
    'after %i events: a fault from outside fails it, with nothing overwritten',
    (events) => {
      protect()
        .stoppedAfter(events, write(0, 'B'))
        .when(detach)
        .then({
          requests: ['STATUS_DEVICE_REMOVED'],
          live: 'AA......',
          snapshots: { 1: 'AA......' },
          access: 'offlineForProtection',
        });
    },
  );

  it('after its block was overwritten: it completes, whatever goes wrong', () => {
    protect()
      .stoppedAfter(ALL - 1, write(0, 'B'))
      .when(detach)
      .then({ requests: ['ok'], live: 'BA......', snapshots: { 1: 'AA......' }, fault: 14 });
  });

  it('after the first of two blocks was overwritten: it overwrites the other one too', () => {
    protect()
      .stoppedAfter(2 + 6 + 6 + 1, write(0, 'B', 2))
      .when(detach)
      .then({ requests: ['ok'], live: 'BB......', snapshots: { 1: 'AA......' }, fault: 14 });
  });

  it.each([...BEFORE_OVERWRITING, ALL - 1])(
    'after %i events: it completes without its snapshots at level ORIGINAL_VOLUME',
    (events) => {
      original()
        .stoppedAfter(events, write(0, 'B'))
        .when(detach)
        .then({ requests: ['ok'], live: 'BA......', snapshots: {}, access: 'online', log: [16] });
    },
  );

  it('meets what was broken while it stood still', () => {
    protect()
      .stoppedAfter(4, write(0, 'B'))
      .when(breakIt('diffDataWritesFail'))
      .then({ requests: ['STATUS_IO_DEVICE_ERROR'], fault: 7 });
  });

  it('does not meet what was repaired while it stood still', () => {
    protect()
      .after(breakIt('diffDataWritesFail'))
      .stoppedAfter(6, write(0, 'B'))
      .when(repair('diffDataWritesFail'))
      .then({ requests: ['ok'], fault: 0 });
  });

  it('does not meet what was broken after its stage', () => {
    protect()
      .stoppedAfter(8, write(0, 'B'))
      .when(breakIt('diffDataWritesFail'))
      .then({ requests: ['ok'], fault: 0, slots: '1.......' });
  });

  it.each([write(3, 'C'), read(0), create])('lets no other command in between: $type', (command) => {
    protect()
      .stoppedAfter(4, write(0, 'B'))
      .when(command)
      .then({ refused: { code: 'writeInProgress' }, events: [] });
  });

  it('stands still as long as what is asked in between is refused', () => {
    protect()
      .stoppedAfter(4, write(0, 'B'))
      .when(repair('growthSlow'))
      .then({ refused: { code: 'notBroken' }, events: [] })
      .when(breakIt('growthSlow'))
      .then({ requests: ['ok'], live: 'BA......' });
  });

  it('takes an external write beside the diff area without harm', () => {
    protect()
      .stoppedAfter(4, write(0, 'B'))
      .when(externalWrite(12))
      .then({ requests: ['ok'], snapshots: { 1: 'AA......' } });
  });
});
