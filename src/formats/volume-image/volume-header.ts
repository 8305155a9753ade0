import { RECORD_TYPES, hasIdentifier, writeIdentifier } from './block-header';
import { guidBytes, readGuid } from './guid';
import { readU64, viewOf, writeU64 } from './numbers';

/** Inside $Boot, which no file uses (libvshadow's format description). */
export const VOLUME_HEADER_OFFSET = 0x1e00;
export const VOLUME_HEADER_SIZE_BYTES = 512;

export interface VolumeHeader {
  /** 1: Windows Server 2003 to Windows 7. 2: Windows 8 and later. */
  readonly version: number;
  /** Of the first block of the catalog, from the start of the volume; 0: no snapshots. */
  readonly catalogOffset: number;
  /** 0: unbounded. */
  readonly maximumBytes: number;
  readonly volumeIdentifier: string;
  readonly diffVolumeIdentifier: string;
  /** The volume is set to protect its snapshots. */
  readonly isProtected: boolean;
}

export function createVolumeHeader(header: VolumeHeader): Uint8Array {
  const bytes = new Uint8Array(VOLUME_HEADER_SIZE_BYTES);
  const view = viewOf(bytes);
  writeIdentifier(bytes);
  view.setUint32(16, header.version, true);
  view.setUint32(20, RECORD_TYPES.volumeHeader, true);
  writeU64(view, 24, VOLUME_HEADER_OFFSET);
  writeU64(view, 32, VOLUME_HEADER_OFFSET);
  writeU64(view, 48, header.catalogOffset);
  writeU64(view, 56, header.maximumBytes);
  bytes.set(guidBytes(header.volumeIdentifier), 64);
  bytes.set(guidBytes(header.diffVolumeIdentifier), 80);
  view.setUint32(124, header.isProtected ? 1 : 0, true);
  return bytes;
}

export function isVolumeHeader(bytes: Uint8Array): boolean {
  return hasIdentifier(bytes) && viewOf(bytes).getUint32(20, true) === RECORD_TYPES.volumeHeader;
}

export function parseVolumeHeader(bytes: Uint8Array): VolumeHeader {
  const view = viewOf(bytes);
  return {
    version: view.getUint32(16, true),
    catalogOffset: readU64(view, 48),
    maximumBytes: readU64(view, 56),
    volumeIdentifier: readGuid(bytes, 64),
    diffVolumeIdentifier: readGuid(bytes, 80),
    isProtected: (view.getUint32(124, true) & 1) === 1,
  };
}
