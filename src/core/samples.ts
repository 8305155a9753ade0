import { sampleOf, type Sample } from './digest';
import { openDraft } from './draft';
import type { Event } from './event';
import { apply } from './evolve';
import type { Machine } from './machine';

/** How a machine stands after each of some events. The machines between them are not made: on a large volume that takes its time. */
export function samplesAlong(machine: Machine, events: readonly Event[]): readonly Sample[] {
  const draft = openDraft(machine);
  return events.map((event) => {
    apply(draft, event);
    return sampleOf(draft);
  });
}
