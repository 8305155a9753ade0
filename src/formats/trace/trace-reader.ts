import {
  LONGEST_WRITE_BYTES,
  SECTOR_SIZE_BYTES,
  SKIP_REASONS,
  TRACE_UNITS,
  WRITE,
  type SkipReason,
  type TraceBatch,
  type TraceSurvey,
  type UnparsedReason,
} from '../../core/replay/trace';
import { BEYOND_LIMIT, hasControls, NEGATIVE, NOT_A_NUMBER, type Span } from './bytes';
import { DeviceList } from './device-list';
import { exampleText } from './example';
import type { LineReceiver, Splitter } from './line-splitter';
import { isBinary, parserFor, splitterFor, type TraceReading } from './parsers';
import { createRecord, type LineKind, type LineParser, type TraceRecord } from './record';
import { Tally } from './tally';

const BATCH_RECORDS = 4096;

const SKIPPED: ReadonlySet<LineKind> = new Set(SKIP_REASONS);

/**
 * Reads a trace from chunks of any size, in memory that does not grow with it (but for the names of its devices). What it
 * cannot understand it counts, with the reason, and goes on: a line is never an error.
 */
export class TraceReader implements LineReceiver {
  readonly #take: ((batch: TraceBatch) => void) | null;
  readonly #isBinary: boolean;
  readonly #offsetUnit: number;
  readonly #lengthUnit: number;
  readonly #splitter: Splitter;
  readonly #parser: LineParser;
  readonly #record = createRecord();
  readonly #tally = new Tally();
  readonly #devices: DeviceList;
  readonly #operations = new Uint8Array(BATCH_RECORDS);
  readonly #places = new Uint16Array(BATCH_RECORDS);
  readonly #offsets = new Float64Array(BATCH_RECORDS);
  readonly #lengths = new Float64Array(BATCH_RECORDS);
  readonly #times = new Float64Array(BATCH_RECORDS);
  #count = 0;

  /** @param take receives the records in order, in batches that are only lent; without it they are only counted */
  constructor(reading: TraceReading, take: ((batch: TraceBatch) => void) | null = null) {
    const units = TRACE_UNITS[reading.format];
    this.#take = take;
    this.#isBinary = isBinary(reading.format);
    this.#offsetUnit = units.offset === 'sectors' ? SECTOR_SIZE_BYTES : 1;
    this.#lengthUnit = units.length === 'sectors' ? SECTOR_SIZE_BYTES : 1;
    this.#splitter = splitterFor(reading.format, this);
    const parser = parserFor(reading);
    this.#parser = parser;
    this.#devices = new DeviceList((text) => parser.deviceName?.(text) ?? text);
  }

  push(chunk: Uint8Array): void {
    this.#splitter.push(chunk);
  }

  /** When the file has ended: gives out the last batch and says what was seen. */
  end(): TraceSurvey {
    this.#splitter.end();
    this.#flush();
    return this.#tally.finish(this.#devices.finish());
  }

  line(bytes: Uint8Array, line: Span, lines: number): void {
    if (!this.#isBinary && isBlank(bytes, line)) {
      this.#tally.blank(lines);
      return;
    }
    const record = this.#record;
    const kind = this.#parser.parse(bytes, line, record);
    if (kind === 'record') this.#accept(bytes, line, record, lines);
    else if (kind === 'header') this.#tally.header(lines);
    else if (isSkipped(kind)) this.#tally.skip(kind, lines);
    else this.refuse(bytes, line, lines, this.#reasonOf(bytes, line, kind));
  }

  refuse(bytes: Uint8Array, line: Span, lines: number, reason: UnparsedReason): void {
    this.#tally.refuse(reason, lines, () => exampleText(bytes, line, this.#isBinary));
  }

  /** Characters that no text has explain a line better than the field in which they stand. */
  #reasonOf(bytes: Uint8Array, line: Span, reason: UnparsedReason): UnparsedReason {
    return !this.#isBinary && hasControls(bytes, line) ? 'control' : reason;
  }

  #accept(bytes: Uint8Array, line: Span, record: TraceRecord, lines: number): void {
    const offset = record.offset < 0 ? record.offset : record.offset * this.#offsetUnit;
    const length = record.length < 0 ? record.length : record.length * this.#lengthUnit;
    const reason = reasonAgainst(record.operation, offset, length);
    if (reason !== null) {
      this.refuse(bytes, line, lines, this.#reasonOf(bytes, line, reason));
      return;
    }
    if (!this.#isBinary && hasControls(bytes, record.device)) {
      this.refuse(bytes, line, lines, 'control');
      return;
    }
    const device = this.#devices.placeOf(bytes, record.device);
    if (device < 0) {
      this.refuse(bytes, line, lines, 'tooManyDevices');
      return;
    }
    this.#devices.count(device, record.operation, offset, length);
    const time = this.#tally.record(record.operation, length, record.hasTime ? record.time : null, lines);
    if (this.#take !== null) this.#add(record.operation, device, offset, length, time);
  }

  #add(operation: number, device: number, offset: number, length: number, time: number): void {
    const at = this.#count;
    this.#operations[at] = operation;
    this.#places[at] = device;
    this.#offsets[at] = offset;
    this.#lengths[at] = length;
    this.#times[at] = time;
    this.#count += 1;
    if (this.#count === BATCH_RECORDS) this.#flush();
  }

  #flush(): void {
    if (this.#count === 0) return;
    this.#take?.({
      count: this.#count,
      operations: this.#operations,
      devices: this.#places,
      offsets: this.#offsets,
      lengths: this.#lengths,
      times: this.#times,
    });
    this.#count = 0;
  }
}

function isSkipped(kind: LineKind): kind is SkipReason {
  return SKIPPED.has(kind);
}

function isBlank(bytes: Uint8Array, { start, end }: Span): boolean {
  let at = start;
  while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x09)) at += 1;
  return at === end;
}

/** Why a record cannot be taken as it stands, although every field was found; `null` when it can. */
function reasonAgainst(operation: number, offset: number, length: number): UnparsedReason | null {
  if (offset === NOT_A_NUMBER) return 'offset';
  if (length === NOT_A_NUMBER) return 'length';
  if (offset === NEGATIVE || length === NEGATIVE) return 'negative';
  if (offset === BEYOND_LIMIT || length === BEYOND_LIMIT) return 'beyondLimit';
  if (offset + length > Number.MAX_SAFE_INTEGER) return 'beyondLimit';
  return operation === WRITE && length > LONGEST_WRITE_BYTES ? 'writeTooLong' : null;
}
