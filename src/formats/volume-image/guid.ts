import { encodeUtf8 } from '../../core/content';
import { hexText, Sha256 } from './sha256';

/** Where each byte of the text stands on disk: the first three groups are little-endian. */
const ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

export const GUID_SIZE_BYTES = 16;

/** Starts every structure of volsnap (libvshadow's format description). */
export const VSS_IDENTIFIER = '3808876b-c176-4e48-b7ae-04046e6cc752';

/** @param bytes 16 of them, in the order in which they lie on disk */
function guidText(bytes: Uint8Array): string {
  const hex = hexText(Uint8Array.from(ORDER, (place) => bytes[place]!));
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function guidBytes(text: string): Uint8Array {
  const hex = text.replaceAll('-', '');
  const bytes = new Uint8Array(GUID_SIZE_BYTES);
  ORDER.forEach((place, index) => {
    bytes[place] = parseInt(hex.slice(2 * index, 2 * index + 2), 16);
  });
  return bytes;
}

export function readGuid(bytes: Uint8Array, at: number): string {
  return guidText(bytes.subarray(at, at + GUID_SIZE_BYTES));
}

/** Always the same GUID for a name: version 8 of RFC 9562, the bits of its SHA-256. */
export function guidOfName(name: string): string {
  const hash = new Sha256();
  hash.add(encodeUtf8(name));
  const bytes = hash.finish().slice(0, GUID_SIZE_BYTES);
  bytes[7] = (bytes[7]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return guidText(bytes);
}
