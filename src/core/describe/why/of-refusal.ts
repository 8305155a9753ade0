import type { RuleId } from '../../catalogue/rule';
import type { CommandType } from '../../command';
import type { RefusalCode } from '../../refusal';

/** What is a limit of this laboratory only: it says nothing about Windows. Each has its sentence in src/words. */
export const LAB_LIMITS = ['notThere', 'notAValue', 'nothingToDo', 'oneAtATime', 'managedOnline'] as const;

export type LabLimit = (typeof LAB_LIMITS)[number];

/** What forbids a command: a rule of the catalogue, or a limit of our own. */
export type Ground =
  { readonly kind: 'rule'; readonly rule: RuleId } | { readonly kind: 'limit'; readonly limit: LabLimit };

/** The same state stands against one command for one reason and against another one for another. */
type GroundOfCode = Ground | ((command: CommandType) => Ground);

function rule(id: RuleId): Ground {
  return { kind: 'rule', rule: id };
}

function limit(which: LabLimit): Ground {
  return { kind: 'limit', limit: which };
}

const readsOrReverts = (command: CommandType): boolean =>
  command === 'read' || command === 'revertToSnapshot';

const GROUNDS: Readonly<Record<RefusalCode, GroundOfCode>> = {
  blockOutsideVolume: limit('notThere'),
  blockOutsideDiffVolume: limit('notThere'),
  countInvalid: limit('notAValue'),
  contentTooLong: rule('blocksOf16KiB'),
  durationInvalid: limit('notAValue'),
  maximumInvalid: limit('notAValue'),
  writeInProgress: limit('oneAtATime'),
  snapshotUnknown: limit('notThere'),
  snapshotsPending: (command) => {
    if (command === 'createSnapshot') return rule('createRefusedWhenStorageFails');
    return readsOrReverts(command) ? rule('pendingUnreadable') : limit('managedOnline');
  },
  volumeOffline: (command) => (readsOrReverts(command) ? rule('gate') : limit('managedOnline')),
  volumeOfflineForProtection: (command) => {
    if (command === 'read') return rule('offlineSnapshotsUnreadable');
    const makesRoom = command === 'resizeDiffArea' || command === 'deleteSnapshot';
    return rule(makesRoom ? 'fullWayOut' : 'snapshotLevelStopsIo');
  },
  volumeOnlineAlready: limit('nothingToDo'),
  volumeOfflineAlready: limit('nothingToDo'),
  levelUnchanged: rule('sameLevelDoesNothing'),
  notFaulted: rule('clearNeedsFault'),
  nothingUnused: rule('nothingUnused'),
  maximumUnchanged: limit('nothingToDo'),
  maximumBelowUse: rule('lowerMaximumRefusedUnderProtection'),
  maximumZeroInUse: rule('maximumZeroInUse'),
  noRoomForSnapshot: rule('createNeedsRoom'),
  diffVolumeAbsent: (command) =>
    command === 'createSnapshot' ? rule('createRefusedWhenStorageFails') : limit('notThere'),
  diffVolumePresentAlready: limit('nothingToDo'),
  storageUnusable: rule('createRefusedWhenStorageFails'),
  storageUnreadable: rule('snapshotReadNeedsStorage'),
  brokenAlready: limit('nothingToDo'),
  notBroken: limit('nothingToDo'),
  clusterPreparedAlready: limit('nothingToDo'),
  clusterNotPrepared: limit('nothingToDo'),
};

/** What forbids a command that was refused with this code. */
export function groundOfRefusal(command: CommandType, code: RefusalCode): Ground {
  const ground = GROUNDS[code];
  return typeof ground === 'function' ? ground(command) : ground;
}
