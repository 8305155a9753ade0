import type { EventId } from '../catalogue/event-id';
import { faultEntry } from '../catalogue/fault';
import type { FaultNumber } from '../fault';
import type { WriteRequest } from '../machine';
import { loseAll, purgeOldest } from './loss';
import type { Run } from './run';

/** What stopped the diff area: it decides what level ORIGINAL_VOLUME gives up for fault 8. */
export type FullBecause = 'maximum' | 'diffVolume';

/** Growth that the diff volume has no room for: the warning, then the loss. */
const FULL_AT_VOLUME: readonly EventId[] = [24, 35];

/**
 * Fault `fault` strikes, and something gives. SNAPSHOT: the snapshots are kept, the write that met the fault fails and
 * the volume goes offline. ORIGINAL_VOLUME: the snapshots are deleted and I/O goes on. (VSS_PROTECTION_LEVEL.)
 */
export function strike(run: Run, fault: FaultNumber, because?: FullBecause): void {
  run.happen({ type: 'faultMet', fault, level: run.state.level });
  if (run.state.level === 'SNAPSHOT') return protectSnapshots(run, fault);
  if (because === 'maximum') return giveUpOldest(run);
  run.log(...(because === 'diffVolume' ? FULL_AT_VOLUME : originalEvents(fault)));
  loseAll(run, { kind: 'fault', fault });
}

function protectSnapshots(run: Run, fault: FaultNumber): void {
  const { eventSnapshot, failureStatus } = faultEntry(fault);
  run.happen({ type: 'faultRecorded', fault });
  if (eventSnapshot !== null) run.log(eventSnapshot);
  if (run.state.request !== null && !hasBegunToOverwrite(run.state.request)) {
    run.happen({ type: 'writeFailed', fault, status: failureStatus, request: run.state.request });
  }
  if (run.state.pendingUntilMs !== null) {
    run.happen({ type: 'pendingEnded', untilMs: run.state.pendingUntilMs });
  }
  run.happen({ type: 'volumeWentOffline', access: 'offlineForProtection', before: run.state.access });
}

/** Such a write no longer needs the diff area, and a failed one must change nothing: it runs to its end. */
function hasBegunToOverwrite({ stage, done }: WriteRequest): boolean {
  return stage === 'complete' || (stage === 'overwrite' && done > 0);
}

/** Full at the maximum: warning 38, then the oldest snapshots go until a slot is free. */
function giveUpOldest(run: Run): void {
  run.log(38);
  purgeOldest(run, { kind: 'fault', fault: 8 }, () => run.state.firstFree < run.state.allocated);
}

function originalEvents(fault: FaultNumber): readonly EventId[] {
  return faultEntry(fault).eventsOriginal[0] ?? [];
}
