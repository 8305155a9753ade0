import type { FaultNumber } from '../core/fault';

/** How the laboratory names a fault before it strikes. What it does is shown by running it. */
interface FaultWords {
  /** By cause, never by code. */
  readonly title: string;
  /** At most 28 characters. */
  readonly label: string;
}

export const FAULT_WORDS: Readonly<Record<FaultNumber, FaultWords>> = {
  1: { title: 'The diff volume is missing when the volume comes online', label: 'Diff volume missing' },
  2: {
    title: 'The diff area cannot be read when the volume comes online',
    label: 'Read error coming online',
  },
  3: { title: 'The diff area’s own records are damaged', label: 'Metadata damaged' },
  4: { title: 'No kernel memory is left for the copy', label: 'Kernel memory exhausted' },
  5: { title: 'The diff area’s table cannot be mapped into memory', label: 'Page file too small' },
  6: { title: 'The old block cannot be read from the live volume', label: 'Old block unreadable' },
  7: { title: 'The old block cannot be written to the diff area', label: 'Copy cannot be written' },
  8: { title: 'The diff area is full', label: 'Diff area full' },
  9: { title: 'Writes outrun the growth of the diff area', label: 'Growth too slow' },
  10: { title: 'The diff area cannot grow', label: 'Growth failed' },
  11: { title: 'The snapshot driver meets an error it did not expect', label: 'Unexpected error' },
  12: { title: 'The file system of the diff volume fails', label: 'File system damaged' },
  13: { title: 'The diff area’s records cannot be written', label: 'Records cannot be written' },
  14: { title: 'The diff volume is removed while it is in use', label: 'Diff volume removed' },
  15: { title: 'Another program writes into the diff area', label: 'Foreign write to diff area' },
  16: { title: 'A mount arrives in the middle of a cluster failover', label: 'Mount during failover' },
};
