import { unreachable } from '../assert';
import { BLOCK_SIZE_BYTES } from '../block';
import { ENVIRONMENT_COMMANDS, type Command, type CommandType } from '../command';
import { isBroken, type Condition } from '../condition';
import { contentSizeBytes, type Content } from '../content';
import type { Draft } from '../draft';
import { existingSnapshots, findSnapshot, isOnline, type Machine } from '../machine';
import type { ProtectionLevel } from '../protection';
import { resolveSnapshotRead } from '../read-path';
import type { Refusal } from '../refusal';
import { MAXIMUM_BURST_WRITES, MAXIMUM_WRITE_BLOCKS } from '../workload';
import { growthLimit } from './growth';
import { refuseReplay } from './replay-writes';

/** A machine, or one under way: what decides whether a command makes sense is the same. */
type State = Machine | Draft;

type Of<Type extends CommandType> = Extract<Command, { readonly type: Type }>;

export const MAXIMUM_WAIT_MS = 7 * 24 * 3_600_000;

/**
 * Why a command makes no sense on a machine as it stands; `null` when it will be carried out. Nothing is tried out for
 * it, so that a page can ask for every button at every moment.
 */
export function refuse(state: State, command: Command): Refusal | null {
  if (state.request !== null && !ENVIRONMENT_COMMANDS.has(command.type)) return { code: 'writeInProgress' };
  switch (command.type) {
    case 'write':
      return refuseWrite(state, command);
    case 'writeBurst':
      return refuseBurst(state, command);
    case 'replayWrites':
      return refuseReplay(state, command);
    case 'read':
      return refuseRead(state, command);
    case 'createSnapshot':
      return refuseUnavailable(state) ?? refuseStorage(state) ?? refuseRoom(state);
    case 'deleteSnapshot':
      return refuseUnavailable(state) ?? refuseSnapshot(state, command.snapshot);
    case 'revertToSnapshot':
      return refuseRevert(state, command.snapshot);
    case 'setProtectionLevel':
      return refuseLevel(state, command.level);
    case 'clearProtectionFault':
      return state.fault === 0 ? { code: 'notFaulted', hresult: 'S_OK' } : null;
    case 'deleteUnusedDiffAreas':
      return refuseDeleteUnused(state);
    case 'resizeDiffArea':
      return refuseMaximum(state, command.maximumBlocks);
    default:
      return refuseSurroundings(state, command);
  }
}

type Surroundings = Of<
  | 'takeOffline'
  | 'bringOnline'
  | 'detachDiffVolume'
  | 'attachDiffVolume'
  | 'externalWrite'
  | 'break'
  | 'repair'
  | 'wait'
  | 'clusterPrepareOffline'
  | 'clusterFinishFailover'
  | 'unexpectedError'
>;

/** Of the commands that change what is around the volume. */
function refuseSurroundings(state: State, command: Surroundings): Refusal | null {
  switch (command.type) {
    case 'takeOffline':
      return isOnline(state) ? null : { code: 'volumeOfflineAlready' };
    case 'bringOnline':
      return refuseOnline(state);
    case 'detachDiffVolume':
      return state.diffVolumePresent ? null : { code: 'diffVolumeAbsent' };
    case 'attachDiffVolume':
      return state.diffVolumePresent ? { code: 'diffVolumePresentAlready' } : null;
    case 'externalWrite':
      return refuseExternalWrite(state, command.block);
    case 'break':
    case 'repair':
      return refuseCondition(state, command);
    case 'wait':
      return refuseWait(command.durationMs);
    case 'clusterPrepareOffline':
      if (state.clusterOfflinePrepared) return { code: 'clusterPreparedAlready' };
      return isOnline(state) ? null : { code: 'volumeOfflineAlready' };
    case 'clusterFinishFailover':
      return state.clusterOfflinePrepared ? null : { code: 'clusterNotPrepared' };
    case 'unexpectedError':
      return null;
    default:
      return unreachable(command);
  }
}

