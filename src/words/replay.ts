import { BLOCK_SIZE_BYTES, MAXIMUM_BLOCK_COUNT } from '../core/block';
import { FAULT_NAMES, type FaultNumber } from '../core/fault';
import type { LevelOutcome } from '../core/replay/replay-outcome';
import type { PlannedFault, ReplayPlan } from '../core/replay/replay-plan';
import { FAULT_WORDS } from './catalogue-faults';
import { TRACE_WORDS } from './open';
import { counted, grouped, WORLD_NAMES } from './phrase';

const { bytes: sizeOf } = TRACE_WORDS;

function blocks(count: number): string {
  return `${counted(count, 'block')} (${sizeOf(count * BLOCK_SIZE_BYTES)})`;
}

/** Replaying an opened trace in the laboratory. */
export const REPLAY_WORDS = {
  title: 'Replay in the laboratory',
  hint: 'Every write of the trace goes through the engine, in a new laboratory that can be played and searched afterwards. What you have now is kept, under Branches.',
  records: 'Records to replay, from the first on',
  recordsProblem: (highest: number) => `Give a whole number from 1 to ${grouped(highest)}.`,
  fitting: (unique: number, fitting: number) =>
    `The trace writes to ${blocks(unique)}, and the largest volume of the laboratory has ${grouped(MAXIMUM_BLOCK_COUNT)}. Its first ${counted(fitting, 'record')} fit.`,
  tooLarge: (fitting: number) =>
    `These records write to more than ${grouped(MAXIMUM_BLOCK_COUNT)} blocks. The first ${grouped(fitting)} of them fit.`,
  noneFits: `The first write alone goes to more than ${grouped(MAXIMUM_BLOCK_COUNT)} blocks, which is the largest volume of the laboratory.`,
  places: (blockCount: number | null) =>
    blockCount === null
      ? 'The volume has as many blocks as the trace writes to, in the order in which they lie there, without the gaps between them.'
      : `The volume has ${blocks(blockCount)}, each where it lies in the trace.`,
  snapshots: (count: number) =>
    `${count === 1 ? 'One snapshot is' : `${count} snapshots are`} taken at even distances, as counted above.`,
  machines: 'Machines',
  maximum: 'Maximum of the diff area',
  maximumChoices: {
    none: 'None: it grows as it needs',
    half: (half: number) => `Half of what is needed: ${blocks(half)}`,
    other: 'Another size',
  },
  maximumBlocks: 'Blocks of 16 KiB',
  maximumProblem: `Give a whole number from 0 to ${grouped(MAXIMUM_BLOCK_COUNT)}.`,
  fault: 'Fault on the way',
  noFault: 'None',
  faultChoice: (fault: FaultNumber) => `${fault}: ${FAULT_WORDS[fault].title}`,
  faultAt: 'Its cause comes before record',
  faultHint: 'A write of the trace then meets it, or the volume does when it comes online.',
  start: 'Replay in a new laboratory',
  again: 'Replay once more',

  preparing: 'Numbering the blocks',
  replaying: 'Replaying',
  doneOf: (done: number, total: number) => `${grouped(done)} of ${grouped(total)} records`,
  stop: 'Stop',
  stopped: (done: number) =>
    `Stopped after about ${counted(done, 'record')}. What was replayed is in its laboratory.`,
  unreadable: 'The file gives nothing more. It may have been moved or changed.',

  outcome: 'What the replay came to',
  look: 'See it in the laboratory',
  agrees: 'The engine made every copy that was counted, snapshot by snapshot.',
  differs:
    'The engine made other copies than were counted, because of what happened on the way: nothing is copied for snapshots that are lost, or by writes that fail.',
  copies: 'Copies by snapshot: counted from the trace, and made with protection on or off',
  atLevel: { ORIGINAL_VOLUME: WORLD_NAMES.off, SNAPSHOT: WORLD_NAMES.on },
  madeAtLevel: { ORIGINAL_VOLUME: 'Off', SNAPSHOT: 'On' },
  counted: 'Counted',
  unique: 'Different blocks written',
} as const;

/** Records as people count them, from 1. */
function record(atRecord: number): string {
  return `record ${grouped(atRecord + 1)}`;
}

function nameOfFault(fault: FaultNumber): string {
  return `Fault ${fault}, ${FAULT_NAMES[fault]},`;
}

/** What a replay came to at one level, in sentences. */
export function sentencesOfOutcome(
  outcome: LevelOutcome,
  { fault, snapshotsAt }: Pick<ReplayPlan, 'fault' | 'snapshotsAt'>,
): readonly string[] {
  return [
    ...sentencesOfFault(outcome, fault),
    sentenceOfSnapshots(outcome, snapshotsAt.length),
    sentenceOfWrites(outcome),
  ];
}

function sentencesOfFault({ fault }: LevelOutcome, planned: PlannedFault | null): readonly string[] {
  const met = fault === null ? [] : [`${nameOfFault(fault.fault)} was met at ${record(fault.atRecord)}.`];
  if (planned === null || planned.fault === fault?.fault) return met;
  return [
    ...met,
    `${nameOfFault(planned.fault)} was not met: nothing after its cause needed what was broken.`,
  ];
}

function sentenceOfSnapshots(
  { snapshotsTaken, snapshotsLost, lossAtRecord }: LevelOutcome,
  planned: number,
): string {
  const taken =
    snapshotsTaken === planned
      ? `${snapshotsTaken} snapshots taken`
      : `${snapshotsTaken} of ${planned} snapshots taken`;
  if (lossAtRecord === null) return `${taken}, none lost.`;
  return `${taken}, ${snapshotsLost} lost, the first of them at ${record(lossAtRecord)}.`;
}

function sentenceOfWrites({ offlineAtRecord, failedWrites, completedWrites }: LevelOutcome): string {
  if (failedWrites === 0) return `All ${counted(completedWrites, 'write')} were completed.`;
  const failed = `${counted(failedWrites, 'write')} failed, ${grouped(completedWrites)} were completed`;
  return offlineAtRecord === null
    ? `${failed}.`
    : `The volume went offline at ${record(offlineAtRecord)}: ${failed}.`;
}
