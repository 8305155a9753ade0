import { assert, required } from '../assert';
import { blockAt } from '../block';
import { DenseBlocks } from './dense-blocks';
import type { ReplaySettings } from './replay';
import { WRITE, type TraceBatch } from './trace';

const FIRST_CAPACITY = 1024;

/** The blocks of one device, and where on the machine's volume they begin. */
interface DeviceBlocks {
  /** Ascending once all are known; only the first `count` places hold any. */
  blocks: Float64Array;
  count: number;
  first: number;
}

/**
 * The blocks that a trace writes to as those of one small volume: in the order in which they lie, device after device,
 * without the gaps between them. What one write touches stays side by side, for it writes to all of it.
 */
export class RankedBlocks {
  readonly #settings: ReplaySettings;
  /** `null` once they are ranked. */
  #dense: DenseBlocks | null;
  readonly #devices = new Map<number, DeviceBlocks>();
  #records = 0;
  #isFull = false;

  /** @param limit how many blocks there can be */
  constructor(settings: ReplaySettings, limit: number) {
    this.#settings = settings;
    this.#dense = new DenseBlocks(limit);
  }

  /** The first records that write to no more blocks than the limit allows. */
  get fittingRecords(): number {
    return this.#records;
  }

  get size(): number {
    let size = 0;
    for (const { count } of this.#devices.values()) size += count;
    return size;
  }

  /** Takes note of what records write to, up to the first one that does not fit. */
  add({ count, operations, devices, offsets, lengths }: TraceBatch): void {
    const dense = required(this.#dense, 'no block comes after the ranking');
    const { device, partitionOffsetBytes, records } = this.#settings;
    for (let at = 0; at < count; at += 1) {
      if (device !== null && devices[at] !== device) continue;
      if (this.#isFull || this.#records === records) return;
      const offset = offsets[at]! - partitionOffsetBytes;
      const length = lengths[at]!;
      const isWritten = operations[at] === WRITE && offset >= 0 && length > 0;
      this.#isFull =
        isWritten && !this.#addBlocks(dense, devices[at]!, blockAt(offset), blockAt(offset + length - 1));
      if (!this.#isFull) this.#records += 1;
    }
  }

  #addBlocks(dense: DenseBlocks, device: number, first: number, last: number): boolean {
    for (let block = first; block <= last; block += 1) {
      const known = dense.size;
      const index = dense.indexOf(device, block);
      if (index < 0) return false;
      if (index === known) this.#keep(device, block);
    }
    return true;
  }

  #keep(device: number, block: number): void {
    let kept = this.#devices.get(device);
    if (kept === undefined) {
      kept = { blocks: new Float64Array(FIRST_CAPACITY), count: 0, first: 0 };
      this.#devices.set(device, kept);
    }
    if (kept.count === kept.blocks.length) {
      const longer = new Float64Array(kept.blocks.length * 2);
      longer.set(kept.blocks);
      kept.blocks = longer;
    }
    kept.blocks[kept.count] = block;
    kept.count += 1;
  }

  /** Gives every block its number, when all are known. What was needed to tell them apart is let go. */
  rank(): void {
    let first = 0;
    for (const device of [...this.#devices.keys()].sort((a, b) => a - b)) {
      const kept = this.#devices.get(device)!;
      kept.blocks = kept.blocks.slice(0, kept.count).sort();
      kept.first = first;
      first += kept.count;
    }
    this.#dense = null;
  }

  /** The number of a block that was added; its neighbours in the same write have the numbers beside it. */
  numberOf(device: number, block: number): number {
    assert(this.#dense === null, 'the blocks are ranked');
    const { blocks, count, first } = this.#devices.get(device)!;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (blocks[middle]! < block) low = middle + 1;
      else high = middle;
    }
    return first + low;
  }
}
