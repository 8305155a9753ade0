import type { EventId } from '../../catalogue/event-id';
import type { RuleId } from '../../catalogue/rule';
import type { Condition, SwitchCondition } from '../../condition';
import { growthLimit } from '../../decide/growth';
import { openDraft } from '../../draft';
import type { FaultNumber } from '../../fault';
import type { Machine } from '../../machine';
import { STARTING_LEVELS } from '../../scenario';
import type { AreaLimit, Cause } from './cause';
import {
  because,
  brokenSince,
  commanded,
  following,
  state,
  type Inquiry,
  type Occurrence,
  type Reason,
  type Reasons,
} from './inquiry';
import { copyNeeded } from './of-write';

type FaultMet = Occurrence<'faultMet'>;

/** The condition behind a fault, where there is exactly one, and the rule of the stage of a copy that it stops. */
const CONDITIONS: Readonly<
  Partial<Record<FaultNumber, { readonly name: SwitchCondition; readonly stage: RuleId | null }>>
> = {
  2: { name: 'diffReadsFail', stage: null },
  3: { name: 'diffMetadataCorrupt', stage: 'copyIsRecorded' },
  4: { name: 'kernelMemoryExhausted', stage: 'memoryBeforeCopy' },
  5: { name: 'pageFileTooSmall', stage: 'memoryBeforeCopy' },
  7: { name: 'diffDataWritesFail', stage: 'oldBlockIsCopied' },
  10: { name: 'growthRefused', stage: 'growFailed' },
  12: { name: 'diffFileSystemDamaged', stage: null },
  13: { name: 'diffMetadataWritesFail', stage: 'copyIsRecorded' },
};

/** What keeps the diff area of a machine from growing by a step; `null` when it can. */
export function areaLimitOf(machine: Machine): AreaLimit | null {
  const limitedBy = growthLimit(openDraft(machine));
  if (limitedBy === null) return null;
  const { maximumBlocks, settings, allocated } = machine;
  const atMaximum = limitedBy === 'maximum' && maximumBlocks !== null;
  return { allocated, limitedBy, limitBlocks: atMaximum ? maximumBlocks : settings.diffVolumeBlocks };
}

/** The level at which the fault struck is a cause of what it did, if somebody set it. */
function levelSet(inquiry: Inquiry, at: FaultMet): readonly Cause[] {
  if (at.event.level === STARTING_LEVELS[inquiry.world]) return [];
  const rule = at.event.level === 'SNAPSHOT' ? 'snapshotLevelKeepsSnapshots' : 'originalLevelGivesSnapshots';
  return [because(rule, inquiry.latest(at, 'levelChanged'))];
}

/** A stage of a copy could not be done: why not, and why the copy was needed. */
function metByCopy(inquiry: Inquiry, at: FaultMet, causes: readonly Cause[]): readonly Cause[] {
  return [...causes, ...levelSet(inquiry, at), ...copyNeeded(inquiry, at, 'copyBeforeOverwrite')];
}

function metByOwnCommand(inquiry: Inquiry, at: FaultMet, causes: readonly Cause[]): readonly Cause[] {
  return [...causes, ...levelSet(inquiry, at), commanded(at)];
}

/** Coming online examines the diff area and finds what is wrong with it. */
function metByDetection(inquiry: Inquiry, at: FaultMet, cause: Cause): readonly Cause[] {
  const detection = inquiry.latestOfCommand(at, 'detectionStarted');
  return [cause, ...levelSet(inquiry, at), ...following(inquiry, 'detectionOrder', detection)];
}

function brokenCondition(
  inquiry: Inquiry,
  at: FaultMet,
  condition: Condition,
  stage: RuleId | null,
): readonly Cause[] {
  const broken = brokenSince(inquiry, at, condition);
  const isDetected = inquiry.previous(at)?.type === 'detectionStarted';
  if (!isDetected) return metByCopy(inquiry, at, [because(stage, broken)]);
  const isAgain = at.entry.record.instruction.command.type === 'clearProtectionFault';
  return metByDetection(inquiry, at, because(isAgain ? 'unrepairedStrikesAgain' : null, broken));
}

/** The diff volume is not there: noticed on coming online, or when the wait for it ends without it. */
function missing(inquiry: Inquiry, at: FaultMet): readonly Cause[] {
  const detached = because('missingAtOnline', inquiry.latest(at, 'diffVolumeDetached'));
  const previous = inquiry.previous(at)?.type;
  if (previous === 'detectionStarted') return metByDetection(inquiry, at, detached);
  const pending = inquiry.latest(at, 'snapshotsPending');
  if (previous === 'levelChanged') {
    return [because('protectingPendingStrikes', pending), detached, commanded(at)];
  }
  if (inquiry.machineBefore(at).request?.stage !== 'lookUp') {
    return metByOwnCommand(inquiry, at, [because('pendingFiveMinutes', pending), detached]);
  }
  const installed = because('copyOnFirstWriteOnly', inquiry.latest(at, 'snapshotInstalled'));
  const write = following(inquiry, null, inquiry.latest(at, 'writeRequested'));
  return [
    because('pendingEndsAtFirstCopy', pending),
    detached,
    installed,
    ...levelSet(inquiry, at),
    ...write,
  ];
}

