/** Machines with their contents, ready to be written as images, and what an image of them must read as. */
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Command } from '../../../src/core/command';
import { DEFAULT_SETTINGS, existingSnapshots, type MachineSettings } from '../../../src/core/machine';
import { snapshotStamps } from '../../../src/core/read-path';
import type { WorldId } from '../../../src/core/scenario';
import { writeImage, type ImagedWorld } from '../../../src/formats/volume-image/write-image';
import { breakIt, burst, create, deleteSnapshot, revertTo, write } from '../../core/given';
import { historyOf } from '../../core/laboratories';
import { rendered } from '../../core/rendered';
import type { History } from '../../../src/core/history';

/** A world that carried out these commands, refused ones left out. */
export function worldAfter(
  settings: Partial<MachineSettings>,
  commands: readonly Command[],
  world: WorldId = 'off',
): ImagedWorld {
  const scenario = { settings: { ...DEFAULT_SETTINGS, ...settings }, worlds: [world] };
  return worldsOf(historyOf(scenario, commands))[0]!;
}

/** The worlds of a history as they stand at its end. */
export function worldsOf(history: History): readonly ImagedWorld[] {
  return history.machines.map((machine, index) => {
    const known = new Map<number, Uint8Array>();
    return {
      world: history.scenario.worlds[index]!,
      machine,
      contentOf(stamp) {
        const bytes = known.get(stamp) ?? rendered(history.recipeOf(index, stamp));
        if (known.size < 4096) known.set(stamp, bytes);
        return bytes;
      },
    };
  });
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function imageBytes(world: ImagedWorld): Uint8Array<ArrayBuffer> {
  const { sizeBytes, blocks } = writeImage(world);
  const bytes = new Uint8Array(sizeBytes);
  let at = 0;
  for (const block of blocks) {
    bytes.set(block, at);
    at += block.length;
  }
  if (at !== sizeBytes) throw new Error(`${at} bytes came where ${sizeBytes} were announced`);
  return bytes;
}

/** The image in a file that goes when the test is over. */
export function imageFile(world: ImagedWorld): string {
  const file = temporaryFile();
  const handle = openSync(file, 'w');
  for (const block of writeImage(world).blocks) writeSync(handle, block);
  closeSync(handle);
  return file;
}

export function temporaryFile(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'shadow-copy-lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, 'image.raw');
}

/** Of every existing snapshot, oldest first: the hash of each block as the model reads it. */
export function modelHashes({ machine, contentOf }: ImagedWorld): readonly (readonly string[])[] {
  const hashes = new Map<number, string>();
  const hashOf = (stamp: number): string => {
    const hash = hashes.get(stamp) ?? sha256(contentOf(stamp));
    hashes.set(stamp, hash);
    return hash;
  };
  return existingSnapshots(machine).map(({ snapshot }) =>
    Array.from(snapshotStamps(machine, snapshot), hashOf),
  );
}

export const ROOM = { diffVolumeBlocks: 4096, maximumBlocks: null, initialBlocks: 64, growthStepBlocks: 64 };

export function randomBurst(span: number, writes: number, seed: number): Command {
  return { type: 'writeBurst', order: 'random', block: 0, span, from: 0, writes, seed };
}

/** What a machine came through. */
export const WORLDS: Readonly<Record<string, () => ImagedWorld>> = {
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
      [...[create, burst(0, 4), breakIt('diffDataWritesFail'), write(9, 'x'), write(10, 'y')]],
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
