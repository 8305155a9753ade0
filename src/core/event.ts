import type { EventId } from './catalogue/event-id';
import type { NtStatusName } from './catalogue/status';
import type { Condition } from './condition';
import type { FaultNumber } from './fault';
import type { Access, Area, WriteRequest, WriteStage } from './machine';
import type { ProtectionLevel } from './protection';
import type { ReadSource } from './command';
import type { ReadPath } from './read-path';

/** What an area gives back when it is released: enough to undo the release. */
export interface ReleasedSlot {
  readonly slot: number;
  readonly block: number;
  /** `slot + 1` of the next older copy of the block, 0 for none. */
  readonly older: number;
}

export type SnapshotDeletionReason = 'requested' | 'userLimit' | 'countLimit' | 'revert';

/** Why all snapshots were lost at once. */
export type LossReason =
  | { readonly kind: 'fault'; readonly fault: FaultNumber }
  | { readonly kind: 'protectionLeft' }
  | { readonly kind: 'unusedDeleted' }
  | { readonly kind: 'maximumLowered' };

/**
 * What happened, in the past tense. Every stage of the write path is an event of its own. An event keeps what it
 * replaced wherever the machine alone could not tell, so that it can be undone. `tookMs` is virtual time.
 */
export type Event =
  // A host write, stage by stage.
  | {
      readonly type: 'writeRequested';
      readonly block: number;
      readonly count: number;
      readonly stamp: number;
    }
  | { readonly type: 'writeTurnedAway'; readonly status: NtStatusName; readonly request: WriteRequest }
  | { readonly type: 'gatePassed' }
  | {
      readonly type: 'blockLookedUp';
      readonly block: number;
      readonly copyNeeded: boolean;
      readonly reason: 'firstWriteSinceSnapshot' | 'alreadyCopied' | 'noSnapshot';
      /** Where the request stood: a block is looked up again when its snapshots went away in mid-copy. */
      readonly before: { readonly stage: WriteStage; readonly slot: number | null };
    }
  | { readonly type: 'memoryAllocated'; readonly block: number }
  | { readonly type: 'slotTaken'; readonly block: number; readonly slot: number }
  | { readonly type: 'oldBlockRead'; readonly block: number; readonly stamp: number; readonly tookMs: number }
  | {
      readonly type: 'blockCopied';
      readonly block: number;
      readonly slot: number;
      readonly stamp: number;
      readonly replacedStamp: number;
      readonly tookMs: number;
    }
  | {
      readonly type: 'copyRecorded';
      readonly block: number;
      readonly slot: number;
      readonly snapshot: number;
      readonly older: number;
      readonly tookMs: number;
    }
  | {
      readonly type: 'blockOverwritten';
      readonly block: number;
      readonly stamp: number;
      readonly replacedStamp: number;
      readonly tookMs: number;
    }
  | { readonly type: 'writeCompleted'; readonly request: WriteRequest }
  | {
      readonly type: 'writeFailed';
      readonly fault: FaultNumber;
      readonly status: NtStatusName;
      readonly request: WriteRequest;
    }

  // A read.
  | {
      readonly type: 'readCompleted';
      readonly block: number;
      readonly from: ReadSource;
      readonly path: ReadPath;
      readonly stamp: number;
      readonly tookMs: number;
    }
  | {
      readonly type: 'readFailed';
      readonly block: number;
      readonly from: ReadSource;
      readonly status: NtStatusName;
    }

  // The diff area.
  | { readonly type: 'growthStarted'; readonly completesAtMs: number }
  | { readonly type: 'growthRefused' }
  | { readonly type: 'growthCompleted'; readonly addedBlocks: number; readonly completesAtMs: number }
  | { readonly type: 'growthAbandoned'; readonly completesAtMs: number }
  | {
      readonly type: 'diffAreaResized';
      readonly from: number | null;
      readonly to: number | null;
      readonly allocatedFrom: number;
      readonly allocatedTo: number;
    }
  | { readonly type: 'areaReleased'; readonly area: Area; readonly slots: readonly ReleasedSlot[] }
  | {
      readonly type: 'diffAreaReleased';
      readonly allocated: number;
      readonly growth: { readonly completesAtMs: number } | null;
    }

  // Snapshots.
  | { readonly type: 'writesFrozen' }
  | { readonly type: 'volumeFlushed' }
  | {
      readonly type: 'snapshotInstalled';
      readonly snapshot: number;
      readonly createdAtMs: number;
      readonly allocatedBlocks: number;
    }
  | { readonly type: 'writesReleased' }
  | {
      readonly type: 'snapshotDeleted';
      readonly snapshot: number;
      readonly reason: SnapshotDeletionReason;
    }
  | { readonly type: 'snapshotsLost'; readonly snapshots: readonly number[]; readonly reason: LossReason }
  | { readonly type: 'revertStarted'; readonly snapshot: number }
  | {
      readonly type: 'blockReverted';
      readonly block: number;
      readonly stamp: number;
      readonly replacedStamp: number;
      readonly tookMs: number;
    }
  | { readonly type: 'revertCompleted'; readonly snapshot: number; readonly blocks: number }

  // Protection.
  | { readonly type: 'levelChanged'; readonly from: ProtectionLevel; readonly to: ProtectionLevel }
  | { readonly type: 'faultMet'; readonly fault: FaultNumber; readonly level: ProtectionLevel }
  | { readonly type: 'faultRecorded'; readonly fault: FaultNumber }
  | {
      readonly type: 'faultCleared';
      readonly fault: FaultNumber;
      readonly by: 'clear' | 'arrival' | 'protectionLeft';
    }
  /** A line of the System log, source volsnap. */
  | { readonly type: 'eventLogged'; readonly eventId: EventId }

  // The volumes and what surrounds them.
  | { readonly type: 'volumeDismounted' }
  | { readonly type: 'volumeWentOffline'; readonly access: Access; readonly before: Access }
  | { readonly type: 'detectionStarted' }
  | { readonly type: 'volumeCameOnline'; readonly before: Access; readonly bounced: number }
  | { readonly type: 'snapshotsPending'; readonly untilMs: number }
  | { readonly type: 'snapshotsActivated'; readonly untilMs: number }
  | { readonly type: 'pendingEnded'; readonly untilMs: number }
  | { readonly type: 'diffVolumeDetached' }
  | { readonly type: 'diffVolumeAttached' }
  | { readonly type: 'conditionBroken'; readonly condition: Condition }
  | { readonly type: 'conditionRepaired'; readonly condition: Condition }
  | { readonly type: 'externalWriteRefused'; readonly block: number }
  | {
      readonly type: 'externalWriteLanded';
      readonly block: number;
      readonly stamp: number;
      readonly replacedStamp: number;
    }
  | { readonly type: 'clusterOfflinePrepared' }
  | { readonly type: 'clusterFailoverFinished' }
  | { readonly type: 'unexpectedErrorOccurred' }
  | { readonly type: 'timePassed'; readonly tookMs: number };

export type EventType = Event['type'];
