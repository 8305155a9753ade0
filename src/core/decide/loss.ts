import { required } from '../assert';
import { slotsOfArea } from '../draft';
import type { LossReason, SnapshotDeletionReason } from '../event';
import { existingSnapshots } from '../machine';
import type { Run } from './run';

/** Releases every area that no existing snapshot reads through, and the whole diff area with the last snapshot. */
function releaseUnreadAreas(run: Run): void {
  let oldest = run.state.areas[0];
  while (oldest !== undefined && !oldest.exists) {
    run.happen({ type: 'areaReleased', area: oldest, slots: slotsOfArea(run.state, oldest.snapshot) });
    oldest = run.state.areas[0];
  }
  if (run.state.areas.length > 0) return;
  if (run.state.pendingUntilMs !== null) {
    run.happen({ type: 'pendingEnded', untilMs: run.state.pendingUntilMs });
  }
  run.happen({ type: 'diffAreaReleased', allocated: run.state.allocated, growth: run.state.growth });
}

/** Deletes one snapshot; its area goes as soon as no older snapshot reads through it (event 106). */
export function deleteOne(run: Run, snapshot: number, reason: SnapshotDeletionReason): void {
  run.happen({ type: 'snapshotDeleted', snapshot, reason });
  releaseUnreadAreas(run);
}

export function loseAll(run: Run, reason: LossReason): void {
  const snapshots = existingSnapshots(run.state).map((area) => area.snapshot);
  run.happen({ type: 'snapshotsLost', snapshots, reason });
  releaseUnreadAreas(run);
}

/**
 * At the user's limit the oldest snapshot goes first (event 33), then the next, until `isEnough`. When only the newest
 * is left it goes too, and all are lost (event 36). Says whether any snapshot is left.
 */
export function purgeOldest(run: Run, reason: LossReason, isEnough: () => boolean): boolean {
  while (!isEnough()) {
    const [oldest, next] = existingSnapshots(run.state);
    if (next === undefined) {
      run.log(36);
      loseAll(run, reason);
      return false;
    }
    run.log(33);
    deleteOne(run, required(oldest, 'there is a snapshot to purge').snapshot, 'userLimit');
  }
  return true;
}
