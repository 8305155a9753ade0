import type { Event, EventType } from '../event';

/** What an event is about, for marks on the timeline and for the log. */
export type EventKind =
  | 'write'
  | 'copy'
  | 'read'
  | 'growth'
  | 'snapshot'
  | 'loss'
  | 'block'
  | 'protection'
  | 'log'
  | 'environment'
  | 'time';

/** The kind of each event, and how much it matters to a listener: of a beat only the highest is announced. */
const KINDS: Readonly<Record<EventType, readonly [kind: EventKind, weight: number]>> = {
  timePassed: ['time', 0],
  gatePassed: ['write', 1],
  memoryAllocated: ['copy', 1],
  writesFrozen: ['snapshot', 1],
  volumeFlushed: ['snapshot', 1],
  writesReleased: ['snapshot', 1],
  writeRequested: ['write', 2],
  slotTaken: ['copy', 2],
  oldBlockRead: ['copy', 2],
  blockReverted: ['snapshot', 2],
  revertStarted: ['snapshot', 2],
  volumeDismounted: ['environment', 2],
  detectionStarted: ['environment', 2],
  pendingEnded: ['environment', 2],
  eventLogged: ['log', 2],
  blockLookedUp: ['write', 3],
  growthStarted: ['growth', 3],
  areaReleased: ['growth', 3],
  diffAreaReleased: ['growth', 3],
  blockCopied: ['copy', 4],
  growthCompleted: ['growth', 4],
  growthRefused: ['growth', 4],
  growthAbandoned: ['growth', 4],
  blockOverwritten: ['write', 5],
  writeCompleted: ['write', 6],
  readCompleted: ['read', 6],
  copyRecorded: ['copy', 7],
  diffAreaResized: ['growth', 7],
  conditionBroken: ['environment', 7],
  conditionRepaired: ['environment', 7],
  diffVolumeDetached: ['environment', 7],
  diffVolumeAttached: ['environment', 7],
  clusterOfflinePrepared: ['environment', 7],
  clusterFailoverFinished: ['environment', 7],
  unexpectedErrorOccurred: ['environment', 7],
  externalWriteRefused: ['environment', 7],
  externalWriteLanded: ['environment', 7],
  snapshotInstalled: ['snapshot', 8],
  snapshotDeleted: ['snapshot', 8],
  revertCompleted: ['snapshot', 9],
  writeTurnedAway: ['block', 8],
  readFailed: ['read', 8],
  writeFailed: ['write', 8],
  levelChanged: ['protection', 9],
  faultMet: ['protection', 9],
  faultRecorded: ['protection', 9],
  faultCleared: ['protection', 9],
  volumeCameOnline: ['environment', 10],
  snapshotsActivated: ['environment', 10],
  snapshotsPending: ['environment', 11],
  volumeWentOffline: ['environment', 12],
  snapshotsLost: ['loss', 13],
};

/** An alert interrupts a listener: a snapshot is lost, or the live volume takes no more I/O. */
export function alertOf(event: Event): 'loss' | 'block' | null {
  if (event.type === 'snapshotsLost') return 'loss';
  if (event.type === 'snapshotDeleted') {
    return event.reason === 'userLimit' || event.reason === 'countLimit' ? 'loss' : null;
  }
  return event.type === 'volumeWentOffline' && event.access === 'offlineForProtection' ? 'block' : null;
}

export function kindOfEvent(event: Event): EventKind {
  return alertOf(event) ?? KINDS[event.type][0];
}

function weightOf(event: Event): number {
  return alertOf(event) === null ? KINDS[event.type][1] : KINDS.snapshotsLost[1];
}

/** The one event of a beat that is worth saying: the weightiest, and of those the last. `null` for an empty beat. */
export function spokenEvent(events: readonly Event[]): Event | null {
  let spoken: Event | null = null;
  for (const event of events) {
    if (spoken === null || weightOf(event) >= weightOf(spoken)) spoken = event;
  }
  return spoken;
}
