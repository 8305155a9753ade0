import { bisectLeft, bisectRight } from 'd3';
import { sampleOf, type Sample } from '../core/digest';
import type { Event } from '../core/event';
import type { Entry, History } from '../core/history';
import type { Machine } from '../core/machine';
import { samplesAlong } from '../core/samples';
import { Tally, type Flows, type Reading } from './plot-rows';

export type Quantity = keyof Reading;

/** A quantity of one world along the steps. `values[i]` holds from `starts[i]` to the next start; `null`: there is none. */
export interface Series {
  readonly quantity: Quantity;
  readonly worldIndex: number;
  readonly starts: readonly number[];
  readonly values: readonly (number | null)[];
  /** Where the last value ends. */
  readonly end: number;
}

/**
 * Up to this position every write has a value of its own, and what stands has one after every step. What comes later is
 * read from the digests, a value a command: in a plot of so many steps a command is hardly wider than a pixel.
 */
export const FINE_STEPS = 4096;

/** What stands at every moment. */
const STOCKS = ['used', 'allocated', 'limit', 'failed'] as const;

/** What a write has, for as long as it is under way. */
const FLOWS = ['copies', 'latency', 'latencyMax'] as const;

/** A line that grows at its end. */
class Line {
  readonly starts: number[] = [];
  readonly values: (number | null)[] = [];
  end = 0;

  /** Holds from `start` on. */
  change(start: number, value: number | null): void {
    if (this.starts.length > 0 && this.values[this.values.length - 1] === value) return;
    this.starts.push(start);
    this.values.push(value);
  }

  /** Holds from `start` to `end` only. */
  span(start: number, end: number, value: number | null): void {
    if (value === null) return;
    if (this.end < start) this.change(this.end, null);
    this.change(start, value);
    this.end = end;
  }
}

/** A write under way: where it began, and what it has cost so far. */
interface Writing {
  readonly start: number;
  copies: number;
  latencyMs: number;
}

/** The lines of one world, entry by entry. */
class WorldLines {
  readonly lines: Readonly<Record<Quantity, Line>> = {
    ...{ used: new Line(), allocated: new Line(), limit: new Line(), failed: new Line() },
    ...{ copies: new Line(), latency: new Line(), latencyMax: new Line() },
  };
  readonly #tally = new Tally();
  #failed = 0;
  #last: Sample;

  constructor(machine: Machine) {
    this.#last = sampleOf(machine);
    this.#stand(0, this.#last);
  }

  /** The whole history as one stretch. */
  get whole(): Reading {
    const { used, allocated, limit } = this.#last;
    return { used, allocated, limit, failed: this.#failed, ...this.#tally.flows };
  }

  count(entry: Entry, worldIndex: number): void {
    this.#tally.add(entry, worldIndex);
    this.#last = entry.samples[worldIndex]!;
  }

  #stand(position: number, { used, allocated, limit }: Sample): void {
    const { lines } = this;
    lines.used.change(position, used);
    lines.allocated.change(position, allocated);
    lines.limit.change(position, limit);
    lines.failed.change(position, this.#failed);
  }

  #flow(start: number, end: number, flows: Flows): void {
    for (const quantity of FLOWS) this.lines[quantity].span(start, end, flows[quantity]);
  }

  addCommand(entry: Entry, worldIndex: number): void {
    const end = entry.start + entry.record.steps;
    this.#failed += entry.digests[worldIndex]!.failed;
    this.#stand(end, entry.samples[worldIndex]!);
    this.#flow(entry.start, end, new Tally().add(entry, worldIndex).flows);
  }

  addSteps(start: number, before: Machine, events: readonly Event[]): void {
    const samples = samplesAlong(before, events);
    let writing: Writing = { start, copies: 0, latencyMs: 0 };
    events.forEach((event, step) => {
      if (event.type === 'writeRequested') writing = { start: start + step, copies: 0, latencyMs: 0 };
      if ('tookMs' in event) writing.latencyMs += event.tookMs;
      if (event.type === 'copyRecorded') writing.copies += 1;
      this.#answer(event, writing, start + step + 1);
      this.#stand(start + step + 1, samples[step]!);
    });
  }

