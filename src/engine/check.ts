import type { Command } from '../core/command';
import { checkMachine, checkTransition, type Violation } from '../core/invariants';
import { existingSnapshots, type Machine } from '../core/machine';
import type { Scenario } from '../core/scenario';
import type { Outcome } from '../core/step';

/** The rules look at every block of every snapshot. Beyond so many that costs more than the command itself. */
const BLOCKS_CHECKED = 65_536;

/** Says which rule a command broke in which world; `null` when all is well, or the volumes are too large to tell. */
export function checkOutcome(
  { worlds }: Scenario,
  command: Command,
  before: readonly Machine[],
  outcome: Outcome,
  after: readonly Machine[],
): string | null {
  for (const [index, machine] of after.entries()) {
    if (!isSmall(machine)) continue;
    const events = outcome.events[index] ?? [];
    // A world that refused while the other one acted has still waited for it.
    const answer = events.length === 0 ? (outcome.refusals[index] ?? events) : events;
    const violations: readonly Violation[] = [
      ...checkMachine(machine),
      ...checkTransition(before[index]!, command, answer, machine),
    ];
    const [first] = violations;
    if (first !== undefined) return `${worlds[index]}: ${first.rule} ${JSON.stringify(first.detail)}`;
  }
  return null;
}

function isSmall(machine: Machine): boolean {
  return machine.settings.blockCount * (existingSnapshots(machine).length + 1) <= BLOCKS_CHECKED;
}
