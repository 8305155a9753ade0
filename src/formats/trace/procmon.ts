import { WRITE } from '../../core/replay/trace';
import { isText, NEGATIVE, NOT_A_NUMBER, wholeNumber, type Span } from './bytes';
import { Fields } from './fields';
import type { LineKind, LineParser, TraceRecord } from './record';
import { readTimeOfDay } from './time-of-day';

const MOST_COLUMNS = 64;
const TIME_COLUMNS = ['time of day', 'date & time', 'relative time'];
const NEEDED = ['operation', 'path', 'result', 'detail'] as const;

/** Where the user's choice of columns has put what is needed; -1 for a time that was not exported. */
type Places = Readonly<Record<(typeof NEEDED)[number] | 'time' | 'count', number>>;

/** Process Monitor's CSV: only writes that succeeded, at offsets in their files; every file is a device. */
export class ProcmonParser implements LineParser {
  readonly #fields = new Fields(MOST_COLUMNS);
  #places: Places | null = null;

  parse(bytes: Uint8Array, line: Span, record: TraceRecord): LineKind {
    const fields = this.#fields;
    if (!fields.splitQuoted(bytes, line)) return 'quotation';
    const places = this.#places ?? this.#findPlaces(bytes);
    if (places === null) return 'noHeader';
    if (fields.count !== places.count) return 'columns';
    const operation = fields.at(places.operation);
    if (!isText(bytes, operation, 'writefile')) {
      return isText(bytes, operation, 'operation') ? 'header' : 'otherOperation';
    }
    if (!isText(bytes, fields.at(places.result), 'success')) return 'notSuccessful';
    const detail = fields.at(places.detail);
    record.operation = WRITE;
    record.offset = numberAfter(bytes, detail, 'offset: ');
    record.length = numberAfter(bytes, detail, 'length: ');
    if (record.offset === NOT_A_NUMBER || record.length === NOT_A_NUMBER) return 'detail';
    record.device.start = fields.at(places.path).start;
    record.device.end = fields.at(places.path).end;
    record.hasTime = places.time >= 0 && readTimeOfDay(bytes, fields.at(places.time), record.time);
    return 'record';
  }

  /** Reads the line as a header; `null` when it is none. */
  #findPlaces(bytes: Uint8Array): Places | null {
    const fields = this.#fields;
    const count = Math.min(fields.count, MOST_COLUMNS);
    const spans = Array.from({ length: count }, (_, index) => fields.at(index));
    const placeOf = (name: string): number => spans.findIndex((span) => isText(bytes, span, name));
    const [operation, path, result, detail] = NEEDED.map(placeOf) as [number, number, number, number];
    if (Math.min(operation, path, result, detail) < 0 || fields.count > MOST_COLUMNS) return null;
    const time = Math.max(...TIME_COLUMNS.map(placeOf));
    this.#places = { operation, path, result, detail, time, count };
    return this.#places;
  }

  deviceName(text: string): string {
    return text.replaceAll('""', '"');
  }
}

/** The number behind a label in the detail. Like every number there it is grouped as the user's Windows groups. */
function numberAfter(bytes: Uint8Array, { start, end }: Span, label: string): number {
  for (let at = start; at + label.length < end; at += 1) {
    if (isText(bytes, { start: at, end: at + label.length }, label)) {
      return groupedNumber(bytes, { start: at + label.length, end });
    }
  }
  return NOT_A_NUMBER;
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Comma, point, apostrophe, space, and the bytes of the no-break spaces U+00A0, U+202F and of U+2019. */
const SEPARATORS: ReadonlySet<number> = new Set([
  ...[0x2c, 0x2e, 0x27, 0x20],
  ...[0xc2, 0xa0, 0xe2, 0x80, 0xaf, 0x99],
]);
const LONGEST_SEPARATOR = 3;
const LONGEST_NUMBER = 24;

/** Digits, between which separators may stand as long as another digit follows. */
function groupedNumber(bytes: Uint8Array, { start, end }: Span): number {
  if (bytes[start] === 0x2d && isDigit(bytes[start + 1])) return NEGATIVE;
  const digits = new Uint8Array(LONGEST_NUMBER);
  let count = 0;
  let at = start;
  while (at < end && isDigit(bytes[at]) && count < LONGEST_NUMBER) {
    digits[count] = bytes[at]!;
    count += 1;
    at += 1;
    let next = at;
    while (next < end && next - at < LONGEST_SEPARATOR && SEPARATORS.has(bytes[next]!)) next += 1;
    if (next < end && isDigit(bytes[next])) at = next;
  }
  return wholeNumber(digits, { start: 0, end: count });
}
