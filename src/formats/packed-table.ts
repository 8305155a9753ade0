import { Table } from '../core/table';

/**
 * A table of numbers as text: base 64 digits of five bits each and one that says that more follow, the lowest first, as
 * source maps have them. A group begins with its length and its kind: one number that is repeated, or several numbers.
 * Every number is written as its difference from the one before, so that runs, sequences and gaps are short.
 */
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const DIGIT_BITS = 5;
const DIGIT_BASE = 1 << DIGIT_BITS;
const MORE = DIGIT_BASE;

const VALUES = new Map([...DIGITS].map((digit, value) => [digit.charCodeAt(0), value]));

/** Fewer equal numbers than this are shorter as several than as a repeated one. */
const SHORTEST_RUN = 4;

const HIGHEST = 0xffff_ffff;

export function packTable(table: Table): string {
  const parts: string[] = [];
  let several: number[] = [];
  let previous = 0;
  const flush = (): void => {
    if (several.length === 0) return;
    parts.push(packNumber(2 * several.length));
    for (const value of several) {
      parts.push(packNumber(zigzag(value - previous)));
      previous = value;
    }
    several = [];
  };
  for (let index = 0; index < table.length;) {
    const value = table.get(index);
    const length = runLength(table, index);
    if (length < SHORTEST_RUN) {
      for (let count = 0; count < length; count += 1) several.push(value);
    } else {
      flush();
      parts.push(packNumber(2 * length + 1), packNumber(zigzag(value - previous)));
      previous = value;
    }
    index += length;
  }
  flush();
  return parts.join('');
}

function runLength(table: Table, from: number): number {
  const value = table.get(from);
  let to = from + 1;
  while (to < table.length && table.get(to) === value) to += 1;
  return to - from;
}

/** Small differences in either direction become small numbers. */
function zigzag(difference: number): number {
  return difference < 0 ? -2 * difference - 1 : 2 * difference;
}

function packNumber(number: number): string {
  let text = '';
  let rest = number;
  while (rest >= DIGIT_BASE) {
    text += DIGITS[MORE + (rest % DIGIT_BASE)]!;
    rest = Math.floor(rest / DIGIT_BASE);
  }
  return text + DIGITS[rest]!;
}

/** The table of exactly `length` numbers up to `highest` that a text stands for; `null` when it stands for none. */
export function unpackTable(text: string, length: number, highest = HIGHEST): Table | null {
  const table = Table.zeros(length).edit();
  const numbers = new Unpacking(text);
  let index = 0;
  let value = 0;
  while (index < length) {
    const head = numbers.next();
    const end = index + Math.floor(head / 2);
    // Neither an empty group, nor one beyond the end: nor one that could not be read, of NaN numbers.
    if (!(end > index && end <= length)) return null;
    const isRun = head % 2 === 1;
    for (let at = index; at < end; at += 1) {
      if (at === index || !isRun) value += unzigzag(numbers.next());
      if (!(value >= 0 && value <= highest)) return null;
      if (value !== 0) table.set(at, value);
    }
    index = end;
  }
  return numbers.isAtEnd ? table.finish() : null;
}

function unzigzag(number: number): number {
  return number % 2 === 0 ? number / 2 : -(number + 1) / 2;
}

/** Reads one number after the other from a text; NaN where there is none. */
class Unpacking {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  next(): number {
    let number = 0;
    for (let place = 1; place <= HIGHEST * DIGIT_BASE; place *= DIGIT_BASE) {
      const value = VALUES.get(this.#text.charCodeAt(this.#at)) ?? NaN;
      this.#at += 1;
      number += (value % DIGIT_BASE) * place;
      if (!(value >= MORE)) return number;
    }
    return NaN;
  }
}
