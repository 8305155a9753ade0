/** Images that nobody wrote with good intent: each is opened or refused, within bounded time, and never with an exception. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ImageProblem } from '../../../src/core/image-problem';
import { randomBelow } from '../../../src/core/random';
import type { Result } from '../../../src/core/result';
import type { ByteSource } from '../../../src/formats/volume-image/byte-source';
import { layoutOf } from '../../../src/formats/volume-image/layout';
import { openImage } from '../../../src/formats/volume-image/read-image';
import type { VolumeImage } from '../../../src/formats/volume-image/volume-image';
import { ROOT } from '../../run/process.js';
import { qcow2Of } from './containers';
import { blockHashes, opened, sourceOfBytes } from './reading';
import { imageBytes, WORLDS } from './worlds';

const BLOCK = 16_384;
/** Far more than any of these takes, and far less than hanging. */
const LIMIT_MS = 5_000;

const world = WORLDS['snapshots that read through newer ones']!();
const good = imageBytes(world);
const [oldest, second] = layoutOf(world.machine).stores;
const catalog = layoutOf(world.machine).catalogFirst * BLOCK;
const list = (oldest!.first + 1) * BLOCK;
const HEADER = 0x1e00;

interface Reading {
  readonly opened: Result<VolumeImage, ImageProblem>;
  readonly blocks: number;
  readonly unreadBlocks: number;
}

async function readEverything(source: ByteSource): Promise<Reading> {
  const image = await openImage(source);
  let blocks = 0;
  let unreadBlocks = 0;
  if (image.ok) {
    for (const content of ['live', ...image.value.stores.keys()] as const) {
      for (let block = 0; block < image.value.blockCountOf(content); block += 1) {
        const read = await image.value.readBlock(content, block);
        blocks += 1;
        if (!read.ok) unreadBlocks += 1;
      }
    }
  }
  return { opened: image, blocks, unreadBlocks };
}

type Damage = (view: DataView, bytes: Uint8Array) => void;

async function problemAfter(damage: Damage): Promise<ImageProblem | 'opened'> {
  const bytes = good.slice();
  damage(new DataView(bytes.buffer), bytes);
  const { opened: image } = await readEverything(sourceOfBytes(bytes));
  return image.ok ? 'opened' : image.problem;
}

const u64 =
  (at: number, value: number | bigint): Damage =>
  (view) =>
    view.setBigUint64(at, BigInt(value), true);
const u32 =
  (at: number, value: number): Damage =>
  (view) =>
    view.setUint32(at, value, true);

const damagedAs = (structure: string, offset: number, flaw: string) => ({
  kind: 'damaged',
  structure,
  offset,
  flaw,
});

