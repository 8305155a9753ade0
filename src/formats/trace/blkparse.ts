import { DISCARD, OTHER, READ, WRITE } from '../../core/replay/trace';
import { beginsWith, isText, positionOf, wholeNumber, type Span } from './bytes';
import { readDecimal } from './decimal';
import { Fields } from './fields';
import type { LineKind, LineParser, TraceRecord } from './record';

/**
 * Every request is told several times over: queued, given a request, inserted, issued, completed. Counting one of these
 * counts each request once. Queued comes first because it is before the kernel merges requests.
 */
export const BLKPARSE_ACTIONS = ['Q', 'D', 'C', 'I', 'G'] as const;

export type BlkparseAction = (typeof BLKPARSE_ACTIONS)[number];

const DEVICE = 0;
const TIME = 3;
const ACTION = 5;
const RWBS = 6;
const SECTOR = 7;
const PLUS = 8;
const COUNT = 9;
const COLUMNS = 10;

const COMMA = 0x2c;
const PREFLUSH = 'F'.charCodeAt(0);
const OPERATIONS: ReadonlyMap<number, number> = new Map([
  ['R'.charCodeAt(0), READ],
  ['W'.charCodeAt(0), WRITE],
  ['D'.charCodeAt(0), DISCARD],
]);

/** `maj,min cpu seq sec.ns pid action rwbs sector + count [process]` (blkparse(1), DEFAULT OUTPUT). */
export class BlkparseParser implements LineParser {
  readonly #action: string;
  readonly #fields = new Fields(COLUMNS);
  #inSummary = false;

  constructor(action: BlkparseAction) {
    this.#action = action.toLowerCase();
  }

  parse(bytes: Uint8Array, line: Span, record: TraceRecord): LineKind {
    const fields = this.#fields;
    fields.splitAtBlanks(bytes, line);
    if (!isDeviceNumber(bytes, fields.at(DEVICE))) return this.#besides(bytes, fields.at(DEVICE));
    if (fields.count <= ACTION) return 'columns';
    record.hasTime = readDecimal(bytes, fields.at(TIME), record.time);
    if (!record.hasTime) return 'time';
    if (!isText(bytes, fields.at(ACTION), this.#action)) return 'otherAction';
    if (fields.count <= RWBS) return 'columns';
    record.device.start = fields.at(DEVICE).start;
    record.device.end = fields.at(DEVICE).end;
    return this.#request(bytes, record);
  }

  /** The counts per CPU and in total that blkparse adds at the end. */
  #besides(bytes: Uint8Array, first: Span): LineKind {
    this.#inSummary ||= beginsWith(bytes, first, 'cpu') || isText(bytes, first, 'total');
    return this.#inSummary ? 'summary' : 'columns';
  }

  #request(bytes: Uint8Array, record: TraceRecord): LineKind {
    const fields = this.#fields;
    record.operation = operationOf(bytes, fields.at(RWBS));
    const hasSectors = fields.count > PLUS && isText(bytes, fields.at(PLUS), '+');
    if (hasSectors && fields.count <= COUNT) return 'columns';
    record.offset = hasSectors ? wholeNumber(bytes, fields.at(SECTOR)) : 0;
    record.length = hasSectors ? wholeNumber(bytes, fields.at(COUNT)) : 0;
    if (hasSectors) return 'record';
    // A flush moves no data, and blkparse names no sectors for it.
    const namesSector = fields.count > SECTOR && wholeNumber(bytes, fields.at(SECTOR)) >= 0;
    record.operation = OTHER;
    return namesSector ? 'columns' : 'record';
  }
}

/** An F in front asks for a flush before; the letter after it is the request (kernel, blk_fill_rwbs). */
function operationOf(bytes: Uint8Array, { start, end }: Span): number {
  const at = bytes[start] === PREFLUSH && end > start + 1 ? start + 1 : start;
  return OPERATIONS.get(bytes[at]!) ?? OTHER;
}

function isDeviceNumber(bytes: Uint8Array, field: Span): boolean {
  const comma = positionOf(bytes, field, COMMA);
  if (comma === field.end) return false;
  const major = wholeNumber(bytes, { start: field.start, end: comma });
  return major >= 0 && wholeNumber(bytes, { start: comma + 1, end: field.end }) >= 0;
}
