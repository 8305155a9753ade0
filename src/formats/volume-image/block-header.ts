import { BLOCK_SIZE_BYTES } from '../../core/block';
import { GUID_SIZE_BYTES, guidBytes, VSS_IDENTIFIER } from './guid';
import { readU64, viewOf, writeU64 } from './numbers';

/** The header of every 16 KiB block of metadata (libvshadow's format description, "store block header"). */
export const BLOCK_HEADER_SIZE_BYTES = 128;

export const RECORD_TYPES = {
  volumeHeader: 1,
  catalog: 2,
  blockList: 3,
  storeHeader: 4,
  rangeList: 5,
  bitmap: 6,
} as const;

export type RecordType = (typeof RECORD_TYPES)[keyof typeof RECORD_TYPES];

export const SUPPORTED_BLOCK_VERSION = 1;

/** Offsets are bytes from the start of the volume, `relativeOffset` from the start of the file that the block is part of. */
export interface BlockHeader {
  readonly type: RecordType;
  readonly relativeOffset: number;
  readonly offset: number;
  /** Of the next block of the chain; 0: this is the last. */
  readonly nextOffset: number;
}

const IDENTIFIER = guidBytes(VSS_IDENTIFIER);

export function hasIdentifier(bytes: Uint8Array, at = 0): boolean {
  return IDENTIFIER.every((byte, index) => bytes[at + index] === byte);
}

export function writeIdentifier(bytes: Uint8Array, at = 0): void {
  bytes.set(IDENTIFIER, at);
}

/** A block of zeros behind its header. */
export function createBlock({ type, relativeOffset, offset, nextOffset }: BlockHeader): Uint8Array {
  const block = new Uint8Array(BLOCK_SIZE_BYTES);
  const view = viewOf(block);
  writeIdentifier(block);
  view.setUint32(GUID_SIZE_BYTES, SUPPORTED_BLOCK_VERSION, true);
  view.setUint32(20, type, true);
  writeU64(view, 24, relativeOffset);
  writeU64(view, 32, offset);
  writeU64(view, 40, nextOffset);
  return block;
}

/** What a block of metadata says of itself. */
interface FoundHeader {
  readonly isIdentified: boolean;
  readonly version: number;
  readonly type: number;
  readonly nextOffset: number;
}

export function parseBlockHeader(block: Uint8Array): FoundHeader {
  const view = viewOf(block);
  return {
    isIdentified: hasIdentifier(block),
    version: view.getUint32(GUID_SIZE_BYTES, true),
    type: view.getUint32(20, true),
    nextOffset: readU64(view, 40),
  };
}
