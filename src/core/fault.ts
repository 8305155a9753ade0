/** The enumerators of VSS_PROTECTION_FAULT in the order of the public header: the index is the value. */
export const FAULT_NAMES = [
  'NONE',
  'DIFF_AREA_MISSING',
  'IO_FAILURE_DURING_ONLINE',
  'META_DATA_CORRUPTION',
  'MEMORY_ALLOCATION_FAILURE',
  'MAPPED_MEMORY_FAILURE',
  'COW_READ_FAILURE',
  'COW_WRITE_FAILURE',
  'DIFF_AREA_FULL',
  'GROW_TOO_SLOW',
  'GROW_FAILED',
  'DESTROY_ALL_SNAPSHOTS',
  'FILE_SYSTEM_FAILURE',
  'IO_FAILURE',
  'DIFF_AREA_REMOVED',
  'EXTERNAL_WRITER_TO_DIFF_AREA',
  'MOUNT_DURING_CLUSTER_OFFLINE',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** A fault that struck; 0, NONE, is the absence of one. */
export type FaultNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16;
