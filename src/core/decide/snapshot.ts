import { required } from '../assert';
import { slotsOfArea, type Draft } from '../draft';
import { existingSnapshots, findSnapshot, isOnline } from '../machine';
import { resolveSnapshotRead, stampAt } from '../read-path';
import type { Refusal } from '../refusal';
import { growthLimit } from './growth';
import { deleteOne } from './loss';
import type { Run } from './run';
import { settleClock } from './time';

/** Snapshots can be created, deleted and reverted to only while the volume is online and its storage is there. */
function refuseUnavailable(state: Draft): Refusal | null {
  if (state.access === 'offlineForProtection') return { code: 'volumeOfflineForProtection' };
  if (!isOnline(state)) return { code: 'volumeOffline' };
  return state.pendingUntilMs === null ? null : { code: 'snapshotsPending' };
}

function refuseStorage(state: Draft): Refusal | null {
  const { broken } = state.conditions;
  if (!state.diffVolumePresent) return { code: 'diffVolumeAbsent', eventId: 22 };
  if (broken.has('diffFileSystemDamaged')) return { code: 'storageUnusable', eventId: 22 };
  const cannotWrite = broken.has('diffMetadataWritesFail') || broken.has('diffMetadataCorrupt');
  return cannotWrite ? { code: 'storageUnusable', eventId: 28 } : null;
}

/** With a count limit of 1 the only snapshot goes, and the whole diff area with it, before the next one comes. */
function takesThePlaceOfAll(state: Draft): boolean {
  return state.settings.snapshotLimit === 1 && existingSnapshots(state).length === 1;
}

/** The first snapshot allocates the initial slots; a later one needs a free slot or room to grow (event 23). */
function refuseRoom(state: Draft): Refusal | null {
  const { initialBlocks, diffVolumeBlocks } = state.settings;
  const noRoom = (limitedBy: 'maximum' | 'diffVolume' | 'growth'): Refusal => ({
    code: 'noRoomForSnapshot',
    limitedBy,
    eventId: 23,
    hresult: 'VSS_E_INSUFFICIENT_STORAGE',
  });
  if (state.areas.length === 0 || takesThePlaceOfAll(state)) {
    if (state.maximumBlocks !== null && initialBlocks > state.maximumBlocks) return noRoom('maximum');
    return initialBlocks > diffVolumeBlocks ? noRoom('diffVolume') : null;
  }
  if (state.firstFree < state.allocated || state.growth !== null) return null;
  const limit = growthLimit(state);
  if (limit !== null) return noRoom(limit);
  return state.conditions.broken.has('growthRefused') ? noRoom('growth') : null;
}

export function decideCreateSnapshot(run: Run): Refusal | null {
  const { state } = run;
  const refusal = refuseUnavailable(state) ?? refuseStorage(state) ?? refuseRoom(state);
  if (refusal) return refusal;
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
  return null;
}

/** The count limit, 64 client-accessible snapshots by default: the oldest makes room (event 58). */
function dropOldestAtLimit(run: Run): void {
  const snapshots = existingSnapshots(run.state);
  if (snapshots.length < run.state.settings.snapshotLimit) return;
  run.log(58);
  deleteOne(run, required(snapshots[0], 'there is an oldest snapshot').snapshot, 'countLimit');
}

export function decideDeleteSnapshot(run: Run, snapshot: number): Refusal | null {
  const refusal = refuseUnavailable(run.state);
  if (refusal) return refusal;
  if (!findSnapshot(run.state, snapshot)) return { code: 'snapshotUnknown', snapshot };
  deleteOne(run, snapshot, 'requested');
  return null;
}

interface BlockChange {
  readonly block: number;
  readonly stamp: number;
  readonly replacedStamp: number;
}

/** What reverting to a snapshot has to write, or a refusal when a copy that it needs cannot be read. */
function changesToRevert(state: Draft, snapshot: number): readonly BlockChange[] | Refusal {
  const changes: BlockChange[] = [];
  for (let block = 0; block < state.settings.blockCount; block += 1) {
    const origin = resolveSnapshotRead(state, snapshot, block);
    if (origin.place === 'live') continue;
    if (state.conditions.broken.has('diffReadsFail')) return { code: 'storageUnreadable' };
    const stamp = stampAt(state, origin, block);
    const replacedStamp = state.live.get(block);
    if (stamp !== replacedStamp) changes.push({ block, stamp, replacedStamp });
  }
  return changes;
}

export function decideRevert(run: Run, snapshot: number): Refusal | null {
  const { state } = run;
  const refusal = refuseUnavailable(state);
  if (refusal) return refusal;
  if (!findSnapshot(state, snapshot)) return { code: 'snapshotUnknown', snapshot };
  const changes = changesToRevert(state, snapshot);
  if ('code' in changes) return changes;
  run.happen({ type: 'revertStarted', snapshot });
  for (const change of changes) {
    run.happen({ type: 'blockReverted', ...change, tookMs: state.settings.timing.liveWriteMs });
  }
  removeNewer(run, snapshot);
  run.happen({ type: 'revertCompleted', snapshot, blocks: changes.length });
  settleClock(run);
  return null;
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
