import type { FaultNumber } from '../core/fault';
import type { ReadPath } from '../core/read-path';
import { counted, grouped } from './phrase';

/** What stands on the panels beside and below the stage. */

/** Said by every panel with controls. */
export const CONTROL_WORDS = {
  doubleClick: 'A double click counts once.',
  whichRule: 'Which rule?',
  stillBusy: 'The burst is still being written. Nothing was sent; wait for it or stop it.',
  wholeNumber: (lowest: number, highest: number) =>
    highest === Infinity
      ? `Give a whole number, at least ${lowest}.`
      : `Give a whole number from ${lowest} to ${highest}.`,
} as const;

export const WRITE_WORDS = {
  title: 'Write',
  block: 'Block',
  count: 'Blocks',
  tooMany: (limit: number) => `One write takes at most ${grouped(limit)} blocks. For more, use a burst.`,
  text: 'Text',
  textSize: (bytes: number, limit: number) => `${grouped(bytes)} of ${grouped(limit)} bytes`,
  pattern: 'Without text, a pattern is written.',
  patternSeed: 'Seed of the pattern',
  write: 'Write',
  read: 'Read',
  burst: 'Burst of writes',
  order: 'Order',
  orders: { sequential: 'In a row', random: 'At random' },
  firstBlock: 'First block',
  span: 'Span',
  writes: 'Writes',
  seed: 'Seed',
  writeBurst: 'Write burst',
  progress: 'Progress of the burst',
  progressOf: (done: number, total: number) => `${grouped(done)} of ${grouped(total)} writes`,
  stop: 'Stop',
} as const;

export const SNAPSHOT_WORDS = {
  title: 'Snapshots',
  create: 'Create snapshot',
  none: 'There is none.',
  name: (snapshot: number) => `Snapshot ${snapshot}`,
  onlyIn: (worlds: readonly string[]) => `only with ${worlds.join(', ').toLowerCase()}`,
  look: 'Look through',
  lookLabel: (snapshot: number) => `Look through snapshot ${snapshot}`,
  revert: 'Revert',
  revertLabel: (snapshot: number) => `Revert to snapshot ${snapshot}`,
  remove: 'Delete',
  removeLabel: (snapshot: number) => `Delete snapshot ${snapshot}`,
  notReadable: 'Its snapshots cannot be read while the live volume is offline or waits for its diff volume.',
  readBlock: 'Read block',
  ofSnapshot: 'of snapshot',
  read: 'Read from snapshot',
} as const;

export const WAYS_OUT_WORDS = {
  level: 'Protection level',
  title: 'Ways out',
  repair: 'Repair what is broken',
  clear: 'Clear fault',
  leave: 'Leave protection',
  repaired: 'What was broken is repaired: now clear the fault.',
  confirmLeave: 'Leave, and give the snapshots up',
  stillFull: 'Still full: the next block that has to be saved blocks the volume again.',
  raiseMaximum: (blocks: number) => `Raise the maximum to ${blocks}`,
  deleteOldest: (snapshot: number) => `Delete snapshot ${snapshot}`,
  deleteUnused: 'Delete unused diff areas',
  confirmDelete: 'Delete, and lose the snapshots',
  keep: 'Keep them',
} as const;

export const DIFF_AREA_WORDS = {
  title: 'Diff area and time',
  maximum: 'Maximum, in blocks',
  unbounded: 'No maximum',
  resize: 'Set maximum',
  wait: 'Wait, in ms',
  waitNow: 'Wait',
  presets: [
    { label: '100 ms', durationMs: 100 },
    { label: '5 minutes', durationMs: 300_000 },
  ],
  presetLabel: (label: string) => `Wait ${label}`,
} as const;

export const ENVIRONMENT_WORDS = {
  title: 'Environment',
  conditions: 'What is broken',
  badBlock: 'Block of the live volume',
  breakBlock: 'Make it unreadable',
  volumes: 'Volumes and surroundings',
  takeOffline: 'Take offline',
  bringOnline: 'Bring online',
  detach: 'Detach diff volume',
  attach: 'Attach diff volume',
  prepare: 'Prepare failover',
  finish: 'Finish failover',
  unexpectedError: 'Unexpected error',
  foreignBlock: 'Block of the diff volume',
  foreignWrite: 'Foreign write',
  repairAll: 'Repair all',
  nothingBroken: 'Nothing is broken.',
} as const;

/** The sixteen by what breaks, so that the grid reads as causes. */
export const FAULT_GROUPS: readonly { readonly title: string; readonly faults: readonly FaultNumber[] }[] = [
  { title: 'Making the copy', faults: [7, 6, 13, 3] },
  { title: 'Memory', faults: [4, 5] },
  { title: 'Room', faults: [8, 9, 10] },
  { title: 'The diff volume', faults: [14, 1, 2, 12] },
  { title: 'From outside', faults: [15, 16, 11] },
];

export const FAULT_CARD_WORDS = {
  title: 'Faults',
  number: (fault: number) => `fault ${fault}`,
  whenMet: 'Met',
  forecast: 'What each level does, run by the engine',
  cause: 'Cause it',
  events: (ids: readonly number[]) =>
    ids.length === 0
      ? 'No event is documented.'
      : `${ids.length === 1 ? 'Event' : 'Events'} ${[...new Set(ids)].join(', ')}.`,
  openRun: 'Open its run',
  openRunLabel: (label: string) => `Open its run: ${label}`,
} as const;

