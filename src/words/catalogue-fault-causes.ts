import type { FaultNumber } from '../core/fault';

/** What the laboratory says of a fault before it strikes, beyond its name. The first screen needs none of it. */
export interface FaultCauseWords {
  readonly cause: string;
  readonly whenMet: string;
  readonly repair: string;
}

export const FAULT_CAUSE_WORDS: Readonly<Record<FaultNumber, FaultCauseWords>> = {
  1: {
    cause: 'The volume that holds the diff area has not arrived.',
    whenMet: 'When the live volume comes online and looks for its diff area.',
    repair: 'Attach the diff volume; the live volume then comes back by itself.',
  },
  2: {
    cause: 'The diff volume is there, but reading it fails.',
    whenMet: 'When the live volume comes online and searches the diff area for snapshots.',
    repair: 'Restore the disk or the path to it, then clear the fault.',
  },
  3: {
    cause: 'The table that tells which slot holds which old block can no longer be trusted.',
    whenMet: 'When the live volume comes online, or when the next copy is recorded.',
    repair: 'Undo the damage itself, then clear the fault.',
  },
  4: {
    cause: 'The driver cannot allocate the buffer that carries the old block.',
    whenMet: 'At the next copy, or when the live volume comes online.',
    repair: 'Free memory, then clear the fault; the shortage may have passed by then.',
  },
  5: {
    cause: 'There is too little page file, or too little memory, to map the table.',
    whenMet: 'At the next copy, or when the live volume comes online.',
    repair: 'Enlarge the page file, then clear the fault.',
  },
  6: {
    cause: 'The live disk cannot read the block whose old content must be saved.',
    whenMet: 'At the first overwrite of that block since the newest snapshot.',
    repair: 'Repair the block, then clear the fault.',
  },
  7: {
    cause: 'The diff volume does not take the data of the copy.',
    whenMet: 'At the next copy.',
    repair: 'Make the diff volume writable again, then clear the fault.',
  },
  8: {
    cause: 'Plain writing has used it up, to its maximum or to the end of the diff volume.',
    whenMet: 'When a copy needs a slot, none is free and nothing can grow.',
    repair: 'Clear the fault first, then raise the maximum or delete snapshots.',
  },
  9: {
    cause: 'First overwrites fill the diff area faster than it grows.',
    whenMet: 'When a copy needs a slot and the growth under way has not finished.',
    repair: 'Speed up the growth or slow down the writes, and clear the fault.',
  },
  10: {
    cause: 'The attempt to enlarge the diff area ends in an error.',
    whenMet: 'When a copy needs a slot and none is free.',
    repair: 'Remove what stops the growth, then clear the fault.',
  },
  11: {
    cause: 'Something failed that has no fault of its own; no cause is documented.',
    whenMet: 'At once; no write is needed.',
    repair: 'Clear the fault; nothing else is known to mend.',
  },
  12: {
    cause: 'The files of the diff area cannot be opened, or their volume cannot be mounted.',
    whenMet: 'When the live volume comes online and opens its diff area.',
    repair: 'Check the file system of the diff volume, then clear the fault.',
  },
  13: {
    cause: 'The diff volume fails a read or write other than that of the copied block.',
    whenMet: 'When the next copy is recorded.',
    repair: 'Restore the disk, then clear the fault.',
  },
  14: {
    cause: 'The diff volume was there and has been taken away.',
    whenMet: 'At once; no write is needed.',
    repair: 'Attach the diff volume again, then clear the fault.',
  },
  15: {
    cause: 'A program writes past the file system, into blocks of the diff area.',
    whenMet: 'At once, as the foreign write arrives.',
    repair: 'Stop the program, then clear the fault; if it was meant to run, leave protection mode first.',
  },
  16: {
    cause: 'The volume was being taken offline for a failover, and a mount request came instead.',
    whenMet: 'When the live volume is brought online before the failover has finished.',
    repair: 'Finish the failover, then clear the fault.',
  },
};
