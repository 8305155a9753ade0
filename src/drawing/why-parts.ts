import type { Command } from '../core/command';
import { isBroken, type Condition } from '../core/condition';
import type { Cause, Fact } from '../core/describe/why/cause';
import type { Event, EventType } from '../core/event';
import type { MetFault } from '../core/describe/traces';
import { existingSnapshots, type Machine } from '../core/machine';
import type { ReadPath } from '../core/read-path';
import type { Part } from './parts';
import { tagOfCondition } from './tag';

/** An event, the chain of its causes, and the machine on which both are pointed at. */
export interface Chain {
  readonly machine: Machine;
  readonly effect: Event;
  readonly causes: readonly Cause[];
  /** Where the fault in the chain was met, if there is one. */
  readonly met: MetFault | null;
}

type EventOf<Type extends EventType> = Event & { readonly type: Type };

/** `null`: an event that happens nowhere on the stage. */
type Place<Type extends EventType> = Part | null | ((event: EventOf<Type>, chain: Chain) => Part | null);

const PROGRAM: Part = { kind: 'program' };
const GATE: Part = { kind: 'gate' };
const LIVE: Part = { kind: 'live' };
const BUFFER: Part = { kind: 'buffer' };
const DIFF_AREA: Part = { kind: 'diffArea' };
const DIFF_VOLUME: Part = { kind: 'diffVolume' };
const VERDICT: Part = { kind: 'verdict' };

const blockOf = ({ block }: { readonly block: number }): Part => ({ kind: 'block', block });
const slotOf = ({ slot }: { readonly slot: number }): Part => ({ kind: 'slot', slot });
/** A block of the diff volume is a slot to whoever looks at the diff area. */
const foreignSlotOf = ({ block }: { readonly block: number }): Part => ({ kind: 'slot', slot: block });
const cardOf = ({ snapshot }: { readonly snapshot: number }): Part => ({
  kind: 'cards',
  snapshots: [snapshot],
});

const PLACES: { readonly [Type in EventType]: Place<Type> } = {
  writeRequested: PROGRAM,
  writeTurnedAway: GATE,
  gatePassed: GATE,
  blockLookedUp: blockOf,
  memoryAllocated: BUFFER,
  slotTaken: slotOf,
  oldBlockRead: BUFFER,
  blockCopied: slotOf,
  copyRecorded: slotOf,
  blockOverwritten: blockOf,
  writeCompleted: PROGRAM,
  writeFailed: PROGRAM,
  readCompleted: ({ block, path }) => endOfPath(path, block),
  readFailed: (event) =>
    event.status === 'STATUS_DEVICE_NOT_CONNECTED'
      ? GATE
      : event.status === 'STATUS_DEVICE_DATA_ERROR'
        ? blockOf(event)
        : DIFF_VOLUME,

  growthStarted: DIFF_AREA,
  growthRefused: DIFF_AREA,
  growthCompleted: DIFF_AREA,
  growthAbandoned: DIFF_AREA,
  diffAreaResized: DIFF_AREA,
  areaReleased: ({ area }) => cardOf(area),
  diffAreaReleased: DIFF_VOLUME,

  writesFrozen: GATE,
  volumeFlushed: LIVE,
  snapshotInstalled: cardOf,
  writesReleased: GATE,
  snapshotDeleted: cardOf,
  snapshotsLost: ({ snapshots }) => ({ kind: 'cards', snapshots }),
  revertStarted: cardOf,
  blockReverted: blockOf,
  revertCompleted: LIVE,

  levelChanged: VERDICT,
  faultMet: (_, chain) => placeOfFault(chain),
  faultRecorded: VERDICT,
  faultCleared: VERDICT,
  eventLogged: null,

  volumeDismounted: GATE,
  volumeWentOffline: GATE,
  detectionStarted: DIFF_VOLUME,
  volumeCameOnline: GATE,
  snapshotsPending: DIFF_VOLUME,
  snapshotsActivated: DIFF_VOLUME,
  pendingEnded: DIFF_VOLUME,
  diffVolumeDetached: DIFF_VOLUME,
  diffVolumeAttached: DIFF_VOLUME,
  conditionBroken: ({ condition }, { machine }) => placeOfCondition(condition, machine),
  conditionRepaired: ({ condition }) => brokenPart(condition),
  externalWriteRefused: foreignSlotOf,
  externalWriteLanded: foreignSlotOf,
  clusterOfflinePrepared: (_, { machine }) =>
    machine.clusterOfflinePrepared ? { kind: 'tag', tag: 'clusterOfflinePrepared' } : GATE,
  clusterFailoverFinished: GATE,
  unexpectedErrorOccurred: BUFFER,
  timePassed: null,
};

