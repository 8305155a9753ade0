import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/core/command';
import {
  breakIt,
  burst,
  create,
  given,
  givenProtected,
  read,
  repair,
  resize,
  takeOffline,
  wait,
  write,
} from '../given';

const GROWING = { initialBlocks: 4, maximumBlocks: 12 };
const FULL_AT_MAXIMUM = { initialBlocks: 2, maximumBlocks: 2 };
const FULL_AT_VOLUME = { initialBlocks: 2, maximumBlocks: null, diffVolumeBlocks: 2 };

describe('growth', () => {
  it('starts after a copy when fewer than 4 slots are free', () => {
    given()
      .after(create)
      .when(burst(0, 4))
      .then({ slots: '1111....', isGrowing: false })
      .when(write(4, 'A'))
      .then({ slots: '11111...', isGrowing: true });
  });

  it('adds one step when its time is over, not before', () => {
    given(GROWING)
      .after(create, write(0, 'A'))
      // It starts once the copy is recorded, and overwriting takes 1 of its 8 milliseconds.
      .when(wait(6))
      .then({ slots: '1...', isGrowing: true })
      .when(wait(1))
      .then({ events: ['timePassed', 'growthCompleted'], slots: '1.......', isGrowing: false });
  });

  it('takes ten times as long under growthSlow', () => {
    given(GROWING)
      .after(create, breakIt('growthSlow'), write(0, 'A'))
      .when(wait(78))
      .then({ slots: '1...', isGrowing: true })
      .when(wait(1))
      .then({ slots: '1.......' });
  });

  it('completes in the middle of a write, while it reads or copies', () => {
    given(GROWING)
      .after(create, write(0, 'A'), write(1, 'B'))
      .when(write(2, 'C'))
      .then({
        events: [
          ...(['writeRequested', 'gatePassed', 'blockLookedUp', 'memoryAllocated', 'slotTaken'] as const),
          ...(['oldBlockRead', 'blockCopied', 'copyRecorded', 'growthCompleted'] as const),
          ...(['blockOverwritten', 'writeCompleted'] as const),
        ],
        slots: '111.....',
      });
  });

  it('completes while a read takes its time', () => {
    given(GROWING)
      .after(create, write(0, 'A'), wait(6))
      .when(read(0))
      .then({ events: ['readCompleted', 'growthCompleted'], slots: '1.......' });
  });

  it('does not start when a step fits the maximum or the diff volume no longer', () => {
    given({ initialBlocks: 4, maximumBlocks: 7 })
      .after(create)
      .when(write(0, 'A'))
      .then({ isGrowing: false });
    given({ initialBlocks: 4, maximumBlocks: 8 }).after(create).when(write(0, 'A')).then({ isGrowing: true });
    given({ initialBlocks: 4, maximumBlocks: null, diffVolumeBlocks: 7 })
      .after(create)
      .when(write(0, 'A'))
      .then({ isGrowing: false });
    given({ initialBlocks: 4, maximumBlocks: null, diffVolumeBlocks: 8 })
      .after(create)
      .when(write(0, 'A'))
      .then({ isGrowing: true });
  });

  it('is refused by growthRefused, and the slots that are left go on', () => {
    given(GROWING)
      .after(create, breakIt('growthRefused'))
      .when(burst(0, 4))
      .then({ slots: '1111', isGrowing: false, requests: ['ok', 'ok', 'ok', 'ok'], log: [] });
  });

  it('is abandoned when it is refused by the time it ends', () => {
    given(GROWING)
      .after(create, write(0, 'A'), breakIt('growthRefused'))
      .when(wait(10))
      .then({ events: ['timePassed', 'growthAbandoned', 'timePassed'], slots: '1...' });
  });

  it('is abandoned when the maximum has been lowered meanwhile', () => {
    given(GROWING)
      .after(create, write(0, 'A'), resize(6))
      .when(wait(10))
      .then({ events: ['timePassed', 'growthAbandoned', 'timePassed'], slots: '1...' });
  });

  it('goes on while the volume is offline', () => {
    given(GROWING).after(create, write(0, 'A'), takeOffline).when(wait(10)).then({ slots: '1.......' });
  });

  it('ends with the last snapshot', () => {
    given(GROWING)
      .after(create, write(0, 'A'))
      .when({ type: 'deleteSnapshot', snapshot: 1 })
      .then({ isGrowing: false, slots: '' });
  });
});

