import { BLOCK_SIZE_BYTES } from '../../core/block';
import { BadImage } from './bad-image';
import { SECTOR_SIZE_BYTES } from './boot-sector';
import { readBytes, type ByteSource } from './byte-source';
import { readU64, viewOf } from './numbers';

/** $Bitmap, among the files that every NTFS volume has (Linux-NTFS, "NTFS Documentation", files). */
const BITMAP_RECORD = 6;
/** "FILE" */
const RECORD_SIGNATURE = 0x454c_4946;
const ATTRIBUTE_DATA = 0x80;
const ATTRIBUTES_END = 0xffff_ffff;
/** Compressed, encrypted or sparse: $Bitmap never is. */
const UNUSUAL_FLAGS = 0xc0ff;
const LARGEST_RECORD_BYTES = 65_536;
const LARGEST_CLUSTER_BYTES = 2 ** 21;
/** Of 2 TiB with clusters of 4 KiB. */
const LARGEST_BITMAP_BYTES = 2 ** 26;
const MOST_RUNS = 65_536;

/** Which clusters of an NTFS volume are in use now, as its own $Bitmap says: bit i, lowest first, stands for cluster i. */
export class ClusterBitmap {
  readonly #bits: Uint8Array;
  readonly #clusterBytes: number;

  constructor(bits: Uint8Array, clusterBytes: number) {
    this.#bits = bits;
    this.#clusterBytes = clusterBytes;
  }

