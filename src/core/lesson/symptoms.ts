import type { EventId } from '../catalogue/event-id';
import type { CommandType } from '../command';
import type { History } from '../history';
import { existingSnapshots, type Access } from '../machine';

/** What was asked of the volume when something went wrong, as far as an administrator can tell. */
type Occasion = 'write' | 'online' | 'otherwise';

/** What an administrator sees of a machine that something has happened to: no cause, and no fault by its name. */
export interface Symptoms {
  /** The System log, oldest first. */
  readonly events: readonly EventId[];
  /** The position after each of them. */
  readonly eventSteps: readonly number[];
  readonly access: Access;
  readonly snapshots: number;
  readonly snapshotsLost: number;
  /** Reads and writes that came back with an error. */
  readonly failed: number;
  /** When it went wrong: a loss, or the volume going offline; `null`: nothing did. */
  readonly during: Occasion | null;
}

const OCCASIONS: Readonly<Partial<Record<CommandType, Occasion>>> = {
  write: 'write',
  writeBurst: 'write',
  bringOnline: 'online',
};

/** The symptoms of one world at the end of a history. */
export function symptomsOf(history: History, worldIndex: number): Symptoms {
  const machine = history.machines[worldIndex]!;
  const notable = history.entries.flatMap((entry) =>
    entry.digests[worldIndex]!.notable.map(({ event, step }) => ({ event, step, entry })),
  );
  const turn = notable.find(
    ({ event }) =>
      event.type === 'snapshotsLost' ||
      (event.type === 'snapshotDeleted' && event.reason === 'userLimit') ||
      (event.type === 'volumeWentOffline' && event.access === 'offlineForProtection'),
  );
  const logged = notable.flatMap(({ event, entry, step }) =>
    event.type === 'eventLogged' ? [{ id: event.eventId, step: entry.start + step }] : [],
  );
  return {
    events: logged.map(({ id }) => id),
    eventSteps: logged.map(({ step }) => step),
    access: machine.access,
    snapshots: existingSnapshots(machine).length,
    snapshotsLost: machine.snapshotsLost,
    failed: machine.host.failed,
    during:
      turn === undefined ? null : (OCCASIONS[turn.entry.record.instruction.command.type] ?? 'otherwise'),
  };
}