function refuseBlocks(state: State, block: number, count: number): Refusal | null {
  const { blockCount } = state.settings;
  if (!Number.isSafeInteger(count) || count < 1) return { code: 'countInvalid', count };
  if (!Number.isSafeInteger(block) || block < 0) return { code: 'blockOutsideVolume', block, blockCount };
  return block + count > blockCount
    ? { code: 'blockOutsideVolume', block: block + count - 1, blockCount }
    : null;
}

function refuseWrite(state: State, { block, count, content }: Of<'write'>): Refusal | null {
  if (count > MAXIMUM_WRITE_BLOCKS) return { code: 'countInvalid', count };
  const refusal = refuseBlocks(state, block, count);
  if (refusal) return refusal;
  const sizeBytes = isShort(content) ? 0 : contentSizeBytes(content);
  return sizeBytes > BLOCK_SIZE_BYTES
    ? { code: 'contentTooLong', sizeBytes, limitBytes: BLOCK_SIZE_BYTES }
    : null;
}

/** A text that fits in any case: UTF-8 takes at most three bytes for a unit of UTF-16. */
function isShort(content: Content): boolean {
  return content.kind === 'text' && 3 * content.text.length <= BLOCK_SIZE_BYTES;
}

function refuseBurst(state: State, { block, span, writes }: Of<'writeBurst'>): Refusal | null {
  const refusal = refuseBlocks(state, block, span);
  if (refusal) return refusal;
  const isPossible = Number.isSafeInteger(writes) && writes >= 1 && writes <= MAXIMUM_BURST_WRITES;
  return isPossible ? null : { code: 'countInvalid', count: writes };
}

function refuseRead(state: State, { block, from }: Of<'read'>): Refusal | null {
  const refusal = refuseBlocks(state, block, 1);
  if (refusal || from === 'live') return refusal;
  const unknown = refuseSnapshot(state, from.snapshot);
  if (unknown) return unknown;
  if (state.pendingUntilMs !== null) return { code: 'snapshotsPending' };
  return refuseOffline(state);
}

function refuseOffline(state: State): Refusal | null {
  if (state.access === 'offlineForProtection') return { code: 'volumeOfflineForProtection' };
  return isOnline(state) ? null : { code: 'volumeOffline' };
}

/** Snapshots can be created, deleted and reverted to only while the volume is online and its storage is there. */
function refuseUnavailable(state: State): Refusal | null {
  const refusal = refuseOffline(state);
  if (refusal) return refusal;
  return state.pendingUntilMs === null ? null : { code: 'snapshotsPending' };
}

function refuseSnapshot(state: State, snapshot: number): Refusal | null {
  return findSnapshot(state, snapshot) ? null : { code: 'snapshotUnknown', snapshot };
}

function refuseStorage(state: State): Refusal | null {
  const { broken } = state.conditions;
  if (!state.diffVolumePresent) return { code: 'diffVolumeAbsent', eventId: 22 };
  if (broken.has('diffFileSystemDamaged')) return { code: 'storageUnusable', eventId: 22 };
  const cannotWrite = broken.has('diffMetadataWritesFail') || broken.has('diffMetadataCorrupt');
  return cannotWrite ? { code: 'storageUnusable', eventId: 28 } : null;
}

/** With a count limit of 1 the only snapshot goes, and the whole diff area with it, before the next one comes. */
function takesThePlaceOfAll(state: State): boolean {
  return state.settings.snapshotLimit === 1 && existingSnapshots(state).length === 1;
}

