import type { RuleId } from '../../catalogue/rule';
import type { Event } from '../../event';
import type { ReadPath } from '../../read-path';
import type { Instruction } from '../../scenario';

/** What keeps a diff area from growing, with the figure that does it. */
export interface AreaLimit {
  readonly allocated: number;
  readonly limitedBy: 'maximum' | 'diffVolume';
  readonly limitBlocks: number;
}

/** Something that was so, or that happened, and that an event follows from. */
export type Fact =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'command'; readonly instruction: Instruction }
  | { readonly kind: 'volumeOnline' }
  | { readonly kind: 'noSnapshotYet' }
  | { readonly kind: 'slotsFree'; readonly free: number; readonly allocated: number }
  | ({ readonly kind: 'areaCannotGrow' } & AreaLimit)
  | { readonly kind: 'readPath'; readonly block: number; readonly snapshot: number; readonly path: ReadPath }
  | { readonly kind: 'snapshotLimit'; readonly limit: number }
  /** The world waits for the other one on the clock they share. */
  | { readonly kind: 'commonClock' }
  /** It must have happened, but further back than was searched. */
  | { readonly kind: 'beforeSearched' };

/** One link of the chain that leads from an event back to a command. */
export interface Cause {
  /** The rule by which what stands above follows from this; `null` where there is nothing to teach. */
  readonly rule: RuleId | null;
  /** Where to look: after the causing event, or before the first step of the command. `null`: not at one moment. */
  readonly position: number | null;
  readonly fact: Fact;
}
