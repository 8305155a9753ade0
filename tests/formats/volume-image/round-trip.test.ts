import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { existingSnapshots } from '../../../src/core/machine';
import { creationTimeOf, identityOf } from '../../../src/formats/volume-image/snapshot-identity';
import type { ImagedWorld } from '../../../src/formats/volume-image/write-image';
import { historyOf, laboratoriesOf } from '../../core/laboratories';
import { blockHashes, opened, sourceOfBytes } from './reading';
import { imageBytes, modelHashes, sha256, WORLDS, worldsOf } from './worlds';

async function expectSameMachine(world: ImagedWorld): Promise<void> {
  const { machine } = world;
  const origin = { world: world.world, settings: machine.settings };
  const bytes = imageBytes(world);
  const image = await opened(sourceOfBytes(bytes));
  const snapshots = existingSnapshots(machine);

  expect(image.sizeBytes).toBe(bytes.length);
  expect(image.header).toMatchObject({
    version: 1,
    isProtected: machine.level === 'SNAPSHOT',
    maximumBytes: (machine.maximumBlocks ?? 0) * 16_384,
  });
  expect(
    image.stores.map(({ entry, information }) => [
      ...[entry.sequence, entry.createdAt, entry.store, information.copy, information.copySet],
    ]),
  ).toEqual(
    snapshots.map((snapshot, index) => {
      const { store, copy, copySet } = identityOf(origin, snapshot);
      return [index + 1, creationTimeOf(snapshot), store, copy, copySet];
    }),
  );
  const live = await blockHashes(image, 'live');
  const blocks = machine.live.length;
  expect(live.slice(1, blocks + 1)).toEqual(
    Array.from({ length: blocks }, (_, block) => sha256(world.contentOf(machine.live.get(block)))),
  );
  const expected = modelHashes(world);
  for (const [index, hashes] of expected.entries()) {
    expect(await blockHashes(image, index)).toEqual([
      ...live.slice(0, 1),
      ...hashes,
      ...live.slice(blocks + 1),
    ]);
  }
}

describe('an exported machine is opened as the same machine:', () => {
  test.each(Object.entries(WORLDS))('%s', async (_name, make) => {
    await expectSameMachine(make());
  });

  test('100 random laboratories, each in two worlds', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(laboratoriesOf(60), async ({ scenario, commands }) => {
        for (const world of worldsOf(historyOf(scenario, commands))) await expectSameMachine(world);
      }),
      { numRuns: 100, seed: 20_260_102 },
    );
  });
});

test('every copy of a store lies in one range of it, behind its first three blocks', async () => {
  const image = await opened(sourceOfBytes(imageBytes(WORLDS['snapshots that read through newer ones']!())));

  for (const { descriptors, ranges, location } of image.stores) {
    const { offset, relative, sizeBytes } = ranges[0]!;
    expect([ranges.length, relative, offset - relative]).toEqual([1, 0xc000, location.headerOffset]);
    for (const descriptor of descriptors) {
      expect(descriptor.data - descriptor.relative).toBe(location.headerOffset);
      expect(descriptor.data).toBeGreaterThanOrEqual(offset);
      expect(descriptor.data).toBeLessThan(offset + sizeBytes);
    }
  }
});
