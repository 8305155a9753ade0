import type { EventId } from '../catalogue/event-id';
import { decide } from '../decide/decide';
import type { Event } from '../event';
import type { FaultNumber } from '../fault';
import { createMachine, existingSnapshots, type Machine } from '../machine';
import type { ProtectionLevel } from '../protection';
import { runOfFault, type FaultRun } from '../run-of-fault';
import { fold } from '../evolve';

type RequestEnd = 'completed' | 'failed';

/** What a fault does at a level: counted from the events of its built-in run. */
export interface Forecast {
  readonly fault: FaultNumber;
  readonly level: ProtectionLevel;
  /** `none`: the fault struck without a write. */
  readonly writeThatMetIt: RequestEnd | 'none';
  readonly snapshotsBefore: number;
  readonly snapshotsAfter: number;
  /** The next write and the next read of the live volume, once the fault has struck. */
  readonly laterWrite: RequestEnd;
  readonly laterRead: RequestEnd;
  /** The fault in the protection info at the end; 0 for none. */
  readonly faultRecorded: FaultNumber | 0;
  /** IDs of the System log, in order. */
  readonly eventIds: readonly EventId[];
}

interface Step {
  readonly before: Machine;
  readonly event: Event;
}

/** Every event of a run with the machine before it, and the machine at its end. */
function carryOut(
  { settings, commands }: FaultRun,
  level: ProtectionLevel,
): { steps: readonly Step[]; machine: Machine } {
  let machine = createMachine(settings, level);
  const steps: Step[] = [];
  for (const command of commands) {
    const decided = decide(machine, command);
    for (const event of decided.ok ? decided.value : []) {
      steps.push({ before: machine, event });
      machine = fold(machine, [event]);
    }
  }
  return { steps, machine };
}

const ENDS: Readonly<Partial<Record<Event['type'], RequestEnd>>> = {
  writeCompleted: 'completed',
  writeFailed: 'failed',
  writeTurnedAway: 'failed',
};

function endOfWrite(events: readonly Event[]): RequestEnd | undefined {
  for (const { type } of events) {
    const end = ENDS[type];
    if (end !== undefined) return end;
  }
  return undefined;
}

/** Runs fault `fault` in the engine and reports what came of it. Nothing here knows what to expect. */
export function forecast(
  fault: FaultNumber,
  level: ProtectionLevel,
  run: FaultRun = runOfFault(fault),
): Forecast {
  const { steps, machine } = carryOut(run, level);
  const met = steps.findIndex(({ event }) => event.type === 'faultMet' && event.fault === fault);
  const before = steps[met]?.before ?? machine;
  const events = steps.map(({ event }) => event);
  const after = events.slice(met + 1);
  const lastRequest = events.findLastIndex(({ type }) => type === 'writeRequested');
  const reads = after.filter(({ type }) => type === 'readCompleted' || type === 'readFailed');
  return {
    fault,
    level,
    writeThatMetIt: before.request === null ? 'none' : (endOfWrite(after) ?? 'failed'),
    snapshotsBefore: existingSnapshots(before).length,
    snapshotsAfter: existingSnapshots(machine).length,
    laterWrite: endOfWrite(events.slice(lastRequest)) ?? 'failed',
    laterRead: reads.at(-1)?.type === 'readCompleted' ? 'completed' : 'failed',
    faultRecorded: machine.fault,
    eventIds: events.flatMap((event) => (event.type === 'eventLogged' ? [event.eventId] : [])),
  };
}
