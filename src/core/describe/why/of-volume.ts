import type { RuleId } from '../../catalogue/rule';
import type { CommandType } from '../../command';
import type { Cause } from './cause';
import {
  because,
  commanded,
  following,
  state,
  type Inquiry,
  type Occurrence,
  type Reason,
  type Reasons,
} from './inquiry';

const byCommand: Reason = (_, at) => [commanded(at)];

function commandType(at: Occurrence): CommandType {
  return at.entry.record.instruction.command.type;
}

const DISMOUNT_RULES: Readonly<Partial<Record<CommandType, RuleId>>> = {
  clearProtectionFault: 'clearDismountsAndResets',
  setProtectionLevel: 'leavingGivesSnapshotsUp',
};

const volumeWentOffline: Reason<'volumeWentOffline'> = (inquiry, at) =>
  at.event.access === 'offlineForProtection'
    ? following(inquiry, 'snapshotLevelStopsIo', inquiry.latestOfCommand(at, 'faultMet'))
    : [commanded(at, 'adminOfflineIsNotProtection')];

/** Detection runs whenever the volume comes online, and for a diff volume that arrives late. */
const detectionStarted: Reason<'detectionStarted'> = (inquiry, at) => {
  if (commandType(at) === 'clearProtectionFault') return [commanded(at, 'clearRunsDetection')];
  if (commandType(at) === 'setProtectionLevel') return [commanded(at, 'leavingGivesSnapshotsUp')];
  if (commandType(at) !== 'attachDiffVolume') return [commanded(at)];
  const healed = inquiry.latestOfCommand(at, 'faultCleared');
  return healed === null
    ? [commanded(at, 'attachRunsDetection')]
    : following(inquiry, 'clearRunsDetection', healed);
};

/** The volume comes online when detection finds nothing wrong, or when the snapshots have been given up. */
const volumeCameOnline: Reason<'volumeCameOnline'> = (inquiry, at) => {
  const last = inquiry.latestOfCommand(at, 'faultMet', 'detectionStarted');
  return following(
    inquiry,
    last?.event.type === 'faultMet' ? 'originalLevelKeepsIo' : 'detectionOrder',
    last,
  );
};

const snapshotsPending: Reason<'snapshotsPending'> = (inquiry, at) => [
  because('pendingFiveMinutes', inquiry.latest(at, 'diffVolumeDetached')),
  ...following(inquiry, 'detectionOrder', inquiry.latestOfCommand(at, 'detectionStarted')),
];

const externalWriteLanded: Reason<'externalWriteLanded'> = (inquiry, at) => {
  const hitDiffArea = inquiry.latestOfCommand(at, 'faultMet') !== null;
  return [commanded(at, hitDiffArea ? 'externalWriteLands' : null)];
};

/** Time passes because somebody waits: the learner, a write for its growth, or this world for the other one. */
const timePassed: Reason<'timePassed'> = (inquiry, at) => {
  if (inquiry.machineBefore(at).request !== null) return waitForGrowth(inquiry, at);
  if (commandType(at) === 'wait' && inquiry.isAddressed(at)) return [commanded(at)];
  return [state(null, { kind: 'commonClock' }), commanded(at)];
};

function waitForGrowth(inquiry: Inquiry, at: Occurrence): readonly Cause[] {
  return following(inquiry, 'writeWaitsForOwnGrowth', inquiry.latest(at, 'growthStarted'));
}

export const VOLUME_REASONS = {
  volumeDismounted: (_, at) => [commanded(at, DISMOUNT_RULES[commandType(at)] ?? null)],
  volumeWentOffline,
  detectionStarted,
  volumeCameOnline,
  snapshotsPending,
  snapshotsActivated: (inquiry, at) => [
    because('pendingFiveMinutes', inquiry.latestOfCommand(at, 'diffVolumeAttached')),
    commanded(at),
  ],
  diffVolumeDetached: byCommand,
  diffVolumeAttached: byCommand,
  conditionBroken: byCommand,
  conditionRepaired: byCommand,
  externalWriteRefused: (_, at) => [commanded(at, 'externalWriteRefused')],
  externalWriteLanded,
  clusterOfflinePrepared: byCommand,
  clusterFailoverFinished: byCommand,
  unexpectedErrorOccurred: byCommand,
  timePassed,
} satisfies Partial<Reasons>;
