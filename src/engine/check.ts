import type { History } from '../core/history';
import { checkMachine, checkTransition, type Violation } from '../core/invariants';
import { existingSnapshots, type Machine } from '../core/machine';

/** The rules look at every block of every snapshot. Beyond so many that is not done at all. */
const MOST_BLOCKS_CHECKED = 65_536;

/** Up to so many they are looked at after every command. */
const BLOCKS_CHECKED_ALWAYS = 1_024;

/** Beyond, after so few commands that it comes to so many for each of them. */
const BLOCKS_CHECKED_PER_COMMAND = 64;

/**
 * Says which rule the last command of a history broke in which world; `null` when all is well, or its turn to be looked
 * at has not come. A cut record is the beginning of a command that was checked when it was whole.
 */
export function checkLast(history: History): string | null {
  const entry = history.entries[history.entries.length - 1];
  if (entry === undefined || entry.record.cut || !isDue(history.machines, entry.index)) return null;
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

function isDue(machines: readonly Machine[], index: number): boolean {
  const blocks = Math.max(...machines.filter(isSmall).map(blocksOf), 0);
  if (blocks <= BLOCKS_CHECKED_ALWAYS) return blocks > 0;
  return index % Math.ceil(blocks / BLOCKS_CHECKED_PER_COMMAND) === 0;
}

function isSmall(machine: Machine): boolean {
  return blocksOf(machine) <= MOST_BLOCKS_CHECKED;
}

/** Of the live volume and of every snapshot. */
function blocksOf(machine: Machine): number {
  return machine.settings.blockCount * (existingSnapshots(machine).length + 1);
}
