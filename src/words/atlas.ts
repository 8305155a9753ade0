import type { MeetingMoment } from '../core/describe/fault-outcome';
import type { FaultNumber } from '../core/fault';
import type { WriteStage } from '../core/machine';

/** The atlas: sixteen faults by two levels. */
export const ATLAS_WORDS = {
  title: 'Faults',
  lead: 'Sixteen ways in which a copy-on-write can fail, and what gives at each protection level. Every cell was run by the engine just now, in this page.',
  fault: 'Fault',
  levelNames: { ORIGINAL_VOLUME: 'Protection off', SNAPSHOT: 'Protection on' },
  running: 'Running…',
  watch: 'Watch',
  watchLabel: (label: string, level: string) => `Watch in the laboratory: ${label}, ${level}`,
  events: (ids: readonly number[]) =>
    ids.length === 0 ? 'No documented event' : `${ids.length === 1 ? 'Event' : 'Events'} ${ids.join(', ')}`,
  whenCapacity: 'When the diff volume itself is full:',

  pageTitle: (fault: FaultNumber, label: string) => `Fault ${fault}: ${label}`,
  allFaults: 'All faults',
  previous: 'Previous fault',
  next: 'Next fault',
  cause: 'Cause',
  whenMet: 'When it is met',
  writePath: 'The path of a write, and where it stops',
  symptoms: 'What an administrator sees',
  outcomes: 'What gives',
  waysOut: 'Ways out',
  neighbours: 'Easily confused with',
  keep: 'Keeps the snapshots',
  lose: 'Gives all snapshots up, and always works',
  play: 'Play this way out',
  retry: (command: string) => `Try the write that failed again: ${command}`,
  realServer:
    'On a real server: no documented command of Windows clears a protection fault. A program does it by calling ClearVolumeProtectFault, as a rule the backup product that turned the mode on; a restart also brings the volume online, and detection then decides anew. Numbers of blocks are those of the laboratory.',
  calls: 'The calls',
  documentedValue: (name: string, value: number) => `${name} = ${value}`,
  failedIo: (level: 'blocked' | 'flowing') =>
    level === 'blocked'
      ? 'Every read and write of the volume fails with STATUS_DEVICE_NOT_CONNECTED.'
      : 'Reads and writes of the volume go on; the snapshots are missing.',
  failureStatus: (name: string, value: string) => `m_failureStatus ${value} (${name})`,
  openLesson: 'Learn it step by step',
  openRun: 'Watch the whole run',
  metAtOnce: 'It is met at once, without a write.',
  metOnline: 'It is met when the volume comes online.',
  standing: { documented: 'Documented', inferred: 'Inferred' },
  gateTitle: 'A prediction is open',
  gateText: (lesson: string) =>
    `The lesson “${lesson}” waits for your prediction. What would answer it is kept shut until then.`,
  backToLesson: 'Back to the lesson',
  leaveLesson: 'Leave the lesson',
} as const;

/** Looking for a fault by what can be seen of it. */
export const SYMPTOM_WORDS = {
  title: 'What do you see?',
  symptoms: {
    vanished: 'My snapshots vanished',
    offline: 'My volume is offline',
    'writes-fail': 'Writes fail',
  },
  event: 'Event in the System log (volsnap)',
  occasion: 'When',
  unknown: 'I do not know',
  noEvent: 'None',
  occasions: {
    online: 'As the volume came online',
    write: 'During a write',
    otherwise: 'Without a write',
  },
  found: (faults: number) =>
    faults === 0
      ? 'No fault of the sixteen leaves all of these signs. Take one away.'
      : faults === 1
        ? 'One fault looks like this:'
        : `${faults} faults look like this; the event number tells most of them apart:`,
} as const;

/** The stages of a write as the atlas names them, in order. */
export const WRITE_STAGE_WORDS: Readonly<Record<WriteStage, string>> = {
  gate: 'Gate',
  lookUp: 'Look up',
  memory: 'Memory',
  space: 'Space',
  read: 'Read the old block',
  copy: 'Copy it',
  record: 'Record it',
  overwrite: 'Overwrite',
  complete: 'Complete',
};

export function sentenceOfMoment(moment: MeetingMoment): string {
  if (moment === 'online') return ATLAS_WORDS.metOnline;
  if (moment === 'atOnce') return ATLAS_WORDS.metAtOnce;
  return `It is met at the stage “${WRITE_STAGE_WORDS[moment]}” of a write.`;
}

interface Neighbours {
  readonly faults: readonly FaultNumber[];
  readonly sentence: string;
}

/** Faults that look alike, and the symptom that tells them apart. */
export const NEIGHBOURS: readonly Neighbours[] = [
  {
    faults: [1, 14],
    sentence:
      'In fault 1 the diff volume was not there when the volume came online (event 80), and its arrival heals the fault. In fault 14 it was there and left (event 93), and its return is not enough: the fault has to be cleared.',
  },
  {
    faults: [7, 13],
    sentence:
      'In fault 7 the data of the copy could not be written (event 86). In fault 13 the copy was written, and then its record could not be (event 92). With protection off both leave event 14.',
  },
  {
    faults: [8, 9, 10],
    sentence:
      'All three end without a free slot. Fault 8: there is no room to grow into (event 87). Fault 9: there is room, but the writes came faster than the growth (event 88). Fault 10: there is room and time, but the growth itself fails (event 89).',
  },
  {
    faults: [4, 5],
    sentence:
      'Both want memory. Fault 4 finds no buffer for the copy (event 83; with protection off only event 15). Fault 5 cannot map the table (event 84, which advises a larger page file; with protection off event 6 comes before event 15).',
  },
];
