/** Opens images the way the product does, and reads every block of them. */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { ByteSource } from '../../../src/formats/volume-image/byte-source';
import type { ImageContent } from '../../../src/formats/volume-image/image-facts';
import { openImage } from '../../../src/formats/volume-image/read-image';
import type { VolumeImage } from '../../../src/formats/volume-image/volume-image';

export function sourceOfBytes(bytes: Uint8Array): ByteSource {
  return {
    sizeBytes: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}

/** A file that is open until the test is over. */
export function sourceOfFile(file: string): ByteSource {
  const handle = openSync(file, 'r');
  onTestFinished(() => closeSync(handle));
  return {
    sizeBytes: fstatSync(handle).size,
    read(offset, length) {
      const bytes = new Uint8Array(length);
      if (readSync(handle, bytes, 0, length, offset) !== length) throw new Error('read short');
      return Promise.resolve(bytes);
    },
  };
}

export async function opened(source: ByteSource): Promise<VolumeImage> {
  const image = await openImage(source);
  if (!image.ok) throw new Error(JSON.stringify(image.problem));
  return image.value;
}

export async function bytesOf(image: VolumeImage, content: ImageContent, block: number): Promise<Uint8Array> {
  const read = await image.readBlock(content, block);
  if (!read.ok) throw new Error(`block ${block}: ${JSON.stringify(read.problem)}`);
  return read.value.bytes;
}

/** SHA-256 of every block. */
export async function blockHashes(image: VolumeImage, content: ImageContent): Promise<readonly string[]> {
  const hashes: string[] = [];
  for (let block = 0; block < image.blockCountOf(content); block += 1) {
    hashes.push(
      createHash('sha256')
        .update(await bytesOf(image, content, block))
        .digest('hex'),
    );
  }
  return hashes;
}

export async function wholeHash(image: VolumeImage, content: ImageContent): Promise<string> {
  const hash = createHash('sha256');
  for (let block = 0; block < image.blockCountOf(content); block += 1) {
    hash.update(await bytesOf(image, content, block));
  }
  return hash.digest('hex');
}
