import { BLOCK_SIZE_BYTES } from '../../../src/core/block';
import { commit, getBytes, openDatabase } from './indexed-db';
import type { FilledBlock, Peer } from './peer';

const BLOCKS_PER_VALUE = 64;

/**
 * What IndexedDB can do at best: only the new bytes, 1 MiB a value, one value after the other. Nothing else is stored,
 * no table, so that after a reload nobody would know which block is which.
 */
export async function openMegabytes(name: string): Promise<Peer> {
  const database = await openDatabase(name, ['values']);
  /** Where the bytes of a block lie, latest last. */
  const placesOf = new Map<number, number[]>();
  let nextValue = 0;
  const write = (blocks: readonly FilledBlock[]): Promise<void> =>
    commit(database, ['values'], ({ values }) => {
      for (let from = 0; from < blocks.length; from += BLOCKS_PER_VALUE) {
        const part = blocks.slice(from, from + BLOCKS_PER_VALUE);
        const value = new Uint8Array(part.length * BLOCK_SIZE_BYTES);
        for (const [at, { block, newBytes }] of part.entries()) {
          value.set(newBytes, at * BLOCK_SIZE_BYTES);
          placesOf.set(block, [...(placesOf.get(block) ?? []), nextValue * BLOCKS_PER_VALUE + at]);
        }
        values.put(value, nextValue);
        nextValue += 1;
      }
    });
  const bytesAt = async (place: number | undefined): Promise<Uint8Array> => {
    if (place === undefined) throw new Error('The block was not written');
    const value = await getBytes(database, 'values', Math.floor(place / BLOCKS_PER_VALUE));
    const from = (place % BLOCKS_PER_VALUE) * BLOCK_SIZE_BYTES;
    return value.subarray(from, from + BLOCK_SIZE_BYTES);
  };
  return {
    fill: write,
    write,
    read: async ({ block }) => {
      const places = placesOf.get(block) ?? [];
      return { live: await bytesAt(places.at(-1)), copy: await bytesAt(places.at(-2)) };
    },
  };
}