  /** A write that fails has made its copies, and has no latency. */
  #answer({ type }: Event, { start, copies, latencyMs }: Writing, end: number): void {
    if (type === 'writeCompleted')
      this.#flow(start, end, { copies, latency: latencyMs, latencyMax: latencyMs });
    const isFailedWrite = type === 'writeFailed' || type === 'writeTurnedAway';
    if (isFailedWrite) this.#flow(start, end, { copies, latency: null, latencyMax: null });
    if (isFailedWrite || type === 'readFailed') this.#failed += 1;
  }
}

/** The lines of a history, which grow with it. */
class Recorder {
  readonly #worlds: readonly WorldLines[];
  #entryCount = 0;

  constructor(history: History) {
    this.#worlds = history.momentAt(0).machines.map((machine) => new WorldLines(machine));
  }

  catchUp(history: History, entryCount = history.entries.length): void {
    for (; this.#entryCount < entryCount; this.#entryCount += 1)
      this.#add(history, history.entries[this.#entryCount]!);
  }

  /** The same as a job that can rest. An entry is there with all of its worlds, or not at all. */
  *catchingUp(history: History): Generator<void, void> {
    while (this.#entryCount < history.entries.length) {
      const entry = history.entries[this.#entryCount]!;
      if (isFine(entry)) {
        history.derive(entry.index);
        yield;
      }
      this.catchUp(history, entry.index + 1);
      yield;
    }
  }

  get whole(): readonly Reading[] {
    return this.#worlds.map((world) => world.whole);
  }

  #add(history: History, entry: Entry): void {
    this.#worlds.forEach((world, index) => world.count(entry, index));
    if (!isFine(entry)) {
      this.#worlds.forEach((world, index) => world.addCommand(entry, index));
      return;
    }
    const { before, outcome } = history.derive(entry.index);
    this.#worlds.forEach((world, index) =>
      world.addSteps(entry.start, before[index]!, outcome.events[index] ?? []),
    );
  }

  series(length: number): readonly Series[] {
    return this.#worlds.flatMap(({ lines }, worldIndex) => [
      ...STOCKS.map((quantity) => ({ ...lines[quantity], quantity, worldIndex, end: length })),
      ...FLOWS.map((quantity) => ({ ...lines[quantity], quantity, worldIndex })),
    ]);
  }
}

function isFine({ start, record }: Entry): boolean {
  return start + record.steps <= FINE_STEPS;
}

const recorders = new WeakMap<History, Recorder>();

/** Every quantity of every world over the whole history, and all of it as one stretch. */
interface Plotted {
  readonly series: readonly Series[];
  /** Per world. */
  readonly whole: readonly Reading[];
}

function recorderOf(history: History): Recorder {
  const recorder = recorders.get(history) ?? new Recorder(history);
  recorders.set(history, recorder);
  return recorder;
}

/** What `plottedOf` is about to need, as a job that can rest. */
export function preparePlotted(history: History): Generator<void, void> {
  return recorderOf(history).catchingUp(history);
}

/** Costs what has been added to the history since the last time. */
export function plottedOf(history: History): Plotted {
  const recorder = recorderOf(history);
  recorder.catchUp(history);
  return { series: recorder.series(history.length), whole: recorder.whole };
}

/**
 * The value at a position, that is, after its step. A write has the steps that lead from its start to its end; what
 * stands has changed at the position to which a step leads.
 */
export function valueAt(series: Series, position: number): number | null {
  const { quantity, starts, values, end } = series;
  if (position > end) return null;
  const find = FLOWS.some((flow) => flow === quantity) ? bisectLeft : bisectRight;
  return values[find(starts, position) - 1] ?? null;
}

/** All quantities of a world at a position. */
export function readingAt(all: readonly Series[], worldIndex: number, position: number): Reading {
  const own = all.filter((series) => series.worldIndex === worldIndex);
  // Every world has a series of every quantity.
  return Object.fromEntries(
    own.map((series) => [series.quantity, valueAt(series, position)]),
  ) as unknown as Reading;
}