/** Where on the stage an event happens; `null`: nowhere. */
export function placeOfEvent(event: Event, chain: Chain): Part | null {
  const place = PLACES[event.type] as Place<EventType>;
  return typeof place === 'function' ? place(event, chain) : place;
}

/** What of the stage a cause is about; `null`: nothing that can be pointed at. */
export function placeOfFact(fact: Fact, chain: Chain): Part | null {
  switch (fact.kind) {
    case 'event':
      return placeOfEvent(fact.event, chain);
    case 'command':
      return placeOfCommand(fact.instruction.command, chain);
    case 'volumeOnline':
      return GATE;
    case 'slotsFree':
    case 'areaCannotGrow':
      return DIFF_AREA;
    case 'readPath':
      return endOfPath(fact.path, fact.block);
    case 'snapshotLimit':
      return { kind: 'cards', snapshots: existingSnapshots(chain.machine).map(({ snapshot }) => snapshot) };
    case 'noSnapshotYet':
    case 'commonClock':
    case 'beforeSearched':
      return null;
  }
}

function endOfPath(path: ReadPath, block: number): Part {
  const last = path.at(-1);
  return last?.place === 'area' && last.slot !== null ? slotOf({ slot: last.slot }) : blockOf({ block });
}

function placeOfCommand(command: Command, { machine }: Chain): Part | null {
  switch (command.type) {
    case 'write':
    case 'writeBurst':
    case 'replayWrites':
    case 'read':
      return PROGRAM;
    case 'createSnapshot':
      return null;
    case 'deleteSnapshot':
    case 'revertToSnapshot':
      return cardOf(command);
    case 'setProtectionLevel':
    case 'clearProtectionFault':
      return VERDICT;
    case 'deleteUnusedDiffAreas':
    case 'detachDiffVolume':
    case 'attachDiffVolume':
      return DIFF_VOLUME;
    case 'unexpectedError':
      return BUFFER;
    case 'resizeDiffArea':
      return DIFF_AREA;
    case 'takeOffline':
    case 'bringOnline':
    case 'clusterPrepareOffline':
    case 'clusterFinishFailover':
      return GATE;
    case 'externalWrite':
      return foreignSlotOf(command);
    case 'break':
      return placeOfCondition(command.condition, machine);
    case 'repair':
      return brokenPart(command.condition);
    case 'wait':
      return null;
  }
}

/** What is broken has a tag as long as it is; then only the part is left that it was about. */
function placeOfCondition(condition: Condition, machine: Machine): Part {
  return isBroken(machine.conditions, condition)
    ? { kind: 'tag', tag: tagOfCondition(condition) }
    : brokenPart(condition);
}

function brokenPart(condition: Condition): Part {
  switch (condition.name) {
    case 'liveBadBlock':
      return blockOf(condition);
    case 'kernelMemoryExhausted':
    case 'pageFileTooSmall':
      return BUFFER;
    case 'growthSlow':
    case 'growthRefused':
      return DIFF_AREA;
    default:
      return DIFF_VOLUME;
  }
}

/** The part that a fault accuses: where it stands crossed out. */
function placeOfFault({ met, causes }: Chain): Part {
  if (met === null) return DIFF_VOLUME;
  const { fault, block, slot, allocated } = met;
  if (fault === 4 || fault === 5 || fault === 11) return BUFFER;
  if (fault === 6 && block !== null) return blockOf({ block });
  if (slot !== null) return slotOf({ slot });
  if (fault === 16) return GATE;
  if (fault >= 8 && fault <= 10) return slotOf({ slot: Math.max(0, allocated - 1) });
  return fault === 15 ? foreignSlotIn(causes) : DIFF_VOLUME;
}

function foreignSlotIn(causes: readonly Cause[]): Part {
  for (const { fact } of causes) {
    if (fact.kind === 'command' && fact.instruction.command.type === 'externalWrite') {
      return foreignSlotOf(fact.instruction.command);
    }
  }
  return DIFF_VOLUME;
}
