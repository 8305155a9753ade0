import type { Command, CommandType } from './command';
import type { Event } from './event';
import { fingerprint } from './fingerprint';
import { existingSnapshots, isOnline, type Machine } from './machine';
import { copiesOf, snapshotStamp } from './read-path';
import type { Refusal } from './refusal';

/** What must hold of every machine at rest. The names are keys for sentences. */
export type MachineRule =
  | 'usedWithinAllocated'
  | 'allocatedWithinMaximum'
  | 'allocatedWithinDiffVolume'
  | 'chainInOrder'
  | 'oldestAreaIsRead'
  | 'snapshotsWithinLimit'
  | 'noSnapshotNoDiffArea'
  | 'slotWithinAllocated'
  | 'slotOwnerInChain'
  | 'slotBlockWithinVolume'
  | 'freeSlotIsEmpty'
  | 'copiesCounted'
  | 'usedCounted'
  | 'firstFreeIsLowest'
  | 'newestCopyIsACopy'
  | 'everyCopyReachable'
  | 'stampsWereGiven'
  | 'badBlocksInOrder'
  | 'bouncedHaveFailed'
  | 'faultMeansOffline'
  | 'faultNeedsProtection'
  | 'pendingWaitsForDiffVolume'
  | 'missingVolumeIsNoticed'
  | 'growthIsAhead'
  | 'writesAreReleased'
  | 'noRequestAtRest';

/** What must hold of a machine before and after a command: invariants 1, 2, 4 and 5 of the design, and what they rest on. */
export type TransitionRule =
  | 'refusalChangesNothing'
  | 'snapshotReadsTheSame'
  | 'newSnapshotReadsLive'
  | 'overwritesItsBlocksInOrder'
  | 'failedWriteChangesNothing'
  | 'completedWriteChangesItsBlocks'
  | 'liveChangesByWritesOnly'
  | 'levelChangesOnRequest'
  | 'protectionKeepsSnapshots'
  | 'originalLevelFailsNoWrite'
  | 'originalLevelStaysOnline'
  | 'timeGoesForward';

/** A broken rule, and the numbers that show it. */
export interface Violation<Rule extends string = MachineRule | TransitionRule> {
  readonly rule: Rule;
  readonly detail: Readonly<Record<string, number>>;
}

type Violations<Rule extends string> = Iterable<Violation<Rule>>;

/** Broken rules of a machine between two commands; none, if all is well. Cost: the size of its volumes. */
export function checkMachine(machine: Machine): readonly Violation<MachineRule>[] {
  return [
    ...checkBounds(machine),
    ...checkChain(machine),
    ...checkSlots(machine),
    ...checkCopies(machine),
    ...checkContents(machine),
    ...checkProtection(machine),
    ...checkRest(machine),
  ];
}

function* checkBounds(machine: Machine): Violations<MachineRule> {
  const { used, allocated, maximumBlocks, settings } = machine;
  const { diffVolumeBlocks } = settings;
  if (used > allocated) yield { rule: 'usedWithinAllocated', detail: { used, allocated } };
  if (maximumBlocks !== null && allocated > maximumBlocks) {
    yield { rule: 'allocatedWithinMaximum', detail: { allocated, maximumBlocks } };
  }
  if (allocated > diffVolumeBlocks) {
    yield { rule: 'allocatedWithinDiffVolume', detail: { allocated, diffVolumeBlocks } };
  }
}

function* checkChain(machine: Machine): Violations<MachineRule> {
  const { areas, allocated, growth, nextSnapshot, settings } = machine;
  let older = 0;
  for (const { snapshot } of areas) {
    if (snapshot <= older || snapshot >= nextSnapshot) {
      yield { rule: 'chainInOrder', detail: { snapshot, older, nextSnapshot } };
    }
    older = snapshot;
  }
  const oldest = areas[0];
  if (oldest && !oldest.exists) yield { rule: 'oldestAreaIsRead', detail: { snapshot: oldest.snapshot } };
  const snapshots = existingSnapshots(machine).length;
  if (snapshots > settings.snapshotLimit) {
    yield { rule: 'snapshotsWithinLimit', detail: { snapshots, limit: settings.snapshotLimit } };
  }
  if (areas.length === 0 && (allocated > 0 || growth !== null)) {
    yield { rule: 'noSnapshotNoDiffArea', detail: { allocated } };
  }
}

