import type { FaultNumber } from '../core/fault';

/** What the laboratory says of a fault before it strikes. What it does is shown by running it. */
export interface FaultWords {
  /** By cause, never by code. */
  readonly title: string;
  /** At most 28 characters. */
  readonly label: string;
  readonly cause: string;
  readonly whenMet: string;
  readonly repair: string;
}

export const FAULT_WORDS: Readonly<Record<FaultNumber, FaultWords>> = {
  1: {
    title: 'The diff volume is missing when the volume comes online',
    label: 'Diff volume missing',
    cause: 'The volume that holds the diff area has not arrived.',
    whenMet: 'When the live volume comes online and looks for its diff area.',
    repair: 'Attach the diff volume; the live volume then comes back by itself.',
  },
  2: {
    title: 'The diff area cannot be read when the volume comes online',
    label: 'Read error coming online',
    cause: 'The diff volume is there, but reading it fails.',
    whenMet: 'When the live volume comes online and searches the diff area for snapshots.',
    repair: 'Restore the disk or the path to it, then clear the fault.',
  },
  3: {
    title: 'The diff area’s own records are damaged',
    label: 'Metadata damaged',
    cause: 'The table that tells which slot holds which old block can no longer be trusted.',
    whenMet: 'When the live volume comes online, or when the next copy is recorded.',
    repair: 'Undo the damage itself, then clear the fault.',
  },
  4: {
    title: 'No kernel memory is left for the copy',
    label: 'Kernel memory exhausted',
    cause: 'The driver cannot allocate the buffer that carries the old block.',
    whenMet: 'At the next copy, or when the live volume comes online.',
    repair: 'Free memory, then clear the fault; the shortage may have passed by then.',
  },
  5: {
    title: 'The diff area’s table cannot be mapped into memory',
    label: 'Page file too small',
    cause: 'There is too little page file, or too little memory, to map the table.',
    whenMet: 'At the next copy, or when the live volume comes online.',
    repair: 'Enlarge the page file, then clear the fault.',
  },
  6: {
    title: 'The old block cannot be read from the live volume',
    label: 'Old block unreadable',
    cause: 'The live disk cannot read the block whose old content must be saved.',
    whenMet: 'At the first overwrite of that block since the newest snapshot.',
    repair: 'Repair the block, then clear the fault.',
  },
  7: {
    title: 'The old block cannot be written to the diff area',
    label: 'Copy cannot be written',
    cause: 'The diff volume does not take the data of the copy.',
    whenMet: 'At the next copy.',
    repair: 'Make the diff volume writable again, then clear the fault.',
  },
  8: {
    title: 'The diff area is full',
    label: 'Diff area full',
    cause: 'Plain writing has used it up, to its maximum or to the end of the diff volume.',
    whenMet: 'When a copy needs a slot, none is free and nothing can grow.',
    repair: 'Clear the fault first, then raise the maximum or delete snapshots.',
  },
  9: {
    title: 'Writes outrun the growth of the diff area',
    label: 'Growth too slow',
    cause: 'First overwrites fill the diff area faster than it grows.',
    whenMet: 'When a copy needs a slot and the growth under way has not finished.',
    repair: 'Speed up the growth or slow down the writes, and clear the fault.',
  },
  10: {
    title: 'The diff area cannot grow',
    label: 'Growth failed',
    cause: 'The attempt to enlarge the diff area ends in an error.',
    whenMet: 'When a copy needs a slot and none is free.',
    repair: 'Remove what stops the growth, then clear the fault.',
  },
  11: {
    title: 'The snapshot driver meets an error it did not expect',
    label: 'Unexpected error',
    cause: 'Something failed that has no fault of its own; no cause is documented.',
    whenMet: 'At once; no write is needed.',
    repair: 'Clear the fault; nothing else is known to mend.',
  },
  12: {
    title: 'The file system of the diff volume fails',
    label: 'File system damaged',
    cause: 'The files of the diff area cannot be opened, or their volume cannot be mounted.',
    whenMet: 'When the live volume comes online and opens its diff area.',
    repair: 'Check the file system of the diff volume, then clear the fault.',
  },
  13: {
    title: 'The diff area’s records cannot be written',
    label: 'Records cannot be written',
    cause: 'The diff volume fails a read or write other than that of the copied block.',
    whenMet: 'When the next copy is recorded.',
    repair: 'Restore the disk, then clear the fault.',
  },
  14: {
    title: 'The diff volume is removed while it is in use',
    label: 'Diff volume removed',
    cause: 'The diff volume was there and has been taken away.',
    whenMet: 'At once; no write is needed.',
    repair: 'Attach the diff volume again, then clear the fault.',
  },
  15: {
    title: 'Another program writes into the diff area',
    label: 'Foreign write to diff area',
    cause: 'A program writes past the file system, into blocks of the diff area.',
    whenMet: 'At once, as the foreign write arrives.',
    repair: 'Stop the program, then clear the fault; if it was meant to run, leave protection mode first.',
  },
  16: {
    title: 'A mount arrives in the middle of a cluster failover',
    label: 'Mount during failover',
    cause: 'The volume was being taken offline for a failover, and a mount request came instead.',
    whenMet: 'When the live volume is brought online before the failover has finished.',
    repair: 'Finish the failover, then clear the fault.',
  },
};
