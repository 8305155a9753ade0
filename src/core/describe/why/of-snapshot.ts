import type { RuleId } from '../../catalogue/rule';
import type { EventType } from '../../event';
import type { Cause } from './cause';
import {
  because,
  brokenSince,
  commanded,
  following,
  state,
  writeInHand,
  type Inquiry,
  type Occurrence,
  type Reason,
  type Reasons,
} from './inquiry';
import { areaLimitOf, snapshotLimit } from './of-fault';
import { lastLoss } from './of-write';

/** Growth is considered after a copy; a write that finds no slot at all starts it and waits. */
function growthConsidered(inquiry: Inquiry, at: Occurrence): readonly Cause[] {
  const { request, allocated, used } = inquiry.machineBefore(at);
  const rule: RuleId = request?.stage === 'space' ? 'writeWaitsForOwnGrowth' : 'growthStartsBelowFourFree';
  const slots = state(rule, { kind: 'slotsFree', free: allocated - used, allocated });
  return [slots, ...writeInHand(inquiry, at)];
}

const growthStarted: Reason<'growthStarted'> = (inquiry, at) => {
  const isSlow = inquiry.machineBefore(at).conditions.broken.has('growthSlow');
  const slow = isSlow ? [because('growthTakesTime', brokenSince(inquiry, at, { name: 'growthSlow' }))] : [];
  return [...slow, ...growthConsidered(inquiry, at)];
};

const growthAbandoned: Reason<'growthAbandoned'> = (inquiry, at) => {
  const machine = inquiry.machineBefore(at);
  const limit = areaLimitOf(machine);
  const causes: Cause[] = [];
  if (!machine.diffVolumePresent) causes.push(because(null, inquiry.latest(at, 'diffVolumeDetached')));
  else if (limit !== null) {
    causes.push(state('usedWithinAllocatedWithinMaximum', { kind: 'areaCannotGrow', ...limit }));
  } else causes.push(because('growFailed', brokenSince(inquiry, at, { name: 'growthRefused' })));
  return [...causes, ...following(inquiry, null, inquiry.latest(at, 'growthStarted'))];
};

/** Deleted to make room: because the diff area was full, or because its maximum was lowered. */
function purged(inquiry: Inquiry, at: Occurrence, rule: RuleId): readonly Cause[] {
  const met = inquiry.latestOfCommand(at, 'faultMet');
  return met === null ? [commanded(at, 'lowerMaximumDeletesOldest')] : following(inquiry, rule, met);
}

const snapshotDeleted: Reason<'snapshotDeleted'> = (inquiry, at) => {
  switch (at.event.reason) {
    case 'requested':
      return [commanded(at)];
    case 'userLimit':
      return purged(inquiry, at, 'fullAtMaximum');
    case 'countLimit':
      return [state('countLimit', snapshotLimit(inquiry, at)), commanded(at)];
    case 'revert':
      return [commanded(at, 'revertReleasesNewerAreas')];
  }
};

const snapshotsLost: Reason<'snapshotsLost'> = (inquiry, at) => {
  switch (at.event.reason.kind) {
    case 'fault':
      return lostToFault(inquiry, at);
    case 'protectionLeft':
      return [commanded(at, 'leavingGivesSnapshotsUp')];
    case 'unusedDeleted':
      return [because('deleteUnusedDestroys', inquiry.latest(at, 'volumeWentOffline')), commanded(at)];
    case 'maximumLowered':
      return [commanded(at, 'lowerMaximumDeletesOldest')];
  }
};

/** Which rule gives up all of them: the event logged last tells how the diff area was full. */
function lostToFault(inquiry: Inquiry, at: Occurrence): readonly Cause[] {
  const met = inquiry.latestOfCommand(at, 'faultMet');
  const logged = inquiry.latestOfCommand(at, 'eventLogged')?.event.eventId;
  if (logged === 36) return purged(inquiry, at, 'newestAloneAtMaximum');
  const isFull = met?.event.fault === 8;
  return following(inquiry, isFull ? 'fullAtVolume' : 'originalLevelGivesSnapshots', met);
}

const areaReleased: Reason<'areaReleased'> = (inquiry, at) =>
  inquiry.latestOfCommand(at, 'revertStarted') === null
    ? following(inquiry, 'areaReleased', lastLoss(inquiry, at))
    : [commanded(at, 'revertReleasesNewerAreas')];

/** The wait for the diff volume ends with the snapshots, with a fault, or because the volume goes offline. */
const pendingEnded: Reason<'pendingEnded'> = (inquiry, at) => {
  const ended = inquiry.latestOfCommand<EventType>(at, 'snapshotsLost', 'snapshotDeleted', 'faultMet');
  return ended === null ? [commanded(at)] : following(inquiry, null, ended);
};

const createdByCommand: Reason = (_, at) => [commanded(at, 'createFreezesWrites')];

export const SNAPSHOT_REASONS = {
  growthStarted,
  growthRefused: (inquiry, at) => [
    because('growFailed', brokenSince(inquiry, at, { name: 'growthRefused' })),
    ...growthConsidered(inquiry, at),
  ],
  growthCompleted: (inquiry, at) =>
    following(inquiry, 'growthTakesTime', inquiry.latest(at, 'growthStarted')),
  growthAbandoned,
  diffAreaResized: (_, at) => [commanded(at, 'usedWithinAllocatedWithinMaximum')],
  areaReleased,
  diffAreaReleased: (inquiry, at) => following(inquiry, 'lastSnapshotReleasesArea', lastLoss(inquiry, at)),
  writesFrozen: createdByCommand,
  volumeFlushed: createdByCommand,
  snapshotInstalled: createdByCommand,
  writesReleased: createdByCommand,
  snapshotDeleted,
  snapshotsLost,
  pendingEnded,
  revertStarted: (_, at) => [commanded(at)],
  blockReverted: (_, at) => [commanded(at, 'revertMakesNoCopies')],
  revertCompleted: (_, at) => [commanded(at)],
} satisfies Partial<Reasons>;