function* checkSlots(machine: Machine): Violations<MachineRule> {
  const { slotArea, slotBlock, slotOlder, allocated, used, settings } = machine;
  const copies = new Map(machine.areas.map((area) => [area.snapshot, 0]));
  let owned = 0;
  let lowestFree = allocated;
  for (let slot = slotArea.length - 1; slot >= 0; slot -= 1) {
    const snapshot = slotArea.get(slot);
    const block = slotBlock.get(slot);
    if (snapshot === 0) {
      if (slot < allocated) lowestFree = slot;
      if (block !== 0 || slotOlder.get(slot) !== 0)
        yield { rule: 'freeSlotIsEmpty', detail: { slot, block } };
      continue;
    }
    owned += 1;
    const known = copies.get(snapshot);
    if (known === undefined) yield { rule: 'slotOwnerInChain', detail: { slot, snapshot } };
    else copies.set(snapshot, known + 1);
    if (slot >= allocated) yield { rule: 'slotWithinAllocated', detail: { slot, allocated } };
    if (block >= settings.blockCount) yield { rule: 'slotBlockWithinVolume', detail: { slot, block } };
  }
  for (const area of machine.areas) {
    const counted = copies.get(area.snapshot) ?? 0;
    if (counted === area.copies) continue;
    yield { rule: 'copiesCounted', detail: { snapshot: area.snapshot, counted, copies: area.copies } };
  }
  if (owned !== used) yield { rule: 'usedCounted', detail: { owned, used } };
  if (lowestFree !== machine.firstFree) {
    yield { rule: 'firstFreeIsLowest', detail: { lowestFree, firstFree: machine.firstFree } };
  }
}

/** From the newest copy of each block, the links lead through every copy of it there is, each once. */
function* checkCopies(machine: Machine): Violations<MachineRule> {
  let reached = 0;
  for (let block = 0; block < machine.settings.blockCount; block += 1) {
    const link = machine.newestCopy.get(block);
    const copies = copiesOf(machine, block).length;
    if (link !== 0 && copies === 0) yield { rule: 'newestCopyIsACopy', detail: { block, slot: link - 1 } };
    reached += copies;
  }
  if (reached !== machine.used) yield { rule: 'everyCopyReachable', detail: { reached, used: machine.used } };
}

function* checkContents(machine: Machine): Violations<MachineRule> {
  const { live, diffContents, nextStamp, conditions, host } = machine;
  for (const table of [live, diffContents]) {
    for (let block = 0; block < table.length; block += 1) {
      const stamp = table.get(block);
      if (stamp >= nextStamp) yield { rule: 'stampsWereGiven', detail: { block, stamp, nextStamp } };
    }
  }
  let lower = -1;
  for (const block of conditions.liveBadBlocks) {
    if (block <= lower || block >= live.length) yield { rule: 'badBlocksInOrder', detail: { block, lower } };
    lower = block;
  }
  if (host.bounced > host.failed) {
    yield { rule: 'bouncedHaveFailed', detail: { bounced: host.bounced, failed: host.failed } };
  }
}

function* checkProtection(machine: Machine): Violations<MachineRule> {
  const { fault, access, level, areas, diffVolumePresent, pendingUntilMs, clockMs } = machine;
  if ((fault !== 0) !== (access === 'offlineForProtection')) {
    yield { rule: 'faultMeansOffline', detail: { fault } };
  }
  if (fault !== 0 && level !== 'SNAPSHOT') yield { rule: 'faultNeedsProtection', detail: { fault } };
  const isWaiting = isOnline(machine) && areas.length > 0 && !diffVolumePresent;
  if (pendingUntilMs === null) {
    if (isWaiting) yield { rule: 'missingVolumeIsNoticed', detail: { areas: areas.length } };
  } else if (!isWaiting || level !== 'ORIGINAL_VOLUME' || pendingUntilMs <= clockMs) {
    yield { rule: 'pendingWaitsForDiffVolume', detail: { pendingUntilMs, clockMs } };
  }
}

function* checkRest(machine: Machine): Violations<MachineRule> {
  const { growth, clockMs, frozen, request } = machine;
  if (growth !== null && growth.completesAtMs <= clockMs) {
    yield { rule: 'growthIsAhead', detail: { completesAtMs: growth.completesAtMs, clockMs } };
  }
  if (frozen) yield { rule: 'writesAreReleased', detail: { clockMs } };
  if (request !== null)
    yield { rule: 'noRequestAtRest', detail: { block: request.block, stamp: request.stamp } };
}

/** Broken rules of a command, from what it made of a machine; none, if all is well. `outcome`: what `decide` answered. */
export function checkTransition(
  before: Machine,
  command: Command,
  outcome: readonly Event[] | Refusal,
  after: Machine,
): readonly Violation<TransitionRule>[] {
  if ('code' in outcome) return [...checkRefusal(before, after)];
  return [
    ...checkSnapshotContents(before, command, after),
    ...checkRequests(before, outcome),
    ...checkLiveVolume(before, outcome, after),
    ...checkProtectionLevel(before, command, after),
    ...checkOriginalLevel(before, command, outcome, after),
    ...checkTime(before, after),
  ];
}

function* checkRefusal(before: Machine, after: Machine): Violations<TransitionRule> {
  if (before === after) return;
  const fingerprints = { before: fingerprint(before), after: fingerprint(after) };
  if (fingerprints.before !== fingerprints.after)
    yield { rule: 'refusalChangesNothing', detail: fingerprints };
}

const TABLES_READ = ['live', 'diffContents', 'newestCopy', 'slotArea', 'slotBlock', 'slotOlder'] as const;

