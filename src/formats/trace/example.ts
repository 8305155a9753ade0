import { decodeText, type Span } from './bytes';

const LONGEST_TEXT_BYTES = 120;
const LONGEST_BINARY_BYTES = 40;

/** The beginning of a line as it can be shown: characters that are not seen, or turn text around, are replaced. */
export function exampleText(bytes: Uint8Array, { start, end }: Span, isBinary: boolean): string {
  if (isBinary) {
    const shown = bytes.subarray(start, Math.min(end, start + LONGEST_BINARY_BYTES));
    return Array.from(shown, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  }
  const isCut = end - start > LONGEST_TEXT_BYTES;
  let to = isCut ? start + LONGEST_TEXT_BYTES : end;
  // Not in the middle of a character.
  while (isCut && to > start && (bytes[to]! & 0xc0) === 0x80) to -= 1;
  const text = decodeText(bytes, { start, end: to }).replace(/[\p{Cc}\p{Cf}]/gu, '\u{fffd}');
  return isCut ? `${text}…` : text;
}
