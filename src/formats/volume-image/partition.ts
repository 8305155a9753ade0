import { readBytes, type ByteSource } from './byte-source';
import { readU64, viewOf } from './numbers';

const MBR_ENTRIES = [446, 462, 478, 494];
const MBR_SECTOR_BYTES = 512;
/** Of an MBR entry that holds further partitions: with CHS, with LBA, Linux. */
const EXTENDED_TYPES = [0x05, 0x0f, 0x85];
const MOST_LOGICAL = 64;
/** "EFI PART" */
const GPT_SIGNATURE = [0x45, 0x46, 0x49, 0x20, 0x50, 0x41, 0x52, 0x54];
const MOST_GPT_ENTRIES = 1024;
const LARGEST_GPT_ENTRY_BYTES = 4096;

/** A part of a disk that may hold a volume, in bytes. */
export interface Partition {
  readonly start: number;
  readonly sizeBytes: number;
}

/** The partitions of a disk in the order of its table: GPT where there is one, else the MBR, its logical ones last. */
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

interface MbrEntry extends Partition {
  readonly isExtended: boolean;
}

/** The four entries of a boot record; `base`: what their places are counted from. */
async function mbrEntries(source: ByteSource, at: number, base: number): Promise<readonly MbrEntry[]> {
  if (at + MBR_SECTOR_BYTES > source.sizeBytes) return [];
  const view = viewOf(await readBytes(source, at, MBR_SECTOR_BYTES));
  if (view.getUint16(510, true) !== 0xaa55) return [];
  return MBR_ENTRIES.map((entry) => ({
    start: base + view.getUint32(entry + 8, true) * MBR_SECTOR_BYTES,
    sizeBytes: view.getUint32(entry + 12, true) * MBR_SECTOR_BYTES,
    isExtended: EXTENDED_TYPES.includes(view.getUint8(entry + 4)),
  }));
}

async function mbrPartitions(source: ByteSource): Promise<readonly Partition[]> {
  const entries = await mbrEntries(source, 0, 0);
  const extended = entries.find(({ isExtended }) => isExtended);
  const primary = entries.filter(({ isExtended }) => !isExtended);
  return extended === undefined
    ? primary
    : [...primary, ...(await logicalPartitions(source, extended.start))];
}

/** A chain of boot records, each with one partition behind it and, counted from the first, the place of the next. */
async function logicalPartitions(source: ByteSource, first: number): Promise<readonly Partition[]> {
  const partitions: Partition[] = [];
  for (let at = first; partitions.length < MOST_LOGICAL;) {
    const [partition] = await mbrEntries(source, at, at);
    const [, next] = await mbrEntries(source, at, first);
    if (partition === undefined) break;
    partitions.push(partition);
    if (next?.isExtended !== true) break;
    at = next.start;
  }
  return partitions;
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
