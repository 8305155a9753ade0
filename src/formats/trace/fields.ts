import { positionOf, type Span } from './bytes';

const SPACE = 0x20;
const TAB = 0x09;
const COMMA = 0x2c;
const QUOTE = 0x22;

/** The fields of a line, as places in its bytes; reused from line to line. */
export class Fields {
  /** How many the line has; those beyond the limit are counted but not kept. */
  count = 0;
  readonly #spans: Span[];

  constructor(limit: number) {
    this.#spans = Array.from({ length: limit }, () => ({ start: 0, end: 0 }));
  }

  /** Field `index`, below `count` and the limit. */
  at(index: number): Span {
    return this.#spans[index]!;
  }

  splitAtBlanks(bytes: Uint8Array, { start, end }: Span): void {
    this.count = 0;
    let at = start;
    for (;;) {
      while (at < end && isBlank(bytes[at]!)) at += 1;
      if (at === end) return;
      const from = at;
      while (at < end && !isBlank(bytes[at]!)) at += 1;
      this.#add(from, at);
    }
  }

  /** Blanks around a field are not part of it. */
  splitAtCommas(bytes: Uint8Array, { start, end }: Span): void {
    this.count = 0;
    let from = start;
    for (let at = start; at <= end; at += 1) {
      if (at < end && bytes[at] !== COMMA) continue;
      this.#addTrimmed(bytes, from, at);
      from = at + 1;
    }
  }

  /**
   * Fields in quotation marks, which may hold commas, line ends and doubled quotation marks. False when something other
   * than a comma follows a closing mark.
   */
  splitQuoted(bytes: Uint8Array, { start, end }: Span): boolean {
    this.count = 0;
    let at = start;
    for (;;) {
      const isQuoted = bytes[at] === QUOTE && at < end;
      const from = isQuoted ? at + 1 : at;
      at = isQuoted ? closingQuote(bytes, from, end) : positionOf(bytes, { start: from, end }, COMMA);
      this.#add(from, at);
      if (isQuoted) at += 1;
      if (at >= end) return at === end;
      if (bytes[at] !== COMMA) return false;
      at += 1;
    }
  }

  #addTrimmed(bytes: Uint8Array, start: number, end: number): void {
    let from = start;
    let to = end;
    while (from < to && isBlank(bytes[from]!)) from += 1;
    while (to > from && isBlank(bytes[to - 1]!)) to -= 1;
    this.#add(from, to);
  }

  #add(start: number, end: number): void {
    const span = this.#spans[this.count];
    if (span !== undefined) {
      span.start = start;
      span.end = end;
    }
    this.count += 1;
  }
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

function closingQuote(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    if (bytes[at] === QUOTE && (at + 1 === end || bytes[at + 1] !== QUOTE)) return at;
    at += bytes[at] === QUOTE ? 2 : 1;
  }
  return end;
}
