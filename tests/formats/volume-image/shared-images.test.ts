/**
 * Images that are not part of the repository, one of them a real volume of Windows, each with what libvshadow reads from
 * it. Where they are not there, the skipped test says so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { VolumeImage } from '../../../src/formats/volume-image/volume-image';
import { ROOT } from '../../run/process.js';
import { bytesOf, opened, sourceOfFile, wholeHash } from './reading';

const FOLDER = path.join(ROOT, '../shared/data/images');
const SUFFIX = '.oracle.json';

const NAMES = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => name.slice(0, -SUFFIX.length))
  : [];

interface Expected {
  readonly size: number;
  readonly sha256_raw: string;
  readonly stores: readonly {
    readonly index: number;
    readonly identifier: string;
    readonly copy_identifier: string;
    readonly copy_set_identifier: string;
    readonly creation_filetime: string;
    readonly volume_size: number;
    readonly number_of_blocks: number;
    readonly sha256_full_content: string;
    readonly descriptors_orig_rel_off_flags_bitmap: readonly (readonly number[])[];
  }[];
}

const LIMIT_MS = 240_000;

/** Blocks of the newest snapshot that were not in use, and those among them where other readers read something else. */
async function unusedBlocks(
  image: VolumeImage,
): Promise<{ readonly unused: number; readonly differing: number }> {
  const newest = image.stores.length - 1;
  let unused = 0;
  let differing = 0;
  for (let block = 0; block < image.blockCountOf(newest); block += 1) {
    const read = await image.readBlock(newest, block);
    if (!read.ok || read.value.path.at(-1)?.place !== 'unused') continue;
    unused += 1;
    const live = await bytesOf(image, 'live', block);
    if (Buffer.compare(live, read.value.bytes) !== 0) differing += 1;
  }
  return { unused, differing };
}

describe.each(NAMES)('%s', (name) => {
  const expected = JSON.parse(readFileSync(path.join(FOLDER, name + SUFFIX), 'utf8')) as Expected;
  const file = ['.raw', '.qcow2'].map((type) => path.join(FOLDER, name + type)).find(existsSync)!;

  test('its snapshots are told alike, and every descriptor of them', async () => {
    const image = await opened(sourceOfFile(file));

    expect(
      image.stores.map(({ entry, information, descriptors }, index) => ({
        index,
        identifier: entry.store,
        copy_identifier: information.copy,
        copy_set_identifier: information.copySet,
        creation_filetime: String(entry.createdAt),
        volume_size: entry.volumeSizeBytes,
        number_of_blocks: descriptors.length,
        descriptors_orig_rel_off_flags_bitmap: descriptors.map((one) => [
          ...[one.original, one.relative, one.data, one.flags, one.sectors],
        ]),
      })),
    ).toEqual(expected.stores.map(({ sha256_full_content: _, ...store }) => store));
  });

  test('every byte of every snapshot is read alike', { timeout: LIMIT_MS }, async () => {
    const image = await opened(sourceOfFile(file));

    expect(image.sizeBytes).toBe(expected.size);
    expect(await wholeHash(image, 'live')).toBe(expected.sha256_raw);
    for (const { index, sha256_full_content } of expected.stores) {
      expect(await wholeHash(image, index)).toBe(sha256_full_content);
    }
  });
});

test.skipIf(NAMES.length === 0)(
  'vsstest has 964 blocks that readers read differently: not in use, and not zeros where they lie',
  { timeout: LIMIT_MS },
  async () => {
    const image = await opened(sourceOfFile(path.join(FOLDER, 'vsstest.qcow2')));
    const { differing, unused } = await unusedBlocks(image);

    expect(differing).toBe(964);
    expect(unused).toBeGreaterThan(964);
  },
);

test.skipIf(NAMES.length === 0)(
  NAMES.length === 0
    ? 'SKIPPED, AND NOTHING REPLACES THE REAL ONE: the shared images are not here (../shared/data/images)'
    : 'the shared images are here',
  () => {
    expect(NAMES).not.toEqual([]);
  },
);