/** The first snapshot allocates the initial slots; a later one needs a free slot or room to grow (event 23). */
function refuseRoom(state: State): Refusal | null {
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

function refuseRevert(state: State, snapshot: number): Refusal | null {
  const refusal = refuseUnavailable(state) ?? refuseSnapshot(state, snapshot);
  if (refusal || !state.conditions.broken.has('diffReadsFail')) return refusal;
  return readsACopy(state, snapshot) ? { code: 'storageUnreadable' } : null;
}

function readsACopy(state: State, snapshot: number): boolean {
  for (let block = 0; block < state.settings.blockCount; block += 1) {
    if (resolveSnapshotRead(state, snapshot, block).place === 'slot') return true;
  }
  return false;
}

function refuseLevel(state: State, level: ProtectionLevel): Refusal | null {
  return state.level === level ? { code: 'levelUnchanged', hresult: 'S_OK' } : null;
}

function refuseDeleteUnused(state: State): Refusal | null {
  if (!state.diffVolumePresent) return { code: 'diffVolumeAbsent', hresult: 'VSS_E_OBJECT_NOT_FOUND' };
  const isUnused = state.access === 'offlineForProtection' && state.allocated > 0;
  return isUnused ? null : { code: 'nothingUnused', hresult: 'S_OK' };
}

function refuseMaximum(state: State, maximumBlocks: number | null): Refusal | null {
  if (maximumBlocks !== null && (!Number.isSafeInteger(maximumBlocks) || maximumBlocks < 0)) {
    return { code: 'maximumInvalid', maximumBlocks, hresult: 'E_INVALIDARG' };
  }
  const refusal = refuseOffline(state);
  if (refusal) return refusal;
  if (!state.diffVolumePresent) return { code: 'diffVolumeAbsent', hresult: 'VSS_E_OBJECT_NOT_FOUND' };
  if (maximumBlocks === state.maximumBlocks) return { code: 'maximumUnchanged', hresult: 'S_OK' };
  if (maximumBlocks === 0 && state.areas.length > 0) {
    return { code: 'maximumZeroInUse', hresult: 'VSS_E_VOLUME_IN_USE' };
  }
  return state.level === 'SNAPSHOT' ? refuseBelowUse(state, maximumBlocks) : null;
}

/** Under protection no snapshot gives way to a smaller maximum. */
function refuseBelowUse(state: State, maximumBlocks: number | null): Refusal | null {
  if (maximumBlocks === null || maximumBlocks >= state.allocated) return null;
  const needed = neededBlocks(state);
  if (needed <= maximumBlocks) return null;
  return { code: 'maximumBelowUse', neededBlocks: needed, hresult: 'VSS_E_INSUFFICIENT_STORAGE' };
}

/** Blocks that the diff area needs as it is used now: up to its last owned slot. */
export function neededBlocks(state: State): number {
  let needed = state.allocated;
  while (needed > 0 && state.slotArea.get(needed - 1) === 0) needed -= 1;
  return needed;
}

function refuseOnline(state: State): Refusal | null {
  if (isOnline(state)) return { code: 'volumeOnlineAlready' };
  return state.access === 'offlineForProtection' ? { code: 'volumeOfflineForProtection' } : null;
}

function refuseExternalWrite(state: State, block: number): Refusal | null {
  const { diffVolumeBlocks } = state.settings;
  if (!Number.isSafeInteger(block) || block < 0 || block >= diffVolumeBlocks) {
    return { code: 'blockOutsideDiffVolume', block, blockCount: diffVolumeBlocks };
  }
  return state.diffVolumePresent ? null : { code: 'diffVolumeAbsent' };
}

function refuseCondition(state: State, { type, condition }: Of<'break' | 'repair'>): Refusal | null {
  const refusal = refusePlaceOf(state, condition);
  if (refusal) return refusal;
  const isAlready = isBroken(state.conditions, condition);
  if (type === 'break') return isAlready ? { code: 'brokenAlready' } : null;
  return isAlready ? null : { code: 'notBroken' };
}

function refusePlaceOf(state: State, condition: Condition): Refusal | null {
  return condition.name === 'liveBadBlock' ? refuseBlocks(state, condition.block, 1) : null;
}

function refuseWait(durationMs: number): Refusal | null {
  const isPossible = Number.isSafeInteger(durationMs) && durationMs >= 1 && durationMs <= MAXIMUM_WAIT_MS;
  return isPossible ? null : { code: 'durationInvalid', durationMs };
}
