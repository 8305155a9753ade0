/** What no machine of ours writes and real volumes have: forwarders, overlays, blocks not in use, and all of them at once. */
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { randomBelow } from '../../../src/core/random';
import { layoutOf, type StoreLayout } from '../../../src/formats/volume-image/layout';
import { create } from '../../core/given';
import { askOracle, HAS_ORACLE, NO_ORACLE } from './oracle';
import { blockHashes, opened, sourceOfBytes } from './reading';
import { imageBytes, randomBurst, ROOM, temporaryFile, worldAfter } from './worlds';

const BLOCK = 16_384;
const LIVE_BLOCKS = 24;

const world = worldAfter({ ...ROOM, blockCount: LIVE_BLOCKS }, [
  randomBurst(LIVE_BLOCKS, 60, 1),
  ...[2, 3, 4].flatMap((seed) => [create, randomBurst(LIVE_BLOCKS, 9, seed)]),
]);

/** Adds random descriptors to every block list and sets random bits of every bitmap. */
function scrambled(seed: number): Uint8Array<ArrayBuffer> {
  const bytes = imageBytes(world);
  const view = new DataView(bytes.buffer);
  let drawn = 0;
  const below = (limit: number): number => randomBelow(seed, (drawn += 1), limit);
  const place = (): bigint => BigInt((1 + below(LIVE_BLOCKS)) * BLOCK);
  const addDescriptor = (at: number): void => {
    const kind = below(8);
    const flags = kind < 2 ? 1 : kind < 5 ? 2 : [0, 0x88, 4][kind - 5]!;
    const isForwarder = flags === 1;
    view.setBigUint64(at, place(), true);
    view.setBigUint64(at + 8, isForwarder ? place() : BigInt(BLOCK), true);
    view.setBigUint64(at + 16, isForwarder ? 0n : place(), true);
    view.setUint32(at + 24, flags, true);
    view.setUint32(at + 28, flags === 2 ? below(2 ** 32) : 0, true);
  };
  const scrambleStore = (store: StoreLayout): void => {
    const list = (store.first + 1) * BLOCK + 128;
    const count = below(14);
    for (let index = 0; index < count; index += 1) addDescriptor(list + (store.slots.length + index) * 32);
    const bitmaps = (store.hasPrevious ? [3, 4] : [3]).map((block) => (store.first + block) * BLOCK + 128);
    for (const bitmap of bitmaps) {
      for (let at = 0; at < 8; at += 1) bytes[bitmap + at] = below(256) | below(256);
    }
  };
  layoutOf(world.machine).stores.forEach(scrambleStore);
  return bytes;
}

describe('forwarders, overlays and blocks not in use', () => {
  test.skipIf(!HAS_ORACLE)('read as libvshadow reads them, in 150 scrambled images', async () => {
    const images = Array.from({ length: 150 }, (_, seed) => scrambled(seed));
    const files = images.map((bytes) => {
      const file = temporaryFile();
      writeFileSync(file, bytes);
      return file;
    });
    const found = new Set<string>();

    for (const [index, answer] of askOracle(files).entries()) {
      if (!('stores' in answer)) throw new Error(`image ${index}: ${answer.error}`);
      const image = await opened(sourceOfBytes(images[index]!));
      expect(answer.stores).toHaveLength(image.stores.length);
      for (const [snapshot, { blocks }] of answer.stores.entries()) {
        expect(await blockHashes(image, snapshot), `image ${index}, snapshot ${snapshot}`).toEqual(blocks);
        for (let block = 0; block < blocks.length; block += 1) {
          const read = await image.readBlock(snapshot, block);
          if (!read.ok) continue;
          if (read.value.overlaidSectors !== 0) found.add('overlay');
          for (const hop of read.value.path) found.add(hop.place === 'store' ? hop.found : hop.place);
        }
      }
    }
    expect([...found].sort()).toEqual(['copy', 'forwarder', 'live', 'nothing', 'overlay', 'unused']);
  });

  test.skipIf(HAS_ORACLE)(NO_ORACLE, () => {
    expect(HAS_ORACLE).toBe(false);
  });
});