  /** Whether no cluster of a block of 16 KiB is in use. What lies beyond the bitmap counts as in use. */
  isFree(block: number): boolean {
    const from = block * BLOCK_SIZE_BYTES;
    const last = Math.floor((from + BLOCK_SIZE_BYTES - 1) / this.#clusterBytes);
    for (let cluster = Math.floor(from / this.#clusterBytes); cluster <= last; cluster += 1) {
      if ((((this.#bits[Math.floor(cluster / 8)] ?? 0xff) >>> (cluster % 8)) & 1) === 1) return false;
    }
    return true;
  }
}

/**
 * `null` when the volume has none that can be made sense of, as in an image with no file system. Nothing that it says is
 * trusted.
 */
export async function readClusterBitmap(volume: ByteSource): Promise<ClusterBitmap | null> {
  try {
    const geometry = geometryOf(viewOf(await readBytes(volume, 0, SECTOR_SIZE_BYTES)), volume.sizeBytes);
    if (geometry === null) return null;
    const { clusterBytes, recordBytes, mftOffset } = geometry;
    const record = await readBytes(volume, mftOffset + BITMAP_RECORD * recordBytes, recordBytes);
    const data = dataAttributeOf(withFixups(record.slice()));
    const neededBytes = Math.ceil(Math.floor(volume.sizeBytes / clusterBytes) / 8);
    if (data === null || data.sizeBytes < neededBytes || neededBytes > LARGEST_BITMAP_BYTES) return null;
    const bits = await readRuns(volume, data.runs, clusterBytes, neededBytes);
    return bits === null ? null : new ClusterBitmap(bits, clusterBytes);
  } catch (error) {
    if (error instanceof BadImage) return null;
    throw error;
  }
}

interface Geometry {
  readonly clusterBytes: number;
  readonly recordBytes: number;
  readonly mftOffset: number;
}

/** As the boot sector has it; `null` when it makes no sense. */
function geometryOf(boot: DataView, sizeBytes: number): Geometry | null {
  const sectors = boot.getUint8(13);
  // Above 128 it is the negative of a power of two.
  const perCluster = sectors > 128 ? 2 ** (256 - sectors) : sectors;
  const clusterBytes = boot.getUint16(11, true) * perCluster;
  const perRecord = boot.getInt8(64);
  const recordBytes = perRecord < 0 ? 2 ** -perRecord : perRecord * clusterBytes;
  const mftOffset = readU64(boot, 48) * clusterBytes;
  const isCluster = Number.isInteger(Math.log2(clusterBytes)) && clusterBytes <= LARGEST_CLUSTER_BYTES;
  const isRecord = recordBytes >= SECTOR_SIZE_BYTES && recordBytes <= LARGEST_RECORD_BYTES;
  if (!isCluster || !isRecord || mftOffset + (BITMAP_RECORD + 1) * recordBytes > sizeBytes) return null;
  return { clusterBytes, recordBytes, mftOffset };
}

/** A record with the last two bytes of each of its sectors put back; `null`: it is none, or was not written whole. */
function withFixups(record: Uint8Array): Uint8Array | null {
  const view = viewOf(record);
  if (view.getUint32(0, true) !== RECORD_SIGNATURE) return null;
  const at = view.getUint16(4, true);
  const count = view.getUint16(6, true) - 1;
  if (count * SECTOR_SIZE_BYTES !== record.length || at + 2 * (count + 1) > record.length) return null;
  const mark = view.getUint16(at, true);
  const originals = Array.from({ length: count }, (_, sector) => view.getUint16(at + 2 * (sector + 1), true));
  for (const [sector, original] of originals.entries()) {
    const end = (sector + 1) * SECTOR_SIZE_BYTES - 2;
    if (view.getUint16(end, true) !== mark) return null;
    view.setUint16(end, original, true);
  }
  return record;
}

interface DataAttribute {
  readonly sizeBytes: number;
  readonly runs: Uint8Array;
}

/** The unnamed data of a file, when it lies outside of the record; else `null`. */
function dataAttributeOf(record: Uint8Array | null): DataAttribute | null {
  if (record === null) return null;
  const view = viewOf(record);
  let at = view.getUint16(20, true);
  while (at + 64 <= record.length) {
    const type = view.getUint32(at, true);
    const length = view.getUint32(at + 4, true);
    if (type === ATTRIBUTES_END || length < 16 || at + length > record.length) return null;
    const isNamed = view.getUint8(at + 9) !== 0;
    if (type === ATTRIBUTE_DATA && !isNamed) {
      const isOutside = view.getUint8(at + 8) === 1 && (view.getUint16(at + 12, true) & UNUSUAL_FLAGS) === 0;
      const runsAt = view.getUint16(at + 32, true);
      if (!isOutside || length < 64 || runsAt > length) return null;
      return { sizeBytes: readU64(view, at + 48), runs: record.subarray(at + runsAt, at + length) };
    }
    at += length;
  }
  return null;
}

/** The first bytes of what a list of runs tells of; `null` when it tells of less, or makes no sense. */
async function readRuns(
  volume: ByteSource,
  runs: Uint8Array,
  clusterBytes: number,
  neededBytes: number,
): Promise<Uint8Array | null> {
  const bytes = new Uint8Array(neededBytes);
  let filled = 0;
  let cluster = 0;
  let at = 0;
  for (let count = 0; filled < neededBytes; count += 1) {
    const head = runs[at] ?? 0;
    const [lengthSize, offsetSize] = [head & 15, head >>> 4];
    const end = at + 1 + lengthSize + offsetSize;
    // A run without a place would be a hole.
    if (lengthSize === 0 || offsetSize === 0 || offsetSize > 8 || end > runs.length || count === MOST_RUNS) {
      return null;
    }
    const length = numberOf(runs.subarray(at + 1, at + 1 + lengthSize), false) * clusterBytes;
    cluster += numberOf(runs.subarray(at + 1 + lengthSize, end), true);
    const part = Math.min(length, neededBytes - filled);
    if (part <= 0) return null;
    bytes.set(await readBytes(volume, cluster * clusterBytes, part), filled);
    filled += part;
    at = end;
  }
  return bytes;
}

/** Little-endian, of any length. */
function numberOf(bytes: Uint8Array, isSigned: boolean): number {
  let value = 0;
  for (let index = bytes.length - 1; index >= 0; index -= 1) value = value * 256 + bytes[index]!;
  const isNegative = isSigned && (bytes[bytes.length - 1] ?? 0) >= 128;
  return isNegative ? value - 256 ** bytes.length : value;
}
