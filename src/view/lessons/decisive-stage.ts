import type { Event, EventType } from '../../core/event';
import type { History } from '../../core/history';

/** A stretch of the path, from position `from` to position `to`. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What somebody who asks "why?" after a command means, the first of these that is there. */
const TELLING: readonly EventType[] = [
  'snapshotsLost',
  'volumeWentOffline',
  'snapshotDeleted',
  'writeFailed',
  'writeTurnedAway',
  'readFailed',
  'snapshotsPending',
  'areaReleased',
  'readCompleted',
  'snapshotInstalled',
];

/** Where each of them begins to be decided. What is not named here begins just before itself. */
const BEGINNINGS: Readonly<Partial<Record<EventType, EventType>>> = {
  snapshotsLost: 'faultMet',
  volumeWentOffline: 'faultMet',
  writeFailed: 'faultMet',
  writeTurnedAway: 'writeRequested',
  snapshotsPending: 'detectionStarted',
  snapshotInstalled: 'writesFrozen',
  blockOverwritten: 'blockLookedUp',
};

/** Seen with what went before it, so that one sees what it put an end to. */
const AFTER_SOMETHING: ReadonlySet<EventType> = new Set(['faultMet', 'blockLookedUp']);

/** The decisive stage of the last command in one world: it ends after the event that "why?" is asked of. */
export function decisiveStage(history: History, worldIndex: number): Stretch {
  const entry = history.entries.at(-1);
  if (entry === undefined) return { from: history.length, to: history.length };
  const events = history.derive(entry.index).outcome.events[worldIndex] ?? [];
  const decisive = tellingIndex(events);
  const beginning = BEGINNINGS[events[decisive]?.type ?? 'timePassed'];
  const begins = events.findLastIndex(({ type }, index) => index <= decisive && type === beginning);
  const first = begins < 0 ? decisive : begins;
  const isAfter = AFTER_SOMETHING.has(events[first]?.type ?? 'timePassed');
  return { from: entry.start + Math.max(0, first - (isAfter ? 1 : 0)), to: entry.start + decisive + 1 };
}

/** Index of the most telling event; without one, of the overwrite that a copy allowed, or of the last thing done. */
function tellingIndex(events: readonly Event[]): number {
  for (const type of TELLING) {
    const found = events.findLastIndex((event) => event.type === type);
    if (found >= 0) return found;
  }
  const lookedUp = events.findLastIndex(({ type }) => type === 'blockLookedUp');
  const isCopied = events.some(({ type }) => type === 'copyRecorded');
  if (lookedUp >= 0 && !isCopied) return lookedUp;
  if (lookedUp >= 0) return events.findLastIndex(({ type }) => type === 'blockOverwritten');
  return Math.max(
    0,
    events.findLastIndex(({ type }) => type !== 'timePassed'),
  );
}
