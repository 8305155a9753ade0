import { assert, required } from '../assert';
import { blockAt, BLOCK_SIZE_BYTES } from '../block';
import { BlockPlaces } from './block-places';
import { CopyCurveBuilder, type CopyCurve } from './copy-curve';
import { GrowthSampler, type GrowthCurve } from './growth-curve';
import { OTHER, WRITE, type TraceBatch, type TraceSurvey } from './trace';

/** As many groups of 16 neighbouring blocks as are told apart: 64 GiB to 1 TiB written to, in at most 170 MB of memory. */
const MAXIMUM_GROUPS = 2 ** 22;

/** What is known of a block takes a byte; Windows keeps far fewer (64). */
const MAXIMUM_SNAPSHOTS = 254;

const NEVER_WRITTEN = 0;

const FIRST_CAPACITY = 1024;

/** Of which part of a trace, and how, the copies are counted. */
export interface ReplaySettings {
  /** How many records count, those of other devices than the chosen one not among them; what comes after is left alone. */
  readonly records: number;
  /** Before which records, counted from 0, a snapshot is taken: ascending. */
  readonly snapshotsAt: readonly number[];
  /** The place of the one device that counts; `null`: all, each with blocks of its own. */
  readonly device: number | null;
  /** Where on the device the volume begins. What lies before is outside and copies nothing. */
  readonly partitionOffsetBytes: number;
}

/** The numbers of a replay as the report's schema has them (product design, section 8). */
interface ReplayTotals {
  readonly records: number;
  readonly writes: number;
  /** Once for each block of each write. */
  readonly blocksTouched: number;
  readonly uniqueBlocksWritten: number;
  readonly copies: number;
  /** Oldest snapshot first: the copies made while it was the newest. */
  readonly copiesPerSnapshot: readonly number[];
}

export interface ReplayReport {
  readonly totals: ReplayTotals;
  readonly snapshotsAt: readonly number[];
  readonly writtenBytes: number;
  readonly copiedBytes: number;
  /** `null` when nothing was written. */
  readonly copiedOverWritten: number | null;
  /** Records, among `totals.records`, that begin before the volume: their writes are not among `totals.writes`. */
  readonly recordsOutside: number;
  /** Block touches beyond the limit of blocks told apart. If any, copies and unique blocks are lower bounds. */
  readonly touchesNotTracked: number;
  readonly growth: GrowthCurve;
  readonly copyCurve: CopyCurve;
}

export const USUAL_SNAPSHOTS = 4;

/** Snapshots spread evenly over records: number k of them, from 0, before record floor(k * records / snapshots). */
export function evenSnapshots(records: number, snapshots: number): readonly number[] {
  return Array.from({ length: snapshots }, (_, index) => Math.floor((index * records) / snapshots));
}

/** The settings for a trace that was surveyed, with snapshots spread evenly over what counts of it. */
export function replaySettings(
  survey: Pick<TraceSurvey, 'records' | 'devices'>,
  { device, partitionOffsetBytes }: Pick<ReplaySettings, 'device' | 'partitionOffsetBytes'>,
  snapshots = USUAL_SNAPSHOTS,
): ReplaySettings {
  const records = device === null ? survey.records : required(survey.devices[device], 'the device').records;
  return { records, snapshotsAt: evenSnapshots(records, snapshots), device, partitionOffsetBytes };
}

/**
 * Counts what copy-on-write would have copied during a trace: the old content of a block, once for the newest snapshot,
 * when it is first overwritten. Only counting: growth, faults and time are the engine's.
 */
export class Replay {
  readonly #settings: ReplaySettings;
  readonly #places = new BlockPlaces(MAXIMUM_GROUPS);
  /** By place: how many snapshots there were, plus one, when the block was last written. One number says it all. */
  #writtenAt = new Uint8Array(FIRST_CAPACITY);
  #snapshots = 0;
  #uniqueBlocks = 0;
  #nextSnapshotAt: number;
  #records = 0;
  #writes = 0;
  #writtenBytes = 0;
  #blocksTouched = 0;
  #recordsOutside = 0;
  #touchesNotTracked = 0;
  readonly #copiesPerSnapshot: number[];
  readonly #curve = new CopyCurveBuilder();
  readonly #growth: GrowthSampler;

