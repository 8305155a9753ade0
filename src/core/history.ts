import { assert, required } from './assert';
import { isLarge } from './block';
import { Checkpoints, type Place } from './checkpoints';
import { digestOf, isSameDigest, sampleOf, type Digest, type Sample } from './digest';
import { Cursor, eventsOfStep, type Derived } from './derived';
import type { Draft } from './draft';
import { fingerprint } from './fingerprint';
import type { Event } from './event';
import type { LogRecord } from './log-record';
import { KnownPlaces } from './known-places';
import type { Machine } from './machine';
import type { Recipe } from './content';
import { keepsBytesOfStamp, recipeOfStamp, type StampGivers } from './origin-of-stamp';
import type { Refusal } from './refusal';
import { failure, success, type Result } from './result';
import { beginAlike, createMachines, type Instruction, type Scenario } from './scenario';
import { lastThat } from './sorted';
import {
  canStopAt,
  decideTogether,
  firstDifferentStep,
  foldOutcome,
  isUnwatched,
  stepsOf,
  type Outcome,
  type Summary,
} from './step';
import { UnwatchedWorlds } from './unwatched-worlds';

/** A record in its place on the path. */
export interface Entry {
  readonly record: LogRecord;
  readonly index: number;
  /** The position before its first step. */
  readonly start: number;
  /** Per world: the stamp that its first block write got. */
  readonly firstStamps: readonly number[];
  /** Per world: what it did there, in numbers. */
  readonly digests: readonly Digest[];
  /** Per world: how it stood after it. */
  readonly samples: readonly Sample[];
  /** Per world: what it said to it. */
  readonly refusals: readonly (Refusal | null)[];
}

/** The laboratory at a position: after `position` steps of the path. */
export interface Moment {
  readonly position: number;
  readonly machines: readonly Machine[];
  /** The entry that the last step belongs to; `null` at the start. */
  readonly entry: Entry | null;
  /** How many steps of that entry have happened. */
  readonly step: number;
  /** Per world: what happened in the last step; `null` where the world only waited. */
  readonly events: readonly (Event | null)[];
}

/** Where the learner acts: after this record, which may have to be cut short first. */
export interface BranchPoint {
  readonly machines: readonly Machine[];
  readonly parent: number | null;
  readonly cut: { readonly record: LogRecord; readonly steps: number } | null;
}

/** The new entry, or what does not agree. */
type Appended = Result<Entry, 'refused' | 'fingerprintDiffers'>;

/** Some 5,000 writes: they are carried out again before anybody notices. */
const NEAR_STEPS = 50_000;

/**
 * A path through the log, from a scenario to its last record, with the machines along it. It only grows; another
 * branch is another history. Positions count steps from 0 to `length`. Events are not kept: they are decided again for
 * the entry that somebody looks into.
 */
