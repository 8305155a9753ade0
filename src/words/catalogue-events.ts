import type { EventId, EventSeverity } from '../core/catalogue/event-id';

/** `volume` is the live volume; `place` the volume that the event accuses, in most cases the diff volume. */
export type EventSentence = (volume: string, place: string) => string;

export const SEVERITY_WORDS: Readonly<Record<EventSeverity, string>> = {
  error: 'Error',
  warning: 'Warning',
  information: 'Information',
};

const WAYS_OUT =
  'Clear the protection fault; if that does not help, leave protection mode and lose the snapshots.';

function offline(volume: string, cause: string, advice = ''): string {
  return `${volume} is offline to protect its snapshots: ${cause}. ${advice}${WAYS_OUT}`;
}

/** Event Viewer's text of each event, in our own words. */
export const EVENT_WORDS: Readonly<Record<EventId, EventSentence>> = {
  6: (volume) => `No paged heap could be set up for the snapshots of ${volume}; virtual memory may be short.`,
  13: (volume, place) => `The diff area of ${volume} could not be enlarged on ${place}.`,
  14: (volume, place) => `Reading or writing ${place} failed; the snapshots of ${volume} were given up.`,
  15: (volume) => `The paged heap ran out; the snapshots of ${volume} were given up.`,
  16: (volume, place) =>
    `${place} was dismounted by force; the snapshots of ${volume} stored on it were given up.`,
  22: (volume, place) => `${place} could not be added as storage for snapshots of ${volume}.`,
  23: (volume, place) => `${place} has too little space for another snapshot of ${volume}; none was created.`,
  24: (volume, place) =>
    `${place} has no space left for the diff area of ${volume}; all its snapshots are in danger.`,
  25: (volume) =>
    `The diff area of ${volume} did not grow fast enough; its snapshots were deleted. Write less at a time, or keep the diff area on a volume that has no snapshots.`,
  27: (volume) =>
    `A control file could not be opened during detection; the snapshots of ${volume} were given up.`,
  28: (volume) =>
    `The structures of a new snapshot of ${volume} could not be written to disk; none was created.`,
  29: (volume) => `Detection failed; the snapshots of ${volume} were given up.`,
  32: (volume, place) => `${place} was not there; the snapshots of ${volume} stored on it were given up.`,
  33: (volume) =>
    `The oldest snapshot of ${volume} was deleted to stay within the limit set for its diff area.`,
  35: (volume) => `The diff area failed to grow; the snapshots of ${volume} were given up.`,
  36: (volume) => `The limit set for the diff area left no room; the snapshots of ${volume} were given up.`,
  38: (volume, place) =>
    `The limit set for the diff area of ${volume} on ${place} stops its growth; all snapshots are in danger.`,
  58: (volume) => `The oldest snapshot of ${volume} was deleted to stay within the number allowed.`,
  80: (volume, place) =>
    `${volume} is offline to protect its snapshots: ${place}, which holds its diff area, is missing. It comes online by itself when ${place} arrives; leaving protection mode brings it back without its snapshots.`,
  81: (volume, place) => offline(volume, `${place} could not be read while snapshots were searched for`),
  82: (volume) => offline(volume, 'their metadata is damaged'),
  83: (volume) => offline(volume, 'memory could not be allocated'),
  84: (volume) => offline(volume, 'memory could not be mapped', 'Try a larger page file. '),
  85: (volume) => offline(volume, 'an old block could not be read for its copy'),
  86: (volume, place) =>
    offline(volume, `a copy could not be written to ${place}`, `Make sure that ${place} is attached. `),
  87: (volume, place) =>
    `${volume} is offline to protect its snapshots: the diff area on ${place} is full. Clear the protection fault, then give the area more room or delete snapshots; if that does not help, leave protection mode and lose the snapshots.`,
  88: (volume) => offline(volume, 'the diff area was used up before it could grow'),
  89: (volume) => offline(volume, 'the diff area could not grow'),
  90: (volume) => offline(volume, 'no cause is given'),
  91: (volume, place) => offline(volume, `a file system operation on ${place} failed`),
  92: (volume, place) => offline(volume, `${place} could not be read or written`),
  93: (volume, place) =>
    offline(volume, `${place} was removed or cannot be reached`, `Attach ${place} again. `),
  94: (volume, place) =>
    offline(
      volume,
      `another program tried to write to the diff area on ${place}`,
      'If it was meant to (it may be FORMAT), turn protection off first. ',
    ),
  106: (volume) =>
    `A snapshot of ${volume} was activated. One that is marked deleted gives its space back when no older one is left.`,
  113: (volume) => `${volume} is about to be taken offline.`,
  119: (volume, place) =>
    `Dismounting ${place} failed; the snapshots of ${volume} stored on it were given up.`,
};
