import type { Session } from '../../client/session.svelte';
import type { Command } from '../../core/command';
import type { FaultNumber } from '../../core/fault';

/** Opens the protected run of a fault in the lab where it has struck, and plays the commands of a way out of it there. */
export async function playWayOut(
  session: Session,
  fault: FaultNumber,
  commands: readonly Command[],
): Promise<void> {
  if (!(await session.openRun({ kind: 'fault', fault }, ['on'], 'end'))) return;
  const isThere = new Promise((resolve) => window.addEventListener('hashchange', resolve, { once: true }));
  location.hash = '#/lab';
  await isThere;
  for (const command of commands) await session.act(command);
}
