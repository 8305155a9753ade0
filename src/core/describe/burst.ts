import { WRITE_COMMANDS } from '../command';
import type { Event, EventType } from '../event';
import type { History, Moment } from '../history';
import type { Host } from '../machine';

/** What a run of writes has done so far: all writes up to a position with no other command between them. */
export interface BurstCounts {
  /** Requests that were answered, well or not. */
  readonly requests: number;
  /** Old blocks that were copied and recorded. */
  readonly copies: number;
  /** What the writing program has seen altogether. */
  readonly host: Host;
}

export function burstAt(
  history: History,
  { entry, step, machines }: Moment,
  worldIndex: number,
): BurstCounts {
  const { host } = machines[worldIndex]!;
  let requests = 0;
  let copies = 0;
  if (entry === null) return { requests, copies, host };
  for (const event of firstEvents(history, entry.index, worldIndex, step)) {
    if (event.type === 'copyRecorded') copies += 1;
    else if (ANSWERS.has(event.type)) requests += 1;
  }
  if (!isWrite(history, entry.index)) return { requests, copies, host };
  for (let index = entry.index - 1; isWrite(history, index); index -= 1) {
    const digest = history.entries[index]!.digests[worldIndex]!;
    requests += digest.completed + digest.failed;
    copies += digest.copies;
  }
  return { requests, copies, host };
}

const ANSWERS: ReadonlySet<EventType> = new Set([
  'writeCompleted',
  'writeFailed',
  'writeTurnedAway',
  'readCompleted',
  'readFailed',
] satisfies EventType[]);

function firstEvents(
  history: History,
  entryIndex: number,
  worldIndex: number,
  steps: number,
): readonly Event[] {
  return (history.derive(entryIndex).outcome.events[worldIndex] ?? []).slice(0, steps);
}

function isWrite(history: History, entryIndex: number): boolean {
  const entry = history.entries[entryIndex];
  return entry !== undefined && WRITE_COMMANDS.has(entry.record.instruction.command.type);
}
