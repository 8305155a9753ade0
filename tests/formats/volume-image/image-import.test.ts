/** A volume image becomes the start of a laboratory that reads what the image reads. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { required } from '../../../src/core/assert';
import { BLOCK_SIZE_BYTES } from '../../../src/core/block';
import { hashOfBytes } from '../../../src/core/content';
import { History } from '../../../src/core/history';
import { checkMachine } from '../../../src/core/invariants';
import { existingSnapshots } from '../../../src/core/machine';
import { snapshotStamp } from '../../../src/core/read-path';
import type { Scenario, Start } from '../../../src/core/scenario';
import { holdStart, parseStart } from '../../../src/formats/kept-start';
import { createBootSector } from '../../../src/formats/volume-image/boot-sector';
import type { ByteSource } from '../../../src/formats/volume-image/byte-source';
import { ImageImport } from '../../../src/formats/volume-image/image-import';
import { openImage } from '../../../src/formats/volume-image/read-image';
import type { VolumeImage } from '../../../src/formats/volume-image/volume-image';
import { createVolumeHeader, VOLUME_HEADER_OFFSET } from '../../../src/formats/volume-image/volume-header';
import { create, deleteSnapshot, write } from '../../core/given';
import { actOn, historyOf, laboratoriesOf } from '../../core/laboratories';
import { ROOT } from '../../run/process.js';
import { bytesOf, opened, sourceOfBytes, sourceOfFile } from './reading';
import { imageBytes, sha256, WORLDS, worldsOf } from './worlds';

interface Imported {
  readonly start: Start;
  readonly scenario: Scenario;
  /** By number. */
  readonly contents: readonly Uint8Array<ArrayBuffer>[];
  readonly parts: readonly number[];
}

async function importOf(image: VolumeImage, id = 1): Promise<Imported> {
  const job = ImageImport.of(image);
  if (!job.ok) throw new Error(JSON.stringify(job.problem));
  const contents: Uint8Array<ArrayBuffer>[] = [];
  const parts: number[] = [];
  for (;;) {
    const part = await job.value.next();
    if (!part.ok) throw new Error(JSON.stringify(part.problem));
    const { bytes, isLast } = part.value;
    for (let at = 0; at < bytes.length; at += BLOCK_SIZE_BYTES)
      contents.push(bytes.slice(at, at + BLOCK_SIZE_BYTES));
    if (bytes.length > 0) parts.push(bytes.length / BLOCK_SIZE_BYTES);
    if (isLast) break;
  }
  return { ...job.value.finish(id), contents, parts };
}

/** Every block of every snapshot, and of the live volume, in both worlds. */
async function expectSameReads(image: VolumeImage, { start, contents }: Imported): Promise<void> {
  const hashes = contents.map(sha256);
  const zeros = sha256(new Uint8Array(BLOCK_SIZE_BYTES));
  for (const machine of start.machines) {
    expect(checkMachine(machine)).toEqual([]);
    const snapshots = existingSnapshots(machine).map(({ snapshot }) => snapshot);
    expect(snapshots).toEqual(image.stores.map((_, index) => index + 1));
    for (const content of ['live', ...image.stores.keys()] as const) {
      const expected: string[] = [];
      const found: string[] = [];
      for (let block = 0; block < image.blockCountOf(content); block += 1) {
        const whole = new Uint8Array(BLOCK_SIZE_BYTES);
        whole.set(await bytesOf(image, content, block));
        expected.push(sha256(whole));
        const stamp =
          content === 'live' ? machine.live.get(block) : snapshotStamp(machine, content + 1, block);
        found.push(stamp === 0 ? zeros : hashes[stamp - 1]!);
      }
      expect(found).toEqual(expected);
    }
  }
}

describe('the laboratory of an exported machine reads the same in every block of every snapshot:', () => {
  test.each(Object.entries(WORLDS))('%s', async (_name, make) => {
    const image = await opened(sourceOfBytes(imageBytes(make())));
    await expectSameReads(image, await importOf(image));
  });

  test('60 random laboratories, each in two worlds', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(laboratoriesOf(60), async ({ scenario, commands }) => {
        for (const world of worldsOf(historyOf(scenario, commands))) {
          const image = await opened(sourceOfBytes(imageBytes(world)));
          await expectSameReads(image, await importOf(image));
        }
      }),
      { numRuns: 60, seed: 20_260_301 },
    );
  });
});

