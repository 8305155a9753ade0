import { assert, required } from './assert';
import { digestOf, sampleOf, type Digest, type Sample } from './digest';
import { fingerprint } from './fingerprint';
import type { Event } from './event';
import type { Machine } from './machine';
import { recipeOfCommand } from './command-content';
import { ZEROS_STAMP, type Recipe } from './content';
import type { Refusal } from './refusal';
import { failure, success, type Result } from './result';
import { createMachines, type Instruction, type Scenario } from './scenario';
import { canStopAt, cutOutcome, decideTogether, foldOutcome, stepsOf, type Outcome } from './step';

/** One line of the log: an instruction and what is needed to repeat and to check it. Its events are derived. */
export interface LogRecord {
  readonly id: number;
  /** The record before it; `null` for the first one. Records form a tree: a branch is the path to its last record. */
  readonly parent: number | null;
  readonly instruction: Instruction;
  /** How many steps of it happened; `cut` when the learner acted before it was over. */
  readonly steps: number;
  readonly cut: boolean;
  /** Per world, of the machine after it. */
  readonly fingerprints: readonly number[];
}

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

interface Checkpoint {
  readonly entryIndex: number;
  readonly machines: readonly Machine[];
}

interface Derived {
  readonly entryIndex: number;
  readonly before: readonly Machine[];
  readonly outcome: Outcome;
}

/** Entries whose events are kept at hand. */
const DERIVED_KEPT = 2;

/** At most about this many steps are folded to reach any position. */
const STEPS_BETWEEN_CHECKPOINTS = 256;

/**
 * A path through the log, from a scenario to its last record, with the machines along it. It only grows; another
 * branch is another history. Positions count steps from 0 to `length`.
 */
