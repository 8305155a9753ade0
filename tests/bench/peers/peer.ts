/** The first content of a block. */
export interface FilledBlock {
  readonly block: number;
  /** In a buffer of their own: IndexedDB would store all of a larger one. */
  readonly newBytes: Uint8Array<ArrayBuffer>;
}

/** A block that is overwritten for the first time since the snapshot, so that its old bytes have to be kept. */
export interface CopiedBlock extends FilledBlock {
  /** The place in the diff area that its copy gets. */
  readonly slot: number;
  /** At hand without being read, as they are to an engine that knows what it wrote. */
  readonly oldBytes: Uint8Array<ArrayBuffer>;
}

/** Something that persists a volume of blocks of 16 KiB under a snapshot. */
export interface Peer {
  /** Stores blocks in one commit. */
  fill(blocks: readonly FilledBlock[]): Promise<void>;
  /** Copies and overwrites blocks in one commit, which is durable when the promise resolves. */
  write(blocks: readonly CopiedBlock[]): Promise<void>;
  /** Reads a block back, and what its slot keeps. */
  read(place: Pick<CopiedBlock, 'block' | 'slot'>): Promise<KeptBlock>;
}

interface KeptBlock {
  readonly live: Uint8Array;
  readonly copy: Uint8Array;
}

/** The number of the one snapshot. */
export const SNAPSHOT = 1;
