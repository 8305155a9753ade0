import type { SlotOwner } from '../core/describe/why/slot-owner';
import type { Machine } from '../core/machine';
import type { ReadPath } from '../core/read-path';
import { placeCallouts, type Callout, type Pointer } from './callouts';
import { connect, type Leg } from './legs';
import type { FigureGeometry, Part } from './parts';
import { placeOfEvent, placeOfFact, type Chain } from './why-parts';

/** Numbered callouts on a stage, and the arrows between them. */
export interface Figure {
  readonly callouts: readonly Callout[];
  readonly legs: readonly Leg[];
}

function pointers(parts: readonly (Part | null)[], first: number): readonly Pointer[] {
  return parts.flatMap((part, index) =>
    part === null ? [] : [{ number: first + index, part, isMissed: part.kind === 'area' }],
  );
}

/** Each callout with the one after it. */
function inTurn(callouts: readonly Callout[]): readonly (readonly [Callout, Callout])[] {
  return callouts.slice(1).map((callout, index) => [callouts[index]!, callout]);
}

/**
 * Why an event happened, on the stage: 0 is the event, 1 its nearest cause, and the arrows lead from the root to it.
 * A cause that is nowhere on the stage has no callout.
 */
export function whyMarks(chain: Chain, geometry: FigureGeometry): Figure {
  const causes = chain.causes.map(({ fact }) => placeOfFact(fact, chain));
  const parts = [placeOfEvent(chain.effect, chain), ...causes];
  const callouts = placeCallouts(pointers(parts, 0), chain.machine, geometry);
  return { callouts, legs: connect(inTurn(callouts.toReversed()), callouts, geometry) };
}

/** The way of a read of a block of a snapshot: 1 is the snapshot, then every place that is looked at, in order. */
export function readMarks(
  { snapshot, block, path }: { readonly snapshot: number; readonly block: number; readonly path: ReadPath },
  machine: Machine,
  geometry: FigureGeometry,
): Figure {
  const hops = path.map((hop): Part => {
    if (hop.place === 'live') return { kind: 'block', block };
    return hop.slot === null ? { kind: 'area', snapshot: hop.snapshot } : { kind: 'slot', slot: hop.slot };
  });
  const parts: readonly Part[] = [{ kind: 'cards', snapshots: [snapshot] }, ...hops];
  const callouts = placeCallouts(pointers(parts, 1), machine, geometry);
  return { callouts, legs: connect(inTurn(callouts), callouts, geometry) };
}

/** Whose a slot is: 0 is the slot, 1 the block that was copied, 2 its owner, 3 the others that read through it. */
export function ownerMarks(
  slot: number,
  owner: SlotOwner | null,
  machine: Machine,
  geometry: FigureGeometry,
): Figure {
  const parts: Part[] = [{ kind: 'slot', slot }];
  if (owner !== null) {
    const others = owner.readers.filter((reader) => reader !== owner.snapshot);
    parts.push({ kind: 'block', block: owner.block }, { kind: 'cards', snapshots: [owner.snapshot] });
    if (others.length > 0) parts.push({ kind: 'cards', snapshots: others });
  }
  const callouts = placeCallouts(pointers(parts, 0), machine, geometry);
  const [asked, ...answers] = callouts;
  const pairs = answers.map((answer) => [asked ?? answer, answer] as const);
  return { callouts, legs: connect(pairs, callouts, geometry) };
}
