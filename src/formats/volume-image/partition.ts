import { readBytes, type ByteSource } from './byte-source';
import { readU64, viewOf } from './numbers';

const MBR_ENTRIES = [446, 462, 478, 494];
const MBR_SECTOR_BYTES = 512;
/** "EFI PART" */
const GPT_SIGNATURE = [0x45, 0x46, 0x49, 0x20, 0x50, 0x41, 0x52, 0x54];
const MOST_GPT_ENTRIES = 1024;
const LARGEST_GPT_ENTRY_BYTES = 4096;

/** A part of a disk that may hold a volume, in bytes. */
export interface Partition {
  readonly start: number;
  readonly sizeBytes: number;
}

/** The partitions of a disk in the order of its table: GPT where there is one, else the primary ones of the MBR. */
export async function partitionsOf(source: ByteSource): Promise<readonly Partition[]> {
  for (const sectorSize of [512, 4096]) {
    const partitions = await gptPartitions(source, sectorSize);
    if (partitions !== null) return partitions.filter((partition) => fits(source, partition));
  }
  return (await mbrPartitions(source)).filter((partition) => fits(source, partition));
}

function fits(source: ByteSource, { start, sizeBytes }: Partition): boolean {
  return start > 0 && sizeBytes > 0 && start + sizeBytes <= source.sizeBytes;
}

async function mbrPartitions(source: ByteSource): Promise<readonly Partition[]> {
  if (source.sizeBytes < MBR_SECTOR_BYTES) return [];
  const view = viewOf(await readBytes(source, 0, MBR_SECTOR_BYTES));
  if (view.getUint16(510, true) !== 0xaa55) return [];
  return MBR_ENTRIES.map((at) => ({
    start: view.getUint32(at + 8, true) * MBR_SECTOR_BYTES,
    sizeBytes: view.getUint32(at + 12, true) * MBR_SECTOR_BYTES,
  }));
}

async function gptPartitions(source: ByteSource, sectorSize: number): Promise<readonly Partition[] | null> {
  if (source.sizeBytes < 3 * sectorSize) return null;
  const header = await readBytes(source, sectorSize, sectorSize);
  if (!GPT_SIGNATURE.every((byte, index) => header[index] === byte)) return null;
  const view = viewOf(header);
  const start = readU64(view, 72) * sectorSize;
  const count = Math.min(view.getUint32(80, true), MOST_GPT_ENTRIES);
  const size = view.getUint32(84, true);
  if (size < 128 || size > LARGEST_GPT_ENTRY_BYTES || start + count * size > source.sizeBytes) return [];
  const table = viewOf(await readBytes(source, start, count * size));
  return Array.from({ length: count }, (_, index) => {
    const first = readU64(table, index * size + 32);
    const last = readU64(table, index * size + 40);
    return { start: first * sectorSize, sizeBytes: (last - first + 1) * sectorSize };
  });
}
