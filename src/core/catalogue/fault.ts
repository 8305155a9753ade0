import type { FaultName, FaultNumber } from '../fault';
import type { EventId } from './event-id';
import type { NtStatusName } from './status';

/** What breaks, seen from the learner's side: the part of the environment that a fault accuses. */
type FaultComponent =
  | 'diffVolume'
  | 'diffStorage'
  | 'metadata'
  | 'kernelMemory'
  | 'pageFile'
  | 'liveDisk'
  | 'capacity'
  | 'growth'
  | 'unknown'
  | 'fileSystem'
  | 'externalWriter'
  | 'cluster';

/** The moment at which a cause is met: a stage of a request, coming online, or at once. */
type MeetingPoint =
  | 'online'
  | 'request.memory'
  | 'request.space'
  | 'request.read'
  | 'request.copy'
  | 'request.record'
  | 'atOnce'
  | 'clusterOnline';

export interface FaultEntry {
  readonly number: FaultNumber;
  readonly name: Exclude<FaultName, 'NONE'>;
  readonly component: FaultComponent;
  readonly metBy: readonly MeetingPoint[];
  /**
   * Events at level ORIGINAL_VOLUME, one sequence an alternative, in the order in which they are logged. Of 38, 33, 36
   * the 33 comes once a deleted snapshot and the 36 only when the newest is lost as well. Empty: none is documented.
   */
  readonly eventsOriginal: readonly (readonly EventId[])[];
  /** The event at level SNAPSHOT, 79 + number; fault 16 has none. */
  readonly eventSnapshot: EventId | null;
  readonly failureStatus: NtStatusName;
}

function entry(
  number: FaultNumber,
  name: Exclude<FaultName, 'NONE'>,
  component: FaultComponent,
  metBy: readonly MeetingPoint[],
  eventsOriginal: readonly (readonly EventId[])[],
  eventSnapshot: EventId | null,
  failureStatus: NtStatusName,
): FaultEntry {
  return { number, name, component, metBy, eventsOriginal, eventSnapshot, failureStatus };
}

const IO_ERROR = 'STATUS_IO_DEVICE_ERROR';

/** The sixteen, in the order of the public header: entry i is fault i + 1. */
export const FAULT_ENTRIES: readonly FaultEntry[] = [
  entry(1, 'DIFF_AREA_MISSING', 'diffVolume', ['online'], [[32]], 80, 'STATUS_NO_SUCH_DEVICE'),
  entry(2, 'IO_FAILURE_DURING_ONLINE', 'diffStorage', ['online'], [[29]], 81, IO_ERROR),
  entry(
    3,
    'META_DATA_CORRUPTION',
    'metadata',
    ['online', 'request.record'],
    [[27]],
    82,
    'STATUS_DISK_CORRUPT_ERROR',
  ),
  entry(
    4,
    'MEMORY_ALLOCATION_FAILURE',
    'kernelMemory',
    ['request.memory', 'online'],
    [[15]],
    83,
    'STATUS_INSUFFICIENT_RESOURCES',
  ),
  entry(
    5,
    'MAPPED_MEMORY_FAILURE',
    'pageFile',
    ['request.memory', 'online'],
    [[6, 15]],
    84,
    'STATUS_COMMITMENT_LIMIT',
  ),
  entry(6, 'COW_READ_FAILURE', 'liveDisk', ['request.read'], [[14]], 85, 'STATUS_DEVICE_DATA_ERROR'),
  entry(7, 'COW_WRITE_FAILURE', 'diffStorage', ['request.copy'], [[14]], 86, IO_ERROR),
  entry(
    8,
    'DIFF_AREA_FULL',
    'capacity',
    ['request.space'],
    [
      [38, 33, 36],
      [24, 35],
    ],
    87,
    'STATUS_DISK_FULL',
  ),
  entry(9, 'GROW_TOO_SLOW', 'growth', ['request.space'], [[25]], 88, 'STATUS_IO_TIMEOUT'),
  entry(10, 'GROW_FAILED', 'growth', ['request.space'], [[13, 35]], 89, 'STATUS_UNSUCCESSFUL'),
  entry(11, 'DESTROY_ALL_SNAPSHOTS', 'unknown', ['atOnce'], [], 90, 'STATUS_INTERNAL_ERROR'),
  entry(12, 'FILE_SYSTEM_FAILURE', 'fileSystem', ['online'], [[27]], 91, 'STATUS_FILE_CORRUPT_ERROR'),
  entry(13, 'IO_FAILURE', 'diffStorage', ['request.record'], [[14]], 92, IO_ERROR),
  entry(14, 'DIFF_AREA_REMOVED', 'diffVolume', ['atOnce'], [[16]], 93, 'STATUS_DEVICE_REMOVED'),
  entry(15, 'EXTERNAL_WRITER_TO_DIFF_AREA', 'externalWriter', ['atOnce'], [[119]], 94, 'STATUS_DATA_ERROR'),
  entry(
    16,
    'MOUNT_DURING_CLUSTER_OFFLINE',
    'cluster',
    ['clusterOnline'],
    [[119]],
    null,
    'VOLSNAP_MOUNT_INSTEAD_OF_OFFLINE',
  ),
];

export function faultEntry(number: FaultNumber): FaultEntry {
  return FAULT_ENTRIES[number - 1] as FaultEntry;
}

/** The enumerator as vsmgmt.h spells it. */
export function documentedFaultName(name: FaultName): string {
  return `VSS_PROTECTION_FAULT_${name}`;
}
