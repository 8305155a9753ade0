import { describe, expect, test } from 'vitest';
import { openImage } from '../../../src/formats/volume-image/read-image';
import { createBootSector } from '../../../src/formats/volume-image/boot-sector';
import { extendedDisk, gptDisk, mbrDisk, qcow2Of, type Qcow2Options } from './containers';
import { blockHashes, opened, sourceOfBytes } from './reading';
import { imageBytes, WORLDS } from './worlds';

const bytes = imageBytes(WORLDS['snapshots that read through newer ones']!());
const volume = await opened(sourceOfBytes(bytes));
const expected = await Promise.all(volume.stores.map((_, index) => blockHashes(volume, index)));

/** An NTFS volume without shadow copies. */
const plain = new Uint8Array(2 ** 20);
plain.set(createBootSector(plain.length));

async function expectSameVolume(file: Uint8Array, volumeOffset: number): Promise<void> {
  const image = await opened(sourceOfBytes(file));

  expect([image.sizeBytes, image.volumeOffset]).toEqual([bytes.length, volumeOffset]);
  for (const [index, hashes] of expected.entries()) expect(await blockHashes(image, index)).toEqual(hashes);
}

describe('a volume in a qcow2 file', () => {
  const files: readonly (readonly [string, Qcow2Options])[] = [
    ['version 2', { version: 2, clusterBits: 16, compressEvery: 0 }],
    ['version 2, compressed', { version: 2, clusterBits: 16, compressEvery: 1 }],
    ['version 3, some clusters compressed', { version: 3, clusterBits: 16, compressEvery: 3 }],
    ['clusters smaller than a block', { version: 3, clusterBits: 9, compressEvery: 0 }],
    ['compressed clusters smaller than a block', { version: 3, clusterBits: 12, compressEvery: 2 }],
    ['the largest clusters', { version: 3, clusterBits: 21, compressEvery: 1 }],
  ];

  test.each(files)('%s', async (_name, options) => {
    await expectSameVolume(qcow2Of(bytes, options), 0);
  });

  test('with a partition table inside', async () => {
    const disk = mbrDisk([plain, bytes]);
    await expectSameVolume(qcow2Of(disk, { version: 3, clusterBits: 16, compressEvery: 2 }), 2 * 2 ** 20);
  });

  const unsupported: readonly (readonly [string, number, number, string])[] = [
    ['another version', 7, 4, 'version'],
    ['a backing file', 15, 1, 'backingFile'],
    ['encryption', 35, 1, 'encryption'],
    ['a mark that it is corrupt', 79, 2, 'markedCorrupt'],
    ['a data file elsewhere', 79, 4, 'externalDataFile'],
    ['another compression', 79, 8, 'compressionType'],
    ['entries with subclusters', 79, 16, 'extendedEntries'],
    ['a feature nobody knows', 78, 1, 'otherFeature'],
    ['a feature nobody knows at all', 72, 1, 'otherFeature'],
  ];

  test.each(unsupported)('that has %s is refused', async (_what, at, value, feature) => {
    const file = qcow2Of(bytes, { version: 3, clusterBits: 16, compressEvery: 0 });
    file[at] = value;

    expect(await openImage(sourceOfBytes(file))).toEqual({
      ok: false,
      problem: { kind: 'notSupported', feature },
    });
  });

  test('that was not closed cleanly is read', async () => {
    const file = qcow2Of(bytes, { version: 3, clusterBits: 16, compressEvery: 0 });
    file[79] = 1;
    await expectSameVolume(file, 0);
  });
});

describe('a disk with partitions', () => {
  test('the only one', async () => {
    await expectSameVolume(mbrDisk([bytes]), 2 ** 20);
  });

  test('the first that has shadow copies', async () => {
    await expectSameVolume(mbrDisk([new Uint8Array(2 ** 20), plain, bytes, bytes]), 3 * 2 ** 20);
  });

  test('logical ones, in a chain', async () => {
    const gap = new Uint8Array(2 ** 20 - 512);
    await expectSameVolume(extendedDisk([gap, plain.subarray(0, 2 ** 20 - 512), bytes]), 3 * 2 ** 20);
  });

  test('whose chain of logical ones comes back to itself', async () => {
    const disk = extendedDisk([new Uint8Array(512), new Uint8Array(512)]);
    disk.set([0x05, 0, 0, 0, 0, 0, 0, 0, 1], 2 ** 20 - 512 + 462 + 4);

    expect(await openImage(sourceOfBytes(disk))).toEqual({ ok: false, problem: { kind: 'noVolume' } });
  });

  test.each([512, 4096])('GPT with sectors of %i bytes', async (sectorSize) => {
    await expectSameVolume(gptDisk([plain, bytes], sectorSize), 2 * 2 ** 20);
  });

  test('none of which has any is told apart from one without a volume', async () => {
    expect(await openImage(sourceOfBytes(mbrDisk([plain])))).toEqual({
      ok: false,
      problem: { kind: 'noShadowCopies', volumeOffset: 2 ** 20 },
    });
    expect(await openImage(sourceOfBytes(mbrDisk([new Uint8Array(2 ** 20)])))).toEqual({
      ok: false,
      problem: { kind: 'noVolume' },
    });
  });
});

test('the path of a read names every store that it looked at', async () => {
  const paths = await Promise.all(
    Array.from({ length: 61 }, async (_, block) => {
      const read = await volume.readBlock(0, block + 1);
      if (!read.ok) throw new Error('not read');
      return read.value.path
        .map((hop) => (hop.place === 'store' ? `${hop.store}${hop.found === 'copy' ? '!' : ''}` : hop.place))
        .join(' ');
    }),
  );

  expect([...new Set(paths)].sort()).toEqual(['0 1 2 3 live', '0 1 2 3!', '0 1 2!', '0 1!', '0!']);
});

test('of a large file only slices are read', async () => {
  const disk = new Uint8Array(2 ** 26);
  disk.set(mbrDisk([bytes]));
  let read = 0;
  const image = await opened({
    sizeBytes: disk.length,
    read(offset, length) {
      read += length;
      return Promise.resolve(disk.subarray(offset, offset + length));
    },
  });
  await image.readBlock(0, 5);

  expect(read).toBeLessThan(2 ** 23);
});

test('a file that could not be read for a moment is read afterwards', async () => {
  const bad = new Set<number>();
  const image = await opened({
    sizeBytes: bytes.length,
    read: (offset, length) =>
      bad.has(offset)
        ? Promise.reject(new Error('Busy'))
        : Promise.resolve(bytes.subarray(offset, offset + length)),
  });
  const last = image.blockCountOf('live') - 1;
  bad.add(Math.floor((last * 16_384) / 2 ** 18) * 2 ** 18);
  const fresh = await image.readBlock('live', last);
  bad.clear();

  expect([fresh.ok, (await image.readBlock('live', last)).ok]).toEqual([false, true]);
});