describe('what is wrong is said, and where:', () => {
  const first = oldest!.first * BLOCK;
  const bitmap = (layoutOf(world.machine).stores.at(-1)!.first + 3) * BLOCK;
  const far = 2 ** 40;
  const cases: readonly (readonly [string, Damage, unknown])[] = [
    ['no file system', u32(3, 0), { kind: 'noVolume' }],
    ['no shadow copies', u32(HEADER, 0), { kind: 'noShadowCopies', volumeOffset: 0 }],
    ['an unknown version', u32(HEADER + 16, 3), damagedAs('volumeHeader', HEADER, 'unknownVersion')],
    ['sectors of no size', u32(11, 0), damagedAs('bootSector', 0, 'badSize')],
    [
      'a volume larger than the file',
      u64(40, far),
      { kind: 'cutOff', neededBytes: (far + 1) * 512, presentBytes: good.length },
    ],
    ['a volume of 2^64 sectors', u64(40, 2n ** 64n - 1n), damagedAs('bootSector', 0, 'badSize')],
    ['a catalog outside', u64(HEADER + 48, far), damagedAs('catalog', far, 'badOffset')],
    ['a catalog that is none', u64(HEADER + 48, BLOCK), damagedAs('catalog', BLOCK, 'notIdentified')],
    ['a catalog in a circle', u64(catalog + 40, catalog), damagedAs('catalog', catalog, 'loop')],
    ['a catalog of another version', u32(catalog + 16, 2), damagedAs('catalog', catalog, 'unknownVersion')],
    ['an entry of an unknown type', u64(catalog + 128, 4), damagedAs('catalog', catalog, 'badEntry')],
    ['a snapshot larger than its volume', u64(catalog + 136, far), damagedAs('catalog', 0, 'badSize')],
    ['a store header outside', u64(catalog + 288, far), damagedAs('storeHeader', far, 'badOffset')],
    ['a store header at 0', u64(catalog + 288, 0), damagedAs('storeHeader', 0, 'badOffset')],
    ['a name longer than its block', u32(first + 192, 0xffff), damagedAs('storeHeader', first, 'badSize')],
    ['a block list in a circle', u64(list + 40, list), damagedAs('blockList', list, 'loop')],
    ['a block list of bitmaps', u64(catalog + 264, bitmap), damagedAs('blockList', bitmap, 'notIdentified')],
    [
      'a range list in a circle',
      u64(list + BLOCK + 40, list + BLOCK),
      damagedAs('rangeList', list + BLOCK, 'loop'),
    ],
    ['a copy outside the volume', u64(list + 144, far), damagedAs('blockList', list, 'badEntry')],
    ['an original outside the volume', u64(list + 128, far), damagedAs('blockList', list, 'badEntry')],
    ['an original between blocks', u64(list + 128, 512), damagedAs('blockList', list, 'badEntry')],
    ['forwarder and overlay at once', u32(list + 152, 3), damagedAs('blockList', list, 'badEntry')],
    ['a forwarder with a copy', u32(list + 152, 1), damagedAs('blockList', list, 'badEntry')],
    ['a bitmap that is none', u32(bitmap, 0), damagedAs('bitmap', bitmap, 'notIdentified')],
  ];

  test.each(cases)('%s', async (_what, damage, expected) => {
    expect(await problemAfter(damage)).toEqual(expected);
  });

  test('a snapshot whose store is not told of', async () => {
    expect(await problemAfter(u64(catalog + 256, 1))).toMatchObject({ kind: 'storedElsewhere' });
  });

  test('a file that cannot be read', async () => {
    const gone = { sizeBytes: 2 ** 20, read: () => Promise.reject(new Error('The file has gone')) };
    expect(await openImage(gone)).toEqual({
      ok: false,
      problem: { kind: 'unreadable', reason: 'The file has gone' },
    });
  });

  test('a block that is not there', async () => {
    const image = await opened(sourceOfBytes(good));
    for (const block of [-1, image.blockCountOf(0), NaN]) {
      expect(await image.readBlock(0, block)).toMatchObject({ ok: false, problem: { kind: 'blockUnknown' } });
    }
  });
});

describe('what is strange but can be read:', () => {
  test('a forwarder to itself is not there', async () => {
    const bytes = good.slice();
    const view = new DataView(bytes.buffer);
    view.setBigUint64(list + 136, view.getBigUint64(list + 128, true), true);
    view.setBigUint64(list + 144, 0n, true);
    view.setUint32(list + 152, 1, true);

    expect(await readEverything(sourceOfBytes(bytes))).toMatchObject({
      opened: { ok: true },
      unreadBlocks: 0,
    });
  });

  test('two stores in one place', async () => {
    const bytes = good.slice();
    const view = new DataView(bytes.buffer);
    // The block list of the second snapshot is that of the oldest.
    view.setBigUint64(catalog + 128 + 3 * 128 + 8, BigInt(list), true);
    const image = await opened(sourceOfBytes(bytes));

    expect(second).toBeDefined();
    expect(image.stores[1]!.descriptors).toEqual(image.stores[0]!.descriptors);
    expect(await blockHashes(image, 0)).toEqual(await blockHashes(image, 1));
  });

  test('snapshots of one time, in the order of their numbers', async () => {
    const bytes = good.slice();
    const view = new DataView(bytes.buffer);
    for (let entry = 0; entry < 4; entry += 1) view.setBigUint64(catalog + 128 + entry * 256 + 48, 7n, true);
    const image = await opened(sourceOfBytes(bytes));

    expect(image.stores.map(({ entry }) => entry.sequence)).toEqual([1, 2, 3, 4]);
  });

  test('entries in another order', async () => {
    const bytes = good.slice();
    const entries = [7, 0, 3, 2, 1, 6, 5, 4].map((place) =>
      good.slice(catalog + 128 + place * 128, catalog + 256 + place * 128),
    );
    entries.forEach((entry, place) => bytes.set(entry, catalog + 128 + place * 128));

    const [expected, image] = [await opened(sourceOfBytes(good)), await opened(sourceOfBytes(bytes))];
    expect(image.stores).toEqual(expected.stores);
  });
});

