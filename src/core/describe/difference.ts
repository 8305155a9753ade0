import type { Event } from '../event';
import type { FaultNumber } from '../fault';
import type { History } from '../history';
import { existingSnapshots, type Machine } from '../machine';
import type { Refusal } from '../refusal';
import type { Instruction, WorldId } from '../scenario';
import { fold } from '../evolve';
import { liveVolumeIoOf, type LiveVolumeIo } from './protection-info';

/** What one world did from the moment at which the paths part to the end of that command. */
export interface WorldTurn {
  readonly world: WorldId;
  /** The event in which it differs; `null` where it only waits. */
  readonly event: Event | null;
  readonly refusal: Refusal | null;
  /** Snapshots that it gave up, by number. */
  readonly lost: readonly number[];
  readonly kept: readonly number[];
  readonly snapshotsPending: boolean;
  readonly liveVolumeIo: LiveVolumeIo;
}

/** The first moment at which two worlds do different things. */
export interface Difference {
  /** After the first different step. */
  readonly position: number;
  readonly instruction: Instruction;
  /** The fault that struck in either world and made the difference; `null` when it was something else. */
  readonly fault: FaultNumber | null;
  /** The block of the write in progress. */
  readonly block: number | null;
  readonly worlds: readonly WorldTurn[];
}

function faultIn(events: readonly Event[]): FaultNumber | null {
  return events.find((event) => event.type === 'faultMet')?.fault ?? null;
}

function blockInHand({ request }: Machine): number | null {
  if (request === null) return null;
  return request.block + Math.min(request.done, request.count - 1);
}

function numbersOf(machine: Machine): readonly number[] {
  return existingSnapshots(machine).map((area) => area.snapshot);
}

/** `null` while the worlds agree, or when there is only one. */
export function differenceOf(history: History): Difference | null {
  const position = history.firstDifference;
  const entry = position === null ? null : history.entryBefore(position);
  if (position === null || entry === null) return null;
  const { before, outcome } = history.derive(entry.index);
  const step = position - entry.start - 1;
  const parting = before.map((machine, index) => fold(machine, (outcome.events[index] ?? []).slice(0, step)));
  const turns = history.scenario.worlds.map((world, index): WorldTurn => {
    const events = (outcome.events[index] ?? []).slice(step);
    const from = parting[index]!;
    const machine = fold(from, events);
    const kept = numbersOf(machine);
    return {
      world,
      event: events[0] ?? null,
      refusal: outcome.refusals[index] ?? null,
      lost: numbersOf(from).filter((snapshot) => !kept.includes(snapshot)),
      kept,
      snapshotsPending: machine.pendingUntilMs !== null,
      liveVolumeIo: liveVolumeIoOf(machine),
    };
  });
  const faults = outcome.events.map((events) => faultIn(events.slice(step)));
  return {
    position,
    instruction: entry.record.instruction,
    fault: faults.find((fault) => fault !== null) ?? null,
    block: parting.map(blockInHand).find((block) => block !== null) ?? null,
    worlds: turns,
  };
}
