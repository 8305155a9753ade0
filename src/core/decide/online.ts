import type { Draft } from '../draft';
import type { FaultNumber } from '../fault';
import { strike } from './fault';
import type { Run } from './run';

/** How long the diff volume may stay away after its live volume came online (KB940041). */
const ARRIVAL_LIMIT_MS = 5 * 60_000;

/** Detection when the volume comes online, in its order: the first failure is the fault. Nothing to protect, nothing to detect. */
function detectFault(state: Draft): FaultNumber | null {
  const { broken } = state.conditions;
  if (state.areas.length === 0) return null;
  if (state.clusterOfflinePrepared) return 16;
  if (!state.diffVolumePresent) return 1;
  if (broken.has('diffReadsFail')) return 2;
  if (broken.has('diffFileSystemDamaged')) return 12;
  if (broken.has('diffMetadataCorrupt')) return 3;
  if (broken.has('kernelMemoryExhausted')) return 4;
  if (broken.has('pageFileTooSmall')) return 5;
  return null;
}

function openGate(run: Run): void {
  const { access, host } = run.state;
  run.happen({ type: 'volumeCameOnline', before: access, bounced: host.bounced });
}

/** Brings the volume online: detection decides whether it stays offline, loses its snapshots, or waits for the diff volume. */
export function comeOnline(run: Run): void {
  run.happen({ type: 'detectionStarted' });
  const fault = detectFault(run.state);
  if (fault === 1 && run.state.level === 'ORIGINAL_VOLUME') {
    openGate(run);
    run.happen({ type: 'snapshotsPending', untilMs: run.state.clockMs + ARRIVAL_LIMIT_MS });
    return;
  }
  if (fault !== null) strike(run, fault);
  if (run.state.fault === 0) openGate(run);
}

/** The diff volume has arrived while the snapshots waited for it: what is left of detection runs now. */
export function activatePending(run: Run, untilMs: number): void {
  run.happen({ type: 'detectionStarted' });
  const fault = detectFault(run.state);
  if (fault !== null) strike(run, fault);
  else run.happen({ type: 'snapshotsActivated', untilMs });
}
