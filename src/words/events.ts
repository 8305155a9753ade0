import { documentedFaultName } from '../core/catalogue/fault';
import { LEVEL_ENTRIES } from '../core/catalogue/protection-level';
import type { ReadSource } from '../core/command';
import type { Event, EventType } from '../core/event';
import { FAULT_NAMES, type FaultNumber } from '../core/fault';
import type { WriteRequest } from '../core/machine';
import type { ProtectionLevel } from '../core/protection';
import { FAULT_WORDS } from './catalogue-faults';
import { conditionWords } from './conditions';
import { blocksNamed, capitalized, clockTime, counted, duration, embedded, snapshotsNamed } from './phrase';

type EventOf<Type extends EventType> = Event & { readonly type: Type };

interface EventWords<Type extends EventType> {
  /** Two to four words; the stages of a write have fixed names. */
  readonly title: string;
  readonly sentence: string | ((event: EventOf<Type>) => string);
}

type WordsOfEvents = { readonly [Type in EventType]: EventWords<Type> };

function requestNamed({ block, count }: WriteRequest): string {
  return blocksNamed(block, count);
}

function sourceNamed(block: number, from: ReadSource): string {
  return from === 'live'
    ? `block ${block} of the live volume`
    : `block ${block} of snapshot ${from.snapshot}`;
}

function maximumNamed(blocks: number | null): string {
  return blocks === null ? 'no maximum' : counted(blocks, 'block');
}

function protectionNamed(level: ProtectionLevel): string {
  return level === 'SNAPSHOT' ? 'on' : 'off';
}

function faultName(fault: FaultNumber): string {
  return documentedFaultName(FAULT_NAMES[fault]);
}

const READ_WORDS = {
  readCompleted: {
    title: 'Block read',
    sentence: ({ block, from, path }) => {
      const last = path.at(-1);
      if (from === 'live') return `Block ${block} is read from the live volume.`;
      return last?.place === 'area'
        ? `Block ${block} of snapshot ${from.snapshot} is read from slot ${last.slot} of the diff area.`
        : `Block ${block} of snapshot ${from.snapshot} has not changed since and is read from the live volume.`;
    },
  },
  readFailed: {
    title: 'Read fails',
    sentence: ({ block, from, status }) => `Reading ${sourceNamed(block, from)} fails with ${status}.`,
  },
} satisfies Partial<WordsOfEvents>;

const WRITE_WORDS = {
  writeRequested: {
    title: 'Request',
    sentence: ({ block, count }) => `A write to ${blocksNamed(block, count)} arrives.`,
  },
  writeTurnedAway: {
    title: 'Turned away',
    sentence: ({ request, status }) =>
      `The gate is shut: the write to ${requestNamed(request)} comes back with ${status}.`,
  },
  gatePassed: { title: 'Gate', sentence: 'The volume is online: the write passes the gate.' },
  blockLookedUp: {
    title: 'Look up',
    sentence: ({ block, reason }) =>
      ({
        firstWriteSinceSnapshot: `First write to block ${block} since the newest snapshot: its old content must be saved first.`,
        alreadyCopied: `The old content of block ${block} is in the diff area already: no copy is needed.`,
        noSnapshot: `No snapshot exists: block ${block} needs no copy.`,
      })[reason],
  },
  memoryAllocated: {
    title: 'Memory',
    sentence: ({ block }) => `Memory is set aside for the copy of block ${block}.`,
  },
  slotTaken: {
    title: 'Space',
    sentence: ({ block, slot }) => `Slot ${slot} of the diff area is taken for the copy of block ${block}.`,
  },
  oldBlockRead: {
    title: 'Read',
    sentence: ({ block }) => `The old content of block ${block} is read from the live volume.`,
  },
  blockCopied: {
    title: 'Copy',
    sentence: ({ block, slot }) =>
      `The old content of block ${block} is copied to slot ${slot} of the diff area.`,
  },
  copyRecorded: {
    title: 'Record',
    sentence: ({ block, slot, snapshot }) =>
      `The table records that slot ${slot} holds block ${block} for snapshot ${snapshot}.`,
  },
  blockOverwritten: {
    title: 'Overwrite',
    sentence: ({ block }) => `Block ${block} of the live volume is overwritten.`,
  },
  writeCompleted: {
    title: 'Complete',
    sentence: ({ request }) => `The write to ${requestNamed(request)} is complete.`,
  },
  writeFailed: {
    title: 'Write fails',
    sentence: ({ request, status }) =>
      `The write to ${requestNamed(request)} fails with ${status}; no live block has changed.`,
  },
} satisfies Partial<WordsOfEvents>;

