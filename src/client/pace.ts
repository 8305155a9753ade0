import type { Event, EventType } from '../core/event';

/** The stages in which something moves get time to be followed; bookkeeping between them is short. Milliseconds at 1x. */
const MOVING_MS = 620;
const MARKING_MS = 400;
const BRIEF_MS = 170;

/** When more stages than this pass in a second, they are merged: nothing on the stage may flash. */
export const MOST_STAGES_PER_S = 6;

/** How long a stage lasts at 1x, on the average of a write with a copy. */
export const TYPICAL_STAGE_MS = 400;

const PACE: Partial<Record<EventType, number>> = {
  writeRequested: 340,
  writeTurnedAway: MOVING_MS,
  blockLookedUp: 320,
  oldBlockRead: MOVING_MS,
  blockCopied: MOVING_MS,
  copyRecorded: MARKING_MS,
  blockOverwritten: MARKING_MS,
  writeCompleted: MARKING_MS,
  writeFailed: MOVING_MS,
  readCompleted: MOVING_MS,
  readFailed: MOVING_MS,
  growthStarted: MARKING_MS,
  growthCompleted: MARKING_MS,
  growthRefused: MARKING_MS,
  growthAbandoned: MARKING_MS,
  diffAreaResized: MARKING_MS,
  snapshotInstalled: 700,
  snapshotDeleted: MOVING_MS,
  snapshotsLost: 1000,
  areaReleased: MARKING_MS,
  diffAreaReleased: MARKING_MS,
  blockReverted: 320,
  unexpectedErrorOccurred: MOVING_MS,
  detectionStarted: MARKING_MS,
  levelChanged: MARKING_MS,
  faultMet: 900,
  faultRecorded: 300,
  volumeWentOffline: 800,
  volumeCameOnline: MOVING_MS,
  diffVolumeDetached: MOVING_MS,
  diffVolumeAttached: MOVING_MS,
  conditionBroken: MOVING_MS,
  conditionRepaired: MOVING_MS,
  externalWriteRefused: MOVING_MS,
  externalWriteLanded: MOVING_MS,
};

/** Bookkeeping that passes too quickly to be read about while it plays. */
export function isBrief(event: Event): boolean {
  return (PACE[event.type] ?? BRIEF_MS) === BRIEF_MS;
}

/** How long a step lasts at 1x, in milliseconds: as long as the slower of the worlds needs. */
export function stepDurationMs(events: readonly (Event | null)[]): number {
  return Math.max(BRIEF_MS, ...events.map((event) => (event === null ? 0 : (PACE[event.type] ?? BRIEF_MS))));
}
