import { assert, unreachable } from './assert';
import { withBroken, withRepaired } from './condition';
import {
  closeDraft,
  countCopies,
  forgetCopy,
  newestArea,
  openDraft,
  recordCopy,
  releaseArea,
  requestOf,
  restoreArea,
  setAllocated,
  type Draft,
} from './draft';
import type { Event } from './event';
import type { Machine, WriteRequest, WriteStage } from './machine';

/** The machine after an event. The only place where a machine changes. */
export function evolve(machine: Machine, event: Event): Machine {
  const draft = openDraft(machine);
  apply(draft, event);
  return closeDraft(draft);
}

/** The machine before an event, given the machine after it. */
export function undo(machine: Machine, event: Event): Machine {
  const draft = openDraft(machine);
  revoke(draft, event);
  return closeDraft(draft);
}

function setRequest(draft: Draft, change: Partial<WriteRequest>): void {
  draft.request = { ...requestOf(draft), ...change };
}

/** The request goes on to its next block, or to the overwriting when all have been looked up and copied. */
function passBlock(draft: Draft): void {
  const request = requestOf(draft);
  const done = request.done + 1;
  const isLast = done === request.count;
  setRequest(draft, isLast ? { stage: 'overwrite', done: 0, slot: null } : { stage: 'lookUp', done, slot: null });
}

function unpassBlock(draft: Draft, stage: WriteStage, slot: number | null): void {
  const request = requestOf(draft);
  const done = request.stage === 'overwrite' ? request.count - 1 : request.done - 1;
  setRequest(draft, { stage, done, slot });
}

function passOverwrite(draft: Draft): void {
  const done = requestOf(draft).done + 1;
  setRequest(draft, done === requestOf(draft).count ? { stage: 'complete', done } : { done });
}

