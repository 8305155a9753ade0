import type { LogRecord } from '../core/log-record';
import { pathTo, type Branch } from '../core/laboratory';
import type { Instruction, Scenario } from '../core/scenario';
import { runOfOrigin, type RunOrigin } from '../core/story';
import { MAXIMUM_BURST_WRITES, sliceBurst } from '../core/workload';

export type Records = ReadonlyMap<number, LogRecord>;

export function pathOf(branch: Branch, records: Records): readonly LogRecord[] {
  return pathTo(branch.tip, (id) => records.get(id));
}

/** What is decided as one record each: a burst goes in slices. */
export function slicesOf(instruction: Instruction): readonly Instruction[] {
  const { command, worlds } = instruction;
  if (command.type !== 'writeBurst') return [instruction];
  // A burst of no writes, or of too many, is for the machine to refuse.
  if (command.writes < 1 || command.writes > MAXIMUM_BURST_WRITES) return [instruction];
  return sliceBurst(command).map((slice) => ({ command: slice, worlds }));
}

/** The instructions of a built-in run, in every world of a scenario. */
export function instructionsOfRun(origin: RunOrigin, worlds: Scenario['worlds']): readonly Instruction[] {
  return runOfOrigin(origin).commands.flatMap((command) => slicesOf({ command, worlds }));
}

/** Whether a branch is a built-in run and nothing else: opening that run again finds it. */
export function isUntouchedRun(
  branch: Branch,
  origin: RunOrigin,
  worlds: Scenario['worlds'],
  records: Records,
): boolean {
  if (!isSame(branch.origin, origin) || !isSame(branch.scenario.worlds, worlds)) return false;
  const path = pathOf(branch, records);
  const expected = instructionsOfRun(origin, worlds);
  if (path.length !== expected.length) return false;
  return path.every((record, at) => !record.cut && isSame(record.instruction, expected[at]));
}

/** Whether two plain values are the same, whatever the order of their keys: rows and files have them in any order. */
export function isSame(first: unknown, second: unknown): boolean {
  return canonical(first) === canonical(second);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
