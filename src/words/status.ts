import { documentedFaultName } from '../core/catalogue/fault';
import { LEVEL_ENTRIES } from '../core/catalogue/protection-level';
import type { FailureStatus, LiveVolumeIo, ProtectionInfo } from '../core/describe/protection-info';
import type { ProtectionLevel } from '../core/protection';
import { hexadecimal } from './phrase';

/** The terms of the Protection status, in the order in which they stand. */
export const STATUS_TERMS: Readonly<Record<keyof ProtectionInfo, string>> = {
  protectionLevel: 'Protection level',
  offlineForProtection: 'Offline for protection',
  protectionFault: 'Protection fault',
  failureStatus: 'Failure status',
  unusedDiffArea: 'Unused diff area',
  liveVolumeIo: 'Live volume I/O',
  snapshotsKept: 'Shadow copies kept',
  snapshotsLost: 'Shadow copies lost',
};

const IO_WORDS: Readonly<Record<LiveVolumeIo, string>> = {
  flowing: 'Flowing',
  blocked: 'Blocked',
  offline: 'Offline',
};

/** VSS_PROTECTION_LEVEL_SNAPSHOT */
function documentedLevelName(level: ProtectionLevel): string {
  return LEVEL_ENTRIES[level].documentedName;
}

function yesOrNo(value: boolean): string {
  return value ? 'Yes' : 'No';
}

function failureStatusText({ name, value }: FailureStatus): string {
  return name === null ? '0' : `${name} (${hexadecimal(value)})`;
}

/** What stands beside each term. */
export function statusValues(info: ProtectionInfo): Readonly<Record<keyof ProtectionInfo, string>> {
  return {
    protectionLevel: documentedLevelName(info.protectionLevel),
    offlineForProtection: yesOrNo(info.offlineForProtection),
    protectionFault: documentedFaultName(info.protectionFault),
    failureStatus: failureStatusText(info.failureStatus),
    unusedDiffArea: yesOrNo(info.unusedDiffArea),
    liveVolumeIo: IO_WORDS[info.liveVolumeIo],
    snapshotsKept: String(info.snapshotsKept),
    snapshotsLost: String(info.snapshotsLost),
  };
}
