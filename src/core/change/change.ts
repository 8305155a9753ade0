import type { Draft } from '../draft';
import type { Event, EventType } from '../event';

export type EventOf<Type extends EventType> = Event & { readonly type: Type };

/** What an event does to a machine, and how it is taken back. `revoke` is given the machine right after the event. */
export interface Change<Type extends EventType> {
  apply(draft: Draft, event: EventOf<Type>): void;
  revoke(draft: Draft, event: EventOf<Type>): void;
}

export type Changes<Type extends EventType> = { readonly [Key in Type]: Change<Key> };

/** For events that only tell: nothing about the machine changes. */
export const NO_CHANGE = { apply: () => {}, revoke: () => {} };