describe('a slot that is needed when none is free', () => {
  it('is waited for by the write that has to start the growth itself', () => {
    given({ initialBlocks: 2, maximumBlocks: 2 })
      .after(create, burst(0, 2), resize(16))
      .when(write(2, 'A'))
      .then({
        events: [
          ...(['writeRequested', 'gatePassed', 'blockLookedUp', 'memoryAllocated'] as const),
          ...(['growthStarted', 'timePassed', 'growthCompleted'] as const),
          ...(['slotTaken', 'oldBlockRead', 'blockCopied', 'copyRecorded', 'growthStarted'] as const),
          ...(['blockOverwritten', 'writeCompleted'] as const),
        ],
        slots: '111...',
        tookMs: 8 + 4,
      });
  });

  it('while growth is under way: the writes outran it, fault 9', () => {
    givenProtected({ initialBlocks: 2, maximumBlocks: 16 })
      .after(create, breakIt('growthSlow'))
      .when(burst(0, 3))
      .then({ requests: ['ok', 'ok', 'STATUS_IO_TIMEOUT'], log: [88], fault: 9 });
  });

  it('after growth was refused: fault 10', () => {
    givenProtected({ initialBlocks: 2, maximumBlocks: 16 })
      .after(create, breakIt('growthRefused'))
      .when(burst(0, 3))
      .then({ requests: ['ok', 'ok', 'STATUS_UNSUCCESSFUL'], log: [89], fault: 10 });
  });

  it('after the growth that was refused can start again: no fault', () => {
    givenProtected({ initialBlocks: 2, maximumBlocks: 16 })
      .after(create, breakIt('growthRefused'), burst(0, 2), repair('growthRefused'))
      .when(write(2, 'A'))
      .then({ requests: ['ok'], log: [], slots: '111...' });
  });

  it('when nothing can grow: fault 8, by plain writing, with nothing broken', () => {
    givenProtected(FULL_AT_MAXIMUM)
      .after(create)
      .when(burst(0, 3))
      .then({
        requests: ['ok', 'ok', 'STATUS_DISK_FULL'],
        log: [87],
        fault: 8,
        snapshots: { 1: '........' },
      });
    givenProtected(FULL_AT_VOLUME)
      .after(create)
      .when(burst(0, 3))
      .then({ requests: ['ok', 'ok', 'STATUS_DISK_FULL'], log: [87], fault: 8 });
  });

  it('when growth is refused and would not fit either: fault 8, not 10', () => {
    givenProtected(FULL_AT_MAXIMUM)
      .after(create, breakIt('growthRefused'))
      .when(burst(0, 3))
      .then({ log: [87], fault: 8 });
  });
});

describe('fault 8 at level ORIGINAL_VOLUME', () => {
  const threeSnapshots: readonly Command[] = [
    create,
    write(0, 'A'),
    create,
    write(0, 'B'),
    create,
    write(0, 'C'),
  ];
  const settings = { initialBlocks: 3, maximumBlocks: 3 };

  it('at the maximum: deletes the oldest snapshot, as many as it takes for one slot', () => {
    given(settings)
      .after(...threeSnapshots)
      .when(write(1, 'D'))
      .then({
        log: [38, 33],
        requests: ['ok'],
        live: 'CD......',
        snapshots: { 2: 'A.......', 3: 'B.......' },
        slots: '323',
      })
      .when(write(2, 'E'))
      .then({ log: [38, 33], slots: '333', snapshots: { 3: 'B.......' } });
  });

  it('at the maximum: when only the newest is left, all are lost', () => {
    given(settings)
      .after(...threeSnapshots, write(1, 'D'), write(2, 'E'))
      .when(write(3, 'F'))
      .then({ log: [38, 36], requests: ['ok'], live: 'CDEF....', snapshots: {}, slots: '' });
  });

  it('at the maximum: goes past snapshots that free nothing', () => {
    given({ initialBlocks: 2, maximumBlocks: 2 })
      .after(create, create, create, burst(0, 2))
      .when(write(2, 'A'))
      .then({ log: [38, 33, 33, 36], snapshots: {}, live: 'xxA.....' });
  });

  it('at the capacity of the diff volume: warns, and loses all', () => {
    given({ initialBlocks: 3, maximumBlocks: null, diffVolumeBlocks: 3 })
      .after(...threeSnapshots)
      .when(write(1, 'D'))
      .then({ log: [24, 35], requests: ['ok'], live: 'CD......', snapshots: {}, slots: '' });
  });

  it('purges nothing at level SNAPSHOT', () => {
    givenProtected(settings)
      .after(...threeSnapshots)
      .when(write(1, 'D'))
      .then({
        log: [87],
        snapshots: { 1: '........', 2: 'A.......', 3: 'B.......' },
        live: 'C.......',
      });
  });

  it('counts the snapshots that were lost', () => {
    const laboratory = given(settings).after(...threeSnapshots, write(1, 'D'));
    expect(laboratory.machine.snapshotsLost).toBe(1);
  });
});