describe('the start that an image comes to', () => {
  async function imported(): Promise<Imported> {
    return importOf(
      await opened(
        sourceOfBytes(imageBytes(WORLDS['more copies than one block of the block list holds']!())),
      ),
    );
  }

  test('has every content once, in parts as the store keeps them, each with its hash', async () => {
    const { contents, parts, start } = await imported();
    const hashes = required(start.contents, 'it has contents').hashes;

    expect(new Set(contents.map(sha256)).size).toBe(contents.length);
    expect(parts.slice(0, -1).every((count) => count === 64)).toBe(true);
    expect(hashes.length).toBe(contents.length);
    contents.forEach((content, index) => expect(hashes.get(index)).toBe(hashOfBytes(content)));
  });

  test('is kept as plain data, and revived as it was', async () => {
    const { start, scenario } = await imported();
    const kept = structuredClone(holdStart(start, scenario).kept);
    const parsed = parseStart(kept);

    expect(parsed.ok && parsed.value.start).toEqual(start);
  });

  test('goes on like any laboratory: what it writes has stamps beyond those that came along', async () => {
    const { start, scenario, contents } = await imported();
    const history = new History({ ...scenario, start });
    const before = history.machines[0]!;
    for (const command of [create, write(3, 'new'), deleteSnapshot(1)])
      expect(actOn(history, command)).toBe(true);
    const after = history.machines[0]!;

    expect(after.live.get(3)).toBe(contents.length + 1);
    expect(history.recipeOf(0, after.live.get(3))).toMatchObject({ kind: 'text', text: 'new' });
    const old = snapshotStamp(after, existingSnapshots(after).at(-1)!.snapshot, 3);
    expect(old).toBe(before.live.get(3));
    expect(history.recipeOf(1, old)).toEqual({
      kind: 'stored',
      start: 1,
      index: old - 1,
      hash: start.contents!.hashes.get(old - 1),
    });
  });

  test('has the times of the snapshots on its clock, from the oldest on', async () => {
    const { start } = await imported();
    const [machine] = start.machines;

    expect(machine!.areas[0]!.createdAtMs).toBe(0);
    expect(machine!.clockMs).toBe(machine!.areas.at(-1)!.createdAtMs);
    expect(machine!.areas[1]!.createdAtMs).toBeGreaterThan(0);
  });
});

test(
  'whatever an image says: a problem, or machines that keep every rule',
  { timeout: 120_000 },
  async () => {
    const bytes = imageBytes(WORLDS['slots used again after the oldest was deleted']!());
    const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    let begun = 0;
    await fc.assert(
      fc.asyncProperty(changes, fc.array(fc.nat(8 * 16_384), { maxLength: 4 }), async (spots, metadata) => {
        const spoilt = bytes.slice();
        for (const [at, byte] of spots) spoilt[at] = byte;
        // The catalog and the stores follow the live volume: that is where it hurts.
        for (const at of metadata) spoilt[41 * 16_384 + at] = at & 0xff;
        const image = await openImage(sourceOfBytes(spoilt));
        if (!image.ok) return;
        const job = ImageImport.of(image.value);
        if (!job.ok) return;
        for (;;) {
          const part = await job.value.next();
          if (!part.ok) return;
          if (part.value.isLast) break;
        }
        const { start, scenario } = job.value.finish(1);
        expect(parseStart(structuredClone(holdStart(start, scenario).kept)).ok).toBe(true);
        begun += 1;
      }),
      { numRuns: 300, seed: 20_260_302 },
    );
    expect(begun).toBeGreaterThan(50);
  },
);

/** A volume without snapshots that is never anywhere as a whole; of block n, `contentOf` fills the content. */
function hugeVolume(blocks: number, contentOf: (block: number, bytes: Uint8Array) => void): ByteSource {
  const sizeBytes = blocks * BLOCK_SIZE_BYTES;
  const identifier = '00000000-0000-4000-8000-000000000000';
  const header = createVolumeHeader({
    ...{ version: 1, catalogOffset: 0, maximumBytes: 0, isProtected: false },
    ...{ volumeIdentifier: identifier, diffVolumeIdentifier: identifier },
  });
  return {
    sizeBytes,
    read: (offset, length) => {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; at += BLOCK_SIZE_BYTES) {
        contentOf((offset + at) / BLOCK_SIZE_BYTES, bytes.subarray(at, at + BLOCK_SIZE_BYTES));
      }
      if (offset === 0) {
        bytes.set(createBootSector(sizeBytes));
        bytes.set(header, VOLUME_HEADER_OFFSET);
      }
      return Promise.resolve(bytes);
    },
  };
}

describe('what no laboratory can hold is told of', () => {
  test('a volume of more than 16 GiB, before it is read', async () => {
    const image = await opened(hugeVolume(1_048_577, () => undefined));

    expect(ImageImport.of(image)).toEqual({
      ok: false,
      problem: { kind: 'tooLarge', what: 'volume', blocks: 1_048_577, limit: 1_048_576 },
    });
  });

  test(
    'more than 512 MiB of different contents, as soon as they are found',
    { timeout: 240_000 },
    async () => {
      const image = await opened(
        hugeVolume(40_000, (block, bytes) =>
          new DataView(bytes.buffer).setUint32(bytes.byteOffset + 8, block + 1),
        ),
      );
      const job = ImageImport.of(image);
      if (!job.ok) throw new Error(job.problem.kind);
      let contents = 0;
      let part = await job.value.next();
      while (part.ok && !part.value.isLast) {
        contents += part.value.bytes.length / BLOCK_SIZE_BYTES;
        part = await job.value.next();
      }

      expect(part).toEqual({
        ok: false,
        problem: { kind: 'tooLarge', what: 'contents', blocks: 32_769, limit: 32_768 },
      });
      expect(contents).toBe(32_768);
    },
  );
});

const REAL = path.join(ROOT, '../shared/data/images');

test.skipIf(!existsSync(REAL)).each(['spike_1mib_1snap.raw', 'spike_4mib_3snap.raw'])(
  '%s begins a laboratory that reads like it',
  async (name) => {
    const image = await opened(sourceOfFile(path.join(REAL, name)));
    await expectSameReads(image, await importOf(image));
  },
);

test.skipIf(!existsSync(REAL))(
  'a real volume of Windows begins a laboratory that reads like it, blocks that were not in use too',
  { timeout: 240_000 },
  async () => {
    const image = await opened(sourceOfFile(path.join(REAL, 'vsstest.qcow2')));
    await expectSameReads(image, await importOf(image));
  },
);
