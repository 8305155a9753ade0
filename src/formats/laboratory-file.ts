import * as v from 'valibot';
import { withoutFingerprints, type LogRecord } from '../core/log-record';
import { MAXIMUM_BRANCHES, type LaboratoryState } from '../core/laboratory';
import { checkRecords, checkStarts, checkState, checkTips } from '../core/laboratory-check';
import type { Flaw } from '../core/problem';
import { failure, success, type Result } from '../core/result';
import { parseWith } from './flaw';
import { parseStart, type HeldStart } from './kept-start';
import { laboratoryStateSchema, logRecordsSchema } from './laboratory-schema';
import { listOf } from './number-schema';
import { FORMAT, VERSION } from './print-laboratory';

/** A whole laboratory: what was done in it, and what it began from, from which everything else follows. */
export interface LaboratoryFile {
  readonly state: LaboratoryState;
  readonly records: readonly LogRecord[];
  /** What branches begin from; absent when all of them begin new. */
  readonly starts?: readonly HeldStart[];
}

const formatSchema = v.object({
  format: v.literal(FORMAT, `Expected the format "${FORMAT}"`),
  version: v.picklist(
    [1, VERSION],
    `Expected version 1 or ${VERSION}: another version of this page wrote the file`,
  ),
});

const fileSchema = v.strictObject({
  ...formatSchema.entries,
  state: laboratoryStateSchema,
  records: logRecordsSchema,
  starts: v.exactOptional(listOf(v.unknown(), MAXIMUM_BRANCHES)),
});

/** Everything is checked but one thing: whether the commands still lead where the records say. Replaying them tells. */
export function parseLaboratoryFile(text: string): Result<LaboratoryFile, Flaw> {
  const json = parseJson(text);
  if (!json.ok) return json;
  // The format first: of a file of another kind it is the only thing worth saying.
  const kind = parseWith(formatSchema, json.value);
  if (!kind.ok) return kind;
  const file = parseWith(fileSchema, json.value);
  if (!file.ok) return file;
  const { state, version } = file.value;
  const records = version === 1 ? file.value.records.map(withoutFingerprints) : file.value.records;
  const starts = parseStarts(file.value.starts ?? []);
  if (!starts.ok) return starts;
  const scenarios = new Map(starts.value.map(({ start, scenario }) => [start.id, scenario]));
  const flaw =
    checkState(state) ?? checkStarts(state, scenarios) ?? checkRecords(records) ?? checkTips(state, records);
  if (flaw !== null) return failure(flaw);
  return success({ state, records, ...(starts.value.length > 0 && { starts: starts.value }) });
}

function parseStarts(untrusted: readonly unknown[]): Result<readonly HeldStart[], Flaw> {
  const starts: HeldStart[] = [];
  for (const [index, kept] of untrusted.entries()) {
    const parsed = parseStart(kept);
    const place = `starts.${index}`;
    if (!parsed.ok) return failure({ ...parsed.problem, place: `${place}.${parsed.problem.place}` });
    const { id, contents } = parsed.value.start;
    if (contents !== undefined) {
      return failure({ place: `${place}.contents`, reason: 'The bytes of a volume are in no file' });
    }
    if (starts.some(({ start }) => start.id === id)) {
      return failure({ place: `${place}.id`, reason: `There is another start ${id}` });
    }
    starts.push(parsed.value);
  }
  return success(starts);
}

function parseJson(text: string): Result<unknown, Flaw> {
  try {
    return success(JSON.parse(text) as unknown);
  } catch (error) {
    return failure({ place: '', reason: error instanceof Error ? error.message : String(error) });
  }
}
