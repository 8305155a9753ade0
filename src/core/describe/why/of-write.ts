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

/** The gate is shut: when it was shut, and why that was. */
function shutGate(inquiry: Inquiry, at: Occurrence): readonly Cause[] {
  return following(inquiry, 'gate', inquiry.latest(at, 'volumeWentOffline'));
}

const blockLookedUp: Reason<'blockLookedUp'> = (inquiry, at) => {
  const { block, reason } = at.event;
  const write = writeInHand(inquiry, at);
  if (reason === 'noSnapshot') return [...withoutSnapshot(inquiry, at), ...write];
  const newest = inquiry.machineBefore(at).areas.at(-1)?.snapshot;
  if (reason === 'alreadyCopied') {
    const isCopy = (copy: { readonly block: number; readonly snapshot: number }): boolean =>
      copy.block === block && copy.snapshot === newest;
    return [because('copyOnFirstWriteOnly', inquiry.latest(at, 'copyRecorded', isCopy)), ...write];
  }
  const installed = inquiry.latest(at, 'snapshotInstalled', ({ snapshot }) => snapshot === newest);
  return [because('copyOnFirstWriteOnly', installed), ...write];
};

function withoutSnapshot(inquiry: Inquiry, at: Occurrence): readonly Cause[] {
  if (inquiry.machineBefore(at).nextSnapshot === 1) {
    return [state('noCopyWithoutSnapshot', { kind: 'noSnapshotYet' })];
  }
  const lost = inquiry.latest(at, 'diffAreaReleased');
  return lost === null
    ? [because('noCopyWithoutSnapshot', null)]
    : [because('noCopyWithoutSnapshot', lost), because('lastSnapshotReleasesArea', lastLoss(inquiry, lost))];
}

export function lastLoss(inquiry: Inquiry, at: Occurrence): Occurrence | null {
  return inquiry.latestOfCommand<EventType>(at, 'snapshotsLost', 'snapshotDeleted');
}

/** A stage of a copy: done since the block was found to need one. */
function stageOfCopy<Type extends EventType>(rule: RuleId): Reason<Type> {
  return (inquiry, at) => copyNeeded(inquiry, at, rule);
}

export function copyNeeded(inquiry: Inquiry, at: Occurrence, rule: RuleId): readonly Cause[] {
  return following(inquiry, rule, inquiry.latest(at, 'blockLookedUp'));
}

/** A block may be overwritten once it is copied and recorded, or once no copy is needed. */
const blockOverwritten: Reason<'blockOverwritten'> = (inquiry, at) => {
  const { block } = at.event;
  const isOneOfMany = (inquiry.machineBefore(at).request?.count ?? 1) > 1;
  const rule: RuleId = isOneOfMany ? 'wholeRequestCopiedFirst' : 'copyBeforeOverwrite';
  const lookedUp = inquiry.latest(at, 'blockLookedUp', (event) => event.block === block);
  if (lookedUp === null) return [because(rule, null)];
  // That no copy is needed is explained by what follows, not by the rule for those that are.
  if (!lookedUp.event.copyNeeded) return following(inquiry, null, lookedUp);
  const recorded = inquiry.latest(at, 'copyRecorded', (event) => event.block === block);
  return [because(rule, recorded), ...following(inquiry, 'copyIsRecorded', lookedUp)];
};

/** A write goes through although its copy failed: that is what protection off means. */
const writeCompleted: Reason<'writeCompleted'> = (inquiry, at) => {
  const requested = inquiry.latest(at, 'writeRequested');
  const met = inquiry.latestOfCommand(at, 'faultMet');
  if (met !== null && requested !== null && met.position > requested.position) {
    return following(inquiry, 'originalLevelKeepsIo', met);
  }
  return [because(null, inquiry.latest(at, 'blockOverwritten')), ...writeInHand(inquiry, at)];
};

const readCompleted: Reason<'readCompleted'> = (inquiry, at) => {
  const { from, block, path } = at.event;
  if (from === 'live') return [state('liveReadNeedsOnline', { kind: 'volumeOnline' }), commanded(at)];
  const read = state('readPath', { kind: 'readPath', block, snapshot: from.snapshot, path });
  const last = path.at(-1);
  if (last?.place !== 'area') return [read, commanded(at)];
  const { slot } = last;
  const copied = inquiry.latest(at, 'copyRecorded', (event) => event.block === block && event.slot === slot);
  return [read, because('copyIsRecorded', copied), commanded(at)];
};

const readFailed: Reason<'readFailed'> = (inquiry, at) => {
  const { status, block } = at.event;
  if (status === 'STATUS_DEVICE_NOT_CONNECTED') return shutGate(inquiry, at);
  if (status === 'STATUS_DEVICE_DATA_ERROR') {
    return [
      because('badBlockFailsReads', brokenSince(inquiry, at, { name: 'liveBadBlock', block })),
      commanded(at),
    ];
  }
  return [
    because('snapshotReadNeedsStorage', brokenSince(inquiry, at, { name: 'diffReadsFail' })),
    commanded(at),
  ];
};

export const WRITE_REASONS = {
  writeRequested: (_, at) => [commanded(at)],
  writeTurnedAway: (inquiry, at) => shutGate(inquiry, at),
  gatePassed: (inquiry, at) => [state('gate', { kind: 'volumeOnline' }), ...writeInHand(inquiry, at)],
  blockLookedUp,
  memoryAllocated: stageOfCopy('memoryBeforeCopy'),
  slotTaken: stageOfCopy('slotBeforeCopy'),
  oldBlockRead: stageOfCopy('oldBlockIsRead'),
  blockCopied: stageOfCopy('oldBlockIsCopied'),
  copyRecorded: stageOfCopy('copyIsRecorded'),
  blockOverwritten,
  writeCompleted,
  writeFailed: (inquiry, at) => following(inquiry, 'snapshotLevelStopsIo', inquiry.latest(at, 'faultMet')),
  readCompleted,
  readFailed,
} satisfies Partial<Reasons>;
