import type { Condition } from '../condition';
import { isOnline } from '../machine';
import { strike } from './fault';
import { activatePending, comeOnline } from './online';
import type { Run } from './run';
import { passTime } from './time';

/** Something can only go wrong with snapshots that exist, and the first fault stays until it is cleared. */
function canStrike(run: Run): boolean {
  return run.state.areas.length > 0 && run.state.fault === 0;
}

export function decideTakeOffline(run: Run): void {
  const { state } = run;
  run.happen({ type: 'volumeDismounted' });
  if (state.pendingUntilMs !== null) run.happen({ type: 'pendingEnded', untilMs: state.pendingUntilMs });
  run.happen({ type: 'volumeWentOffline', access: 'offlineByAdministrator', before: state.access });
}

export function decideDetach(run: Run): void {
  const { state } = run;
  run.happen({ type: 'diffVolumeDetached' });
  if (isOnline(state) && canStrike(run)) strike(run, 14);
}

export function decideAttach(run: Run): void {
  const { state } = run;
  run.happen({ type: 'diffVolumeAttached' });
  if (state.pendingUntilMs !== null) activatePending(run, state.pendingUntilMs);
  if (state.fault === 1) {
    // Event 80: the volume goes online once its storage arrives. The only fault that heals by itself.
    run.happen({ type: 'faultCleared', fault: 1, by: 'arrival' });
    comeOnline(run);
  }
}

export function decideExternalWrite(run: Run, block: number): void {
  const { state } = run;
  const hitsDiffArea = block < state.allocated;
  if (hitsDiffArea && state.level === 'SNAPSHOT') {
    run.happen({ type: 'externalWriteRefused', block });
    if (canStrike(run)) strike(run, 15);
    return;
  }
  if (hitsDiffArea && canStrike(run)) strike(run, 15);
  const replacedStamp = state.diffContents.get(block);
  run.happen({ type: 'externalWriteLanded', block, stamp: state.nextStamp, replacedStamp });
}

export function decideBreak(run: Run, condition: Condition): void {
  run.happen({ type: 'conditionBroken', condition });
}

export function decideRepair(run: Run, condition: Condition): void {
  run.happen({ type: 'conditionRepaired', condition });
}

export function decideWait(run: Run, durationMs: number): void {
  passTime(run, run.state.clockMs + durationMs);
}

export function decideClusterPrepare(run: Run): void {
  const { state } = run;
  run.happen({ type: 'clusterOfflinePrepared' });
  run.log(113);
  run.happen({ type: 'volumeDismounted' });
  if (state.pendingUntilMs !== null) run.happen({ type: 'pendingEnded', untilMs: state.pendingUntilMs });
  run.happen({ type: 'volumeWentOffline', access: 'offlineForCluster', before: state.access });
}

export function decideClusterFinish(run: Run): void {
  run.happen({ type: 'clusterFailoverFinished' });
}

export function decideUnexpectedError(run: Run): void {
  run.happen({ type: 'unexpectedErrorOccurred' });
  if (canStrike(run)) strike(run, 11);
}
