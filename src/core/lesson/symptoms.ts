import type { EventId } from '../catalogue/event-id';
import type { CommandType } from '../command';
import type { History } from '../history';
import { existingSnapshots, type Access } from '../machine';

/** What an administrator sees of a machine that something has happened to: no cause, and no fault by its name. */
export interface Symptoms {
  /** The System log, oldest first. */
  readonly events: readonly EventId[];
  readonly access: Access;
  readonly snapshots: number;
  readonly snapshotsLost: number;
  /** Reads and writes that came back with an error. */
  readonly failed: number;
  /** What was asked of the machine when it went wrong: a loss, or the volume going offline; `null`: nothing did. */
  readonly during: CommandType | null;
}

/** The symptoms of one world at the end of a history. */
export function symptomsOf(history: History, worldIndex: number): Symptoms {
  const machine = history.machines[worldIndex]!;
  const notable = history.entries.flatMap((entry) =>
    entry.digests[worldIndex]!.notable.map(({ event }) => ({ event, entry })),
  );
  const turn = notable.find(
    ({ event }) =>
      event.type === 'snapshotsLost' ||
      (event.type === 'snapshotDeleted' && event.reason === 'userLimit') ||
      (event.type === 'volumeWentOffline' && event.access === 'offlineForProtection'),
  );
  return {
    events: notable.flatMap(({ event }) => (event.type === 'eventLogged' ? [event.eventId] : [])),
    access: machine.access,
    snapshots: existingSnapshots(machine).length,
    snapshotsLost: machine.snapshotsLost,
    failed: machine.host.failed,
    during: turn?.entry.record.instruction.command.type ?? null,
  };
}
