/** Reading numbers and names out of bytes, without making a string of every field of every line. */

export const NOT_A_NUMBER = -1;
export const NEGATIVE = -2;
export const BEYOND_LIMIT = -3;

const ZERO = 0x30;
const MINUS = 0x2d;

/** A part of the bytes that holds one line or one field: from `start` to before `end`. */
export interface Span {
  start: number;
  end: number;
}

function digitAt(bytes: Uint8Array, at: number): number {
  const digit = bytes[at]! - ZERO;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

/** A whole number below 2^53 in decimal digits and nothing else, or one of the three answers above. */
export function wholeNumber(bytes: Uint8Array, { start, end }: Span): number {
  if (end > start + 1 && bytes[start] === MINUS) {
    return wholeNumber(bytes, { start: start + 1, end }) === NOT_A_NUMBER ? NOT_A_NUMBER : NEGATIVE;
  }
  if (start === end) return NOT_A_NUMBER;
  let value = 0;
  let fits = true;
  for (let at = start; at < end; at += 1) {
    const digit = digitAt(bytes, at);
    if (digit < 0) return NOT_A_NUMBER;
    const longer = value * 10 + digit;
    if (longer > Number.MAX_SAFE_INTEGER) fits = false;
    else value = longer;
  }
  return fits ? value : BEYOND_LIMIT;
}

/** A number of at most eight hexadecimal digits, with or without 0x, or `NOT_A_NUMBER`. */
export function hexNumber(bytes: Uint8Array, { start, end }: Span): number {
  const isPrefixed = bytes[start] === ZERO && (bytes[start + 1]! | 0x20) === 0x78;
  const from = isPrefixed && end - start > 2 ? start + 2 : start;
  if (from === end || end - from > 8) return NOT_A_NUMBER;
  let value = 0;
  for (let at = from; at < end; at += 1) {
    const letter = (bytes[at]! | 0x20) - 0x61;
    const decimal = digitAt(bytes, at);
    const digit = decimal >= 0 ? decimal : letter >= 0 && letter < 6 ? letter + 10 : -1;
    if (digit < 0) return NOT_A_NUMBER;
    value = value * 16 + digit;
  }
  return value;
}

/** Whether a span holds this text, capitals or not. `lower` is ASCII without capitals. */
export function isText(bytes: Uint8Array, { start, end }: Span, lower: string): boolean {
  return end - start === lower.length && beginsWith(bytes, { start, end }, lower);
}

export function beginsWith(bytes: Uint8Array, { start, end }: Span, lower: string): boolean {
  if (end - start < lower.length) return false;
  for (let index = 0; index < lower.length; index += 1) {
    const byte = bytes[start + index]!;
    const isCapital = byte >= 0x41 && byte <= 0x5a;
    if ((isCapital ? byte | 0x20 : byte) !== lower.charCodeAt(index)) return false;
  }
  return true;
}

/** Where a byte first stands in the span; its end when nowhere. */
export function positionOf(bytes: Uint8Array, { start, end }: Span, byte: number): number {
  let at = start;
  while (at < end && bytes[at] !== byte) at += 1;
  return at;
}

/** Whether there are characters that no text has. Tabs and line ends it has. */
export function hasControls(bytes: Uint8Array, { start, end }: Span): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    if (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) return true;
  }
  return false;
}

/** One character a byte: good for comparing and as a key, not for reading. */
export function binaryText(bytes: Uint8Array, { start, end }: Span): string {
  let text = '';
  for (let at = start; at < end; at += 1) text += String.fromCharCode(bytes[at]!);
  return text;
}

/** UTF-8 as the language's own decoder of addresses reads it; text in another encoding stands a character a byte. */
export function decodeText(bytes: Uint8Array, span: Span): string {
  const text = binaryText(bytes, span);
  if (!/[\x80-\xff]/.test(text)) return text;
  try {
    return decodeURIComponent(
      text.replace(/[%\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`),
    );
  } catch {
    return text;
  }
}