test('cut off anywhere, an image is refused', { timeout: 60_000 }, async () => {
  const lengths = Array.from({ length: 400 }, (_, run) =>
    run < 100 ? randomBelow(1, run, 40_000) : randomBelow(2, run, good.length),
  );
  for (const length of lengths) {
    const image = await openImage(sourceOfBytes(good.subarray(0, length)));
    expect(image.ok, `${length} bytes`).toBe(false);
  }
});

/** Numbers that break the careless. */
const NUMBERS = [0n, 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n, 16_384n, 0x1e00n];

/** Some bytes changed, mostly where they matter: in what is neither zeros nor content. */
function mutated(bytes: Uint8Array, metadata: readonly number[], seed: number): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(bytes);
  const view = new DataView(copy.buffer);
  let drawn = 0;
  const below = (limit: number): number => randomBelow(seed, (drawn += 1), limit);
  const changes = 1 + below(6);
  for (let change = 0; change < changes; change += 1) {
    const block = metadata[below(metadata.length)]!;
    const near = block + below(320);
    const at = Math.min(below(8) === 0 ? below(copy.length) : near, copy.length - 8);
    const kind = below(4);
    if (kind === 0) copy[at] = below(256);
    else if (kind === 1) copy[at] = copy[at]! ^ (1 << below(8));
    else if (kind === 2) view.setBigUint64(at - (at % 8), NUMBERS[below(NUMBERS.length)]!, true);
    else view.setBigUint64(at - (at % 8), BigInt(metadata[below(metadata.length)]!), true);
  }
  return copy;
}

const IDENTIFIER = good.subarray(HEADER, HEADER + 16);

function metadataOf(bytes: Uint8Array): readonly number[] {
  const blocks = Array.from({ length: Math.floor(bytes.length / BLOCK) }, (_, block) => block * BLOCK);
  return [0, HEADER, ...blocks.filter((at) => IDENTIFIER.every((byte, index) => bytes[at + index] === byte))];
}

async function fuzz(
  bytes: Uint8Array,
  places: readonly number[],
  runs: number,
): Promise<ReadonlySet<string>> {
  const ends = new Set<string>();
  for (let seed = 0; seed < runs; seed += 1) {
    const startedAt = performance.now();
    const { opened: image, unreadBlocks } = await readEverything(sourceOfBytes(mutated(bytes, places, seed)));
    ends.add(image.ok ? (unreadBlocks > 0 ? 'partly read' : 'read') : image.problem.kind);
    expect(performance.now() - startedAt, `seed ${seed}`).toBeLessThan(LIMIT_MS);
  }
  return ends;
}

const SPIKES = ['spike_1mib_1snap.raw', 'spike_4mib_3snap.raw']
  .map((name) => path.join(ROOT, '../shared/data/images', name))
  .filter(existsSync);

describe('2,000 times changed at random, an image is opened or refused:', () => {
  test.each(SPIKES)('a shared one', { timeout: 240_000 }, async (file) => {
    const bytes = readFileSync(file);
    const ends = await fuzz(bytes, metadataOf(bytes), 1000);

    expect([...ends]).toEqual(expect.arrayContaining(['read', 'damaged', 'cutOff', 'noShadowCopies']));
  });

  test('one of ours', { timeout: 240_000 }, async () => {
    const ends = await fuzz(good, metadataOf(good), SPIKES.length > 0 ? 200 : 2000);

    expect([...ends]).toEqual(expect.arrayContaining(['read', 'damaged', 'noShadowCopies']));
  });

  test('a qcow2 file', { timeout: 240_000 }, async () => {
    const file = qcow2Of(good, { version: 3, clusterBits: 14, compressEvery: 2 });
    const ends = await fuzz(file, [0, 16_384, 32_768, 32_768 + 320], 300);

    expect([...ends]).toEqual(expect.arrayContaining(['read', 'partly read', 'damaged', 'notSupported']));
  });
});
