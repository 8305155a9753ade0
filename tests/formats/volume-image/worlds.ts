/** Machines with their contents, ready to be written as images, and what an image of them must read as. */
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { BLOCK_SIZE_BYTES } from '../../../src/core/block';
import type { Command } from '../../../src/core/command';
import { renderContent } from '../../../src/core/content';
import { DEFAULT_SETTINGS, existingSnapshots, type MachineSettings } from '../../../src/core/machine';
import { snapshotStamps } from '../../../src/core/read-path';
import type { WorldId } from '../../../src/core/scenario';
import { writeImage, type ImagedWorld } from '../../../src/formats/volume-image/write-image';
import { historyOf } from '../../core/laboratories';
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
        const bytes = known.get(stamp) ?? renderContent(history.recipeOf(index, stamp));
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

export const IMAGE_BLOCK_BYTES = BLOCK_SIZE_BYTES;
