import { faultEntry } from '../catalogue/fault';
import type { ProtectionInfoMemberName } from '../catalogue/protection-info';
import { LEVEL_ENTRIES } from '../catalogue/protection-level';
import { NT_STATUSES, type NtStatusName } from '../catalogue/status';
import { FAULT_NAMES, type FaultName } from '../fault';
import { existingSnapshots, hasUnusedDiffArea, isOnline, type Machine } from '../machine';
import type { ProtectionLevel } from '../protection';

/** `blocked`: offline for protection. `offline`: taken offline by an administrator or by the cluster. */
export type LiveVolumeIo = 'flowing' | 'blocked' | 'offline';

export interface FailureStatus {
  /** `null` while no fault is recorded: the value is 0 then. */
  readonly name: NtStatusName | null;
  /** Unsigned, 32 bits. */
  readonly value: number;
}

/** What VSS_VOLUME_PROTECTION_INFO says of a machine, and what that means for its I/O and its snapshots. */
export interface ProtectionInfo {
  readonly protectionLevel: ProtectionLevel;
  readonly offlineForProtection: boolean;
  readonly protectionFault: FaultName;
  readonly failureStatus: FailureStatus;
  readonly unusedDiffArea: boolean;
  readonly liveVolumeIo: LiveVolumeIo;
  readonly snapshotsKept: number;
  /** Snapshots that nobody asked to delete: given up to a fault, to a limit, or to a way out. */
  readonly snapshotsLost: number;
}

export function protectionInfo(machine: Machine): ProtectionInfo {
  return {
    protectionLevel: machine.level,
    offlineForProtection: machine.access === 'offlineForProtection',
    protectionFault: FAULT_NAMES[machine.fault],
    failureStatus: failureStatusOf(machine),
    unusedDiffArea: hasUnusedDiffArea(machine),
    liveVolumeIo: liveVolumeIoOf(machine),
    snapshotsKept: existingSnapshots(machine).length,
    snapshotsLost: machine.snapshotsLost,
  };
}

export function liveVolumeIoOf(machine: Machine): LiveVolumeIo {
  if (isOnline(machine)) return 'flowing';
  return machine.access === 'offlineForProtection' ? 'blocked' : 'offline';
}

function failureStatusOf(machine: Machine): FailureStatus {
  if (machine.fault === 0) return { name: null, value: 0 };
  const name = faultEntry(machine.fault).failureStatus;
  return { name, value: NT_STATUSES[name] };
}

/** The six members of the structure as numbers. */
export function memberValues(info: ProtectionInfo): Readonly<Record<ProtectionInfoMemberName, number>> {
  return {
    m_protectionLevel: LEVEL_ENTRIES[info.protectionLevel].value,
    m_volumeIsOfflineForProtection: Number(info.offlineForProtection),
    m_protectionFault: FAULT_NAMES.indexOf(info.protectionFault),
    m_failureStatus: info.failureStatus.value,
    m_volumeHasUnusedDiffArea: Number(info.unusedDiffArea),
    m_reserved: 0,
  };
}
