import type { LogRecord } from '../../../src/core/log-record';
import type { Scenario } from '../../../src/core/scenario';
import { printLaboratoryFile } from '../../../src/formats/print-laboratory';

/** A laboratory of one branch as a file that the built page can open. */
export function laboratoryFile(
  name: string,
  scenario: Scenario,
  records: readonly LogRecord[],
  position: number,
): string {
  const tip = records.at(-1)?.id ?? null;
  return printLaboratoryFile({
    state: {
      branches: [{ id: 1, name, origin: { kind: 'story' }, scenario, tip }],
      currentBranch: 1,
      position,
      nextRecord: records.length + 1,
      nextBranch: 2,
      startedOverFrom: [],
    },
    records,
  });
}