export function apply(draft: Draft, event: Event): void {
  if ('tookMs' in event) draft.clockMs += event.tookMs;
  switch (event.type) {
    case 'writeRequested':
      draft.request = {
        block: event.block,
        count: event.count,
        stamp: event.stamp,
        stage: 'gate',
        done: 0,
        slot: null,
      };
      draft.nextStamp += event.count;
      return;
    case 'writeTurnedAway':
      draft.request = null;
      draft.host = { ...draft.host, failed: draft.host.failed + 1, bounced: draft.host.bounced + 1 };
      return;
    case 'gatePassed':
      return setRequest(draft, { stage: 'lookUp' });
    case 'blockLookedUp':
      return event.copyNeeded ? setRequest(draft, { stage: 'memory' }) : passBlock(draft);
    case 'memoryAllocated':
      return setRequest(draft, { stage: 'space' });
    case 'slotTaken':
      return setRequest(draft, { stage: 'read', slot: event.slot });
    case 'oldBlockRead':
      return setRequest(draft, { stage: 'copy' });
    case 'blockCopied':
      draft.diffContents.set(event.slot, event.stamp);
      return setRequest(draft, { stage: 'record' });
    case 'copyRecorded':
      recordCopy(draft, event.block, event.slot, event.snapshot);
      countCopies(draft, event.snapshot, 1);
      return passBlock(draft);
    case 'blockOverwritten':
      draft.live.set(event.block, event.stamp);
      return passOverwrite(draft);
    case 'writeCompleted':
      draft.request = null;
      draft.host = { ...draft.host, completed: draft.host.completed + 1 };
      return;
    case 'writeFailed':
      draft.request = null;
      draft.host = { ...draft.host, failed: draft.host.failed + 1 };
      return;
    case 'readCompleted':
      draft.host = { ...draft.host, completed: draft.host.completed + 1 };
      return;
    case 'readFailed':
      draft.host = afterFailedRead(draft, event, 1);
      return;
    case 'growthStarted':
      draft.growth = { completesAtMs: event.completesAtMs };
      return;
    case 'growthCompleted':
      draft.growth = null;
      return setAllocated(draft, draft.allocated + event.addedBlocks);
    case 'growthAbandoned':
      draft.growth = null;
      return;
    case 'diffAreaResized':
      draft.maximumBlocks = event.to;
      return setAllocated(draft, event.allocatedTo);
    case 'areaReleased':
      return releaseArea(draft, event.area, event.slots);
    case 'diffAreaReleased':
      draft.growth = null;
      return setAllocated(draft, 0);
    case 'writesFrozen':
      draft.frozen = true;
      return;
    case 'snapshotInstalled':
      draft.areas = [
        ...draft.areas,
        { snapshot: event.snapshot, exists: true, copies: 0, createdAtMs: event.createdAtMs },
      ];
      draft.nextSnapshot += 1;
      return setAllocated(draft, draft.allocated + event.allocatedBlocks);
    case 'writesReleased':
      draft.frozen = false;
      return;
    case 'snapshotDeleted':
      if (event.reason === 'userLimit' || event.reason === 'countLimit') draft.snapshotsLost += 1;
      return markAreas(draft, [event.snapshot], false);
    case 'snapshotsLost':
      draft.snapshotsLost += event.snapshots.length;
      return markAreas(draft, event.snapshots, false);
    case 'blockReverted':
      draft.live.set(event.block, event.stamp);
      return;
    case 'levelChanged':
      draft.level = event.to;
      return;
    case 'faultRecorded':
      draft.fault = event.fault;
      return;
    case 'faultCleared':
      draft.fault = 0;
      return;
    case 'volumeWentOffline':
      draft.access = event.access;
      return;
    case 'volumeCameOnline':
      draft.access = 'online';
      draft.host = { ...draft.host, bounced: 0 };
      return;
    case 'snapshotsPending':
      draft.pendingUntilMs = event.untilMs;
      return;
    case 'snapshotsActivated':
    case 'pendingEnded':
      draft.pendingUntilMs = null;
      return;
    case 'diffVolumeDetached':
      draft.diffVolumePresent = false;
      return;
    case 'diffVolumeAttached':
      draft.diffVolumePresent = true;
      return;
    case 'conditionBroken':
      draft.conditions = withBroken(draft.conditions, event.condition);
      return;
    case 'conditionRepaired':
      draft.conditions = withRepaired(draft.conditions, event.condition);
      return;
    case 'externalWriteRefused':
      draft.nextStamp += 1;
      return;
    case 'externalWriteLanded':
      draft.nextStamp += 1;
      draft.diffContents.set(event.block, event.stamp);
      return;
    case 'clusterOfflinePrepared':
      draft.clusterOfflinePrepared = true;
      return;
    case 'clusterFailoverFinished':
      draft.clusterOfflinePrepared = false;
      return;
    case 'growthRefused':
    case 'volumeFlushed':
    case 'revertStarted':
    case 'revertCompleted':
    case 'faultMet':
    case 'eventLogged':
    case 'volumeDismounted':
    case 'detectionStarted':
    case 'unexpectedErrorOccurred':
    case 'timePassed':
      return;
    default:
      return unreachable(event);
  }
}