export class History {
  readonly scenario: Scenario;
  #entries: Entry[] = [];
  #checkpoints: Checkpoints;
  #known: KnownPlaces;
  /** The worlds on their way through the writes that were added since; `null` when none were. */
  #ahead: UnwatchedWorlds | null = null;
  #length = 0;
  #firstDifference: number | null = null;
  readonly #cursor = new Cursor();
  /** Whether the worlds differed in nothing at first that decides what they do, but for the level. */
  readonly #beganAlike: boolean;
  /** What nearly every entry has for refusals. */
  readonly #nobodyRefused: readonly null[];

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.#nobodyRefused = scenario.worlds.map(() => null);
    const machines = createMachines(scenario);
    this.#known = new KnownPlaces({ entryIndex: 0, machines });
    this.#checkpoints = new Checkpoints(machines);
    this.#beganAlike = beginAlike(scenario);
  }

  get length(): number {
    return this.#length;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** At the end. */
  get machines(): readonly Machine[] {
    const entryIndex = this.#entries.length;
    const { latest } = this.#known;
    if (latest?.entryIndex === entryIndex) return latest.machines;
    const machines = this.#ahead?.finish() ?? this.#machinesBefore(entryIndex);
    this.#ahead = null;
    this.#known.know({ entryIndex, machines });
    return machines;
  }

  /** The same, perhaps still on their way: to be looked at at once, and not to be kept. That costs nothing. */
  get states(): States {
    return this.#ahead?.states ?? this.machines;
  }

  get lastRecord(): LogRecord | null {
    return this.#entries[this.#entries.length - 1]?.record ?? null;
  }

  /** The position after the first step in which two worlds did different things; `null` while they agree. */
  get firstDifference(): number | null {
    return this.#firstDifference;
  }

  /**
   * Adds the next record and gives its entry. Says what does not agree when carrying it out again leads to another
   * machine than it recorded.
   */
  append(record: LogRecord): Appended {
    assert(record.parent === (this.lastRecord?.id ?? null), 'a record follows its parent');
    return !record.cut && this.#canWrite(record.instruction) ? this.#write(record) : this.#watch(record);
  }

  /**
   * Carries out writes at the end and adds their record, under number `id`, where nobody needs to watch them: the same
   * as `act` and `append`, deciding once. `null`: they have to be watched.
   */
  write(instruction: Instruction, id: number): Result<Entry, Refusal> | null {
    if (!this.#canWrite(instruction)) return null;
    const parent = this.lastRecord?.id ?? null;
    const ahead = this.#goAhead();
    const firstStamps = ahead.states.map((state) => state.nextStamp);
    // Worlds in which an exception is thrown are of no use any more.
    this.#ahead = null;
    const done = ahead.carryOut(instruction);
    this.#ahead = ahead;
    if (!done.ok) return done;
    const { states } = ahead;
    const steps = stepsOf(done.value.digests);
    const fingerprints = states.map(fingerprint);
    const record = { id, parent, instruction, steps, cut: false, fingerprints };
    return success(this.#keep(record, firstStamps, states, done.value, null));
  }

  /** Worlds that began apart have to be watched for the first step in which it shows. */
  #canWrite(instruction: Instruction): boolean {
    return (this.#beganAlike || this.#firstDifference !== null) && isUnwatched(instruction);
  }

  /** Many writes that are added one after the other share what they change, so that each of them costs only itself. */
  #goAhead(): UnwatchedWorlds {
    this.#ahead ??= new UnwatchedWorlds(this.scenario.worlds, this.machines);
    return this.#ahead;
  }

  #write(record: LogRecord): Appended {
    const ahead = this.#goAhead();
    const firstStamps = ahead.states.map((state) => state.nextStamp);
    const done = ahead.carryOut(record.instruction);
    if (!done.ok) return failure('refused');
    const { states } = ahead;
    if (!agrees(record, states, done.value)) {
      // They have gone where the path does not go.
      this.#ahead = null;
      return failure('fingerprintDiffers');
    }
    return success(this.#keep(record, firstStamps, states, done.value, null));
  }

  #watch(record: LogRecord): Appended {
    const before = this.machines;
    // They may be standing here still, after a command that was refused.
    this.#ahead = null;
    const decided = this.#decide(before, record);
    if (!decided.ok) return failure('refused');
    const outcome = decided.value;
    const machines = foldOutcome(before, outcome);
    const summary = { digests: outcome.events.map(digestOf), refusals: outcome.refusals };
    if (!agrees(record, machines, summary)) return failure('fingerprintDiffers');
    const entryIndex = this.#entries.length;
    this.#known.know({ entryIndex: entryIndex + 1, machines });
    this.#known.remember({ entryIndex, before, outcome });
    const firstStamps = before.map((machine) => machine.nextStamp);
    return success(this.#keep(record, firstStamps, machines, summary, outcome));
  }

  #keep(
    record: LogRecord,
    firstStamps: readonly number[],
    states: States,
    summary: Summary,
    outcome: Outcome | null,
  ): Entry {
    const index = this.#entries.length;
    const isAccepted = summary.refusals.every((refusal) => refusal === null);
    const entry = {
      record,
      index,
      start: this.#length,
      firstStamps,
      digests: summary.digests,
      samples: states.map(sampleOf),
      refusals: isAccepted ? this.#nobodyRefused : summary.refusals,
    };
    this.#entries.push(entry);
    this.#length += record.steps;
    this.#known.goOn(index);
    if (this.#checkpoints.isDueAt(this.#length)) {
      const { machines } = this;
      this.#checkpoints.add({ entryIndex: index + 1, position: this.#length, machines });
    }
    this.#firstDifference ??= this.#differenceIn(entry, outcome);
    return entry;
  }

  /** `outcome`: of the last entry, when it was watched. */
  #differenceIn({ index, start, digests }: Entry, outcome: Outcome | null): number | null {
    const [first, second] = digests;
    if (first === undefined || second === undefined) return null;
    // Worlds that are alike but for their level write alike until a fault is met, which is notable, with the level.
    if (outcome === null && isSameDigest(first, second)) return null;
    const step = firstDifferentStep(outcome ?? this.derive(index).outcome);
    return step === null ? null : start + step + 1;
  }

  /** A history of its own with the first `entryCount` entries of this one, none of which is carried out again. */
  upTo(entryCount: number): History {
    const history = new History(this.scenario);
    const end = this.#entries[entryCount - 1];
    const isWhole = entryCount === this.#entries.length;
    const machines = isWhole ? this.machines : this.#machinesBefore(entryCount);
    history.#entries = this.#entries.slice(0, entryCount);
    history.#checkpoints = this.#checkpoints.upTo(entryCount);
    history.#known = new KnownPlaces({ entryIndex: entryCount, machines });
    history.#length = end === undefined ? 0 : end.start + end.record.steps;
    const difference = this.#firstDifference;
    history.#firstDifference = difference !== null && difference <= history.#length ? difference : null;
    return history;
  }

  /** The entry whose steps lead to `position`: the one with start < position <= start + steps. */
  entryBefore(position: number): Entry | null {
    return lastThat(this.#entries, ({ start }) => start < position) ?? null;
  }

  /** The machines before an entry and everything it did. Decided again when it is not at hand. */
  derive(entryIndex: number): Derived {
    const known = this.#known.derivedAt(entryIndex);
    if (known !== undefined) return known;
    const before = this.#machinesBefore(entryIndex);
    return this.#known.remember({ entryIndex, before, outcome: this.#decideEntry(before, entryIndex) });
  }

  #machinesBefore(entryIndex: number): readonly Machine[] {
    const walk = this.#walkTo(entryIndex);
    let step = walk.next();
    while (step.done !== true) step = walk.next();
    return step.value;
  }

  /** Whether a moment at a position is so few steps from known machines that it can be had at once. */
  isNear(position: number): boolean {
    const entry = this.entryBefore(position);
    if (entry === null) return true;
    const from = this.#entries[this.#knownBefore(entry.index).entryIndex];
    // Each write to a large volume costs more, and whatever shows the moment has much to do besides.
    const steps = isLarge(this.scenario.settings) ? 0 : NEAR_STEPS;
    return from === undefined || entry.start - from.start <= steps;
  }

  /** Has the moment at a position at hand, as a job that can rest after each entry on its way. */
  *approach(position: number): Generator<void, void> {
    const entry = this.entryBefore(position);
    if (entry === null) return;
    this.#known.approach({ entryIndex: entry.index, machines: yield* this.#walkTo(entry.index) });
    yield;
    const derived = this.derive(entry.index);
    yield;
    this.#cursor.machinesAt(derived, position - entry.start);
    yield;
  }

  /** From the nearest place whose machines are known, without the events in between. */
  *#walkTo(entryIndex: number): Generator<void, readonly Machine[]> {
    const from = this.#knownBefore(entryIndex);
    if (from.entryIndex === entryIndex) return from.machines;
    const { worlds } = this.scenario;
    let ahead = new UnwatchedWorlds(worlds, from.machines);
    for (let index = from.entryIndex; index < entryIndex; index += 1) {
      const { record } = this.#entries[index]!;
      if (record.cut) {
        const machines = ahead.finish();
        ahead = new UnwatchedWorlds(worlds, foldOutcome(machines, this.#decideEntry(machines, index)));
      } else assert(ahead.carryOut(record.instruction).ok, 'what was decided once is decided again');
      yield;
    }
    return ahead.finish();
  }

  #knownBefore(entryIndex: number): Place {
    return this.#known.before(entryIndex, this.#checkpoints.before(entryIndex));
  }

  #decideEntry(machines: readonly Machine[], entryIndex: number): Outcome {
    const { record } = required(this.#entries[entryIndex], 'the entry is on the path');
    const decided = this.#decide(machines, record);
    assert(decided.ok, 'what was decided once is decided again');
    return decided.value;
  }

  #decide(
    machines: readonly Machine[],
    { instruction, cut, steps }: LogRecord,
  ): ReturnType<typeof decideTogether> {
    return decideTogether(this.scenario.worlds, machines, instruction, cut ? steps : Infinity);
  }

  momentAt(position: number): Moment {
    assert(position >= 0 && position <= this.#length, 'a position lies on the path');
    const entry = this.entryBefore(position);
    if (entry === null) {
      const machines = this.#checkpoints.start;
      return { position, machines, entry: null, step: 0, events: machines.map(() => null) };
    }
    const step = position - entry.start;
    const derived = this.derive(entry.index);
    const machines = this.#cursor.machinesAt(derived, step);
    return { position, machines, entry, step, events: eventsOfStep(derived, step) };
  }

  /** What happened in the step that leads to `position`: the events of its moment, for less. */
  eventsAt(position: number): Moment['events'] {
    const entry = this.entryBefore(position);
    if (entry === null) return this.scenario.worlds.map(() => null);
    return eventsOfStep(this.derive(entry.index), position - entry.start);
  }

  /** The nearest position at or after `position` at which the learner can act. */
  branchPointAt(position: number): BranchPoint {
    const entry = this.entryBefore(position);
    if (entry === null) return { machines: this.#checkpoints.start, parent: null, cut: null };
    const { record, index } = entry;
    // The end is asked for with every command: nothing of the last entry needs to be derived for it.
    if (position === this.#length) return { machines: this.machines, parent: record.id, cut: null };
    const derived = this.derive(index);
    let steps = position - entry.start;
    let machines = this.#cursor.machinesAt(derived, steps);
    while (steps < record.steps && !canStopAt(machines, derived.outcome, steps)) {
      steps += 1;
      machines = this.#cursor.machinesAt(derived, steps);
    }
    if (steps === record.steps) return { machines, parent: record.id, cut: null };
    return { machines, parent: record.parent, cut: { record, steps } };
  }

  /** How the content with a stamp came about in a world, as this path tells it. */
  recipeOf(worldIndex: number, stamp: number): Recipe {
    return recipeOfStamp(this.#stampGivers, worldIndex, stamp);
  }

  /** Whether the content with a stamp, not that of zeros, is worth keeping as bytes beside the log. */
  keepsBytesOf(worldIndex: number, stamp: number): boolean {
    return keepsBytesOfStamp(this.#stampGivers, worldIndex, stamp);
  }

  get #stampGivers(): StampGivers {
    return { start: this.scenario.start, entries: this.#entries };
  }
}

/** Of machines that are kept, or of worlds on their way. */
type States = readonly (Machine | Draft)[];

/** Whether a record led where it says. */
function agrees({ fingerprints, steps }: LogRecord, states: States, { digests }: Summary): boolean {
  return (
    stepsOf(digests) === steps &&
    (fingerprints.length === 0 || states.every((state, index) => fingerprint(state) === fingerprints[index]))
  );
}
