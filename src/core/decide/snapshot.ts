import { required } from '../assert';
import { slotsOfArea, type Draft } from '../draft';
import { existingSnapshots } from '../machine';
import { resolveSnapshotRead, stampAt } from '../read-path';
import { deleteOne } from './loss';
import type { Run } from './run';
import { settleClock } from './time';

export function decideCreateSnapshot(run: Run): void {
  const { state } = run;
  dropOldestAtLimit(run);
  run.happen({ type: 'writesFrozen' });
  run.happen({ type: 'volumeFlushed' });
  run.happen({
    type: 'snapshotInstalled',
    snapshot: state.nextSnapshot,
    createdAtMs: state.clockMs,
    allocatedBlocks: state.areas.length === 0 ? state.settings.initialBlocks : 0,
  });
  run.happen({ type: 'writesReleased' });
}

/** The count limit, 64 client-accessible snapshots by default: the oldest makes room (event 58). */
function dropOldestAtLimit(run: Run): void {
  const snapshots = existingSnapshots(run.state);
  if (snapshots.length < run.state.settings.snapshotLimit) return;
  run.log(58);
  deleteOne(run, required(snapshots[0], 'there is an oldest snapshot').snapshot, 'countLimit');
}

export function decideDeleteSnapshot(run: Run, snapshot: number): void {
  deleteOne(run, snapshot, 'requested');
}

interface BlockChange {
  readonly block: number;
  readonly stamp: number;
  readonly replacedStamp: number;
}

/** What reverting to a snapshot has to write. */
function changesToRevert(state: Draft, snapshot: number): readonly BlockChange[] {
  const changes: BlockChange[] = [];
  for (let block = 0; block < state.settings.blockCount; block += 1) {
    const origin = resolveSnapshotRead(state, snapshot, block);
    if (origin.place === 'live') continue;
    const stamp = stampAt(state, origin, block);
    const replacedStamp = state.live.get(block);
    if (stamp !== replacedStamp) changes.push({ block, stamp, replacedStamp });
  }
  return changes;
}

export function decideRevert(run: Run, snapshot: number): void {
  const { state } = run;
  const changes = changesToRevert(state, snapshot);
  run.happen({ type: 'revertStarted', snapshot });
  for (const change of changes) {
    run.happen({ type: 'blockReverted', ...change, tookMs: state.settings.timing.liveWriteMs });
  }
  removeNewer(run, snapshot);
  run.happen({ type: 'revertCompleted', snapshot, blocks: changes.length });
  settleClock(run);
}

/** The snapshots after the one reverted to go, with their areas: the area of that snapshot is the newest again. */
function removeNewer(run: Run, snapshot: number): void {
  const newer = run.state.areas.filter((area) => area.snapshot > snapshot).reverse();
  for (const area of newer) {
    if (area.exists) run.happen({ type: 'snapshotDeleted', snapshot: area.snapshot, reason: 'revert' });
  }
  for (const { snapshot: number } of newer) {
    const area = required(
      run.state.areas.find((other) => other.snapshot === number),
      'a newer area is still there',
    );
    run.happen({ type: 'areaReleased', area, slots: slotsOfArea(run.state, number) });
  }
}
