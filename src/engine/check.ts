import type { History } from '../core/history';
import { checkMachine, checkTransition, type Violation } from '../core/invariants';
import { existingSnapshots, type Machine } from '../core/machine';

/** The rules look at every block of every snapshot. Beyond so many that costs more than the command itself. */
const BLOCKS_CHECKED = 65_536;

/**
 * Says which rule the last command of a history broke in which world; `null` when all is well, or the volumes are too
 * large to tell. A cut record is the beginning of a command that was checked when it was whole.
 */
export function checkLast(history: History): string | null {
  const entry = history.entries[history.entries.length - 1];
  if (entry === undefined || entry.record.cut || !history.machines.some(isSmall)) return null;
  const { before, outcome } = history.derive(entry.index);
  const { command } = entry.record.instruction;
  for (const [index, machine] of history.machines.entries()) {
    if (!isSmall(machine)) continue;
    const events = outcome.events[index] ?? [];
    // A world that refused while the other one acted has still waited for it.
    const answer = events.length === 0 ? (outcome.refusals[index] ?? events) : events;
    const violations: readonly Violation[] = [
      ...checkMachine(machine),
      ...checkTransition(before[index]!, command, answer, machine),
    ];
    const [first] = violations;
    if (first === undefined) continue;
    return `${history.scenario.worlds[index]}: ${first.rule} ${JSON.stringify(first.detail)}`;
  }
  return null;
}

function isSmall(machine: Machine): boolean {
  return machine.settings.blockCount * (existingSnapshots(machine).length + 1) <= BLOCKS_CHECKED;
}
