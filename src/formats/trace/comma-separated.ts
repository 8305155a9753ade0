import { DISCARD, OTHER, READ, WRITE } from '../../core/replay/trace';
import { hexNumber, isText, NOT_A_NUMBER, wholeNumber, type Span } from './bytes';
import { readDecimal } from './decimal';
import { Fields } from './fields';
import type { LineKind, LineParser, TraceRecord } from './record';

/** Where a format has what; places count from 0. */
interface Columns {
  /** The header line, which published files may or may not have, in lower case: one name a column. */
  readonly names: readonly string[];
  /** More columns than named may follow. */
  readonly mayHaveMore: boolean;
  readonly time: number;
  readonly operation: number;
  readonly offset: number;
  readonly length: number;
  /** The columns that together name the device, from the first to the last; `null`: the format names none. */
  readonly device: readonly [first: number, last: number] | null;
  /** `NOT_A_NUMBER` for what the format does not know. */
  readonly operationOf: (bytes: Uint8Array, field: Span) => number;
  /** Versions that the first column must show. */
  readonly versions: readonly number[] | null;
}

const READ_LETTER = 0x72;
const WRITE_LETTER = 0x77;

function fromLetter(bytes: Uint8Array, { start, end }: Span): number {
  const letter = end - start === 1 ? bytes[start]! | 0x20 : 0;
  if (letter === READ_LETTER) return READ;
  return letter === WRITE_LETTER ? WRITE : NOT_A_NUMBER;
}

function fromWord(bytes: Uint8Array, field: Span): number {
  if (isText(bytes, field, 'read')) return READ;
  return isText(bytes, field, 'write') ? WRITE : NOT_A_NUMBER;
}

function fromZeroOrOne(bytes: Uint8Array, field: Span): number {
  const number = wholeNumber(bytes, field);
  if (number === 0) return READ;
  return number === 1 ? WRITE : NOT_A_NUMBER;
}

const SCSI_READS: ReadonlySet<number> = new Set([0x08, 0x28, 0xa8, 0x88]);
/** WRITE of 6, 10, 12 and 16 bytes, and WRITE AND VERIFY. WRITE SAME does not say how far it reaches. */
const SCSI_WRITES: ReadonlySet<number> = new Set([0x0a, 0x2a, 0xaa, 0x8a, 0x2e, 0xae, 0x8e]);
const SCSI_UNMAP = 0x42;
const LARGEST_OPCODE = 0xff;

/** Operation codes of SCSI Block Commands; what is neither read nor write nor UNMAP is `OTHER`. */
export function fromScsiOpcode(opcode: number): number {
  if (opcode < 0 || opcode > LARGEST_OPCODE) return NOT_A_NUMBER;
  if (SCSI_READS.has(opcode)) return READ;
  if (SCSI_WRITES.has(opcode)) return WRITE;
  return opcode === SCSI_UNMAP ? DISCARD : OTHER;
}

const MSR: Columns = {
  names: ['timestamp', 'hostname', 'disknumber', 'type', 'offset', 'size', 'responsetime'],
  mayHaveMore: false,
  ...{ time: 0, operation: 3, offset: 4, length: 5 },
  device: [1, 2],
  operationOf: fromWord,
  versions: null,
};

const SPC: Columns = {
  names: ['asu', 'lba', 'size', 'opcode', 'timestamp'],
  mayHaveMore: true,
  ...{ time: 4, operation: 3, offset: 1, length: 2 },
  device: [0, 0],
  operationOf: fromLetter,
  versions: null,
};

const VSCSI: Columns = {
  names: ['version', 'time', 'op', 'size', 'lbn'],
  mayHaveMore: false,
  ...{ time: 1, operation: 2, offset: 4, length: 3 },
  device: null,
  operationOf: (bytes, field) => fromScsiOpcode(hexNumber(bytes, field)),
  versions: [1, 2],
};

const ALIBABA: Columns = {
  names: ['device_id', 'opcode', 'offset', 'length', 'timestamp'],
  mayHaveMore: false,
  ...{ time: 4, operation: 1, offset: 2, length: 3 },
  device: [0, 0],
  operationOf: fromLetter,
  versions: null,
};

const TENCENT: Columns = {
  names: ['timestamp', 'offset', 'size', 'iotype', 'volumeid'],
  mayHaveMore: false,
  ...{ time: 0, operation: 3, offset: 1, length: 2 },
  device: [4, 4],
  operationOf: fromZeroOrOne,
  versions: null,
};

class CommaSeparatedParser implements LineParser {
  readonly #columns: Columns;
  readonly #fields: Fields;

  constructor(columns: Columns) {
    this.#columns = columns;
    this.#fields = new Fields(columns.names.length);
  }

  parse(bytes: Uint8Array, line: Span, record: TraceRecord): LineKind {
    const columns = this.#columns;
    const fields = this.#fields;
    fields.splitAtCommas(bytes, line);
    const { length } = columns.names;
    if (fields.count < length || (fields.count > length && !columns.mayHaveMore)) return 'columns';
    if (columns.names.every((name, index) => isText(bytes, fields.at(index), name))) return 'header';
    if (columns.versions?.includes(wholeNumber(bytes, fields.at(0))) === false) return 'layout';
    record.operation = columns.operationOf(bytes, fields.at(columns.operation));
    if (record.operation === NOT_A_NUMBER) return 'operation';
    record.hasTime = readDecimal(bytes, fields.at(columns.time), record.time);
    if (!record.hasTime) return 'time';
    record.offset = wholeNumber(bytes, fields.at(columns.offset));
    record.length = wholeNumber(bytes, fields.at(columns.length));
    return this.#findDevice(record) ? 'record' : 'device';
  }

  #findDevice({ device }: TraceRecord): boolean {
    const columns = this.#columns.device;
    if (columns === null) return true;
    const first = this.#fields.at(columns[0]);
    const last = this.#fields.at(columns[1]);
    device.start = first.start;
    device.end = last.end;
    return first.end > first.start && last.end > last.start;
  }

  /** As the published files of MSR are called: usr_0. */
  deviceName(text: string): string {
    return this.#columns === MSR ? text.replace(/[ \t]*,[ \t]*/, '_') : text;
  }
}

const COLUMNS = { msr: MSR, spc: SPC, vscsiCsv: VSCSI, alibaba: ALIBABA, tencent: TENCENT };

export function commaSeparatedParser(format: keyof typeof COLUMNS): LineParser {
  return new CommaSeparatedParser(COLUMNS[format]);
}
