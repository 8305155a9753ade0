import { inflateSync } from 'fflate';
import type { Qcow2Feature } from '../../core/image-problem';
import { BadImage, damaged } from './bad-image';
import { Latest, partOf, readBytes, type ByteSource } from './byte-source';
import { viewOf } from './numbers';

/** "QFI" and 0xfb. All numbers of the format are big-endian (QEMU, docs/interop/qcow2.txt). */
const MAGIC = 0x5146_49fb;
const HEADER_SIZE_BYTES = 112;
const SHORTEST_HEADER_BYTES = 72;
const ENTRY_SIZE_BYTES = 8;

/** An NTFS volume has at most 16 TiB with the usual clusters of 4 KiB. */
const LARGEST_DISK_BYTES = 2 ** 44;
const TABLES_KEPT = 16;
const INFLATED_KEPT = 16;

/** Bits 9 to 55 of an entry. */
const OFFSET_HIGH_MASK = 0x00ff_ffff;
const OFFSET_LOW_MASK = 0xffff_fe00;
const COMPRESSED_HIGH = 0x4000_0000;
const READS_AS_ZEROS = 1;
const SECTOR_SIZE_BYTES = 512;

/** The features that a reader must know, by their bits. A disk that was not closed cleanly (bit 0) can be read. */
const INCOMPATIBLE: readonly (Qcow2Feature | null)[] = [
  null,
  'markedCorrupt',
  'externalDataFile',
  'compressionType',
  'extendedEntries',
];

export async function isQcow2(source: ByteSource): Promise<boolean> {
  if (source.sizeBytes < SHORTEST_HEADER_BYTES) return false;
  return viewOf(await readBytes(source, 0, 4)).getUint32(0) === MAGIC;
}

function notSupported(feature: Qcow2Feature): BadImage {
  return new BadImage({ kind: 'notSupported', feature });
}

function bigU64(view: DataView, at: number): number {
  return view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4);
}

interface Header {
  readonly clusterBits: number;
  readonly sizeBytes: number;
  readonly tableOffset: number;
  readonly tableEntries: number;
}

async function readHeader(source: ByteSource): Promise<Header> {
  const view = viewOf(await readBytes(source, 0, Math.min(HEADER_SIZE_BYTES, source.sizeBytes)));
  const version = view.getUint32(4);
  if (version !== 2 && version !== 3) throw notSupported('version');
  if (bigU64(view, 8) !== 0) throw notSupported('backingFile');
  if (view.getUint32(32) !== 0) throw notSupported('encryption');
  if (version === 3) checkFeatures(view);
  const clusterBits = view.getUint32(20);
  const sizeBytes = bigU64(view, 24);
  if (clusterBits < 9 || clusterBits > 21) throw damaged('qcow2Header', 20, 'badSize');
  if (sizeBytes > LARGEST_DISK_BYTES) throw damaged('qcow2Header', 24, 'badSize');
  return { clusterBits, sizeBytes, tableOffset: bigU64(view, 40), tableEntries: view.getUint32(36) };
}

function checkFeatures(view: DataView): void {
  if (view.byteLength < HEADER_SIZE_BYTES) throw damaged('qcow2Header', 0, 'badSize');
  const [high, low] = [view.getUint32(72), view.getUint32(76)];
  for (let bit = 1; bit < 32; bit += 1) {
    if (((low >>> bit) & 1) === 1) throw notSupported(INCOMPATIBLE[bit] ?? 'otherFeature');
  }
  if (high !== 0) throw notSupported('otherFeature');
}

/** The virtual disk of a qcow2 file of version 2 or 3. Its tables are read when they are needed, and never whole. */
class Qcow2Disk implements ByteSource {
  readonly sizeBytes: number;
  readonly #source: ByteSource;
  readonly #header: Header;
  readonly #clusterBytes: number;
  readonly #tables = new Latest<DataView | null>(TABLES_KEPT);
  readonly #inflated = new Latest<Uint8Array>(INFLATED_KEPT);

