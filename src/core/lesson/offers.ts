import type { Command } from '../command';
import type { History } from '../history';
import { existingSnapshots, hasUnusedDiffArea, type Access, type Machine } from '../machine';
import { burstBlock } from '../workload';
import { holds, textOf, type ExpectedFact, type Expectation } from './expectation';

/** A claim that can be made at a moment, and whether the machine makes it true there. */
export interface Offer {
  readonly claim: Expectation;
  readonly holds: boolean;
  /** Whether that was otherwise before the commands. */
  readonly isChanged: boolean;
}

/** Blocks that are spoken of; a burst touches more than anybody wants to read of. */
const MOST_BLOCKS = 8;

const ACCESSES: readonly Access[] = [
  'online',
  'offlineByAdministrator',
  'offlineForCluster',
  'offlineForProtection',
];

/**
 * What can be claimed after commands were carried out: all that is true then, of every world alike where they agree,
 * and what somebody might believe instead. `before` and `after` are histories of the same scenario. `also`: claims that
 * have been made already.
 */
export function offersAfter(
  before: History,
  after: History,
  commands: readonly Command[],
  also: readonly Expectation[] = [],
): readonly Offer[] {
  const { worlds } = after.scenario;
  const blocks = blocksOf(commands);
  const facts = worlds.map((_, index) => [
    ...factsOf(after, index, blocks),
    ...factsOf(before, index, blocks),
    ...beliefsOf(after.machines[index]!),
    ...blocks.flatMap((block) => misreadingsOf([before, after], index, block)),
  ]);
  const seen = new Set<string>();
  const offers = facts.flat().flatMap((fact) => {
    const key = JSON.stringify(fact);
    if (seen.has(key)) return [];
    seen.add(key);
    return offersOf(fact, before, after);
  });
  const others = also
    .filter((claim) => !offers.some((offer) => isSameClaim(offer.claim, claim)))
    .map((claim) => offerOf(claim, before, after));
  return [...offers, ...others].toSorted((one, other) => Number(other.isChanged) - Number(one.isChanged));
}

export function isSameClaim(one: Expectation, other: Expectation): boolean {
  return one.world === other.world && plain(one.fact) === plain(other.fact);
}

/** Whatever the order in which a fact was written down. */
function plain(fact: ExpectedFact): string {
  return JSON.stringify(Object.entries(fact).toSorted(([first], [second]) => (first < second ? -1 : 1)));
}

/** One claim about all worlds where it is as true in each of them, otherwise one for each. */
function offersOf(fact: ExpectedFact, before: History, after: History): readonly Offer[] {
  const { worlds } = after.scenario;
  const offers = worlds.map((world) => offerOf({ world, fact }, before, after));
  const isAlike = offers.every((offer) => offer.holds === offers[0]!.holds);
  return isAlike ? [offerOf({ world: 'every', fact }, before, after)] : offers;
}

function offerOf(claim: Expectation, before: History, after: History): Offer {
  const isTrue = holds(after, claim);
  return { claim, holds: isTrue, isChanged: holds(before, claim) !== isTrue };
}

function blocksOf(commands: readonly Command[]): readonly number[] {
  const blocks = new Set<number>();
  for (const command of commands) {
    if (command.type === 'read') blocks.add(command.block);
    const count =
      command.type === 'write' ? command.count : command.type === 'writeBurst' ? command.writes : 0;
    for (let index = 0; index < count && blocks.size < MOST_BLOCKS; index += 1) {
      if (command.type === 'write') blocks.add(command.block + index);
      else if (command.type === 'writeBurst') blocks.add(burstBlock(command, command.from + index));
    }
  }
  return [...blocks].slice(0, MOST_BLOCKS);
}

/** All that is true of one world at the end of a history. */
function factsOf(history: History, worldIndex: number, blocks: readonly number[]): readonly ExpectedFact[] {
  const machine = history.machines[worldIndex]!;
  const notable = history.entries.flatMap((entry) => entry.digests[worldIndex]!.notable);
  const logged = notable.flatMap(({ event }) => (event.type === 'eventLogged' ? [event.eventId] : []));
  return [
    { kind: 'snapshots', count: existingSnapshots(machine).length },
    { kind: 'snapshotsLost', count: machine.snapshotsLost },
    { kind: 'used', blocks: machine.used },
    { kind: 'allocated', blocks: machine.allocated },
    ...existingSnapshots(machine).map(({ snapshot, copies }): ExpectedFact => ({
      kind: 'copies',
      snapshot,
      count: copies,
    })),
    ...blocks.flatMap((block) => readingsOf(history, worldIndex, block)),
    { kind: 'access', access: machine.access },
    { kind: 'fault', fault: machine.fault },
    { kind: 'level', level: machine.level },
    ...[...new Set(logged)].map((eventId): ExpectedFact => ({ kind: 'logged', eventId, isLogged: true })),
    ...(machine.fault === 0 ? [] : [{ kind: 'met' as const, fault: machine.fault, times: 1 }]),
    { kind: 'completed', count: machine.host.completed },
    { kind: 'failed', count: machine.host.failed },
    { kind: 'pending', isPending: machine.pendingUntilMs !== null },
    { kind: 'unused', isUnused: hasUnusedDiffArea(machine) },
  ];
}

/** What a block reads as, wherever it can be read and is text or was never written. */
function readingsOf(history: History, worldIndex: number, block: number): readonly ExpectedFact[] {
  const snapshots = existingSnapshots(history.machines[worldIndex]!);
  const sources = ['live' as const, ...snapshots.map(({ snapshot }) => ({ snapshot }))];
  return sources.flatMap((from): readonly ExpectedFact[] => {
    const text = textOf(history, worldIndex, from, block);
    return text === null ? [] : [{ kind: 'reads', from, block, text }];
  });
}

/** Every text that a block reads as anywhere, claimed of every place where it can be read. */
function misreadingsOf(
  histories: readonly History[],
  worldIndex: number,
  block: number,
): readonly ExpectedFact[] {
  const readings = histories.flatMap((history) => readingsOf(history, worldIndex, block));
  const reads = readings.filter((fact) => fact.kind === 'reads');
  return reads.flatMap(({ from }) =>
    reads.map(({ text }): ExpectedFact => ({ kind: 'reads', from, block, text })),
  );
}

/** What one might expect in the place of what is true: neighbours of the numbers, and the opposite of the rest. */
function beliefsOf(machine: Machine): readonly ExpectedFact[] {
  const near = (count: number): readonly number[] => [count - 1, count + 1].filter((other) => other >= 0);
  return [
    ...near(existingSnapshots(machine).length).map((count): ExpectedFact => ({ kind: 'snapshots', count })),
    ...near(machine.used).map((blocks): ExpectedFact => ({ kind: 'used', blocks })),
    ...near(machine.snapshotsLost).map((count): ExpectedFact => ({ kind: 'snapshotsLost', count })),
    { kind: 'snapshots', count: 0 },
    { kind: 'used', blocks: 0 },
    { kind: 'fault', fault: 0 },
    ...ACCESSES.map((access): ExpectedFact => ({ kind: 'access', access })),
    { kind: 'pending', isPending: machine.pendingUntilMs === null },
    { kind: 'unused', isUnused: !hasUnusedDiffArea(machine) },
  ];
}
