/**
 * Points in time as traces write them: a FILETIME has 18 digits and a double keeps 15, so a time is kept as three
 * numbers and only the distance to the first one becomes one number.
 */
import { NOT_A_NUMBER, positionOf, type Span } from './bytes';

const LOW_DIGITS = 9;
const LOW = 10 ** LOW_DIGITS;
const HIGH_LIMIT_DIGITS = 24;
const ZERO = 0x30;
const POINT = 0x2e;

/** `high` * 10^9 + `low`, and `billionths` of the unit. */
export interface Decimal {
  high: number;
  low: number;
  billionths: number;
}

export function createDecimal(): Decimal {
  return { high: 0, low: 0, billionths: 0 };
}

export function copyDecimal(from: Decimal, into: Decimal): void {
  into.high = from.high;
  into.low = from.low;
  into.billionths = from.billionths;
}

/** Reads a time of at most 24 digits before the point into `into`; false when it is none, or is before zero. */
export function readDecimal(bytes: Uint8Array, { start, end }: Span, into: Decimal): boolean {
  const point = positionOf(bytes, { start, end }, POINT);
  if (point === start || point - start > HIGH_LIMIT_DIGITS) return false;
  const low = Math.max(start, point - LOW_DIGITS);
  into.high = digits(bytes, start, low);
  into.low = digits(bytes, low, point);
  const fraction = Math.min(end, point + 1 + LOW_DIGITS);
  into.billionths =
    point === end ? 0 : digits(bytes, point + 1, fraction) * 10 ** (point + 1 + LOW_DIGITS - fraction);
  if (into.high >= 0 && into.low >= 0 && into.billionths >= 0) return digits(bytes, fraction, end) >= 0;
  return false;
}

/** Zero for no digits at all. */
function digits(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return NOT_A_NUMBER;
    value = value * 10 + digit;
  }
  return value;
}

/** A double as such a number, for the exponents that `%lf` may print. */
export function decimalOf(value: number, into: Decimal): void {
  const whole = Math.floor(value);
  into.high = Math.floor(whole / LOW);
  into.low = whole % LOW;
  into.billionths = Math.round((value - whole) * LOW);
}

/** In units. Exact as long as the distance itself can be. */
export function distance(from: Decimal, to: Decimal): number {
  return (to.high - from.high) * LOW + (to.low - from.low) + (to.billionths - from.billionths) / LOW;
}

export function printDecimal({ high, low, billionths }: Decimal): string {
  const whole = high === 0 ? String(low) : `${BigInt(high)}${String(low).padStart(LOW_DIGITS, '0')}`;
  const fraction = String(billionths).padStart(LOW_DIGITS, '0').replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
