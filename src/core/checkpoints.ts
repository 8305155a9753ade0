import { required } from './assert';
import { MOST_AT_ONCE } from './block';
import { TABLES } from './draft';
import type { Machine } from './machine';
import { lastThat } from './sorted';
import type { Table } from './table';

/** The machines before an entry of a path. */
export interface Place {
  readonly entryIndex: number;
  readonly machines: readonly Machine[];
}

interface Checkpoint extends Place {
  /** In steps. */
  readonly position: number;
}

/** Where a path is short, so many steps lie between two checkpoints. */
const SMALLEST_SPACING = 256;

/**
 * On a large volume they weigh so much that there are few in the end, and after each of them all that is written to is
 * copied once more. Some 400,000 writes are carried out again in half a second, by short tasks.
 */
const SPACING_WHEN_LARGE = 4_194_304;

const MAXIMUM_CHECKPOINTS = 512;

/**
 * What the checkpoints of a path may hold beyond what they share. On a volume of 65,536 blocks that is written all over,
 * each of them holds about half a megabyte a world.
 */
const MAXIMUM_BYTES = 32 * 1_048_576;

/** What a place in the list of a table's chunks takes. */
const POINTER_BYTES = 8;

/** Of the machine itself, with its lists. */
const MACHINE_BYTES = 1_024;

/**
 * Machines along a path, so that any place of it is reached by replaying a part. However long the path grows, they stay
 * within a number and a size: when they reach it, the distance between them doubles.
 */
export class Checkpoints {
  #kept: Checkpoint[];
  #spacing: number;
  #bytes = 0;

  constructor(start: readonly Machine[]) {
    const isLarge = start[0]!.settings.blockCount > MOST_AT_ONCE;
    this.#spacing = isLarge ? SPACING_WHEN_LARGE : SMALLEST_SPACING;
    this.#kept = [{ entryIndex: 0, position: 0, machines: start }];
  }

  get start(): readonly Machine[] {
    return this.#kept[0]!.machines;
  }

  /** The last one at or before an entry. */
  before(entryIndex: number): Place {
    const place = lastThat(this.#kept, (checkpoint) => checkpoint.entryIndex <= entryIndex);
    return required(place, 'there is a checkpoint at the start');
  }

  /** Whether a position beyond all others is far enough from the last one. */
  isDueAt(position: number): boolean {
    return position - this.#kept[this.#kept.length - 1]!.position >= this.#spacing;
  }

  add(checkpoint: Checkpoint): void {
    const last = this.#kept[this.#kept.length - 1]!;
    this.#kept.push(checkpoint);
    this.#bytes += bytesApart(last.machines, checkpoint.machines);
    while (this.#kept.length > MAXIMUM_CHECKPOINTS || this.#bytes > MAXIMUM_BYTES) {
      if (this.#kept.length === 1) return;
      this.#thin();
    }
  }

  #thin(): void {
    this.#spacing *= 2;
    let last = this.#kept[0]!;
    this.#keep(
      this.#kept.filter((checkpoint) => {
        const isFar = checkpoint === last || checkpoint.position - last.position >= this.#spacing;
        if (isFar) last = checkpoint;
        return isFar;
      }),
    );
  }

  #keep(kept: Checkpoint[]): void {
    this.#kept = kept;
    this.#bytes = kept.reduce(
      (bytes, { machines }, index) => bytes + bytesApart(kept[Math.max(0, index - 1)]!.machines, machines),
      0,
    );
  }

  /** Those of a path that ends before entry `entryCount`. */
  upTo(entryCount: number): Checkpoints {
    const checkpoints = new Checkpoints(this.start);
    checkpoints.#spacing = this.#spacing;
    checkpoints.#keep(this.#kept.filter(({ entryIndex }) => entryIndex <= entryCount));
    return checkpoints;
  }
}

/** What machines hold that others, before them on the same path, do not. */
function bytesApart(before: readonly Machine[], after: readonly Machine[]): number {
  return after.reduce(
    (bytes, machine, index) => bytes + MACHINE_BYTES + tableBytes(before[index]!, machine, after[0]!),
    0,
  );
}

/** `beside`: of another world, at the same time. */
function tableBytes(before: Machine, after: Machine, beside: Machine): number {
  return TABLES.reduce(
    (bytes, table) =>
      after !== beside && after[table] === beside[table]
        ? bytes
        : bytes + chunkBytes(before[table], after[table]),
    0,
  );
}

function chunkBytes(before: Table, after: Table): number {
  if (before === after) return 0;
  return after.chunks.reduce(
    (bytes, chunk, index) => (chunk === before.chunks[index] ? bytes : bytes + chunk.byteLength),
    POINTER_BYTES * after.chunks.length,
  );
}
