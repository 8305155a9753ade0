import type { EventId } from '../catalogue/event-id';
import { unreachable } from '../assert';
import type { FaultNumber } from '../fault';
import type { History } from '../history';
import { ZEROS_STAMP } from '../content';
import type { Event } from '../event';
import { existingSnapshots, hasUnusedDiffArea, type Access, type Machine } from '../machine';
import type { ProtectionLevel } from '../protection';
import { snapshotStamp } from '../read-path';
import type { WorldId } from '../scenario';
import type { ReadSource } from '../command';

/** A claim about one world, or about all of them, at the end of a history. */
export interface Expectation {
  readonly world: WorldId | 'every';
  readonly fact: ExpectedFact;
}

export type ExpectedFact =
  | { readonly kind: 'level'; readonly level: ProtectionLevel }
  /** 0: none. */
  | { readonly kind: 'fault'; readonly fault: FaultNumber | 0 }
  | { readonly kind: 'access'; readonly access: Access }
  /** Snapshots that exist. */
  | { readonly kind: 'snapshots'; readonly count: number }
  | { readonly kind: 'snapshotsLost'; readonly count: number }
  /** The diff area, in blocks. */
  | { readonly kind: 'used' | 'allocated'; readonly blocks: number }
  | { readonly kind: 'copies'; readonly snapshot: number; readonly count: number }
  /** Requests of the program, from the start of the lesson. */
  | { readonly kind: 'completed' | 'failed'; readonly count: number }
  /** Whether the System log holds an event. */
  | { readonly kind: 'logged'; readonly eventId: EventId; readonly isLogged: boolean }
  /** How often, at least, a fault has been met. */
  | { readonly kind: 'met'; readonly fault: FaultNumber; readonly times: number }
  /** What a block reads as, from the live volume or from a snapshot that exists; the empty text: never written. */
  | { readonly kind: 'reads'; readonly from: ReadSource; readonly block: number; readonly text: string }
  /** Whether a live block has ever been written. */
  | { readonly kind: 'written'; readonly block: number; readonly isWritten: boolean }
  /** Whether the snapshots wait for their diff volume to arrive. */
  | { readonly kind: 'pending'; readonly isPending: boolean }
  /** m_volumeHasUnusedDiffArea. */
  | { readonly kind: 'unused'; readonly isUnused: boolean };

export function holds(history: History, { world, fact }: Expectation): boolean {
  const { worlds } = history.scenario;
  const asked = world === 'every' ? worlds : [world];
  return asked.every((id) => {
    const index = worlds.indexOf(id);
    return index >= 0 && factHolds(history, index, fact);
  });
}

function factHolds(history: History, worldIndex: number, fact: ExpectedFact): boolean {
  const machine = history.machines[worldIndex]!;
  switch (fact.kind) {
    case 'level':
      return machine.level === fact.level;
    case 'fault':
      return machine.fault === fact.fault;
    case 'access':
      return machine.access === fact.access;
    case 'snapshots':
      return existingSnapshots(machine).length === fact.count;
    case 'snapshotsLost':
      return machine.snapshotsLost === fact.count;
    case 'used':
    case 'allocated':
      return machine[fact.kind] === fact.blocks;
    case 'copies':
      return machine.areas.find((area) => area.snapshot === fact.snapshot)?.copies === fact.count;
    case 'completed':
    case 'failed':
      return machine.host[fact.kind] === fact.count;
    case 'logged':
      return isLogged(history, worldIndex, fact.eventId) === fact.isLogged;
    case 'met':
      return timesMet(history, worldIndex, fact.fault) >= fact.times;
    case 'reads':
      return textOf(history, worldIndex, fact.from, fact.block) === fact.text;
    case 'written':
      return ((stampOf(machine, 'live', fact.block) ?? ZEROS_STAMP) !== ZEROS_STAMP) === fact.isWritten;
    case 'pending':
      return (machine.pendingUntilMs !== null) === fact.isPending;
    case 'unused':
      return hasUnusedDiffArea(machine) === fact.isUnused;
    default:
      return unreachable(fact);
  }
}

function notableEvents(history: History, worldIndex: number): readonly Event[] {
  return history.entries.flatMap((entry) => entry.digests[worldIndex]!.notable.map(({ event }) => event));
}

function isLogged(history: History, worldIndex: number, eventId: EventId): boolean {
  const events = notableEvents(history, worldIndex);
  return events.some((event) => event.type === 'eventLogged' && event.eventId === eventId);
}

function timesMet(history: History, worldIndex: number, fault: FaultNumber): number {
  const events = notableEvents(history, worldIndex);
  return events.filter((event) => event.type === 'faultMet' && event.fault === fault).length;
}

/** The text that was written where a block reads from; `null` where nothing can be read, or no text. */
export function textOf(history: History, worldIndex: number, from: ReadSource, block: number): string | null {
  const machine = history.machines[worldIndex]!;
  const stamp = stampOf(machine, from, block);
  if (stamp === null) return null;
  const recipe = history.recipeOf(worldIndex, stamp);
  if (recipe.kind === 'zeros') return '';
  return recipe.kind === 'text' ? recipe.text : null;
}

function stampOf(machine: Machine, from: ReadSource, block: number): number | null {
  if (block >= machine.settings.blockCount) return null;
  if (from === 'live') return machine.live.get(block);
  const exists = existingSnapshots(machine).some(({ snapshot }) => snapshot === from.snapshot);
  return exists ? snapshotStamp(machine, from.snapshot, block) : null;
}
