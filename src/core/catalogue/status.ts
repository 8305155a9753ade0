import { documented, inferred, type Statement } from './statement';

/**
 * Status codes of failed requests and of m_failureStatus, as unsigned 32-bit values.
 * VOLSNAP_MOUNT_INSTEAD_OF_OFFLINE is our name for a value string in volsnap's own messages; it has no public name.
 */
export const NT_STATUSES = {
  STATUS_UNSUCCESSFUL: 0xc0000001,
  STATUS_NO_SUCH_DEVICE: 0xc000000e,
  STATUS_DISK_CORRUPT_ERROR: 0xc0000032,
  STATUS_DATA_ERROR: 0xc000003e,
  STATUS_DISK_FULL: 0xc000007f,
  STATUS_INSUFFICIENT_RESOURCES: 0xc000009a,
  STATUS_DEVICE_DATA_ERROR: 0xc000009c,
  STATUS_DEVICE_NOT_CONNECTED: 0xc000009d,
  STATUS_IO_TIMEOUT: 0xc00000b5,
  STATUS_INTERNAL_ERROR: 0xc00000e5,
  STATUS_FILE_CORRUPT_ERROR: 0xc0000102,
  STATUS_COMMITMENT_LIMIT: 0xc000012d,
  STATUS_IO_DEVICE_ERROR: 0xc0000185,
  STATUS_DEVICE_REMOVED: 0xc00002b6,
  VOLSNAP_MOUNT_INSTEAD_OF_OFFLINE: 0xd1000002,
} as const satisfies Record<string, number>;

export type NtStatusName = keyof typeof NT_STATUSES;

/** The values themselves, and which of them a fault reports: the page says no more than "internal failure status". */
export const STATUS_STATEMENTS = {
  values: documented('ntstatusValues', 'volsnapMessages'),
  failureStatusOfFault: inferred('byMeaning', 'getLevelPage', 'volsnapMessages', 'kb312067', 'kb833167'),
} satisfies Record<string, Statement>;
