import { assert } from '../assert';
import type { ProtectionLevel } from '../protection';
import { existingSnapshots } from '../machine';
import { strike } from './fault';
import { loseAll } from './loss';
import { comeOnline } from './online';
import type { Run } from './run';

export function decideSetProtectionLevel(run: Run, level: ProtectionLevel): void {
  const { state } = run;
  if (state.fault !== 0) return leaveProtection(run, level);
  run.happen({ type: 'levelChanged', from: state.level, to: level });
  // Snapshots that wait for their diff volume are now protected: the missing volume is a fault, not a loss.
  if (level === 'SNAPSHOT' && state.pendingUntilMs !== null) strike(run, 1);
}

/** The way out that always works: the snapshots are given up and the volume comes back (texts of events 80 to 94). */
function leaveProtection(run: Run, level: ProtectionLevel): void {
  const { state } = run;
  run.happen({ type: 'volumeDismounted' });
  run.happen({ type: 'levelChanged', from: state.level, to: level });
  if (existingSnapshots(state).length > 0) loseAll(run, { kind: 'protectionLeft' });
  if (state.fault !== 0) run.happen({ type: 'faultCleared', fault: state.fault, by: 'protectionLeft' });
  comeOnline(run);
}

export function decideClearFault(run: Run): void {
  const { fault } = run.state;
  assert(fault !== 0, 'there is a fault to clear');
  run.happen({ type: 'volumeDismounted' });
  run.happen({ type: 'faultCleared', fault, by: 'clear' });
  comeOnline(run);
}

export function decideDeleteUnused(run: Run): void {
  loseAll(run, { kind: 'unusedDeleted' });
}
