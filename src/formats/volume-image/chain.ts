import { BLOCK_SIZE_BYTES } from '../../core/block';
import type { ImageStructure } from '../../core/image-problem';
import { damaged } from './bad-image';
import { parseBlockHeader, RECORD_TYPES, SUPPORTED_BLOCK_VERSION } from './block-header';
import { readBytes, type ByteSource } from './byte-source';

type ChainedStructure = Extract<ImageStructure, keyof typeof RECORD_TYPES>;

/**
 * The blocks of a chain of metadata from `offset` on; none when that is 0. A chain that comes back to itself is damaged,
 * as is one of more than `limit` blocks.
 *
 * @throws {BadImage}
 */
export async function* readChain(
  volume: ByteSource,
  structure: ChainedStructure,
  offset: number,
  limit: number,
): AsyncGenerator<Uint8Array> {
  const visited = new Set<number>();
  for (let next = offset; next !== 0;) {
    if (visited.has(next)) throw damaged(structure, next, 'loop');
    if (visited.size === limit) throw damaged(structure, next, 'badSize');
    visited.add(next);
    const block = await readMetadata(volume, structure, next);
    yield block;
    next = parseBlockHeader(block).nextOffset;
  }
}

/** A single block of metadata. */
export async function readMetadata(
  volume: ByteSource,
  structure: ChainedStructure,
  offset: number,
): Promise<Uint8Array> {
  const isInside = offset > 0 && offset + BLOCK_SIZE_BYTES <= volume.sizeBytes;
  if (!isInside) throw damaged(structure, offset, 'badOffset');
  const block = await readBytes(volume, offset, BLOCK_SIZE_BYTES);
  const { isIdentified, type, version } = parseBlockHeader(block);
  if (!isIdentified || type !== RECORD_TYPES[structure]) throw damaged(structure, offset, 'notIdentified');
  if (version !== SUPPORTED_BLOCK_VERSION) throw damaged(structure, offset, 'unknownVersion');
  return block;
}
