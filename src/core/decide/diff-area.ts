import type { Draft } from '../draft';
import { isOnline } from '../machine';
import type { Refusal } from '../refusal';
import { purgeOldest } from './loss';
import type { Run } from './run';

function refuseMaximum(state: Draft, maximumBlocks: number | null): Refusal | null {
  if (maximumBlocks !== null && (!Number.isSafeInteger(maximumBlocks) || maximumBlocks < 0)) {
    return { code: 'maximumInvalid', maximumBlocks, hresult: 'E_INVALIDARG' };
  }
  if (state.access === 'offlineForProtection') return { code: 'volumeOfflineForProtection' };
  if (!isOnline(state)) return { code: 'volumeOffline' };
  if (!state.diffVolumePresent) return { code: 'diffVolumeAbsent', hresult: 'VSS_E_OBJECT_NOT_FOUND' };
  if (maximumBlocks === state.maximumBlocks) return { code: 'maximumUnchanged', hresult: 'S_OK' };
  if (maximumBlocks === 0 && state.areas.length > 0) {
    return { code: 'maximumZeroInUse', hresult: 'VSS_E_VOLUME_IN_USE' };
  }
  return null;
}

/** Blocks that the diff area needs as it is used now: up to its last owned slot. */
function neededBlocks(state: Draft): number {
  let needed = state.allocated;
  while (needed > 0 && state.slotArea.get(needed - 1) === 0) needed -= 1;
  return needed;
}

/** Sets the maximum. Below what is used, the oldest snapshots go (reading: lowerMaximumDeletesOldest). */
export function decideResize(run: Run, maximumBlocks: number | null): Refusal | null {
  const { state } = run;
  const refusal = refuseMaximum(state, maximumBlocks);
  if (refusal) return refusal;
  const limit = maximumBlocks ?? state.settings.diffVolumeBlocks;
  if (neededBlocks(state) > limit) {
    if (state.level === 'SNAPSHOT') {
      return {
        code: 'maximumBelowUse',
        neededBlocks: neededBlocks(state),
        hresult: 'VSS_E_INSUFFICIENT_STORAGE',
      };
    }
    purgeOldest(run, { kind: 'maximumLowered' }, () => neededBlocks(state) <= limit);
  }
  run.happen({
    type: 'diffAreaResized',
    from: state.maximumBlocks,
    to: maximumBlocks,
    allocatedFrom: state.allocated,
    allocatedTo: Math.min(state.allocated, limit),
  });
  return null;
}