function revoke(draft: Draft, event: Event): void {
  if ('tookMs' in event) draft.clockMs -= event.tookMs;
  switch (event.type) {
    case 'writeRequested':
      draft.request = null;
      draft.nextStamp -= event.count;
      return;
    case 'writeTurnedAway':
      draft.request = event.request;
      draft.host = { ...draft.host, failed: draft.host.failed - 1, bounced: draft.host.bounced - 1 };
      return;
    case 'gatePassed':
      return setRequest(draft, { stage: 'gate' });
    case 'blockLookedUp':
      return event.copyNeeded
        ? setRequest(draft, event.before)
        : unpassBlock(draft, event.before.stage, event.before.slot);
    case 'memoryAllocated':
      return setRequest(draft, { stage: 'memory' });
    case 'slotTaken':
      return setRequest(draft, { stage: 'space', slot: null });
    case 'oldBlockRead':
      return setRequest(draft, { stage: 'read' });
    case 'blockCopied':
      draft.diffContents.set(event.slot, event.replacedStamp);
      return setRequest(draft, { stage: 'copy' });
    case 'copyRecorded':
      unpassBlock(draft, 'record', event.slot);
      countCopies(draft, event.snapshot, -1);
      return forgetCopy(draft, event.block, event.slot);
    case 'blockOverwritten':
      draft.live.set(event.block, event.replacedStamp);
      return setRequest(draft, { stage: 'overwrite', done: requestOf(draft).done - 1 });
    case 'writeCompleted':
      draft.request = event.request;
      draft.host = { ...draft.host, completed: draft.host.completed - 1 };
      return;
    case 'writeFailed':
      draft.request = event.request;
      draft.host = { ...draft.host, failed: draft.host.failed - 1 };
      return;
    case 'readCompleted':
      draft.host = { ...draft.host, completed: draft.host.completed - 1 };
      return;
    case 'readFailed':
      draft.host = afterFailedRead(draft, event, -1);
      return;
    case 'growthStarted':
      draft.growth = null;
      return;
    case 'growthCompleted':
      draft.growth = { completesAtMs: event.completesAtMs };
      return setAllocated(draft, draft.allocated - event.addedBlocks);
    case 'growthAbandoned':
      draft.growth = { completesAtMs: event.completesAtMs };
      return;
    case 'diffAreaResized':
      draft.maximumBlocks = event.from;
      return setAllocated(draft, event.allocatedFrom);
    case 'areaReleased':
      return restoreArea(draft, event.area, event.slots);
    case 'diffAreaReleased':
      draft.growth = event.growth;
      return setAllocated(draft, event.allocated);
    case 'writesFrozen':
      draft.frozen = false;
      return;
    case 'snapshotInstalled':
      assert(newestArea(draft).snapshot === event.snapshot, 'the newest snapshot is undone first');
      draft.areas = draft.areas.slice(0, -1);
      draft.nextSnapshot -= 1;
      return setAllocated(draft, draft.allocated - event.allocatedBlocks);
    case 'writesReleased':
      draft.frozen = true;
      return;
    case 'snapshotDeleted':
      if (event.reason === 'userLimit' || event.reason === 'countLimit') draft.snapshotsLost -= 1;
      return markAreas(draft, [event.snapshot], true);
    case 'snapshotsLost':
      draft.snapshotsLost -= event.snapshots.length;
      return markAreas(draft, event.snapshots, true);
    case 'blockReverted':
      draft.live.set(event.block, event.replacedStamp);
      return;
    case 'levelChanged':
      draft.level = event.from;
      return;
    case 'faultRecorded':
      draft.fault = 0;
      return;
    case 'faultCleared':
      draft.fault = event.fault;
      return;
    case 'volumeWentOffline':
      draft.access = event.before;
      return;
    case 'volumeCameOnline':
      draft.access = event.before;
      draft.host = { ...draft.host, bounced: event.bounced };
      return;
    case 'snapshotsPending':
      draft.pendingUntilMs = null;
      return;
    case 'snapshotsActivated':
    case 'pendingEnded':
      draft.pendingUntilMs = event.untilMs;
      return;
    case 'diffVolumeDetached':
      draft.diffVolumePresent = true;
      return;
    case 'diffVolumeAttached':
      draft.diffVolumePresent = false;
      return;
    case 'conditionBroken':
      draft.conditions = withRepaired(draft.conditions, event.condition);
      return;
    case 'conditionRepaired':
      draft.conditions = withBroken(draft.conditions, event.condition);
      return;
    case 'externalWriteRefused':
      draft.nextStamp -= 1;
      return;
    case 'externalWriteLanded':
      draft.nextStamp -= 1;
      draft.diffContents.set(event.block, event.replacedStamp);
      return;
    case 'clusterOfflinePrepared':
      draft.clusterOfflinePrepared = false;
      return;
    case 'clusterFailoverFinished':
      draft.clusterOfflinePrepared = true;
      return;
    case 'growthRefused':
    case 'volumeFlushed':
    case 'revertStarted':
    case 'revertCompleted':
    case 'faultMet':
    case 'eventLogged':
    case 'volumeDismounted':
    case 'detectionStarted':
    case 'unexpectedErrorOccurred':
    case 'timePassed':
      return;
    default:
      return unreachable(event);
  }
}

function markAreas(draft: Draft, snapshots: readonly number[], exists: boolean): void {
  draft.areas = draft.areas.map((area) => (snapshots.includes(area.snapshot) ? { ...area, exists } : area));
}

/** A read that a blocked volume turns away counts among the requests that bounced. */
function afterFailedRead(draft: Draft, event: Event & { type: 'readFailed' }, change: 1 | -1): Draft['host'] {
  const bounced = event.status === 'STATUS_DEVICE_NOT_CONNECTED' ? change : 0;
  return { ...draft.host, failed: draft.host.failed + change, bounced: draft.host.bounced + bounced };
}