function full(inquiry: Inquiry, at: FaultMet): readonly Cause[] {
  const limit = areaLimitOf(inquiry.machineBefore(at));
  const causes = limit === null ? [] : [state('diffAreaFull', { kind: 'areaCannotGrow', ...limit })];
  return metByCopy(inquiry, at, causes);
}

function tooSlow(inquiry: Inquiry, at: FaultMet): readonly Cause[] {
  const started = because('growTooSlow', inquiry.latest(at, 'growthStarted'));
  const isSlow = inquiry.machineBefore(at).conditions.broken.has('growthSlow');
  const slow = isSlow ? [because('growthTakesTime', brokenSince(inquiry, at, { name: 'growthSlow' }))] : [];
  return metByCopy(inquiry, at, [started, ...slow]);
}

/** The bad block is the one whose old content had to be read. */
function unreadable(inquiry: Inquiry, at: FaultMet): readonly Cause[] {
  const block = inquiry.latest(at, 'blockLookedUp')?.event.block ?? 0;
  return brokenCondition(inquiry, at, { name: 'liveBadBlock', block }, 'oldBlockIsRead');
}

/** The write itself is the cause, whether it landed or was refused for what it would have done. */
function foreignWrite(inquiry: Inquiry, at: FaultMet): readonly Cause[] {
  const isRefused = inquiry.latestOfCommand(at, 'externalWriteRefused') !== null;
  return [...levelSet(inquiry, at), commanded(at, isRefused ? 'externalWriteRefused' : 'externalWriteLands')];
}

const faultMet: Reason<'faultMet'> = (inquiry, at) => {
  const { fault } = at.event;
  const condition = CONDITIONS[fault];
  if (condition !== undefined) return brokenCondition(inquiry, at, { name: condition.name }, condition.stage);
  switch (fault) {
    case 1:
      return missing(inquiry, at);
    case 6:
      return unreadable(inquiry, at);
    case 8:
      return full(inquiry, at);
    case 9:
      return tooSlow(inquiry, at);
    case 14:
      return metByOwnCommand(inquiry, at, [
        because('removedAtOnce', inquiry.latestOfCommand(at, 'diffVolumeDetached')),
      ]);
    case 15:
      return foreignWrite(inquiry, at);
    case 16:
      return metByDetection(
        inquiry,
        at,
        because('clusterMount', inquiry.latest(at, 'clusterOfflinePrepared')),
      );
    default:
      return metByOwnCommand(inquiry, at, [
        because('unexpectedErrorAtOnce', inquiry.latestOfCommand(at, 'unexpectedErrorOccurred')),
      ]);
  }
};

const faultCleared: Reason<'faultCleared'> = (inquiry, at) => {
  switch (at.event.by) {
    case 'clear':
      return [commanded(at, 'clearDismountsAndResets')];
    case 'protectionLeft':
      return [commanded(at, 'leavingGivesSnapshotsUp')];
    case 'arrival':
      return [
        because('missingHealsItself', inquiry.latestOfCommand(at, 'diffVolumeAttached')),
        commanded(at),
      ];
  }
};

const eventLogged: Reason<'eventLogged'> = (inquiry, at) => {
  const { eventId } = at.event;
  if (eventId === 58) return [state('countLimit', snapshotLimit(inquiry, at)), commanded(at)];
  const met = eventId === 113 ? null : inquiry.latestOfCommand(at, 'faultMet');
  if (met === null) return [commanded(at, eventId === 113 ? null : 'lowerMaximumDeletesOldest')];
  return following(inquiry, ruleOfEvent(eventId, met.event.fault), met);
};

function ruleOfEvent(eventId: EventId, fault: FaultNumber): RuleId {
  if (eventId === 79 + fault) return 'eventIdIs79PlusFault';
  if (eventId === 33 || eventId === 38) return 'fullAtMaximum';
  if (eventId === 36) return 'newestAloneAtMaximum';
  return fault === 8 ? 'fullAtVolume' : 'originalEventFitsByWording';
}

export function snapshotLimit(
  inquiry: Inquiry,
  at: Occurrence,
): { readonly kind: 'snapshotLimit'; readonly limit: number } {
  return { kind: 'snapshotLimit', limit: inquiry.machineBefore(at).settings.snapshotLimit };
}

export const FAULT_REASONS = {
  faultMet,
  faultRecorded: (inquiry, at) => following(inquiry, 'faultIsRecorded', inquiry.latest(at, 'faultMet')),
  faultCleared,
  eventLogged,
  levelChanged: (_, at) => [commanded(at)],
} satisfies Partial<Reasons>;
