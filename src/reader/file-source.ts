import type { ByteSource } from '../formats/volume-image/byte-source';
import type { FileBytes } from '../protocol/reader-message';

/** A file that was chosen or dropped, read by slices. Rejects when it has gone or changed since. */
export function sourceOfFile(file: FileBytes): ByteSource {
  return {
    sizeBytes: file.size,
    read: async (offset, length) => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
  };
}
