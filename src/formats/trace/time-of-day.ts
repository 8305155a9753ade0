import { binaryText, type Span } from './bytes';
import type { Decimal } from './decimal';

const LONGEST = 64;
const TICKS_PER_SECOND = 10_000_000;
const LOW = 1_000_000_000;

/** Hours, minutes, seconds, with a fraction behind the user's decimal sign, and AM or PM where that is the custom. */
const PATTERN = /(\d{1,2})[:.](\d{1,2})[:.](\d{1,2})(?:[.,](\d{1,7}))?(?:\s*([AP])M)?/i;

/** "4:33:18.0872943 PM" in units of 100 ns since midnight. False when the text shows no time of day. */
export function readTimeOfDay(bytes: Uint8Array, { start, end }: Span, into: Decimal): boolean {
  if (end - start > LONGEST) return false;
  const match = PATTERN.exec(binaryText(bytes, { start, end }));
  if (match === null) return false;
  const [, hours, minutes, seconds, fraction = '', half = ''] = match;
  const hour = half === '' ? Number(hours) : (Number(hours) % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
  const wholeSeconds = hour * 3600 + Number(minutes) * 60 + Number(seconds);
  const ticks = wholeSeconds * TICKS_PER_SECOND + Number(fraction.padEnd(7, '0'));
  into.high = Math.floor(ticks / LOW);
  into.low = ticks % LOW;
  into.billionths = 0;
  return true;
}
