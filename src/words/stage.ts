import type { BurstCounts } from '../core/describe/burst';
import type { SnapshotEnding } from '../core/describe/traces';
import type { Host, Machine } from '../core/machine';
import { counted, duration, grouped } from './phrase';

/** What the picture says of itself: names of its parts, and of every block, slot and snapshot in it. */
interface LiveCellFacts {
  readonly block: number;
  readonly stamp: number;
  readonly isNeeded: boolean;
  readonly isBad: boolean;
  readonly provenance: 'ownArea' | 'newerArea' | 'live' | null;
}

interface SlotCellFacts {
  readonly slot: number;
  readonly state: 'used' | 'free' | 'growing' | 'available' | 'beyondMaximum';
  readonly owner: { readonly snapshot: number; readonly block: number; readonly stamp: number } | null;
}

interface CardFacts {
  readonly snapshot: number;
  readonly state: 'kept' | 'retained' | 'gone';
  readonly copies: number;
  readonly createdAtMs: number | null;
  readonly isReadable: boolean;
}

const SLOT_STATES: Readonly<Record<SlotCellFacts['state'], string>> = {
  used: 'used',
  free: 'free',
  growing: 'being added',
  available: 'not allocated yet',
  beyondMaximum: 'beyond the maximum',
};

const PROVENANCES = {
  ownArea: ', from this snapshot’s own area',
  newerArea: ', from the area of a newer snapshot',
  live: ', from the live volume',
} as const;

function contentOf(stamp: number): string {
  return stamp === 0 ? 'never written' : `content ${stamp}`;
}

/** How a snapshot ended, on its card: deleted as asked, or lost. */
const ENDINGS: Readonly<Record<SnapshotEnding, string>> = {
  requested: 'deleted as asked',
  revert: 'removed by revert',
  userLimit: 'lost: no room',
  countLimit: 'lost: too many',
  fault: 'lost',
  protectionLeft: 'given up',
  unusedDeleted: 'destroyed',
  maximumLowered: 'lost: no room',
};

function gateWord({ access, frozen }: Machine): string {
  if (access === 'online') return frozen ? 'held' : 'open';
  return access === 'offlineForProtection' ? 'blocked' : 'offline';
}

export const STAGE_WORDS = {
  liveVolume: 'Live volume',
  liveVolumeTitle: 'Live volume C:',
  liveGrid: 'Blocks of the live volume',
  volumeAsOf: (snapshot: number) => `C: as of snapshot ${snapshot}`,
  liveCell: ({ block, stamp, isNeeded, isBad, provenance }: LiveCellFacts) =>
    `Block ${block}: ${contentOf(stamp)}` +
    (provenance === null ? '' : PROVENANCES[provenance]) +
    (isNeeded ? ', a snapshot still needs it' : '') +
    (isBad ? ', cannot be read' : ''),

  diffArea: 'Diff area',
  diffAreaTitle: 'Diff area on D:',
  diffGrid: 'Blocks of the diff volume',
  diffAreaUse: ({ used, allocated, maximumBlocks, settings }: Machine) =>
    `${grouped(used)} of ${grouped(allocated)} used, ${
      maximumBlocks !== null && maximumBlocks < settings.diffVolumeBlocks
        ? `at most ${grouped(maximumBlocks)}`
        : 'up to the end of D:'
    }`,
  slotCell: ({ slot, state, owner }: SlotCellFacts) =>
    owner === null
      ? `Slot ${slot}: ${SLOT_STATES[state]}`
      : `Slot ${slot}: ${contentOf(owner.stamp)} of block ${owner.block}, saved for snapshot ${owner.snapshot}`,
  diffVolumeAbsent: 'D: is not attached',

  broken: 'Broken',
  failoverUnderWay: 'A cluster failover is under way',
  snapshotsWait: (leftMs: number) => `Snapshots wait for D:, ${duration(leftMs)} at most`,

  shadowCopies: 'Shadow copies',
  noSnapshots: 'None yet',
  moreSnapshots: (count: number) => `${count} older ones are gone`,
  snapshot: 'Snapshot',
  /** What listeners are told of a card beyond what it shows. */
  cardHint: ({ state, isReadable }: CardFacts) =>
    isReadable
      ? ': look through it'
      : { kept: ', not readable now', retained: ', still read by older ones', gone: '' }[state],
  cardDetail: ({ state, copies }: CardFacts, ending: SnapshotEnding | null, isWaiting: boolean) =>
    ending !== null
      ? ENDINGS[ending]
      : state !== 'kept'
        ? 'gone before this history began'
        : isWaiting
          ? 'waits for D:'
          : `${grouped(copies)} saved`,
  lookingThrough: (snapshot: number) =>
    `The past, as snapshot ${snapshot} keeps it: nothing moves here. Escape leads back.`,

  program: 'Program',
  requestsDone: ({ completed }: Host) => `${grouped(completed)} done`,
  requestsFailed: ({ failed }: Host) => `${grouped(failed)} failed`,
  returned: (count: number) => `${counted(count, 'request')} came back with STATUS_DEVICE_NOT_CONNECTED`,
  cameBack: (count: number) => `${grouped(count)} came back`,
  gate: (machine: Machine) => `I/O gate: ${gateWord(machine)}`,
  gateShort: gateWord,

  copyLane: 'copy',
  /** A burst that passes too quickly to be told stage by stage. */
  burst: ({ requests, copies }: BurstCounts) =>
    `${counted(requests, 'request')} answered, ${counted(copies, 'old block')} copied so far.`,
  verdictIo: { flowing: 'I/O flows', blocked: 'All I/O blocked', offline: 'Offline' },
  verdictSnapshots: (kept: number, lost: number) =>
    lost > 0
      ? `${counted(lost, 'snapshot')} lost${kept > 0 ? `, ${kept} kept` : ''}`
      : `${counted(kept, 'snapshot')} kept`,
  protectionStatus: 'Protection status',
} as const;