/** A snapshot that is still there reads what it read before; a new one reads the live volume. */
function* checkSnapshotContents(
  before: Machine,
  command: Command,
  after: Machine,
): Violations<TransitionRule> {
  const isChanged = TABLES_READ.some((table) => before[table] !== after[table]);
  const earlier = new Set(existingSnapshots(before).map((area) => area.snapshot));
  for (const { snapshot } of existingSnapshots(after)) {
    const isNew = !earlier.has(snapshot);
    if (!isNew && !isChanged) continue;
    for (let block = 0; block < after.live.length; block += 1) {
      const stamp = snapshotStamp(after, snapshot, block);
      const expected = isNew ? before.live.get(block) : snapshotStamp(before, snapshot, block);
      if (stamp === expected && (!isNew || command.type === 'createSnapshot')) continue;
      const rule = isNew ? 'newSnapshotReadsLive' : 'snapshotReadsTheSame';
      yield { rule, detail: { snapshot, block, stamp, expected } };
    }
  }
}

/** Every request overwrites its blocks in order: all of them when it completes, none when it fails. */
function* checkRequests(before: Machine, events: readonly Event[]): Violations<TransitionRule> {
  let request: { readonly block: number; readonly count: number; readonly stamp: number } | null =
    before.request;
  let written = isOverwriting(before) ? (before.request?.done ?? 0) : 0;
  for (const event of events) {
    const count = request?.count ?? 0;
    if (event.type === 'writeRequested') {
      request = event;
      written = 0;
    } else if (event.type === 'blockOverwritten') {
      const { block, stamp } = event;
      const isNext = request?.block === block - written && request.stamp === stamp - written;
      if (!isNext) yield { rule: 'overwritesItsBlocksInOrder', detail: { block, stamp, written } };
      written += 1;
    } else if (event.type === 'writeCompleted') {
      if (written !== count) yield { rule: 'completedWriteChangesItsBlocks', detail: { written, count } };
    } else if (event.type === 'writeFailed' || event.type === 'writeTurnedAway') {
      if (written > 0) yield { rule: 'failedWriteChangesNothing', detail: { written, count } };
    }
  }
}

function isOverwriting({ request }: Machine): boolean {
  return request?.stage === 'overwrite' || request?.stage === 'complete';
}

function* checkLiveVolume(
  before: Machine,
  events: readonly Event[],
  after: Machine,
): Violations<TransitionRule> {
  if (before.live === after.live) return;
  const written = new Map<number, number>();
  for (const event of events) {
    if (event.type === 'blockOverwritten' || event.type === 'blockReverted')
      written.set(event.block, event.stamp);
  }
  for (let block = 0; block < after.live.length; block += 1) {
    const stamp = after.live.get(block);
    const expected = written.get(block) ?? before.live.get(block);
    if (stamp !== expected) yield { rule: 'liveChangesByWritesOnly', detail: { block, stamp, expected } };
  }
}

/** The commands that may give snapshots up at level SNAPSHOT; the count limit, 58, may take the oldest as well. */
const GIVING_UP: ReadonlySet<CommandType> = new Set([
  'deleteSnapshot',
  'revertToSnapshot',
  'setProtectionLevel',
  'deleteUnusedDiffAreas',
]);

function* checkProtectionLevel(
  before: Machine,
  command: Command,
  after: Machine,
): Violations<TransitionRule> {
  if (before.level !== after.level && command.type !== 'setProtectionLevel') {
    yield { rule: 'levelChangesOnRequest', detail: { clockMs: after.clockMs } };
  }
  if (before.level !== 'SNAPSHOT' || GIVING_UP.has(command.type)) return;
  const kept = new Set(existingSnapshots(after).map((area) => area.snapshot));
  const snapshots = existingSnapshots(before);
  const isAtLimit = command.type === 'createSnapshot' && snapshots.length === before.settings.snapshotLimit;
  for (const { snapshot } of isAtLimit ? snapshots.slice(1) : snapshots) {
    if (!kept.has(snapshot)) yield { rule: 'protectionKeepsSnapshots', detail: { snapshot } };
  }
}

const TAKING_OFFLINE: ReadonlySet<CommandType> = new Set(['takeOffline', 'clusterPrepareOffline']);

function* checkOriginalLevel(
  before: Machine,
  command: Command,
  events: readonly Event[],
  after: Machine,
): Violations<TransitionRule> {
  if (before.level !== 'ORIGINAL_VOLUME' || after.level !== 'ORIGINAL_VOLUME') return;
  for (const event of events) {
    const isFailure = event.type === 'writeFailed' || (event.type === 'writeTurnedAway' && isOnline(before));
    if (!isFailure) continue;
    const { block, stamp } = event.request;
    yield { rule: 'originalLevelFailsNoWrite', detail: { block, stamp } };
  }
  const wasTaken = isOnline(before) && !isOnline(after) && !TAKING_OFFLINE.has(command.type);
  if (wasTaken || after.access === 'offlineForProtection') {
    yield { rule: 'originalLevelStaysOnline', detail: { fault: after.fault } };
  }
}

function* checkTime(before: Machine, after: Machine): Violations<TransitionRule> {
  if (after.clockMs < before.clockMs || after.nextStamp < before.nextStamp) {
    yield { rule: 'timeGoesForward', detail: { before: before.clockMs, after: after.clockMs } };
  }
}
