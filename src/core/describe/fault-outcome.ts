import { assert } from '../assert';
import type { Command } from '../command';
import type { FaultNumber } from '../fault';
import { History } from '../history';
import { carryOn } from '../lesson/replay-lesson';
import { existingSnapshots, type WriteStage } from '../machine';
import type { ProtectionLevel } from '../protection';
import { runOfFault, scenarioOfRun, type FaultRun } from '../run-of-fault';
import { STARTING_LEVELS, WORLD_IDS } from '../scenario';
import { failedWrite } from './failed-write';
import { forecast, type Forecast } from './forecast';
import { protectionInfo, type ProtectionInfo } from './protection-info';

/** Where in the life of a volume a fault is met: at a stage of a write, when it comes online, or at once. */
export type MeetingMoment = WriteStage | 'online' | 'atOnce';

/** What the built-in run of a fault came to at one level: told by the engine, nothing of it is known beforehand. */
export interface FaultOutcome extends Forecast {
  readonly metAt: MeetingMoment;
  readonly info: ProtectionInfo;
  /** The numbers of the snapshots that exist at the end. */
  readonly snapshots: readonly number[];
  /** All that were ever taken. */
  readonly taken: number;
  /** In steps of the run in this one world: what gave has just given. */
  readonly decisivePosition: number;
  /** The first write that failed, to be tried again; `null`: none did. */
  readonly failedWrite: Command | null;
}

export function faultOutcome(
  fault: FaultNumber,
  level: ProtectionLevel,
  run: FaultRun = runOfFault(fault),
): FaultOutcome {
  const world = WORLD_IDS.find((id) => STARTING_LEVELS[id] === level);
  assert(world !== undefined, 'every level has its world');
  const history = new History(scenarioOfRun(run, [world]));
  carryOn(history, run.commands);
  const machine = history.machines[0]!;
  return {
    ...forecast(fault, level, run),
    metAt: meetingMoment(history, fault),
    info: protectionInfo(machine),
    snapshots: existingSnapshots(machine).map(({ snapshot }) => snapshot),
    taken: machine.nextSnapshot - 1,
    decisivePosition: decisivePosition(history, fault),
    failedWrite: failedWrite(history),
  };
}

function positionOfFault(history: History, fault: FaultNumber): number {
  for (const { start, digests } of history.entries) {
    const met = digests[0]!.notable.find(({ event }) => event.type === 'faultMet' && event.fault === fault);
    if (met !== undefined) return start + met.step;
  }
  return history.length;
}

function meetingMoment(history: History, fault: FaultNumber): MeetingMoment {
  const position = positionOfFault(history, fault);
  const before = history.momentAt(Math.max(0, position - 1));
  const [machine] = before.machines;
  if (machine?.request) return machine.request.stage;
  const command = history.entryBefore(position)?.record.instruction.command.type;
  return command === 'bringOnline' || command === 'attachDiffVolume' ? 'online' : 'atOnce';
}

/** After the first loss, or after the volume was blocked, whichever the fault led to. */
function decisivePosition(history: History, fault: FaultNumber): number {
  const met = positionOfFault(history, fault);
  for (const { start, digests } of history.entries) {
    const gave = digests[0]!.notable.find(
      ({ step, event }) =>
        start + step > met &&
        (event.type === 'snapshotsLost' ||
          event.type === 'snapshotDeleted' ||
          event.type === 'volumeWentOffline'),
    );
    if (gave !== undefined) return start + gave.step;
  }
  return met;
}
