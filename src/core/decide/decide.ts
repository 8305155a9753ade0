import { unreachable } from '../assert';
import type { Command } from '../command';
import type { Event } from '../event';
import type { Machine } from '../machine';
import type { Refusal } from '../refusal';
import { failure, success, type Result } from '../result';
import { decideResize } from './diff-area';
import {
  decideAttach,
  decideBreak,
  decideClusterFinish,
  decideClusterPrepare,
  decideDetach,
  decideExternalWrite,
  decideRepair,
  decideTakeOffline,
  decideUnexpectedError,
  decideWait,
} from './environment';
import { comeOnline } from './online';
import { decideClearFault, decideDeleteUnused, decideSetProtectionLevel } from './protection';
import { decideRead } from './read';
import { refuse } from './refuse';
import { Run } from './run';
import { decideReplayWrites } from './replay-writes';
import { decideCreateSnapshot, decideDeleteSnapshot, decideRevert } from './snapshot';
import { decideWrite, decideWriteBurst } from './write';
import { resumeWrite } from './write-path';

/**
 * What a command does to a machine: the events in order, or the reason why it makes no sense now. Pure: the same
 * machine and command always give the same answer.
 */
export function decide(machine: Machine, command: Command): Result<readonly Event[], Refusal> {
  const run = new Run(machine, true);
  const refusal = carryOut(run, command);
  return refusal ? failure(refusal) : success(run.events);
}

/** The machine after a command, without the events in between: for work whose stages nobody watches. */
export function advance(machine: Machine, command: Command): Result<Machine, Refusal> {
  const run = new Run(machine, false);
  const refusal = carryOut(run, command);
  return refusal ? failure(refusal) : success(run.finish());
}

/** Carries out a command on a machine under way. A refusal changes nothing. */
export function carryOut(run: Run, command: Command): Refusal | null {
  const refusal = refuse(run.state, command);
  if (refusal) return refusal;
  const isBetweenStages = run.state.request !== null;
  dispatch(run, command);
  // A write that was stopped between two stages goes on in the environment as it is now.
  if (isBetweenStages) resumeWrite(run);
  return null;
}

/** What a command does that was not refused. */
function dispatch(run: Run, command: Command): void {
  switch (command.type) {
    case 'write':
      return decideWrite(run, command);
    case 'writeBurst':
      return decideWriteBurst(run, command);
    case 'replayWrites':
      return decideReplayWrites(run, command);
    case 'read':
      return decideRead(run, command);
    case 'createSnapshot':
      return decideCreateSnapshot(run);
    case 'deleteSnapshot':
      return decideDeleteSnapshot(run, command.snapshot);
    case 'revertToSnapshot':
      return decideRevert(run, command.snapshot);
    case 'setProtectionLevel':
      return decideSetProtectionLevel(run, command.level);
    case 'clearProtectionFault':
      return decideClearFault(run);
    case 'deleteUnusedDiffAreas':
      return decideDeleteUnused(run);
    case 'resizeDiffArea':
      return decideResize(run, command.maximumBlocks);
    case 'takeOffline':
      return decideTakeOffline(run);
    case 'bringOnline':
      return comeOnline(run);
    case 'detachDiffVolume':
      return decideDetach(run);
    case 'attachDiffVolume':
      return decideAttach(run);
    case 'externalWrite':
      return decideExternalWrite(run, command.block);
    case 'break':
      return decideBreak(run, command.condition);
    case 'repair':
      return decideRepair(run, command.condition);
    case 'wait':
      return decideWait(run, command.durationMs);
    case 'clusterPrepareOffline':
      return decideClusterPrepare(run);
    case 'clusterFinishFailover':
      return decideClusterFinish(run);
    case 'unexpectedError':
      return decideUnexpectedError(run);
    default:
      return unreachable(command);
  }
}
