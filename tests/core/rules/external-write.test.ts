import { describe, expect, it } from 'vitest';
import {
  clear,
  create,
  detach,
  externalWrite,
  given,
  givenProtected,
  readSnapshot,
  takeOffline,
  unexpectedError,
  write,
} from '../given';

const OUTSIDE = 8;

describe('another program that writes into the diff area', () => {
  it('is refused at level SNAPSHOT and changes nothing, and fault 15 strikes at once', () => {
    const laboratory = givenProtected()
      .after(write(0, 'A'), create, write(0, 'B'))
      .when(externalWrite(0))
      .then({
        events: ['externalWriteRefused', 'faultMet', 'faultRecorded', 'eventLogged', 'volumeWentOffline'],
        log: [94],
        fault: 15,
        snapshots: { 1: 'A.......' },
      });
    expect(laboratory.diffVolume).toBe('A...............');
    laboratory.after(clear).when(readSnapshot(1, 0)).then({ reads: 'A' });
  });

  it('lands where the snapshots were at level ORIGINAL_VOLUME', () => {
    const laboratory = given()
      .after(write(0, 'A'), create, write(0, 'B'))
      .when(externalWrite(0))
      .then({
        events: [
          ...(['faultMet', 'eventLogged', 'snapshotsLost', 'areaReleased', 'diffAreaReleased'] as const),
          'externalWriteLanded',
        ],
        log: [119],
        snapshots: {},
        access: 'online',
      });
    expect(laboratory.diffVolume).toBe('#...............');
  });

  it('hits a slot that is allocated, also when it holds no copy', () => {
    givenProtected().after(create).when(externalWrite(7)).then({ fault: 15 });
  });

  it('strikes also while the volume is offline', () => {
    givenProtected()
      .after(create, takeOffline)
      .when(externalWrite(0))
      .then({ fault: 15, access: 'offlineForProtection' });
    given()
      .after(create, takeOffline)
      .when(externalWrite(0))
      .then({ log: [119], chain: '' });
  });
});

describe('another program that writes beside the diff area', () => {
  it('harms nothing, at either level', () => {
    for (const laboratory of [given(), givenProtected()]) {
      laboratory
        .after(create)
        .when(externalWrite(OUTSIDE))
        .then({ events: ['externalWriteLanded'], fault: 0, chain: '1' });
      expect(laboratory.diffVolume).toBe('........#.......');
    }
  });

  it('is overwritten when the diff area grows there and a copy needs the slot', () => {
    const laboratory = givenProtected({ initialBlocks: 4, growthStepBlocks: 4 })
      .after(externalWrite(4), create, write(0, 'A', 4), write(4, 'B', 2))
      .then({ fault: 0, snapshots: { 1: '........' } });
    expect(laboratory.diffVolume.slice(0, 6)).toBe('......');
  });

  it('is refused outside the diff volume, or when that is absent', () => {
    for (const block of [-1, 16, 0.5]) {
      given()
        .when(externalWrite(block))
        .then({ refused: { code: 'blockOutsideDiffVolume', block, blockCount: 16 } });
    }
    given()
      .after(detach)
      .when(externalWrite(0))
      .then({ refused: { code: 'diffVolumeAbsent' } });
  });
});

describe('an unexpected error', () => {
  it('strikes at once, without a documented event at level ORIGINAL_VOLUME', () => {
    given()
      .after(create)
      .when(unexpectedError)
      .then({
        events: ['unexpectedErrorOccurred', 'faultMet', 'snapshotsLost', 'areaReleased', 'diffAreaReleased'],
        log: [],
        chain: '',
      });
    givenProtected()
      .after(create)
      .when(unexpectedError)
      .then({ fault: 11, log: [90], chain: '1' });
  });

  it('strikes also while the volume is offline', () => {
    givenProtected()
      .after(create, takeOffline)
      .when(unexpectedError)
      .then({ fault: 11, access: 'offlineForProtection' });
  });
});
