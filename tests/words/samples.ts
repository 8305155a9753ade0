import type { Event, EventType } from '../../src/core/event';
import type { Area, WriteRequest } from '../../src/core/machine';
import type { Refusal, RefusalCode } from '../../src/core/refusal';

// One list a type, so that a type without samples does not compile. Numbers are as long as they can get.

const BLOCK = 1_048_575;

const REQUEST: WriteRequest = {
  block: 1_048_572,
  count: 4,
  stamp: 7,
  stage: 'complete',
  done: 4,
  slot: null,
};
const AREA: Area = { snapshot: 512, exists: false, copies: 3, createdAtMs: 12 };
const TAKES = { tookMs: 1 };
const STAMPS = { stamp: 7, replacedStamp: 3 };
const STATUS = 'STATUS_INSUFFICIENT_RESOURCES';

type Samples = { readonly [Type in EventType]: readonly (Event & { readonly type: Type })[] };

export const EVENTS: Samples = {
  writeRequested: [{ type: 'writeRequested', block: BLOCK, count: 1, stamp: 7 }],
  writeTurnedAway: [{ type: 'writeTurnedAway', status: 'STATUS_DEVICE_NOT_CONNECTED', request: REQUEST }],
  gatePassed: [{ type: 'gatePassed' }],
  blockLookedUp: (['firstWriteSinceSnapshot', 'alreadyCopied', 'noSnapshot'] as const).map((reason) => ({
    type: 'blockLookedUp',
    block: BLOCK,
    copyNeeded: reason === 'firstWriteSinceSnapshot',
    reason,
    before: { stage: 'lookUp', slot: null },
  })),
  memoryAllocated: [{ type: 'memoryAllocated', block: BLOCK }],
  slotTaken: [{ type: 'slotTaken', block: BLOCK, slot: 1_048_000 }],
  oldBlockRead: [{ type: 'oldBlockRead', block: BLOCK, stamp: 7, ...TAKES }],
  blockCopied: [{ type: 'blockCopied', block: BLOCK, slot: 1_048_000, ...STAMPS, ...TAKES }],
  copyRecorded: [{ type: 'copyRecorded', block: BLOCK, slot: 1_048_000, snapshot: 512, older: 0, ...TAKES }],
  blockOverwritten: [{ type: 'blockOverwritten', block: BLOCK, ...STAMPS, ...TAKES }],
  writeCompleted: [{ type: 'writeCompleted', request: REQUEST }],
  writeFailed: [{ type: 'writeFailed', fault: 4, status: STATUS, request: REQUEST }],
  readCompleted: [
    { type: 'readCompleted', block: BLOCK, from: 'live', path: [{ place: 'live' }], stamp: 7, ...TAKES },
    {
      type: 'readCompleted',
      block: BLOCK,
      from: { snapshot: 512 },
      path: [{ place: 'area', snapshot: 512, retained: false, slot: 1_048_000 }],
      stamp: 7,
      ...TAKES,
    },
    {
      type: 'readCompleted',
      block: BLOCK,
      from: { snapshot: 512 },
      path: [{ place: 'area', snapshot: 512, retained: true, slot: null }, { place: 'live' }],
      stamp: 7,
      ...TAKES,
    },
  ],
  readFailed: [
    { type: 'readFailed', block: BLOCK, from: 'live', status: 'STATUS_DEVICE_NOT_CONNECTED' },
    { type: 'readFailed', block: BLOCK, from: { snapshot: 512 }, status: 'STATUS_DEVICE_DATA_ERROR' },
  ],
  growthStarted: [{ type: 'growthStarted', completesAtMs: 3_723_004 }],
  growthRefused: [{ type: 'growthRefused' }],
  growthCompleted: [{ type: 'growthCompleted', addedBlocks: 4096, completesAtMs: 12 }],
  growthAbandoned: [{ type: 'growthAbandoned', completesAtMs: 12 }],
  diffAreaResized: [
    { type: 'diffAreaResized', from: 32, to: 1_048_000, allocatedFrom: 8, allocatedTo: 8 },
    { type: 'diffAreaResized', from: null, to: 1, allocatedFrom: 8, allocatedTo: 1 },
  ],
  areaReleased: [{ type: 'areaReleased', area: AREA, slots: [{ slot: 1, block: BLOCK, older: 0 }] }],
  diffAreaReleased: [{ type: 'diffAreaReleased', allocated: 1_048_000, growth: null }],
  writesFrozen: [{ type: 'writesFrozen' }],
  volumeFlushed: [{ type: 'volumeFlushed' }],
  snapshotInstalled: [{ type: 'snapshotInstalled', snapshot: 512, createdAtMs: 12, allocatedBlocks: 8 }],
  writesReleased: [{ type: 'writesReleased' }],
  snapshotDeleted: (['requested', 'userLimit', 'countLimit', 'revert'] as const).map((reason) => ({
    type: 'snapshotDeleted',
    snapshot: 512,
    reason,
  })),
  snapshotsLost: [
    { type: 'snapshotsLost', snapshots: [512], reason: { kind: 'fault', fault: 7 } },
    { type: 'snapshotsLost', snapshots: [510, 511, 512], reason: { kind: 'protectionLeft' } },
    { type: 'snapshotsLost', snapshots: [1, 2, 3, 4, 5], reason: { kind: 'unusedDeleted' } },
  ],
  revertStarted: [{ type: 'revertStarted', snapshot: 512 }],
  blockReverted: [{ type: 'blockReverted', block: BLOCK, ...STAMPS, ...TAKES }],
  revertCompleted: [{ type: 'revertCompleted', snapshot: 512, blocks: BLOCK }],
  levelChanged: [
    { type: 'levelChanged', from: 'ORIGINAL_VOLUME', to: 'SNAPSHOT' },
    { type: 'levelChanged', from: 'SNAPSHOT', to: 'ORIGINAL_VOLUME' },
  ],
  faultMet: ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] as const).map((fault) => ({
    type: 'faultMet',
    fault,
    level: 'ORIGINAL_VOLUME',
  })),
  faultRecorded: [{ type: 'faultRecorded', fault: 8 }],
  faultCleared: (['clear', 'arrival', 'protectionLeft'] as const).map((by) => ({
    type: 'faultCleared',
    fault: 1,
    by,
  })),
  eventLogged: [{ type: 'eventLogged', eventId: 87 }],
  volumeDismounted: [{ type: 'volumeDismounted' }],
  volumeWentOffline: (['offlineByAdministrator', 'offlineForCluster', 'offlineForProtection'] as const).map(
    (access) => ({ type: 'volumeWentOffline', access, before: 'online' }),
  ),
  detectionStarted: [{ type: 'detectionStarted' }],
  volumeCameOnline: [{ type: 'volumeCameOnline', before: 'offlineForProtection', bounced: 3 }],
  snapshotsPending: [{ type: 'snapshotsPending', untilMs: 300_031 }],
  snapshotsActivated: [{ type: 'snapshotsActivated', untilMs: 300_031 }],
  pendingEnded: [{ type: 'pendingEnded', untilMs: 300_031 }],
  diffVolumeDetached: [{ type: 'diffVolumeDetached' }],
  diffVolumeAttached: [{ type: 'diffVolumeAttached' }],
  conditionBroken: [{ type: 'conditionBroken', condition: { name: 'liveBadBlock', block: BLOCK } }],
  conditionRepaired: [{ type: 'conditionRepaired', condition: { name: 'diffReadsFail' } }],
  externalWriteRefused: [{ type: 'externalWriteRefused', block: BLOCK }],
  externalWriteLanded: [{ type: 'externalWriteLanded', block: BLOCK, ...STAMPS }],
  clusterOfflinePrepared: [{ type: 'clusterOfflinePrepared' }],
  clusterFailoverFinished: [{ type: 'clusterFailoverFinished' }],
  unexpectedErrorOccurred: [{ type: 'unexpectedErrorOccurred' }],
  timePassed: [{ type: 'timePassed', tookMs: 300_000 }],
};

