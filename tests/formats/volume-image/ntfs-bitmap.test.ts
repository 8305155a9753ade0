/** Which blocks of a volume are free now, as its $Bitmap says; and of volumes that say nothing, or nonsense. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../../../src/formats/volume-image/byte-source';
import { mapOfContent } from '../../../src/formats/volume-image/image-map';
import { readClusterBitmap } from '../../../src/formats/volume-image/ntfs-bitmap';
import { ROOT } from '../../run/process.js';
import { opened, sourceOfBytes, sourceOfFile } from './reading';
import { imageBytes, WORLDS } from './worlds';

const CLUSTER = 4096;
const CLUSTERS = 256;
const MFT_CLUSTER = 8;
const RECORD = MFT_CLUSTER * CLUSTER + 6 * 1024;

/** A volume of 64 blocks whose MFT has one record: that of $Bitmap, whose data lies in two runs, the later one before. */
function volumeWith(used: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(CLUSTERS * CLUSTER);
  const view = new DataView(bytes.buffer);
  view.setUint16(11, 512, true);
  bytes[13] = 8;
  view.setUint32(48, MFT_CLUSTER, true);
  view.setInt8(64, -10);
  bytes.set(new TextEncoder().encode('FILE'), RECORD);
  view.setUint16(RECORD + 4, 48, true);
  view.setUint16(RECORD + 6, 3, true);
  view.setUint16(RECORD + 20, 56, true);
  // A named stream comes first: it is not the data.
  attribute(view, RECORD + 56, { name: 3, runs: [0x11, 1, 99, 0], size: 4096 });
  attribute(view, RECORD + 128, { name: 0, runs: [0x11, 1, 40, 0x11, 1, 0xfe, 0], size: 8192 });
  view.setUint32(RECORD + 200, 0xffff_ffff, true);
  for (const sector of [0, 1]) {
    const end = RECORD + (sector + 1) * 512 - 2;
    view.setUint16(RECORD + 50 + 2 * sector, view.getUint16(end, true), true);
    view.setUint16(end, 0xabcd, true);
  }
  view.setUint16(RECORD + 48, 0xabcd, true);
  for (const cluster of used) bytes[40 * CLUSTER + (cluster >>> 3)]! |= 1 << (cluster & 7);
  return bytes;
}

function attribute(
  view: DataView,
  at: number,
  { name, runs, size }: { readonly name: number; readonly runs: readonly number[]; readonly size: number },
): void {
  view.setUint32(at, 0x80, true);
  view.setUint32(at + 4, 72, true);
  view.setUint8(at + 8, 1);
  view.setUint8(at + 9, name);
  view.setUint16(at + 32, 64, true);
  view.setUint32(at + 48, size, true);
  runs.forEach((byte, index) => view.setUint8(at + 64 + index, byte));
}

/** A source that counts what is asked of it. */
function counted(bytes: Uint8Array): ByteSource & { read: ByteSource['read']; readBytes: () => number } {
  let total = 0;
  return {
    sizeBytes: bytes.length,
    read: (offset, length) => {
      total += length;
      return Promise.resolve(bytes.subarray(offset, offset + length));
    },
    readBytes: () => total,
  };
}

describe('the bitmap of a volume', () => {
  test('tells the free blocks: those of which no cluster is in use', async () => {
    const bitmap = await readClusterBitmap(sourceOfBytes(volumeWith([0, 7, 9, 255])));
    const free = Array.from({ length: 66 }, (_, block) => bitmap!.isFree(block));

    expect(free.flatMap((isFree, block) => (isFree ? [] : [block]))).toEqual([0, 1, 2, 63, 64, 65]);
  });

  const SPOILT: readonly (readonly [string, (bytes: Uint8Array<ArrayBuffer>) => void])[] = [
    ['no record where it should be', (bytes) => bytes.fill(0, RECORD, RECORD + 4)],
    ['a record that was not written whole', (bytes) => bytes.fill(7, RECORD + 510, RECORD + 512)],
    ['clusters of no size', (bytes) => bytes.fill(0, 13, 14)],
    ['an MFT beyond the end', (bytes) => bytes.fill(0xff, 48, 56)],
    ['data in the record itself', (bytes) => bytes.fill(0, RECORD + 136, RECORD + 137)],
    ['less data than clusters', (bytes) => bytes.fill(0, RECORD + 176, RECORD + 184)],
    ['a hole in its data', (bytes) => bytes.fill(0x01, RECORD + 192, RECORD + 193)],
    ['data before the beginning', (bytes) => bytes.fill(0x80, RECORD + 194, RECORD + 195)],
    ['attributes that never end', (bytes) => bytes.fill(0, RECORD + 60, RECORD + 64)],
  ];

  test.each(SPOILT)('is not known with %s', async (_what, spoil) => {
    const bytes = volumeWith([0]);
    expect(await readClusterBitmap(sourceOfBytes(bytes))).not.toBeNull();
    spoil(bytes);

    expect(await readClusterBitmap(sourceOfBytes(bytes))).toBeNull();
  });

  test('is bounded, whatever the bytes say', async () => {
    const around = fc.tuple(fc.nat(RECORD + 300), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(around, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = volumeWith([0, 200]);
        for (const [at, byte] of changes) bytes[at < 64 ? at : RECORD + (at % 300)] = byte;
        const source = counted(bytes);
        const bitmap = await readClusterBitmap(source);
        expect(typeof (bitmap?.isFree(5) ?? false)).toBe('boolean');
        expect(source.readBytes()).toBeLessThan(bytes.length);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is not known where there is no file system', async () => {
    const image = await opened(sourceOfBytes(imageBytes(WORLDS['a copy']!())));
    const map = mapOfContent(image, 'live', await image.readClusters());

    expect(map).toMatchObject({ isFreeKnown: false, kinds: ['free', 'used', 'copied'] });
    expect([map.counts[0], map.counts[2]]).toEqual([0, 1]);
  });
});

const REAL = path.join(ROOT, '../shared/data/images/vsstest.qcow2');

test.skipIf(!existsSync(REAL))(
  'in a real volume every block that a shadow copy needs is in use',
  async () => {
    const image = await opened(sourceOfFile(REAL));
    const clusters = await image.readClusters();
    const needed = image.stores.flatMap(({ descriptors }) => descriptors.map(({ data }) => data / 16_384));

    expect(needed.length).toBeGreaterThan(900);
    expect(needed.filter((block) => clusters!.isFree(block))).toEqual([]);
    expect(mapOfContent(image, 'live', clusters).counts).toEqual([42_722, 22_346, 468]);
  },
);
