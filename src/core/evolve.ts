import type { Change, Changes } from './change/change';
import { PROTECTION_CHANGES } from './change/protection';
import { SNAPSHOT_CHANGES } from './change/snapshot';
import { STORAGE_CHANGES } from './change/storage';
import { WRITE_CHANGES } from './change/write';
import { closeDraft, openDraft, type Draft } from './draft';
import type { Event, EventType } from './event';
import type { Machine } from './machine';

const CHANGES: Changes<EventType> = {
  ...WRITE_CHANGES,
  ...STORAGE_CHANGES,
  ...SNAPSHOT_CHANGES,
  ...PROTECTION_CHANGES,
};

function changeOf(event: Event): Change<EventType> {
  // The table pairs every event type with its own change; TypeScript cannot follow that through a union.
  return CHANGES[event.type];
}

/** The machine after an event. The only place where a machine changes. */
export function evolve(machine: Machine, event: Event): Machine {
  const draft = openDraft(machine);
  apply(draft, event);
  return closeDraft(draft);
}

/** The machine after several events, as `evolve` would give it one by one. */
export function fold(machine: Machine, events: readonly Event[]): Machine {
  if (events.length === 0) return machine;
  const draft = openDraft(machine);
  for (const event of events) apply(draft, event);
  return closeDraft(draft);
}

/** The machine before an event, given the machine after it. */
export function undo(machine: Machine, event: Event): Machine {
  const draft = openDraft(machine);
  changeOf(event).revoke(draft, event);
  if ('tookMs' in event) draft.clockMs -= event.tookMs;
  return closeDraft(draft);
}

export function apply(draft: Draft, event: Event): void {
  if ('tookMs' in event) draft.clockMs += event.tookMs;
  changeOf(event).apply(draft, event);
}