export const ALL_EVENTS: readonly Event[] = Object.values(EVENTS).flat();

type RefusalOf<Code extends RefusalCode> = Extract<Refusal, { readonly code: Code }>;

const REFUSALS: { readonly [Code in RefusalCode]: readonly RefusalOf<Code>[] } = {
  blockOutsideVolume: [{ code: 'blockOutsideVolume', block: 64, blockCount: 64 }],
  blockOutsideDiffVolume: [{ code: 'blockOutsideDiffVolume', block: -1, blockCount: 64 }],
  countInvalid: [{ code: 'countInvalid', count: 0 }],
  contentTooLong: [{ code: 'contentTooLong', sizeBytes: 16_400, limitBytes: 16_384 }],
  durationInvalid: [{ code: 'durationInvalid', durationMs: -5 }],
  maximumInvalid: [{ code: 'maximumInvalid', maximumBlocks: 1.5, hresult: 'E_INVALIDARG' }],
  writeInProgress: [{ code: 'writeInProgress' }],
  snapshotUnknown: [{ code: 'snapshotUnknown', snapshot: 12 }],
  snapshotsPending: [{ code: 'snapshotsPending' }],
  volumeOffline: [{ code: 'volumeOffline' }],
  volumeOfflineForProtection: [{ code: 'volumeOfflineForProtection' }],
  volumeOnlineAlready: [{ code: 'volumeOnlineAlready' }],
  volumeOfflineAlready: [{ code: 'volumeOfflineAlready' }],
  levelUnchanged: [{ code: 'levelUnchanged', hresult: 'S_OK' }],
  notFaulted: [{ code: 'notFaulted', hresult: 'S_OK' }],
  nothingUnused: [{ code: 'nothingUnused', hresult: 'S_OK' }],
  maximumUnchanged: [{ code: 'maximumUnchanged', hresult: 'S_OK' }],
  maximumBelowUse: [{ code: 'maximumBelowUse', neededBlocks: 9, hresult: 'VSS_E_INSUFFICIENT_STORAGE' }],
  maximumZeroInUse: [{ code: 'maximumZeroInUse', hresult: 'VSS_E_VOLUME_IN_USE' }],
  noRoomForSnapshot: (['maximum', 'diffVolume', 'growth'] as const).map((limitedBy) => ({
    code: 'noRoomForSnapshot',
    limitedBy,
    eventId: 23,
  })),
  diffVolumeAbsent: [{ code: 'diffVolumeAbsent', eventId: 22 }],
  diffVolumePresentAlready: [{ code: 'diffVolumePresentAlready' }],
  storageUnusable: [{ code: 'storageUnusable', eventId: 28 }],
  storageUnreadable: [{ code: 'storageUnreadable' }],
  brokenAlready: [{ code: 'brokenAlready' }],
  notBroken: [{ code: 'notBroken' }],
  clusterPreparedAlready: [{ code: 'clusterPreparedAlready' }],
  clusterNotPrepared: [{ code: 'clusterNotPrepared' }],
};

export const ALL_REFUSALS: readonly Refusal[] = Object.values(REFUSALS).flat();
