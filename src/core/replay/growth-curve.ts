const INTERVALS = 512;

interface GrowthSample {
  /** Records processed. */
  readonly records: number;
  readonly writes: number;
  readonly writtenBytes: number;
  readonly uniqueBlocks: number;
  readonly copies: number;
}

/** How everything grew over the trace, in columns; the first row is the start, the last one the end. */
export type GrowthCurve = { readonly [Column in keyof GrowthSample]: Float64Array };

/** Takes at most 512 samples after the start, evenly over the records: after floor(k * records / intervals). */
export class GrowthSampler {
  readonly #records: number;
  readonly #intervals: number;
  readonly #samples: GrowthSample[] = [];
  #nextAt = 0;

  constructor(records: number) {
    this.#records = records;
    this.#intervals = Math.min(records, INTERVALS);
  }

  /** After how many records the next sample is due. */
  get nextAt(): number {
    return this.#nextAt;
  }

  add(sample: GrowthSample): void {
    this.#samples.push(sample);
    const next = this.#samples.length;
    this.#nextAt = next > this.#intervals ? Infinity : Math.floor((next * this.#records) / this.#intervals);
  }

  finish(): GrowthCurve {
    const column = (name: keyof GrowthSample): Float64Array =>
      Float64Array.from(this.#samples, (sample) => sample[name]);
    return {
      records: column('records'),
      writes: column('writes'),
      writtenBytes: column('writtenBytes'),
      uniqueBlocks: column('uniqueBlocks'),
      copies: column('copies'),
    };
  }
}