const DIFF_AREA_WORDS = {
  growthStarted: {
    title: 'Growth begins',
    sentence: ({ completesAtMs }) =>
      `The diff area begins to grow and will be done at ${clockTime(completesAtMs)}.`,
  },
  growthRefused: {
    title: 'Growth refused',
    sentence: 'The attempt to enlarge the diff area ends in an error.',
  },
  growthCompleted: {
    title: 'Diff area grown',
    sentence: ({ addedBlocks }) => `The diff area has grown by ${counted(addedBlocks, 'slot')}.`,
  },
  growthAbandoned: { title: 'Growth abandoned', sentence: 'The growth of the diff area comes to nothing.' },
  diffAreaResized: {
    title: 'Maximum changed',
    sentence: ({ from, to }) =>
      `The maximum of the diff area changes from ${maximumNamed(from)} to ${maximumNamed(to)}.`,
  },
  areaReleased: {
    title: 'Area released',
    sentence: ({ area, slots }) =>
      `The area of snapshot ${area.snapshot} is released; it held ${counted(slots.length, 'slot')}.`,
  },
  diffAreaReleased: {
    title: 'Diff area released',
    sentence: ({ allocated }) =>
      `No snapshot is left: the whole diff area is released, all ${counted(allocated, 'slot')} of it.`,
  },
} satisfies Partial<WordsOfEvents>;

const SNAPSHOT_WORDS = {
  writesFrozen: { title: 'Writes held', sentence: 'Writes are held while the snapshot is taken.' },
  volumeFlushed: { title: 'Volume flushed', sentence: 'What was under way is flushed to the live volume.' },
  snapshotInstalled: {
    title: 'Snapshot taken',
    sentence: ({ snapshot }) => `Snapshot ${snapshot} exists: from here on, old contents are saved for it.`,
  },
  writesReleased: { title: 'Writes released', sentence: 'Writes go on.' },
  snapshotDeleted: {
    title: 'Snapshot deleted',
    sentence: ({ snapshot, reason }) =>
      ({
        requested: `Snapshot ${snapshot} is deleted, as requested.`,
        userLimit: `Snapshot ${snapshot}, the oldest, is deleted to make room in the diff area.`,
        countLimit: `Snapshot ${snapshot}, the oldest, is deleted to stay within the number allowed.`,
        revert: `Snapshot ${snapshot} is removed: it is newer than the one reverted to.`,
      })[reason],
  },
  snapshotsLost: {
    title: 'Snapshots lost',
    sentence: ({ snapshots, reason }) => {
      const isOne = snapshots.length === 1;
      const why = {
        fault: `deleted: ${isOne ? 'it' : 'they'} can no longer be kept whole`,
        protectionLeft: 'given up: protection mode is left',
        unusedDeleted: 'destroyed with the diff area that counted as unused',
        maximumLowered: 'deleted: the new maximum has no room for what they hold',
      }[reason.kind];
      const named = snapshotsNamed(snapshots);
      return `${capitalized(snapshots.length > 3 ? `all ${named}` : named)} ${isOne ? 'is' : 'are'} ${why}.`;
    },
  },
  revertStarted: {
    title: 'Revert begins',
    sentence: ({ snapshot }) => `The live volume goes back to snapshot ${snapshot}.`,
  },
  blockReverted: {
    title: 'Block reverted',
    sentence: ({ block }) => `Block ${block} of the live volume gets its old content back.`,
  },
  revertCompleted: {
    title: 'Revert complete',
    sentence: ({ snapshot, blocks }) =>
      `The live volume is as it was at snapshot ${snapshot}: ${counted(blocks, 'block')} set back.`,
  },
} satisfies Partial<WordsOfEvents>;

