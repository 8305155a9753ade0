import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { existingSnapshots, type Machine } from '../../../src/core/machine';
import { creationTimeOf, identityOf } from '../../../src/formats/volume-image/snapshot-identity';
import { writeImage, type ImagedWorld } from '../../../src/formats/volume-image/write-image';
import { burst, create } from '../../core/given';
import { historyOf, laboratoriesOf } from '../../core/laboratories';
import {
  askOracle,
  askSharedOracle,
  HAS_ORACLE,
  HAS_SHARED_ORACLE,
  NO_ORACLE,
  type OracleAnswer,
} from './oracle';
import {
  imageBytes,
  imageFile,
  modelHashes,
  randomBurst,
  ROOM,
  sha256,
  worldAfter,
  WORLDS,
  worldsOf,
} from './worlds';

/** SHA-256 of the images: they keep what libvshadow confirmed when it is not there. */
const GOLDEN: Readonly<Record<string, string>> = {
  'no snapshots': 'dd507296681b10c72a9bf7a6d6c2dec0cb66974f0fae2971ca4980b2a88a9ae9',
  'a snapshot, and nothing written since': '6c0c005a2950df1f821dcb1195ac525611032a2bab824815e87db6664b593bac',
  'a copy': 'e622585d286498ca091d898bf36f9dd429840a8a6fc2b1e238bfa66e94e2b44c',
  'snapshots that read through newer ones':
    'f4f930157a94044d7b73ab013ef4fff54c7945a89ccbc9033cc748dce1745f53',
  'the middle and the newest deleted, their areas retained':
    'e711d163bf58de44317d87e65e889a3983eb4dfb91334199df0fc3bf31a1406b',
  'slots used again after the oldest was deleted':
    '209aa1113ed239def68e4f64140d6a8cd1a4d38965cd901a23135d2ab6e04e9e',
  'a revert': '9c05c71d085e2792a494558c460ee889c85a66aafea72305abfd081b7da931bd',
  'a fault survived under protection, the volume offline':
    'ebf40fb115fcfcf4ca268bf3b3bbdeac0b00f3d8f03fe3c24e263ff4fbffd9b4',
  '70 snapshots: two blocks of the catalog':
    'c4a39cbb7adaaa51cc8c0cbcef178f5042820a4a44151b1e81900bcd62b11a2d',
  'more copies than one block of the block list holds':
    '7fd9f97ef2175415b4b1a81be54455291c2febd0f0ec59fccea4685733590af4',
};

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
    answer.stores.map(
      ({ identifier, copy_identifier, copy_set_identifier, creation_filetime, size_bytes }) => [
        ...[identifier, copy_identifier, copy_set_identifier, creation_filetime, size_bytes],
      ],
    ),
  ).toEqual(
    snapshots.map((snapshot) => {
      const { store, copy, copySet } = identityOf(origin, snapshot);
      return [store, copy, copySet, String(creationTimeOf(snapshot)), image.length];
    }),
  );
  answer.stores.forEach(({ blocks }, index) => {
    // Block n of the model is block n + 1 of the image; the rest belongs to no snapshot and reads as it is.
    const expected = [...rawHashes];
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
  });

  test.skipIf(!HAS_SHARED_ORACLE)('and the script beside the project says so too', () => {
    const world = WORLDS['the middle and the newest deleted, their areas retained']!();

    expectAsModelled(world, askSharedOracle(imageFile(world)));
  });

  test.skipIf(!HAS_ORACLE)('60 random laboratories, each in two worlds', { timeout: 120_000 }, () => {
    const worlds: ImagedWorld[] = [];
    fc.assert(
      fc.property(laboratoriesOf(60), ({ scenario, commands }) => {
        worlds.push(...worldsOf(historyOf(scenario, commands)));
      }),
      { numRuns: 60, seed: 20_260_101 },
    );
    const answers = askOracle(worlds.map(imageFile));
    worlds.forEach((world, index) => expectAsModelled(world, answers[index]!));

    // They have been where it is difficult.
    const those = (is: (machine: Machine) => boolean) => worlds.filter(({ machine }) => is(machine)).length;
    expect(those(({ areas }) => areas.length > 1)).toBeGreaterThan(10);
    expect(those(({ areas }) => areas.some(({ exists }) => !exists))).toBeGreaterThan(4);
    expect(those(({ access, used }) => access === 'offlineForProtection' && used > 0)).toBeGreaterThan(4);
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
