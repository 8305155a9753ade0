import { READ, WRITE } from '../../core/replay/trace';
import { binaryText, hexNumber, NOT_A_NUMBER, wholeNumber, type Span } from './bytes';
import { decimalOf, readDecimal, type Decimal } from './decimal';
import { Fields } from './fields';
import type { LineKind, LineParser, TraceRecord } from './record';

const COLUMNS = 5;
const DISKSIM_READ = 1;
const LONGEST_NUMBER = 32;

/** `time device sector sectors flags`: DiskSim's own, of which SSDsim and MQSim read a narrower form. */
export class FiveColumnsParser implements LineParser {
  readonly #isDisksim: boolean;
  readonly #fields = new Fields(COLUMNS);

  constructor(format: 'disksim' | 'ssdsim' | 'mqsim') {
    this.#isDisksim = format === 'disksim';
  }

  parse(bytes: Uint8Array, line: Span, record: TraceRecord): LineKind {
    const fields = this.#fields;
    fields.splitAtBlanks(bytes, line);
    if (fields.count !== COLUMNS) return 'columns';
    const readTime = this.#isDisksim ? readDouble : readWhole;
    record.hasTime = readTime(bytes, fields.at(0), record.time);
    if (!record.hasTime) return 'time';
    const device = fields.at(1);
    if (wholeNumber(bytes, device) < 0) return 'device';
    record.device.start = device.start;
    record.device.end = device.end;
    record.offset = wholeNumber(bytes, fields.at(2));
    record.length = wholeNumber(bytes, fields.at(3));
    record.operation = this.#operationOf(bytes, fields.at(4));
    return record.operation === NOT_A_NUMBER ? 'operation' : 'record';
  }

  /** DiskSim: flags in hexadecimal, of which the lowest bit means read. The others: 0 writes, 1 reads. */
  #operationOf(bytes: Uint8Array, field: Span): number {
    const flags = this.#isDisksim ? hexNumber(bytes, field) : wholeNumber(bytes, field);
    if (flags < 0 || (!this.#isDisksim && flags > 1)) return NOT_A_NUMBER;
    return flags % 2 === DISKSIM_READ ? READ : WRITE;
  }
}

function readWhole(bytes: Uint8Array, field: Span, into: Decimal): boolean {
  return wholeNumber(bytes, field) !== NOT_A_NUMBER && readDecimal(bytes, field, into);
}

/** As `%lf` reads it, but neither below zero nor without end. */
function readDouble(bytes: Uint8Array, field: Span, into: Decimal): boolean {
  if (readDecimal(bytes, field, into)) return true;
  if (field.end - field.start > LONGEST_NUMBER) return false;
  const text = binaryText(bytes, field);
  if (!/^\d*\.?\d+e[+-]?\d+$/i.test(text)) return false;
  const value = Number(text);
  if (value >= Number.MAX_SAFE_INTEGER) return false;
  decimalOf(value, into);
  return true;
}
