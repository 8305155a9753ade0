/** A row of a hex dump; rows that repeat the one above are counted with it. */
export interface HexRow {
  readonly offset: number;
  readonly hex: string;
  readonly text: string;
  /** How many rows after it hold the same bytes and are left out. */
  readonly repeats: number;
}

/** Bytes of `bytes` from `from` up to `to`, `width` a row. */
export function hexRows(bytes: Uint8Array, from: number, to: number, width: number): readonly HexRow[] {
  const rows: HexRow[] = [];
  for (let offset = from; offset < to; offset += width) {
    const part = bytes.subarray(offset, Math.min(to, offset + width));
    const hex = Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const above = rows.at(-1);
    if (above?.hex === hex) rows[rows.length - 1] = { ...above, repeats: above.repeats + 1 };
    else rows.push({ offset, hex, text: printable(part), repeats: 0 });
  }
  return rows;
}

/** ASCII as it is; everything else as a dot, as hex editors show it. */
function printable(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(
    '',
  );
}
