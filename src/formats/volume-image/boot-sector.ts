import { readU64, viewOf, writeU64 } from './numbers';

export const SECTOR_SIZE_BYTES = 512;

const SECTORS_PER_CLUSTER = 8;
/** "NTFS", padded with spaces. */
const NTFS = [0x4e, 0x54, 0x46, 0x53, 0x20, 0x20, 0x20, 0x20];

/**
 * The boot sector of an NTFS volume, enough of it to say that it is one and how large it is. The volume has no file
 * system: readers of shadow copies ask for none.
 *
 * @param sizeBytes of the volume with the copy of this sector in its last sector, which NTFS does not count
 */
export function createBootSector(sizeBytes: number): Uint8Array {
  const sector = new Uint8Array(SECTOR_SIZE_BYTES);
  const view = viewOf(sector);
  sector.set([0xeb, 0x52, 0x90, ...NTFS]);
  view.setUint16(11, SECTOR_SIZE_BYTES, true);
  sector[13] = SECTORS_PER_CLUSTER;
  // A fixed disk.
  sector[21] = 0xf8;
  writeU64(view, 40, sizeBytes / SECTOR_SIZE_BYTES - 1);
  // Clusters of the MFT and of its mirror; sizes of an MFT entry (2^10 bytes) and of an index entry (1 cluster).
  writeU64(view, 48, 4);
  writeU64(view, 56, 2);
  view.setUint32(64, 0xf6, true);
  view.setUint32(68, 1, true);
  sector.set([0x55, 0xaa], SECTOR_SIZE_BYTES - 2);
  return sector;
}

export function isNtfs(sector: Uint8Array): boolean {
  return NTFS.every((byte, index) => sector[3 + index] === byte);
}

/**
 * The size of the volume in bytes, its last sector included; `null` when the sector makes no sense.
 *
 * @param sector begins with "NTFS"
 */
export function volumeSizeOf(sector: Uint8Array): number | null {
  const view = viewOf(sector);
  const sectorSize = view.getUint16(11, true);
  const isSector = sectorSize >= 256 && sectorSize <= 4096 && Number.isInteger(Math.log2(sectorSize));
  const sizeBytes = (readU64(view, 40) + 1) * sectorSize;
  return isSector && Number.isSafeInteger(sizeBytes) ? sizeBytes : null;
}