  constructor(settings: ReplaySettings) {
    assert(settings.snapshotsAt.length <= MAXIMUM_SNAPSHOTS, `${settings.snapshotsAt.length} snapshots`);
    this.#settings = settings;
    this.#nextSnapshotAt = settings.snapshotsAt[0] ?? Infinity;
    this.#copiesPerSnapshot = settings.snapshotsAt.map(() => 0);
    this.#growth = new GrowthSampler(settings.records);
    this.#sample();
  }

  add({ count, operations, devices, offsets, lengths }: TraceBatch): void {
    const { device, partitionOffsetBytes } = this.#settings;
    for (let at = 0; at < count; at += 1) {
      if (device !== null && devices[at] !== device) continue;
      if (this.#records === this.#settings.records) return;
      while (this.#records >= this.#nextSnapshotAt) this.#takeSnapshot();
      const offset = offsets[at]! - partitionOffsetBytes;
      if (offset < 0 && operations[at] !== OTHER) this.#recordsOutside += 1;
      else if (operations[at] === WRITE) this.#write(devices[at]!, offset, lengths[at]!);
      this.#records += 1;
      if (this.#records === this.#growth.nextAt) this.#sample();
    }
  }

  #takeSnapshot(): void {
    this.#snapshots += 1;
    this.#nextSnapshotAt = this.#settings.snapshotsAt[this.#snapshots] ?? Infinity;
  }

  #write(device: number, offset: number, length: number): void {
    this.#writes += 1;
    if (length === 0) return;
    this.#writtenBytes += length;
    const first = blockAt(offset);
    const last = blockAt(offset + length - 1);
    this.#blocksTouched += last - first + 1;
    for (let block = first; block <= last; block += 1) this.#touch(this.#places.placeOf(device, block));
  }

  #touch(place: number): void {
    if (place < 0) {
      this.#touchesNotTracked += 1;
      return;
    }
    if (place >= this.#writtenAt.length) this.#makeRoom();
    const before = this.#writtenAt[place]!;
    const now = this.#snapshots + 1;
    if (before === now) return;
    this.#writtenAt[place] = now;
    if (before === NEVER_WRITTEN) this.#uniqueBlocks += 1;
    if (this.#snapshots > 0) this.#copy();
  }

  #copy(): void {
    this.#copiesPerSnapshot[this.#snapshots - 1]! += 1;
    this.#curve.add(this.#records);
  }

  #makeRoom(): void {
    const longer = new Uint8Array(this.#writtenAt.length * 2);
    longer.set(this.#writtenAt);
    this.#writtenAt = longer;
  }

  #sample(): void {
    this.#growth.add({
      records: this.#records,
      writes: this.#writes,
      writtenBytes: this.#writtenBytes,
      uniqueBlocks: this.#uniqueBlocks,
      copies: this.#curve.copies,
    });
  }

  /** When all records were added, as many as were announced. */
  finish(): ReplayReport {
    const { records, snapshotsAt } = this.#settings;
    assert(this.#records === records, `${this.#records} records were added, ${records} announced`);
    const copies = this.#curve.copies;
    const copiedBytes = copies * BLOCK_SIZE_BYTES;
    return {
      totals: {
        records,
        writes: this.#writes,
        blocksTouched: this.#blocksTouched,
        uniqueBlocksWritten: this.#uniqueBlocks,
        copies,
        copiesPerSnapshot: this.#copiesPerSnapshot.slice(),
      },
      snapshotsAt,
      writtenBytes: this.#writtenBytes,
      copiedBytes,
      copiedOverWritten: this.#writtenBytes === 0 ? null : copiedBytes / this.#writtenBytes,
      recordsOutside: this.#recordsOutside,
      touchesNotTracked: this.#touchesNotTracked,
      growth: this.#growth.finish(),
      copyCurve: this.#curve.finish(),
    };
  }
}
