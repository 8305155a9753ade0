import { sampleOf } from '../core/digest';
import type { Event } from '../core/event';
import type { Entry, History } from '../core/history';

/** How full the diff area is, in blocks. */
export interface Level {
  readonly used: number;
  readonly allocated: number;
  /** The most that can be allocated. */
  readonly limit: number;
}

/** What one world did in an entry, step by step. Positions are those after the steps. */
export interface Detail {
  /** Where the level changed, and to what, in order. */
  readonly levels: readonly (Level & { readonly position: number })[];
  readonly completed: readonly number[];
  readonly failed: readonly number[];
}

/** An entry that is drawn at least so wide, and its steps so far apart, is worth drawing step by step. Pixels. */
const WIDE_PX = 10;
const STEP_PX = 0.5;

/** The level before the first step. */
export function firstLevel(history: History, world: number): Level {
  return sampleOf(history.momentAt(0).machines[world]!);
}

/**
 * The levels at a position, per world. Where the moment is not at hand, those after the last entry that was over by then:
 * there an entry is drawn hardly wider than a pixel.
 */
export function levelsAt(history: History, position: number): readonly Level[] {
  const { worlds } = history.scenario;
  const entry = history.entryBefore(position);
  const isOver = entry !== null && entry.start + entry.record.steps === position;
  if (!isOver && history.isNear(position)) return history.momentAt(position).machines.map(sampleOf);
  const last = isOver ? entry : history.entries[(entry?.index ?? 0) - 1];
  return worlds.map((_, world) => last?.samples[world] ?? firstLevel(history, world));
}

/**
 * The entries that are drawn wide, step by step, per world. There are never many of them; each is decided again once
 * and forgotten when it gets narrow.
 */
export class Details {
  #known: ReadonlyMap<Entry, readonly Detail[]> = new Map();

  /** `edges`: where each of the entries starts, in pixels, and where the last one ends. A job that can rest. */
  *of(
    history: History,
    entries: readonly Entry[],
    edges: readonly number[],
  ): Generator<void, ReadonlyMap<Entry, readonly Detail[]>> {
    const details = new Map<Entry, readonly Detail[]>();
    for (const entry of entries) {
      const { index, record } = entry;
      if (edges[index + 1]! - edges[index]! < Math.max(WIDE_PX, record.steps * STEP_PX)) continue;
      details.set(entry, this.#known.get(entry) ?? detailsOf(history, entry));
      yield;
    }
    this.#known = details;
    return details;
  }
}

function detailsOf(history: History, entry: Entry): readonly Detail[] {
  const before = history.entries[entry.index - 1];
  return history.derive(entry.index).outcome.events.map((events, world) => {
    const level = before?.samples[world] ?? firstLevel(history, world);
    return detailOf(events, entry, level, entry.samples[world]!.limit);
  });
}

/** `level`: before the entry. `limit`: what an event that changes the limit changes it to. */
function detailOf(events: readonly Event[], { start }: Entry, level: Level, limit: number): Detail {
  const levels: (Level & { readonly position: number })[] = [];
  const completed: number[] = [];
  const failed: number[] = [];
  let last: Level = level;
  events.forEach((event, index) => {
    const position = start + index + 1;
    const change = changeOfLevel(event, last, limit);
    if (change !== null) {
      const { used, allocated, limit: most } = last;
      const changed = { used, allocated, limit: most, ...change, position };
      levels.push(changed);
      last = changed;
    }
    if (COMPLETIONS.has(event.type)) completed.push(position);
    else if (FAILURES.has(event.type)) failed.push(position);
  });
  return { levels, completed, failed };
}

const COMPLETIONS: ReadonlySet<Event['type']> = new Set(['writeCompleted', 'readCompleted']);
const FAILURES: ReadonlySet<Event['type']> = new Set(['writeTurnedAway', 'writeFailed', 'readFailed']);

function changeOfLevel(event: Event, { used, allocated }: Level, limit: number): Partial<Level> | null {
  switch (event.type) {
    case 'copyRecorded':
      return { used: used + 1 };
    case 'areaReleased':
      return { used: used - event.slots.length };
    case 'snapshotInstalled':
      return { allocated: allocated + event.allocatedBlocks };
    case 'growthCompleted':
      return { allocated: allocated + event.addedBlocks };
    case 'diffAreaReleased':
      return { allocated: 0 };
    case 'diffAreaResized':
      return { allocated: event.allocatedTo, limit };
    default:
      return null;
  }
}
