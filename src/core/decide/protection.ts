import type { ProtectionLevel } from '../protection';
import type { Refusal } from '../refusal';
import { existingSnapshots } from '../machine';
import { strike } from './fault';
import { loseAll } from './loss';
import { comeOnline } from './online';
import type { Run } from './run';

export function decideSetProtectionLevel(run: Run, level: ProtectionLevel): Refusal | null {
  const { state } = run;
  if (state.level === level) return { code: 'levelUnchanged', hresult: 'S_OK' };
  if (state.fault !== 0) return leaveProtection(run, level);
  run.happen({ type: 'levelChanged', from: state.level, to: level });
  // Snapshots that wait for their diff volume are now protected: the missing volume is a fault, not a loss.
  if (level === 'SNAPSHOT' && state.pendingUntilMs !== null) strike(run, 1);
  return null;
}

/** The way out that always works: the snapshots are given up and the volume comes back (texts of events 80 to 94). */
function leaveProtection(run: Run, level: ProtectionLevel): null {
  const { state } = run;
  run.happen({ type: 'volumeDismounted' });
  run.happen({ type: 'levelChanged', from: state.level, to: level });
  if (existingSnapshots(state).length > 0) loseAll(run, { kind: 'protectionLeft' });
  if (state.fault !== 0) run.happen({ type: 'faultCleared', fault: state.fault, by: 'protectionLeft' });
  comeOnline(run);
  return null;
}

export function decideClearFault(run: Run): Refusal | null {
  const { fault } = run.state;
  if (fault === 0) return { code: 'notFaulted', hresult: 'S_OK' };
  run.happen({ type: 'volumeDismounted' });
  run.happen({ type: 'faultCleared', fault, by: 'clear' });
  comeOnline(run);
  return null;
}

export function decideDeleteUnused(run: Run): Refusal | null {
  const { state } = run;
  if (!state.diffVolumePresent) return { code: 'diffVolumeAbsent', hresult: 'VSS_E_OBJECT_NOT_FOUND' };
  const isUnused = state.access === 'offlineForProtection' && state.allocated > 0;
  if (!isUnused) return { code: 'nothingUnused', hresult: 'S_OK' };
  loseAll(run, { kind: 'unusedDeleted' });
  return null;
}
