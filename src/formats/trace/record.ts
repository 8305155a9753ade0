import type { SkipReason, UnparsedReason } from '../../core/replay/trace';
import type { Span } from './bytes';
import { createDecimal, type Decimal } from './decimal';

/** What a parser makes of one line. It is reused from line to line: a trace has many millions of them. */
export interface TraceRecord {
  /** `READ`, `WRITE`, `DISCARD` or `OTHER`. */
  operation: number;
  /** In the units of the format, or one of the answers of `wholeNumber` when the line says something else. */
  offset: number;
  length: number;
  hasTime: boolean;
  readonly time: Decimal;
  /** Where the line names the device, in the bytes that `device` are; empty when the format names none. */
  readonly device: Span;
}

/** `header`: a line about the file itself. */
export type LineKind = 'record' | 'header' | SkipReason | UnparsedReason;

/** Reads line after line of one format, in order. */
export interface LineParser {
  /** Fills `record` when the answer is `record`, and leaves it in any state otherwise. */
  parse(bytes: Uint8Array, line: Span, record: TraceRecord): LineKind;
  /** The name to show, where the text in the line is not the name itself. */
  deviceName?(text: string): string;
}

export function createRecord(): TraceRecord {
  return {
    operation: 0,
    offset: 0,
    length: 0,
    hasTime: false,
    time: createDecimal(),
    device: { start: 0, end: 0 },
  };
}