  constructor(source: ByteSource, header: Header) {
    this.#source = source;
    this.#header = header;
    this.#clusterBytes = 2 ** header.clusterBits;
    this.sizeBytes = header.sizeBytes;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const first = Math.floor(offset / this.#clusterBytes);
    const start = offset - first * this.#clusterBytes;
    if (start + length <= this.#clusterBytes) return this.#readCluster(first, start, length);
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length;) {
      const cluster = Math.floor((offset + at) / this.#clusterBytes);
      const from = offset + at - cluster * this.#clusterBytes;
      const part = await this.#readCluster(cluster, from, Math.min(length - at, this.#clusterBytes - from));
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  async #readCluster(cluster: number, start: number, length: number): Promise<Uint8Array> {
    const entries = this.#clusterBytes / ENTRY_SIZE_BYTES;
    const table = await this.#tables.get(Math.floor(cluster / entries), () =>
      this.#readTable(Math.floor(cluster / entries)),
    );
    if (table === null) return new Uint8Array(length);
    const at = (cluster % entries) * ENTRY_SIZE_BYTES;
    const [high, low] = [table.getUint32(at), table.getUint32(at + 4)];
    if ((high & COMPRESSED_HIGH) !== 0) {
      const inflated = await this.#inflated.get(cluster, () => this.#inflate(high, low));
      return inflated.subarray(start, start + length);
    }
    const offset = offsetOf(high, low);
    if (offset === 0 || (low & READS_AS_ZEROS) !== 0) return new Uint8Array(length);
    return readBytes(this.#source, offset + start, length);
  }

  /** A table of the second level; `null` where none of its clusters is there. */
  async #readTable(index: number): Promise<DataView | null> {
    const { tableOffset, tableEntries } = this.#header;
    const place = tableOffset + index * ENTRY_SIZE_BYTES;
    if (index >= tableEntries) throw damaged('qcow2Header', 36, 'badSize');
    const entry = viewOf(await readBytes(this.#source, place, ENTRY_SIZE_BYTES));
    const offset = offsetOf(entry.getUint32(0), entry.getUint32(4));
    if (offset === 0) return null;
    if (offset % this.#clusterBytes !== 0) throw damaged('qcow2Table', place, 'badOffset');
    return viewOf(await readBytes(this.#source, offset, this.#clusterBytes));
  }

  /** A compressed cluster ends in the last of its sectors, of which the entry tells only the number. */
  async #inflate(high: number, low: number): Promise<Uint8Array> {
    const offsetBits = 62 - (this.#header.clusterBits - 8);
    const entry = (BigInt(high & 0x3fff_ffff) << 32n) | BigInt(low);
    const offset = Number(BigInt.asUintN(offsetBits, entry));
    const sectors = Number(entry >> BigInt(offsetBits)) + 1;
    const end = Math.min(
      sectors * SECTOR_SIZE_BYTES + offset - (offset % SECTOR_SIZE_BYTES),
      this.#source.sizeBytes,
    );
    const packed = await readBytes(this.#source, offset, Math.max(0, end - offset));
    try {
      const inflated = inflateSync(packed, { out: new Uint8Array(this.#clusterBytes) });
      if (inflated.length === this.#clusterBytes) return inflated;
    } catch {
      // Said below: why a stream cannot be inflated helps nobody.
    }
    throw damaged('qcow2Cluster', offset, 'notInflated');
  }
}

function offsetOf(high: number, low: number): number {
  return (high & OFFSET_HIGH_MASK) * 2 ** 32 + ((low & OFFSET_LOW_MASK) >>> 0);
}

/** @throws {BadImage} for a disk that cannot be read without another file, a key, or what this page does not know */
export async function openQcow2(source: ByteSource): Promise<ByteSource> {
  const disk = new Qcow2Disk(source, await readHeader(source));
  return partOf(disk, 0, disk.sizeBytes);
}
