import { DISCARD, OTHER, READ, WRITE } from '../../core/replay/trace';
import { isText, wholeNumber, type Span } from './bytes';
import { readDecimal } from './decimal';
import { Fields } from './fields';
import type { LineKind, LineParser, TraceRecord } from './record';

const OPERATIONS: readonly (readonly [name: string, operation: number])[] = [
  ['read', READ],
  ['write', WRITE],
  ['trim', DISCARD],
  ['sync', OTHER],
  ['datasync', OTHER],
];

const FILE_ACTIONS = ['add', 'open', 'close'];

/** `[time] file action offset length` or `[time] file add|open|close` (fio HOWTO, "Trace file format"). */
export class FioParser implements LineParser {
  readonly #version: 2 | 3;
  readonly #header: string;
  readonly #fields = new Fields(5);

  constructor(version: 2 | 3) {
    this.#version = version;
    this.#header = `fio version ${version} iolog`;
  }

  parse(bytes: Uint8Array, line: Span, record: TraceRecord): LineKind {
    const fields = this.#fields;
    fields.splitAtBlanks(bytes, line);
    if (isText(bytes, line, this.#header)) return 'header';
    // Version 3 puts the time in front.
    const file = this.#version - 2;
    if (fields.count === file + 2) return this.#fileAction(bytes, fields.at(file + 1));
    if (fields.count !== file + 4) return 'columns';
    const action = fields.at(file + 1);
    if (isText(bytes, action, 'wait')) return this.#version === 2 ? 'wait' : 'operation';
    const operation = operationOf(bytes, action);
    if (operation === null) return 'operation';
    record.hasTime = this.#version === 3 && readDecimal(bytes, fields.at(0), record.time);
    if (this.#version === 3 && !record.hasTime) return 'time';
    record.operation = operation;
    record.device.start = fields.at(file).start;
    record.device.end = fields.at(file).end;
    record.offset = wholeNumber(bytes, fields.at(file + 2));
    record.length = wholeNumber(bytes, fields.at(file + 3));
    return 'record';
  }

  #fileAction(bytes: Uint8Array, action: Span): LineKind {
    return FILE_ACTIONS.some((name) => isText(bytes, action, name)) ? 'fileAction' : 'operation';
  }
}

function operationOf(bytes: Uint8Array, action: Span): number | null {
  for (const [name, operation] of OPERATIONS) if (isText(bytes, action, name)) return operation;
  return null;
}