const PROTECTION_WORDS = {
  levelChanged: {
    title: 'Level changed',
    sentence: ({ to }) => `Protection is turned ${protectionNamed(to)}: ${LEVEL_ENTRIES[to].documentedName}.`,
  },
  faultMet: {
    title: 'Fault strikes',
    sentence: ({ fault, level }) =>
      `Fault ${fault} strikes with protection ${protectionNamed(level)}: ${embedded(FAULT_WORDS[fault].title)}.`,
  },
  faultRecorded: {
    title: 'Fault recorded',
    sentence: ({ fault }) => `The protection fault is now ${faultName(fault)}.`,
  },
  faultCleared: {
    title: 'Fault cleared',
    sentence: ({ fault, by }) =>
      ({
        clear: `${faultName(fault)} is cleared.`,
        arrival: `${faultName(fault)} heals by itself: the diff volume is there.`,
        protectionLeft: `${faultName(fault)} is gone: protection mode is left.`,
      })[by],
  },
  eventLogged: {
    title: 'Event logged',
    // The whole text of the event stands in the log.
    sentence: ({ eventId }) => `Event ${eventId} is written to the System log.`,
  },
} satisfies Partial<WordsOfEvents>;

const VOLUME_WORDS = {
  volumeDismounted: { title: 'Volume dismounted', sentence: 'The live volume is dismounted.' },
  volumeWentOffline: {
    title: 'Volume offline',
    sentence: ({ access }) =>
      ({
        online: 'The live volume is online.',
        offlineByAdministrator: 'The live volume is taken offline.',
        offlineForCluster: 'The live volume is taken offline for a cluster failover.',
        offlineForProtection:
          'The live volume goes offline for protection: all reads and writes fail until the fault is cleared.',
      })[access],
  },
  detectionStarted: { title: 'Detection', sentence: 'The diff area is looked for and examined.' },
  volumeCameOnline: { title: 'Volume online', sentence: 'The live volume is online: reads and writes pass.' },
  snapshotsPending: {
    title: 'Snapshots wait',
    sentence: ({ untilMs }) =>
      `The snapshots wait for their diff volume, at most until ${clockTime(untilMs)}.`,
  },
  snapshotsActivated: {
    title: 'Snapshots back',
    sentence: 'The diff volume arrived in time: the snapshots can be read again.',
  },
  pendingEnded: { title: 'Wait over', sentence: 'The snapshots no longer wait for their diff volume.' },
  diffVolumeDetached: { title: 'Diff volume detached', sentence: 'The diff volume is taken away.' },
  diffVolumeAttached: { title: 'Diff volume attached', sentence: 'The diff volume is attached.' },
  conditionBroken: {
    title: 'Something breaks',
    sentence: ({ condition }) => `Something breaks: ${embedded(conditionWords(condition).title)}.`,
  },
  conditionRepaired: {
    title: 'Repaired',
    sentence: ({ condition }) => `Repaired: ${embedded(conditionWords(condition).repaired)}.`,
  },
  externalWriteRefused: {
    title: 'Foreign write refused',
    sentence: ({ block }) => `Another program’s write to block ${block} of the diff volume is refused.`,
  },
  externalWriteLanded: {
    title: 'Foreign write lands',
    sentence: ({ block }) => `Another program has written over block ${block} of the diff volume.`,
  },
  clusterOfflinePrepared: {
    title: 'Failover prepared',
    sentence: 'The cluster prepares to take the live volume offline.',
  },
  clusterFailoverFinished: { title: 'Failover finished', sentence: 'The cluster failover is finished.' },
  unexpectedErrorOccurred: {
    title: 'Unexpected error',
    sentence: 'The snapshot driver meets an error that it did not expect.',
  },
  timePassed: { title: 'Time passes', sentence: ({ tookMs }) => `Time passes: ${duration(tookMs)}.` },
} satisfies Partial<WordsOfEvents>;

const WORDS: WordsOfEvents = {
  ...WRITE_WORDS,
  ...READ_WORDS,
  ...DIFF_AREA_WORDS,
  ...SNAPSHOT_WORDS,
  ...PROTECTION_WORDS,
  ...VOLUME_WORDS,
};

export function titleOfEvent(event: Event): string {
  return WORDS[event.type].title;
}

export function sentenceOfEvent(event: Event): string {
  const { sentence } = WORDS[event.type] as EventWords<EventType>;
  return typeof sentence === 'string' ? sentence : sentence(event);
}