export const INSPECTOR_WORDS = {
  title: 'Inspector',
  nothingPicked: 'Pick a block or a slot on the stage, or look through a snapshot, to see its bytes.',
  block: (block: number) => `Block ${block}`,
  slot: (slot: number) => `Slot ${slot}`,
  snapshot: (snapshot: number) => `Snapshot ${snapshot}`,
  live: 'Live volume',
  liveOffline: 'The volume is offline: reading fails now. These are the bytes that lie there.',
  badBlock: 'This block cannot be read now.',
  snapshotsOffline: 'Its snapshots cannot be read now. This is what they will read.',
  blockOutside: 'This volume has no such block.',
  readPath: (snapshot: number, path: ReadPath) => readPathNamed(snapshot, path),
  zeros: 'Never written: zeros.',
  brought: 'It came with the volume image: no command of the laboratory wrote it.',
  reading: 'Reading the bytes…',
  broughtDamaged:
    'These bytes are damaged in the store of this browser. They came from a volume image, so no log can make them again.',
  bytes: 'Bytes',
  bytesOf: (name: string) => `Bytes of ${name}`,
  sameRows: (rows: number) => `${counted(rows, 'more row')} like this`,
  range: (from: number, to: number, total: number) =>
    `Bytes ${grouped(from)} to ${grouped(to)} of ${grouped(total)}`,
  showAll: 'Show all',
  showLess: 'Show less',
  previousPage: 'Previous page',
  nextPage: 'Next page',
  stored: 'Stored in this browser:',
  storedWords: {
    asking: 'asking…',
    identical: 'identical',
    differs: 'differs from the log',
    notStored: 'not stored: never written',
    notKept: 'not stored: the log of the replay makes it again',
    unknown: 'could not be read',
    memory: 'no, this laboratory is kept in memory',
  },
  notAllocated: 'Not allocated.',
  freeSlot: 'Free: it belongs to no snapshot. What lies there was left by an earlier copy, or is zeros.',
  usedSlot: (snapshot: number, block: number) =>
    `Belongs to the area of snapshot ${snapshot} and holds the old content of block ${block}.`,
  retainedSlot: (snapshot: number) =>
    `Snapshot ${snapshot} is deleted; an older one still reads through its area.`,
  noSuchSnapshot: 'It does not exist here.',
  snapshotTaken: 'Taken at',
  snapshotOwn: 'Saved in its own area',
  snapshotNewer: 'Read from newer areas',
  snapshotLive: 'Still read from the live volume',
  snapshotCost: 'Diff area of its own',
  snapshotFrees: 'Deleting it now would free',
  blocks: (count: number) => counted(count, 'block'),
  slots: (count: number) => counted(count, 'slot'),
  size: (slots: number) => `${counted(slots, 'slot')}, ${slots * 16} KiB`,
  volume: 'The volume',
  members: 'VSS_VOLUME_PROTECTION_INFO',
  member: 'Member',
} as const;

/** "own area of 2 → newer area 3 → live": every place that the read looks at, the last one has the block. */
function readPathNamed(snapshot: number, path: ReadPath): string {
  const hops = path.map((hop) => {
    if (hop.place === 'live') return 'live volume';
    const area =
      hop.snapshot === snapshot ? `own area` : `area of ${hop.retained ? 'deleted ' : ''}${hop.snapshot}`;
    return hop.slot === null ? area : `${area}, slot ${hop.slot}`;
  });
  return hops.join(' → ');
}

export const LOG_WORDS = {
  rows: 'Rows of the log',
  title: 'Event log',
  show: 'Show',
  filters: { all: 'All events', system: 'System log only', steps: 'Every step' },
  newestFirst: 'Newest first',
  columns: {
    step: 'Step',
    time: 'Time',
    world: 'World',
    source: 'Source',
    level: 'Level',
    id: 'Event ID',
    what: 'What happened',
    why: 'Why',
  },
  sources: { volsnap: 'volsnap', lab: 'lab' },
  empty: 'Nothing has been logged up to this step.',
  goTo: (position: number) => `Go to step ${position}`,
  why: 'Why?',
  whyLabel: (sentence: string) => `Why? ${sentence}`,
  window: (from: number, to: number, total: number) => `Rows ${from} to ${to} of ${total}`,
  search: 'Search',
  any: 'Any',
  count: (count: number) => (count === 1 ? '1 row' : `${count} rows`),
  copy: 'Copy',
  copied: 'Copied.',
  exportCsv: 'Export CSV',
  fileName: 'event-log.csv',
  apiTitle: 'API calls',
  apiLead:
    'What was done up to this step, as calls of the management interface, each with its result. Most of what breaks a machine is no call.',
  noCall: 'No documented call: the surroundings did this, or the laboratory.',
  earlier: 'Earlier rows',
  later: 'Later rows',
  inferred: 'inferred',
  inferredMeaning: 'No public document states this rule.',
} as const;
