import type { EventType } from '../../core/event';
import type { History } from '../../core/history';

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

/** The position after the most telling thing that the last command did in a world; without one, after its last step. */
export function tellingPosition(history: History, worldIndex: number): number {
  const entry = history.entries.at(-1);
  if (entry === undefined) return history.length;
  const notable = entry.digests[worldIndex]?.notable ?? [];
  for (const type of TELLING) {
    const found = notable.findLast(({ event }) => event.type === type);
    if (found !== undefined) return entry.start + found.step;
  }
  const events = history.derive(entry.index).outcome.events[worldIndex] ?? [];
  return entry.start + events.findLastIndex(({ type }) => type !== 'timePassed') + 1;
}
