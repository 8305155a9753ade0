import {
  DISCARD,
  OTHER,
  READ,
  SKIP_REASONS,
  UNPARSED_REASONS,
  WRITE,
  type SkipReason,
  type TraceDevice,
  type TraceSurvey,
  type UnparsedExample,
  type UnparsedReason,
} from '../../core/replay/trace';
import { copyDecimal, createDecimal, distance, printDecimal, type Decimal } from './decimal';

const MOST_EXAMPLES = 20;

function zeros<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
}

/** Accounts for every line of a trace. */
export class Tally {
  #lines = 0;
  #blank = 0;
  #headers = 0;
  #continuations = 0;
  readonly #skipped = zeros(SKIP_REASONS);
  readonly #unparsed = zeros(UNPARSED_REASONS);
  readonly #examples: UnparsedExample[] = [];
  readonly #operations = [0, 0, 0, 0];
  #zeroLengthWrites = 0;
  #writtenBytes = 0;
  #hasTimes = false;
  readonly #first = createDecimal();
  readonly #earliest = createDecimal();
  readonly #latest = createDecimal();
  #earliestSince = 0;
  #latestSince = 0;

  /** @param lines how many lines of the file it takes up */
  blank(lines: number): void {
    this.#count(lines);
    this.#blank += 1;
  }

  #count(lines: number): void {
    this.#lines += lines;
    this.#continuations += lines - 1;
  }

  header(lines: number): void {
    this.#count(lines);
    this.#headers += 1;
  }

  skip(reason: SkipReason, lines: number): void {
    this.#count(lines);
    this.#skipped[reason] += 1;
  }

  /** Each of its lines is one that was not understood. @param text makes the example's text, for those that are kept */
  refuse(reason: UnparsedReason, lines: number, text: () => string): void {
    if (this.#examples.length < MOST_EXAMPLES) {
      this.#examples.push({ line: this.#lines + 1, text: text(), reason });
    }
    this.#lines += lines;
    this.#unparsed[reason] += lines;
  }

  /** @returns the record's time since the first one; NaN when it has none */
  record(operation: number, length: number, time: Decimal | null, lines: number): number {
    this.#count(lines);
    this.#operations[operation]! += 1;
    if (operation === WRITE) {
      this.#writtenBytes += length;
      if (length === 0) this.#zeroLengthWrites += 1;
    }
    return time === null ? NaN : this.#tell(time);
  }

  #tell(time: Decimal): number {
    if (!this.#hasTimes) {
      this.#hasTimes = true;
      for (const own of [this.#first, this.#earliest, this.#latest]) copyDecimal(time, own);
      return 0;
    }
    const since = distance(this.#first, time);
    if (since < this.#earliestSince) {
      this.#earliestSince = since;
      copyDecimal(time, this.#earliest);
    } else if (since > this.#latestSince) {
      this.#latestSince = since;
      copyDecimal(time, this.#latest);
    }
    return since;
  }

  #times(): TraceSurvey['times'] {
    return {
      earliest: printDecimal(this.#earliest),
      latest: printDecimal(this.#latest),
      span: this.#latestSince - this.#earliestSince,
    };
  }

  finish(devices: readonly TraceDevice[]): TraceSurvey {
    const at = (operation: number): number => this.#operations[operation]!;
    return {
      lines: this.#lines,
      blank: this.#blank,
      headers: this.#headers,
      continuations: this.#continuations,
      skipped: this.#skipped,
      unparsed: this.#unparsed,
      examples: this.#examples,
      records: this.#operations.reduce((sum, count) => sum + count, 0),
      reads: at(READ),
      writes: at(WRITE),
      discards: at(DISCARD),
      others: at(OTHER),
      zeroLengthWrites: this.#zeroLengthWrites,
      writtenBytes: this.#writtenBytes,
      devices,
      times: this.#hasTimes ? this.#times() : null,
      range: rangeOf(devices),
    };
  }
}

function rangeOf(devices: readonly TraceDevice[]): TraceSurvey['range'] {
  const ranges = devices.map(({ range }) => range).filter((range) => range !== null);
  const [first, ...others] = ranges;
  if (first === undefined) return null;
  return others.reduce(
    (all, { from, to }) => ({ from: Math.min(all.from, from), to: Math.max(all.to, to) }),
    first,
  );
}
