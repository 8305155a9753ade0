import type { Entry, History } from '../core/history';
import { checkMachine, checkTransition, type Violation } from '../core/invariants';

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
  if (entry === undefined || entry.record.cut) return null;
  const blocks = blocksIn(history, entry);
  if (!isDue(blocks.filter(isFew), entry.index)) return null;
  const { before, outcome } = history.derive(entry.index);
  const { command } = entry.record.instruction;
  for (const [index, machine] of history.machines.entries()) {
    if (!isFew(blocks[index]!)) continue;
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

/** Per world: those of the live volume and of every snapshot. The machines are not asked: they would have to be made. */
function blocksIn({ scenario }: History, { samples }: Entry): readonly number[] {
  return samples.map(({ snapshots }) => scenario.settings.blockCount * (snapshots + 1));
}

function isFew(blocks: number): boolean {
  return blocks <= MOST_BLOCKS_CHECKED;
}

function isDue(blocks: readonly number[], index: number): boolean {
  const most = Math.max(...blocks, 0);
  if (most <= BLOCKS_CHECKED_ALWAYS) return most > 0;
  return index % Math.ceil(most / BLOCKS_CHECKED_PER_COMMAND) === 0;
}