export class History {
  readonly scenario: Scenario;
  readonly #entries: Entry[] = [];
  readonly #checkpoints: Checkpoint[];
  #last: readonly Machine[];
  #length = 0;
  #firstDifference: number | null = null;
  /** What was derived last, latest first: a moment and the next one may lie on both sides of a border. */
  #derived: readonly Derived[] = [];

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.#last = createMachines(scenario);
    this.#checkpoints = [{ entryIndex: 0, machines: this.#last }];
  }

  get length(): number {
    return this.#length;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  get machines(): readonly Machine[] {
    return this.#last;
  }

  get lastRecord(): LogRecord | null {
    return this.#entries[this.#entries.length - 1]?.record ?? null;
  }

  /** The position after the first step in which two worlds did different things; `null` while they agree. */
  get firstDifference(): number | null {
    return this.#firstDifference;
  }

  /** Adds the next record. Says what does not agree when deciding it again leads to another machine than it recorded. */
  append(record: LogRecord): Result<Outcome, 'refused' | 'fingerprintDiffers'> {
    assert(record.parent === (this.lastRecord?.id ?? null), 'a record follows its parent');
    const decided = decideTogether(this.scenario.worlds, this.#last, record.instruction);
    if (!decided.ok) return failure('refused');
    const outcome = record.cut ? cutOutcome(decided.value, record.steps) : decided.value;
    const machines = foldOutcome(this.#last, outcome);
    const isSame = machines.every((machine, index) => fingerprint(machine) === record.fingerprints[index]);
    if (!isSame || stepsOf(outcome) !== record.steps) return failure('fingerprintDiffers');
    this.#keep(record, outcome, machines);
    return success(outcome);
  }

  #keep(record: LogRecord, outcome: Outcome, machines: readonly Machine[]): void {
    const firstStamps = this.#last.map((machine) => machine.nextStamp);
    const entry = {
      record,
      index: this.#entries.length,
      start: this.#length,
      firstStamps,
      digests: outcome.events.map(digestOf),
      samples: machines.map(sampleOf),
    };
    if (this.#firstDifference === null) {
      const step = firstDifferentStep(outcome);
      if (step !== null) this.#firstDifference = entry.start + step + 1;
    }
    this.#entries.push(entry);
    this.#length += record.steps;
    this.#remember({ entryIndex: entry.index, before: this.#last, outcome });
    this.#last = machines;
    const checkpoint = this.#checkpoints[this.#checkpoints.length - 1]!;
    const stepsSince = this.#length - (this.#entries[checkpoint.entryIndex]?.start ?? this.#length);
    if (stepsSince >= STEPS_BETWEEN_CHECKPOINTS) {
      this.#checkpoints.push({ entryIndex: entry.index + 1, machines });
    }
  }

  /** The entry whose steps lead to `position`: the one with start < position <= start + steps. */
  entryBefore(position: number): Entry | null {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#entries[middle]!.start < position) low = middle + 1;
      else high = middle;
    }
    return this.#entries[low - 1] ?? null;
  }

  /** The machines before an entry and everything it did. Decided again when it is not at hand. */
  derive(entryIndex: number): Derived {
    const known = this.#derived.find((derived) => derived.entryIndex === entryIndex);
    if (known !== undefined) return known;
    const before = this.#machinesBefore(entryIndex);
    return this.#remember({ entryIndex, before, outcome: this.#decideEntry(before, entryIndex) });
  }

  #remember(derived: Derived): Derived {
    this.#derived = [derived, ...this.#derived.slice(0, DERIVED_KEPT - 1)];
    return derived;
  }

  #machinesBefore(entryIndex: number): readonly Machine[] {
    const checkpoint = this.#nearestCheckpoint(entryIndex);
    const earlier = this.#derived
      .filter((derived) => derived.entryIndex < entryIndex && derived.entryIndex >= checkpoint.entryIndex)
      .sort((a, b) => b.entryIndex - a.entryIndex)[0];
    const from =
      earlier === undefined
        ? checkpoint
        : {
            entryIndex: earlier.entryIndex + 1,
            machines: foldOutcome(earlier.before, earlier.outcome),
          };
    let machines = from.machines;
    for (let index = from.entryIndex; index < entryIndex; index += 1) {
      machines = foldOutcome(machines, this.#decideEntry(machines, index));
    }
    return machines;
  }

  #nearestCheckpoint(entryIndex: number): Checkpoint {
    const at = this.#checkpoints.findLastIndex((checkpoint) => checkpoint.entryIndex <= entryIndex);
    return required(this.#checkpoints[at], 'there is a checkpoint at the start');
  }

  #decideEntry(machines: readonly Machine[], entryIndex: number): Outcome {
    const { record } = required(this.#entries[entryIndex], 'the entry is on the path');
    const decided = decideTogether(this.scenario.worlds, machines, record.instruction);
    assert(decided.ok, 'what was decided once is decided again');
    return record.cut ? cutOutcome(decided.value, record.steps) : decided.value;
  }

  momentAt(position: number): Moment {
    assert(position >= 0 && position <= this.#length, 'a position lies on the path');
    const entry = this.entryBefore(position);
    if (entry === null) {
      const machines = this.#checkpoints[0]!.machines;
      return { position, machines, entry: null, step: 0, events: machines.map(() => null) };
    }
    const step = position - entry.start;
    const { before, outcome } = this.derive(entry.index);
    return {
      position,
      machines: foldOutcome(before, outcome, step),
      entry,
      step,
      events: outcome.events.map((events) => events[step - 1] ?? null),
    };
  }

  /** The nearest position at or after `position` at which the learner can act. */
  branchPointAt(position: number): BranchPoint {
    const entry = this.entryBefore(position);
    if (entry === null) return { machines: this.#checkpoints[0]!.machines, parent: null, cut: null };
    const { before, outcome } = this.derive(entry.index);
    let steps = position - entry.start;
    let machines = foldOutcome(before, outcome, steps);
    while (steps < entry.record.steps && !canStopAt(machines, outcome, steps)) {
      machines = foldOutcome(machines, outcome, steps + 1, steps);
      steps += 1;
    }
    if (steps === entry.record.steps) return { machines, parent: entry.record.id, cut: null };
    return { machines, parent: entry.record.parent, cut: { record: entry.record, steps } };
  }

  /** How the content with a stamp came about in a world, as this path tells it. */
  recipeOf(worldIndex: number, stamp: number): Recipe {
    if (stamp === ZEROS_STAMP) return { kind: 'zeros' };
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#entries[middle]!.firstStamps[worldIndex]! <= stamp) low = middle + 1;
      else high = middle;
    }
    const entry = required(this.#entries[low - 1], 'a stamp was given on this path');
    const offset = stamp - entry.firstStamps[worldIndex]!;
    return recipeOfCommand(entry.record.instruction.command, offset, stamp);
  }
}

function firstDifferentStep(outcome: Outcome): number | null {
  const [first, second] = outcome.events;
  if (first === undefined || second === undefined) return null;
  for (let step = 0; step < Math.max(first.length, second.length); step += 1) {
    if (JSON.stringify(first[step]) !== JSON.stringify(second[step])) return step;
  }
  return null;
}

export interface Acted {
  /** One or two: the record that was cut short, and the new one. */
  readonly records: readonly LogRecord[];
  readonly machines: readonly Machine[];
}

/** Carries out an instruction at a branch point and gives the records for it. `firstId`: the next unused record number. */
export function act(
  scenario: Scenario,
  point: BranchPoint,
  instruction: Instruction,
  firstId: number,
): Result<Acted, Refusal> {
  const decided = decideTogether(scenario.worlds, point.machines, instruction);
  if (!decided.ok) return failure(decided.problem);
  const cut = point.cut === null ? [] : [cutRecord(point, point.cut, firstId)];
  const machines = foldOutcome(point.machines, decided.value);
  const record: LogRecord = {
    id: firstId + cut.length,
    parent: cut[0]?.id ?? point.parent,
    instruction,
    steps: stepsOf(decided.value),
    cut: false,
    fingerprints: machines.map(fingerprint),
  };
  return success({ records: [...cut, record], machines });
}

function cutRecord(point: BranchPoint, cut: NonNullable<BranchPoint['cut']>, id: number): LogRecord {
  return {
    id,
    parent: point.parent,
    instruction: cut.record.instruction,
    steps: cut.steps,
    cut: true,
    fingerprints: point.machines.map(fingerprint),
  };
}
