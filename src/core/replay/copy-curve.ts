import { assert } from '../assert';

const MARKS_LIMIT = 2 ** 18;
const FIRST_CAPACITY = 1024;

/** After which record so many copies had been made: exact for every `stride`-th copy. */
export interface CopyCurve {
  readonly copies: number;
  readonly stride: number;
  /** The record that made copy `(index + 1) * stride`, copies counted from 1 and records from 0. */
  readonly marks: Uint32Array;
  /** The record that made the last copy; 0 when there is none. */
  readonly lastRecord: number;
}

/** The records between which something happened, both included; the same one when it is known exactly. */
export interface RecordRange {
  readonly earliest: number;
  readonly latest: number;
}

/** Keeps the curve in bounded memory: when it is full, every second mark goes. Exact up to 262,144 copies (4 GiB). */
export class CopyCurveBuilder {
  #copies = 0;
  #stride = 1;
  #marks = new Uint32Array(FIRST_CAPACITY);
  #count = 0;
  #lastRecord = 0;

  get copies(): number {
    return this.#copies;
  }

  add(record: number): void {
    this.#copies += 1;
    this.#lastRecord = record;
    if (this.#copies % this.#stride !== 0) return;
    if (this.#count === this.#marks.length) this.#makeRoom();
    if (this.#copies % this.#stride !== 0) return;
    this.#marks[this.#count] = record;
    this.#count += 1;
  }

  #makeRoom(): void {
    if (this.#marks.length < MARKS_LIMIT) {
      const longer = new Uint32Array(this.#marks.length * 2);
      longer.set(this.#marks);
      this.#marks = longer;
      return;
    }
    this.#count /= 2;
    for (let index = 0; index < this.#count; index += 1) this.#marks[index] = this.#marks[index * 2 + 1]!;
    this.#stride *= 2;
  }

  finish(): CopyCurve {
    return {
      copies: this.#copies,
      stride: this.#stride,
      marks: this.#marks.slice(0, this.#count),
      lastRecord: this.#lastRecord,
    };
  }
}

/** The record that made copy number `copy`, from 1 to the number of copies. */
export function recordOfCopy({ copies, stride, marks, lastRecord }: CopyCurve, copy: number): RecordRange {
  assert(copy >= 1 && copy <= copies, `copy ${copy} of ${copies}`);
  const before = Math.floor(copy / stride);
  const after = Math.ceil(copy / stride);
  const earliest = before === 0 ? 0 : marks[before - 1]!;
  return { earliest, latest: marks[after - 1] ?? lastRecord };
}
