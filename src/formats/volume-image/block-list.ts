import { BLOCK_SIZE_BYTES } from '../../core/block';
import { BLOCK_HEADER_SIZE_BYTES } from './block-header';
import { readU64, viewOf, writeU64 } from './numbers';

const DESCRIPTOR_SIZE_BYTES = 32;
export const DESCRIPTORS_PER_BLOCK = (BLOCK_SIZE_BYTES - BLOCK_HEADER_SIZE_BYTES) / DESCRIPTOR_SIZE_BYTES;

export const DESCRIPTOR_FLAGS = { forwarder: 1, overlay: 2, unused: 4 } as const;

/** A line of a store's block list. Offsets are bytes from the start of the volume, if nothing else is said. */
export interface Descriptor {
  /** The block whose content is told of. */
  readonly original: number;
  /** From the start of the store's file; of a forwarder, where on the volume to read instead. */
  readonly relative: number;
  /** Where the content lies; 0 for a forwarder. */
  readonly data: number;
  readonly flags: number;
  /** Of an overlay: bit i stands for sector i of the block, from the lowest bit on. */
  readonly sectors: number;
}

/** @param descriptors at most `DESCRIPTORS_PER_BLOCK` */
export function fillBlockList(
  block: Uint8Array,
  descriptors: readonly Pick<Descriptor, 'original' | 'relative' | 'data'>[],
): void {
  const view = viewOf(block);
  descriptors.forEach(({ original, relative, data }, index) => {
    const at = BLOCK_HEADER_SIZE_BYTES + index * DESCRIPTOR_SIZE_BYTES;
    writeU64(view, at, original);
    writeU64(view, at + 8, relative);
    writeU64(view, at + 16, data);
  });
}

/** The descriptors of a block in order, without the empty places. */
export function parseBlockList(block: Uint8Array): readonly Descriptor[] {
  const view = viewOf(block);
  const descriptors: Descriptor[] = [];
  for (let at = BLOCK_HEADER_SIZE_BYTES; at < BLOCK_SIZE_BYTES; at += DESCRIPTOR_SIZE_BYTES) {
    const descriptor = {
      original: readU64(view, at),
      relative: readU64(view, at + 8),
      data: readU64(view, at + 16),
      flags: view.getUint32(at + 24, true),
      sectors: view.getUint32(at + 28, true),
    };
    if (Object.values(descriptor).some((value) => value !== 0)) descriptors.push(descriptor);
  }
  return descriptors;
}
