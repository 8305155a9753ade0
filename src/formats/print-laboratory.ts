import type { LogRecord } from '../core/log-record';
import type { LaboratoryState } from '../core/laboratory';
import { plainCommand } from './command-schema';

export const FORMAT = 'shadow-copy-lab.laboratory';
/** 1 reckoned the fingerprints in another way. */
export const VERSION = 2;

/** A laboratory that is saved: its starts as plain data. */
export interface SavedLaboratory {
  readonly state: LaboratoryState;
  readonly records: readonly LogRecord[];
  readonly starts?: readonly unknown[];
}

/** JSON, one record a line, so that two files can be compared. */
export function printLaboratoryFile({ state, records, starts = [] }: SavedLaboratory): string {
  const rest = starts.length === 0 ? { state } : { state, starts };
  const head = JSON.stringify({ format: FORMAT, version: VERSION, ...rest }).slice(0, -1);
  const lines = records.map((record) => `\n${JSON.stringify(plainRecord(record))}`);
  return `${head},"records":[${lines.join(',')}\n]}\n`;
}

/** By hand: a replacer would be asked about every number, and take three times as long over a million writes. */
function plainRecord(record: LogRecord): object {
  const { instruction } = record;
  return { ...record, instruction: { ...instruction, command: plainCommand(instruction.command) } };
}
