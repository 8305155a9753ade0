import { describe, expect, it } from 'vitest';
import { create, detach, given, givenProtected, read, takeOffline, unexpectedError, write } from '../given';

const NOT_CONNECTED = 'STATUS_DEVICE_NOT_CONNECTED';

describe('the gate', () => {
  it('lets a write through while the volume is online', () => {
    given()
      .when(write(0, 'A'))
      .then({
        events: ['writeRequested', 'gatePassed', 'blockLookedUp', 'blockOverwritten', 'writeCompleted'],
        requests: ['ok'],
        live: 'A.......',
        tookMs: 1,
      });
  });

  it('turns writes and reads away at once while the volume is offline', () => {
    given()
      .after(write(0, 'A'), create, takeOffline)
      .when(write(0, 'B'), read(0))
      .then({
        events: ['writeRequested', 'writeTurnedAway', 'readFailed'],
        requests: [NOT_CONNECTED, NOT_CONNECTED],
        live: 'A.......',
        slots: '........',
        tookMs: 0,
      });
  });

  it('counts what bounces since the volume went offline', () => {
    const laboratory = givenProtected().after(create, detach, write(0, 'A'), read(0), write(1, 'B', 3));
    expect(laboratory.machine.host).toEqual({ completed: 0, failed: 3, bounced: 3 });
  });
});

describe('the look-up', () => {
  it('needs no copy without a snapshot', () => {
    given().after(write(0, 'A')).when(write(0, 'B')).then({ live: 'B.......', slots: '', tookMs: 1 });
  });

  it('needs a copy for the first write to a block after a snapshot, and for no later one', () => {
    given()
      .after(write(0, 'A'), create)
      .when(write(0, 'B'), write(0, 'C'), write(0, 'D'))
      .then({ live: 'D.......', snapshots: { 1: 'A.......' }, slots: '1.......' });
  });

  it('asks the newest area only: a copy in an older one is not enough', () => {
    given()
      .after(write(0, 'A'), create, write(0, 'B'), create)
      .when(write(0, 'C'))
      .then({ live: 'C.......', snapshots: { 1: 'A.......', 2: 'B.......' }, slots: '12......' });
  });

  it('gives copies to the newest area only', () => {
    given()
      .after(write(0, 'A', 8), create, create, create)
      .when(write(3, 'B'))
      .then({ slots: '3.......', snapshots: { 1: 'AAAAAAAA', 2: 'AAAAAAAA', 3: 'AAAAAAAA' } });
  });

  it('copies a block that was never written as well: zeros are content', () => {
    given()
      .after(create)
      .when(write(5, 'A'))
      .then({ slots: '1.......', snapshots: { 1: '........' } });
  });

  it('tells why it needs a copy or none', () => {
    const reasons = given()
      .when(write(0, 'A'), create, write(0, 'B'), write(0, 'C'))
      .events.flatMap((event) => (event.type === 'blockLookedUp' ? [[event.reason, event.copyNeeded]] : []));
    expect(reasons).toEqual([
      ['noSnapshot', false],
      ['firstWriteSinceSnapshot', true],
      ['alreadyCopied', false],
    ]);
  });
});

describe('what happens with no snapshot', () => {
  it.each([
    ['a diff volume that goes', detach],
    ['an unexpected error', unexpectedError],
  ])('%s is no fault', (_, command) => {
    givenProtected()
      .when(command, write(0, 'A'))
      .then({ log: [], fault: 0, access: 'online', requests: ['ok'] });
  });
});
