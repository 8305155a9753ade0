import { assert } from '../assert';
import { newestArea, setAllocated, type Draft } from '../draft';
import { NO_CHANGE, type Changes, type EventOf } from './change';

type SnapshotEventType =
  | 'writesFrozen'
  | 'volumeFlushed'
  | 'snapshotInstalled'
  | 'writesReleased'
  | 'snapshotDeleted'
  | 'snapshotsLost'
  | 'revertStarted'
  | 'blockReverted'
  | 'revertCompleted';

function markAreas(draft: Draft, snapshots: readonly number[], exists: boolean): void {
  draft.areas = draft.areas.map((area) => (snapshots.includes(area.snapshot) ? { ...area, exists } : area));
}

/** Deleted by a limit, not by request: the snapshot counts as lost. */
function lostByLimit({ reason }: EventOf<'snapshotDeleted'>): number {
  return reason === 'userLimit' || reason === 'countLimit' ? 1 : 0;
}

export const SNAPSHOT_CHANGES = {
  writesFrozen: {
    apply(draft) {
      draft.frozen = true;
    },
    revoke(draft) {
      draft.frozen = false;
    },
  },
  volumeFlushed: NO_CHANGE,
  snapshotInstalled: {
    apply(draft, { snapshot, createdAtMs, allocatedBlocks }) {
      draft.areas = [...draft.areas, { snapshot, exists: true, copies: 0, createdAtMs }];
      draft.nextSnapshot += 1;
      setAllocated(draft, draft.allocated + allocatedBlocks);
    },
    revoke(draft, { snapshot, allocatedBlocks }) {
      assert(newestArea(draft).snapshot === snapshot, 'the newest snapshot is undone first');
      draft.areas = draft.areas.slice(0, -1);
      draft.nextSnapshot -= 1;
      setAllocated(draft, draft.allocated - allocatedBlocks);
    },
  },
  writesReleased: {
    apply(draft) {
      draft.frozen = false;
    },
    revoke(draft) {
      draft.frozen = true;
    },
  },
  snapshotDeleted: {
    apply(draft, event) {
      draft.snapshotsLost += lostByLimit(event);
      markAreas(draft, [event.snapshot], false);
    },
    revoke(draft, event) {
      draft.snapshotsLost -= lostByLimit(event);
      markAreas(draft, [event.snapshot], true);
    },
  },
  snapshotsLost: {
    apply(draft, { snapshots }) {
      draft.snapshotsLost += snapshots.length;
      markAreas(draft, snapshots, false);
    },
    revoke(draft, { snapshots }) {
      draft.snapshotsLost -= snapshots.length;
      markAreas(draft, snapshots, true);
    },
  },
  revertStarted: NO_CHANGE,
  blockReverted: {
    apply: (draft, { block, stamp }) => draft.live.set(block, stamp),
    revoke: (draft, { block, replacedStamp }) => draft.live.set(block, replacedStamp),
  },
  revertCompleted: NO_CHANGE,
} satisfies Changes<SnapshotEventType>;
