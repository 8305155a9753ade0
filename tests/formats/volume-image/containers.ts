/** What a volume may come in: qcow2 files, disks with partitions. */
import { deflateRawSync } from 'node:zlib';

export interface Qcow2Options {
  readonly version: 2 | 3;
  readonly clusterBits: number;
  /** Every how manieth cluster is compressed; 0: none. */
  readonly compressEvery: number;
}

/** A qcow2 file of a disk (QEMU, docs/interop/qcow2.txt). Clusters of zeros are left out, or in version 3 marked, by turns. */
export function qcow2Of(disk: Uint8Array, options: Qcow2Options): Uint8Array<ArrayBuffer> {
  const clusterBytes = 2 ** options.clusterBits;
  const perTable = clusterBytes / 8;
  const clusters = Math.ceil(disk.length / clusterBytes);
  const tables = Math.ceil(clusters / perTable);
  const firstTable = 1 + Math.ceil((tables * 8) / clusterBytes);
  const firstData = firstTable + tables;
  const parts: Uint8Array[] = [];
  let end = firstData * clusterBytes;
  const entries = new DataView(new ArrayBuffer(tables * clusterBytes));
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    const bytes = new Uint8Array(clusterBytes);
    bytes.set(disk.subarray(cluster * clusterBytes, (cluster + 1) * clusterBytes));
    if (bytes.every((byte) => byte === 0)) {
      // Reads as zeros, although it has a place: that of the header.
      if (options.version === 3 && cluster % 2 === 0)
        entries.setBigUint64(cluster * 8, full(clusterBytes) | 1n);
      continue;
    }
    const isCompressed = options.compressEvery > 0 && cluster % options.compressEvery === 0;
    const stored = isCompressed ? deflateRawSync(bytes) : bytes;
    if (!isCompressed) {
      const padding = new Uint8Array((clusterBytes - (end % clusterBytes)) % clusterBytes);
      parts.push(padding);
      end += padding.length;
    }
    entries.setBigUint64(cluster * 8, isCompressed ? packedEntry(end, stored.length, options) : full(end));
    parts.push(stored);
    end += stored.length;
  }
  return assemble(disk.length, options, { tables, firstTable, firstData, entries, parts, end });
}

function full(offset: number): bigint {
  return (1n << 63n) | BigInt(offset);
}

function packedEntry(offset: number, length: number, { clusterBits }: Qcow2Options): bigint {
  const offsetBits = BigInt(62 - (clusterBits - 8));
  const sectors = Math.ceil(((offset % 512) + length) / 512) - 1;
  return (1n << 62n) | (BigInt(sectors) << offsetBits) | BigInt(offset);
}

function assemble(
  sizeBytes: number,
  { version, clusterBits }: Qcow2Options,
  layout: {
    readonly tables: number;
    readonly firstTable: number;
    readonly firstData: number;
    readonly entries: DataView<ArrayBuffer>;
    readonly parts: readonly Uint8Array[];
    readonly end: number;
  },
): Uint8Array<ArrayBuffer> {
  const clusterBytes = 2 ** clusterBits;
  const file = new Uint8Array(layout.end);
  const view = new DataView(file.buffer);
  view.setUint32(0, 0x5146_49fb);
  view.setUint32(4, version);
  view.setUint32(20, clusterBits);
  view.setBigUint64(24, BigInt(sizeBytes));
  view.setUint32(36, layout.tables);
  view.setBigUint64(40, BigInt(clusterBytes));
  if (version === 3) view.setUint32(100, 104);
  for (let table = 0; table < layout.tables; table += 1) {
    view.setBigUint64(clusterBytes + table * 8, full((layout.firstTable + table) * clusterBytes));
  }
  file.set(new Uint8Array(layout.entries.buffer), layout.firstTable * clusterBytes);
  let at = layout.firstData * clusterBytes;
  for (const part of layout.parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** A disk with these partitions, a mebibyte apart, in the tables of the old kind. */
export function mbrDisk(partitions: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const { disk, starts } = diskOf(partitions, 512);
  const view = new DataView(disk.buffer);
  view.setUint16(510, 0xaa55, true);
  partitions.forEach((partition, index) => {
    const at = 446 + 16 * index;
    disk[at + 4] = 7;
    view.setUint32(at + 8, starts[index]! / 512, true);
    view.setUint32(at + 12, partition.length / 512, true);
  });
  return disk;
}

/** A disk whose partitions are all logical: each behind a boot record of its own. */
export function extendedDisk(partitions: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const { disk, starts } = diskOf(partitions, 512);
  const view = new DataView(disk.buffer);
  const record = (start: number): number => start - 512;
  const writeEntry = (at: number, type: number, from: number, length: number): void => {
    disk[at + 4] = type;
    view.setUint32(at + 8, from / 512, true);
    view.setUint32(at + 12, length / 512, true);
  };
  view.setUint16(510, 0xaa55, true);
  const first = record(starts[0]!);
  writeEntry(446, 0x0f, first, disk.length - first);
  partitions.forEach((partition, index) => {
    const at = record(starts[index]!);
    const next = starts[index + 1];
    view.setUint16(at + 510, 0xaa55, true);
    writeEntry(at + 446, 7, 512, partition.length);
    if (next !== undefined) writeEntry(at + 462, 0x05, record(next) - first, partition.length);
  });
  return disk;
}

export function gptDisk(partitions: readonly Uint8Array[], sectorSize: number): Uint8Array<ArrayBuffer> {
  const { disk, starts } = diskOf(partitions, sectorSize);
  const view = new DataView(disk.buffer);
  view.setUint16(510, 0xaa55, true);
  view.setUint32(446 + 8, 1, true);
  view.setUint32(446 + 12, 0xffff_ffff, true);
  disk.set(new TextEncoder().encode('EFI PART'), sectorSize);
  view.setBigUint64(sectorSize + 72, 2n, true);
  view.setUint32(sectorSize + 80, 128, true);
  view.setUint32(sectorSize + 84, 128, true);
  partitions.forEach((partition, index) => {
    const at = 2 * sectorSize + 128 * index;
    const first = starts[index]! / sectorSize;
    disk[at] = 1;
    view.setBigUint64(at + 32, BigInt(first), true);
    view.setBigUint64(at + 40, BigInt(first + partition.length / sectorSize - 1), true);
  });
  return disk;
}

function diskOf(
  partitions: readonly Uint8Array[],
  sectorSize: number,
): { readonly disk: Uint8Array<ArrayBuffer>; readonly starts: readonly number[] } {
  let end = 2 ** 20;
  const starts = partitions.map(({ length }) => {
    const start = end;
    end += Math.ceil(length / 2 ** 20) * 2 ** 20;
    return start;
  });
  const disk = new Uint8Array(end + 34 * sectorSize);
  partitions.forEach((partition, index) => disk.set(partition, starts[index]));
  return { disk, starts };
}
