import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/core/command';
import { existingSnapshots } from '../../../src/core/machine';
import { creationTimeOf, identityOf } from '../../../src/formats/volume-image/snapshot-identity';
import { writeImage, type ImagedWorld } from '../../../src/formats/volume-image/write-image';
import * as given from '../../core/given';
import { historyOf, laboratoriesOf } from '../../core/laboratories';
import { askOracle, askSharedOracle, HAS_ORACLE, NO_ORACLE, type OracleAnswer } from './oracle';
import { imageBytes, imageFile, modelHashes, sha256, worldAfter, worldsOf } from './worlds';

const ROOM = { diffVolumeBlocks: 4096, maximumBlocks: null, initialBlocks: 64, growthStepBlocks: 64 };

const { create, write, burst, deleteSnapshot, revertTo } = given;

function randomBurst(span: number, writes: number, seed: number): Command {
  return { type: 'writeBurst', order: 'random', block: 0, span, from: 0, writes, seed };
}

/** What a machine came through, and what its image is. The hashes were found with libvshadow agreeing. */
const WORLDS: Readonly<Record<string, () => ImagedWorld>> = {
  'no snapshots': () => worldAfter({ blockCount: 16 }, [write(3, 'a')]),
  'a snapshot, and nothing written since': () => worldAfter({ blockCount: 17 }, [write(3, 'a', 2), create]),
  'a copy': () => worldAfter({ blockCount: 16 }, [write(0, 'a'), create, write(0, 'b')]),
  'snapshots that read through newer ones': () =>
    worldAfter({ ...ROOM, blockCount: 61 }, [
      randomBurst(61, 40, 1),
      ...[2, 3, 4, 5].flatMap((seed) => [create, randomBurst(61, 20, seed)]),
    ]),
  'the middle and the newest deleted, their areas retained': () =>
    worldAfter({ ...ROOM, blockCount: 61 }, [
      randomBurst(61, 40, 1),
      ...[2, 3, 4, 5, 6].flatMap((seed) => [create, randomBurst(61, 20, seed)]),
      ...[deleteSnapshot(2), deleteSnapshot(3), deleteSnapshot(5), randomBurst(61, 30, 7)],
    ]),
  'slots used again after the oldest was deleted': () =>
    worldAfter({ ...ROOM, blockCount: 40 }, [
      ...[2, 3, 4].flatMap((seed) => [create, randomBurst(40, 20, seed)]),
      ...[deleteSnapshot(1), create, randomBurst(40, 30, 7)],
    ]),
  'a revert': () =>
    worldAfter({ ...ROOM, blockCount: 40 }, [
      ...[2, 3, 4].flatMap((seed) => [create, randomBurst(40, 20, seed)]),
      ...[revertTo(2), randomBurst(40, 10, 5)],
    ]),
  'a fault survived under protection, the volume offline': () =>
    worldAfter(
      { blockCount: 40 },
      [
        ...[create, burst(0, 4), given.breakIt('diffDataWritesFail'), write(9, 'x'), write(10, 'y')],
      ],
      'on',
    ),
  '70 snapshots: two blocks of the catalog': () =>
    worldAfter(
      { ...ROOM, blockCount: 50, snapshotLimit: 70 },
      Array.from({ length: 70 }, (_, seed) => [create, randomBurst(50, 6, seed)]).flat(),
    ),
  'more copies than one block of the block list holds': () =>
    worldAfter({ ...ROOM, blockCount: 1200 }, [create, burst(0, 1100), create, burst(100, 600)]),
};

/** SHA-256 of the images: they keep what libvshadow confirmed when it is not there. */
const GOLDEN: Readonly<Record<string, string>> = {};

function expectAsModelled(world: ImagedWorld, answer: OracleAnswer): void {
  const snapshots = existingSnapshots(world.machine);
  const origin = { world: world.world, settings: world.machine.settings };
  if (!('stores' in answer)) throw new Error(`libvshadow does not open it: ${answer.error}`);
  const image = imageBytes(world);
  const modelled = modelHashes(world);
  const rawHashes = Array.from({ length: image.length / 16_384 }, (_, block) =>
    sha256(image.subarray(16_384 * block, 16_384 * (block + 1))),
  );

  expect(
    answer.stores.map(({ identifier, copy_identifier, copy_set_identifier, creation_filetime, size_bytes }) => [
      ...[identifier, copy_identifier, copy_set_identifier, creation_filetime, size_bytes],
    ]),
  ).toEqual(
    snapshots.map((snapshot) => {
      const { store, copy, copySet } = identityOf(origin, snapshot);
      return [store, copy, copySet, String(creationTimeOf(snapshot)), image.length];
    }),
  );
  answer.stores.forEach(({ blocks }, index) => {
    // Block n of the model is block n + 1 of the image; the rest belongs to no snapshot and reads as it is.
    const expected = rawHashes.with(0, rawHashes[0]!);
    modelled[index]!.forEach((hash, block) => {
      expected[block + 1] = hash;
    });
    expect(blocks).toEqual(expected);
  });
}

describe('libvshadow reads from the image what the machine reads:', () => {
  test.skipIf(!HAS_ORACLE).each(Object.entries(WORLDS))('%s', (_name, make) => {
    const world = make();
    const file = imageFile(world);

    expectAsModelled(world, askOracle([file])[0]!);
    const shared = askSharedOracle(file);
    if (shared !== null) expectAsModelled(world, shared);
  });

  test.skipIf(!HAS_ORACLE)('100 random laboratories, each in two worlds', { timeout: 240_000 }, () => {
    let snapshots = 0;
    let retained = 0;
    let offline = 0;
    let copies = 0;
    const worlds: ImagedWorld[] = [];
    fc.assert(
      fc.property(laboratoriesOf(60), ({ scenario, commands }) => {
        worlds.push(...worldsOf(historyOf(scenario, commands)));
      }),
      { numRuns: 100, seed: 20_260_101 },
    );
    const answers = askOracle(worlds.map(imageFile));
    worlds.forEach((world, index) => {
      snapshots += existingSnapshots(world.machine).length;
      retained += world.machine.areas.filter((area) => !area.exists).length;
      offline += Number(world.machine.access === 'offlineForProtection' && world.machine.used > 0);
      copies += world.machine.used;
      expectAsModelled(world, answers[index]!);
    });

    // They have been where it is difficult.
    expect(Math.min(snapshots / 50, retained / 10, offline / 5, copies / 100)).toBeGreaterThan(1);
  });

  test.skipIf(HAS_ORACLE)(NO_ORACLE, () => {
    expect(HAS_ORACLE).toBe(false);
  });
});

test('the images of these machines are what they were when libvshadow confirmed them', () => {
  const found = Object.entries(WORLDS).map(([name, make]) => [name, sha256(imageBytes(make()))]);

  expect(Object.fromEntries(found)).toEqual(GOLDEN);
});

test('an image of any size is made a block at a time', () => {
  const world = worldAfter({ ...ROOM, blockCount: 262_144, diffVolumeBlocks: 262_144 }, [
    ...[create, burst(0, 3000), create, randomBurst(262_144, 3000, 9)],
  ]);
  const before = process.memoryUsage();
  const { sizeBytes, blocks } = writeImage(world);
  let written = 0;
  for (const block of blocks) written += block.length;
  const after = process.memoryUsage();

  expect(written).toBe(sizeBytes);
  expect(sizeBytes).toBeGreaterThan(2 ** 32);
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(2 ** 27);
});
