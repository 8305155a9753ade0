import * as v from 'valibot';
import type { LogRecord } from '../core/history';
import type { LaboratoryState } from '../core/laboratory';
import { checkRecords, checkState, checkTips } from '../core/laboratory-check';
import type { Flaw } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { parseWith } from './flaw';
import { laboratoryStateSchema, logRecordsSchema } from './laboratory-schema';

const FORMAT = 'shadow-copy-lab.laboratory';
const VERSION = 1;

/** A whole laboratory: what was done in it, from which everything else follows. */
export interface LaboratoryFile {
  readonly state: LaboratoryState;
  readonly records: readonly LogRecord[];
}

const formatSchema = v.object({
  format: v.literal(FORMAT, `Expected the format "${FORMAT}"`),
  version: v.literal(VERSION, `Expected version ${VERSION}: another version of this page wrote the file`),
});

const fileSchema = v.strictObject({
  ...formatSchema.entries,
  state: laboratoryStateSchema,
  records: logRecordsSchema,
});

/** JSON, one record a line, so that two files can be compared. */
export function printLaboratoryFile({ state, records }: LaboratoryFile): string {
  const head = JSON.stringify({ format: FORMAT, version: VERSION, state }).slice(0, -1);
  const lines = records.map((record) => `\n${JSON.stringify(record)}`);
  return `${head},"records":[${lines.join(',')}\n]}\n`;
}

/** Everything is checked but one thing: whether the commands still lead where the records say. Replaying them tells. */
export function parseLaboratoryFile(text: string): Result<LaboratoryFile, Flaw> {
  const json = parseJson(text);
  if (!json.ok) return json;
  // The format first: of a file of another kind it is the only thing worth saying.
  const kind = parseWith(formatSchema, json.value);
  if (!kind.ok) return kind;
  const file = parseWith(fileSchema, json.value);
  if (!file.ok) return file;
  const { state, records } = file.value;
  const flaw = checkState(state) ?? checkRecords(records) ?? checkTips(state, records);
  return flaw === null ? success({ state, records }) : failure(flaw);
}

function parseJson(text: string): Result<unknown, Flaw> {
  try {
    return success(JSON.parse(text) as unknown);
  } catch (error) {
    return failure({ place: '', reason: error instanceof Error ? error.message : String(error) });
  }
}
