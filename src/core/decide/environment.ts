import type { Condition } from '../condition';
import { isBroken } from '../condition';
import { isOnline } from '../machine';
import type { Refusal } from '../refusal';
import { strike } from './fault';
import { activatePending, comeOnline } from './online';
import type { Run } from './run';
import { passTime } from './time';
import { refuseBlocks } from './write';

export const MAXIMUM_WAIT_MS = 7 * 24 * 3_600_000;

/** Something can only go wrong with snapshots that exist, and the first fault stays until it is cleared. */
function canStrike(run: Run): boolean {
  return run.state.areas.length > 0 && run.state.fault === 0;
}

export function decideTakeOffline(run: Run): Refusal | null {
  const { state } = run;
  if (!isOnline(state)) return { code: 'volumeOfflineAlready' };
  run.happen({ type: 'volumeDismounted' });
  if (state.pendingUntilMs !== null) run.happen({ type: 'pendingEnded', untilMs: state.pendingUntilMs });
  run.happen({ type: 'volumeWentOffline', access: 'offlineByAdministrator', before: state.access });
  return null;
}

export function decideBringOnline(run: Run): Refusal | null {
  const { state } = run;
  if (isOnline(state)) return { code: 'volumeOnlineAlready' };
  if (state.access === 'offlineForProtection') return { code: 'volumeOfflineForProtection' };
  comeOnline(run);
  return null;
}

export function decideDetach(run: Run): Refusal | null {
  const { state } = run;
  if (!state.diffVolumePresent) return { code: 'diffVolumeAbsent' };
  run.happen({ type: 'diffVolumeDetached' });
  if (isOnline(state) && canStrike(run)) strike(run, 14);
  return null;
}

export function decideAttach(run: Run): Refusal | null {
  const { state } = run;
  if (state.diffVolumePresent) return { code: 'diffVolumePresentAlready' };
  run.happen({ type: 'diffVolumeAttached' });
  if (state.pendingUntilMs !== null) activatePending(run, state.pendingUntilMs);
  if (state.fault === 1) {
    // Event 80: the volume goes online once its storage arrives. The only fault that heals by itself.
    run.happen({ type: 'faultCleared', fault: 1, by: 'arrival' });
    comeOnline(run);
  }
  return null;
}

export function decideExternalWrite(run: Run, block: number): Refusal | null {
  const { state } = run;
  const { diffVolumeBlocks } = state.settings;
  if (!Number.isSafeInteger(block) || block < 0 || block >= diffVolumeBlocks) {
    return { code: 'blockOutsideDiffVolume', block, blockCount: diffVolumeBlocks };
  }
  if (!state.diffVolumePresent) return { code: 'diffVolumeAbsent' };
  const hitsDiffArea = block < state.allocated;
  if (hitsDiffArea && state.level === 'SNAPSHOT') {
    run.happen({ type: 'externalWriteRefused', block });
    if (canStrike(run)) strike(run, 15);
    return null;
  }
  if (hitsDiffArea && canStrike(run)) strike(run, 15);
  const replacedStamp = state.diffContents.get(block);
  run.happen({ type: 'externalWriteLanded', block, stamp: state.nextStamp, replacedStamp });
  return null;
}

function refuseCondition(run: Run, condition: Condition): Refusal | null {
  return condition.name === 'liveBadBlock' ? refuseBlocks(run.state, condition.block, 1) : null;
}

export function decideBreak(run: Run, condition: Condition): Refusal | null {
  const refusal = refuseCondition(run, condition);
  if (refusal) return refusal;
  if (isBroken(run.state.conditions, condition)) return { code: 'brokenAlready' };
  run.happen({ type: 'conditionBroken', condition });
  return null;
}

export function decideRepair(run: Run, condition: Condition): Refusal | null {
  const refusal = refuseCondition(run, condition);
  if (refusal) return refusal;
  if (!isBroken(run.state.conditions, condition)) return { code: 'notBroken' };
  run.happen({ type: 'conditionRepaired', condition });
  return null;
}

export function decideWait(run: Run, durationMs: number): Refusal | null {
  if (!Number.isSafeInteger(durationMs) || durationMs < 1 || durationMs > MAXIMUM_WAIT_MS) {
    return { code: 'durationInvalid', durationMs };
  }
  passTime(run, run.state.clockMs + durationMs);
  return null;
}

export function decideClusterPrepare(run: Run): Refusal | null {
  const { state } = run;
  if (state.clusterOfflinePrepared) return { code: 'clusterPreparedAlready' };
  if (!isOnline(state)) return { code: 'volumeOfflineAlready' };
  run.happen({ type: 'clusterOfflinePrepared' });
  run.log(113);
  run.happen({ type: 'volumeDismounted' });
  if (state.pendingUntilMs !== null) run.happen({ type: 'pendingEnded', untilMs: state.pendingUntilMs });
  run.happen({ type: 'volumeWentOffline', access: 'offlineForCluster', before: state.access });
  return null;
}

export function decideClusterFinish(run: Run): Refusal | null {
  if (!run.state.clusterOfflinePrepared) return { code: 'clusterNotPrepared' };
  run.happen({ type: 'clusterFailoverFinished' });
  return null;
}

export function decideUnexpectedError(run: Run): Refusal | null {
  run.happen({ type: 'unexpectedErrorOccurred' });
  if (canStrike(run)) strike(run, 11);
  return null;
}
