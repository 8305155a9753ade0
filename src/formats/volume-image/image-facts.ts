import { BLOCK_SIZE_BYTES } from '../../core/block';
import type { SnapshotEntry } from './catalog';
import type { StoreInformation } from './store-header';
import type { VolumeHeader } from './volume-header';

/** Which content of an image is meant: the live volume, or a snapshot by its place, 0 for the oldest. */
export type ImageContent = 'live' | number;

/** A snapshot of an image, without its blocks. */
export interface ImageSnapshotFacts {
  readonly entry: SnapshotEntry;
  readonly information: StoreInformation;
  /** Lines of its block list. */
  readonly descriptorCount: number;
}

/** What an opened image is, without its blocks: plain data. */
export interface ImageFacts {
  readonly sizeBytes: number;
  /** Where on the disk the volume begins, in bytes: 0 for the image of a volume. */
  readonly volumeOffset: number;
  readonly header: VolumeHeader;
  /** Oldest first. */
  readonly snapshots: readonly ImageSnapshotFacts[];
}

/** Of the live volume, or of the volume when a snapshot was made. */
export function sizeOfContent({ sizeBytes, snapshots }: ImageFacts, content: ImageContent): number {
  return content === 'live' ? sizeBytes : (snapshots[content]?.entry.volumeSizeBytes ?? 0);
}

/** In blocks of 16 KiB, the last of which may be shorter. */
export function blockCountOfContent(facts: ImageFacts, content: ImageContent): number {
  return Math.ceil(sizeOfContent(facts, content) / BLOCK_SIZE_BYTES);
}
