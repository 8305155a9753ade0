import type { Session } from '../../client/session.svelte';
import type { WayOut } from '../../core/catalogue/way-out';
import type { FaultNumber } from '../../core/fault';

/** Opens the protected run of a fault at its end in the lab, and plays a way out of it there. */
export async function playWayOut(session: Session, fault: FaultNumber, { commands }: WayOut): Promise<void> {
  if (!(await session.openRun({ kind: 'fault', fault }, ['on'], 'end'))) return;
  location.hash = '#/lab';
  for (const command of commands) await session.act(command);
}
