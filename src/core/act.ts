import { fingerprint } from './fingerprint';
import type { BranchPoint } from './history';
import type { LogRecord } from './log-record';
import type { Machine } from './machine';
import type { Refusal } from './refusal';
import { success, type Result } from './result';
import type { Instruction, Scenario } from './scenario';
import { stepsOf } from './step';
import { UnwatchedWorlds } from './unwatched-worlds';

export interface Acted {
  /** One or two: the record that was cut short, and the new one. */
  readonly records: readonly LogRecord[];
  readonly machines: readonly Machine[];
}

/** Carries out an instruction at a branch point and gives the records for it. `firstId`: the next unused record number. */
export function act(
  scenario: Scenario,
  point: BranchPoint,
  instruction: Instruction,
  firstId: number,
): Result<Acted, Refusal> {
  const ahead = new UnwatchedWorlds(scenario.worlds, point.machines);
  const done = ahead.carryOut(instruction);
  if (!done.ok) return done;
  const machines = ahead.finish();
  const cut = point.cut === null ? [] : [cutRecord(point, point.cut, firstId)];
  const record: LogRecord = {
    id: firstId + cut.length,
    parent: cut[0]?.id ?? point.parent,
    instruction,
    steps: stepsOf(done.value.digests),
    cut: false,
    fingerprints: machines.map(fingerprint),
  };
  return success({ records: [...cut, record], machines });
}

function cutRecord(point: BranchPoint, cut: NonNullable<BranchPoint['cut']>, id: number): LogRecord {
  return {
    id,
    parent: point.parent,
    instruction: cut.record.instruction,
    steps: cut.steps,
    cut: true,
    fingerprints: point.machines.map(fingerprint),
  };
}
