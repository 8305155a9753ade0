import { NOT_A_NUMBER, type Span } from './bytes';
import { fromScsiOpcode } from './comma-separated';
import type { Decimal } from './decimal';
import type { LineKind, LineParser, TraceRecord } from './record';

/** Where the little-endian fields of a record lie (libCacheSim, customizedReader/vscsi.h). */
interface Layout {
  readonly version: number;
  readonly opcode: number;
  readonly versionField: number;
  readonly length: number;
  readonly sector: number;
  readonly time: number;
}

const LAYOUTS: Readonly<Record<'vscsi1' | 'vscsi2', Layout>> = {
  vscsi1: { version: 1, opcode: 12, versionField: 14, length: 4, sector: 16, time: 24 },
  vscsi2: { version: 2, opcode: 0, versionField: 2, length: 8, sector: 16, time: 24 },
};

export const VSCSI_RECORD_SIZES = { vscsi1: 32, vscsi2: 40 } as const;

const TWO_TO_32 = 2 ** 32;
const LOW = 1_000_000_000;

export class VscsiBinaryParser implements LineParser {
  readonly #layout: Layout;

  constructor(format: 'vscsi1' | 'vscsi2') {
    this.#layout = LAYOUTS[format];
  }

  parse(bytes: Uint8Array, { start }: Span, record: TraceRecord): LineKind {
    const layout = this.#layout;
    // The version is the upper byte of its field.
    if (bytes[start + layout.versionField + 1] !== layout.version) return 'layout';
    record.operation = fromScsiOpcode(
      bytes[start + layout.opcode]! + 256 * bytes[start + layout.opcode + 1]!,
    );
    if (record.operation === NOT_A_NUMBER) return 'operation';
    record.length = word(bytes, start + layout.length);
    // Above 2^53 this is no longer exact, but it stays above, and is refused for that.
    record.offset = word(bytes, start + layout.sector) + TWO_TO_32 * word(bytes, start + layout.sector + 4);
    readTime(bytes, start + layout.time, record.time);
    record.hasTime = true;
    return 'record';
  }
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

function readTime(bytes: Uint8Array, at: number, into: Decimal): void {
  const value = (BigInt(word(bytes, at + 4)) << 32n) | BigInt(word(bytes, at));
  into.high = Number(value / BigInt(LOW));
  into.low = Number(value % BigInt(LOW));
  into.billionths = 0;
}
