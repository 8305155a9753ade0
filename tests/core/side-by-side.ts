/**
 * One random sequence carried out by the engine and by the naive machine side by side, with everything that must hold
 * checked after every command. The first thing that does not throws a `BrokenProperty` that names it.
 */
import { isDeepStrictEqual } from 'node:util';
import { ENVIRONMENT_COMMANDS, type Command } from '../../src/core/command';
import { brokenConditions, isBroken, SWITCH_CONDITIONS, type Condition } from '../../src/core/condition';
import { advance, carryOut, decide } from '../../src/core/decide/decide';
import { Run } from '../../src/core/decide/run';
import { digestOf } from '../../src/core/digest';
import type { Event } from '../../src/core/event';
import { evolve, undo } from '../../src/core/evolve';
import { fingerprint } from '../../src/core/fingerprint';
import { checkMachine, checkTransition } from '../../src/core/invariants';
import { createMachine, existingSnapshots, type Machine } from '../../src/core/machine';
import { snapshotStamps } from '../../src/core/read-path';
import type { Refusal } from '../../src/core/refusal';
import { NaiveMachine, type NaiveOutcome } from './naive-machine';
import { commandOf, type Sequence, type Step } from './sequences';

export const PROPERTIES = {
  naive: 'The engine does what the naive machine does',
  checks: 'No machine and no command breaks a rule that the running engine checks',
  pure: 'Deciding changes no machine, and decides the same again',
  unwatched: 'Work that nobody watches ends where its events lead',
  stopped: 'A stopped write goes on as if it had not stopped',
  invariant1: 'Invariant 1: a snapshot reads what the live volume held when it was created',
  invariant2: 'Invariant 2: a failed request changed no live block, a completed one exactly its blocks',
  invariant3: 'Invariant 3: used <= allocated <= maximum and capacity; no slot has two owners',
  invariant4: 'Invariant 4: level SNAPSHOT loses no snapshot but on request',
  invariant5: 'Invariant 5: level ORIGINAL_VOLUME fails no live write and stays online',
  invariant6: 'Invariant 6: repaired and cleared, every kept snapshot reads again, every byte',
  invariant7: 'Invariant 7: undo restores the state before, replay gives the state',
  invariant8: 'Invariant 8: what is broken and repaired unmet leaves two log lines and nothing else',
} as const;

export type PropertyName = keyof typeof PROPERTIES;

export class BrokenProperty extends Error {
  readonly property: PropertyName;

  constructor(property: PropertyName, message: string) {
    super(`${PROPERTIES[property]}: ${message}`);
    this.property = property;
  }
}

/** What the sequences came across, so that a test can see that they go everywhere. */
export interface Coverage {
  readonly events: Map<string, number>;
  readonly refusals: Map<string, number>;
  readonly faults: Map<string, number>;
  readonly stops: Map<string, number>;
}

export function noCoverage(): Coverage {
  return { events: new Map(), refusals: new Map(), faults: new Map(), stops: new Map() };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Events of a write that stand for a stage: a write can be stopped before each of them. */
const STAGES: ReadonlySet<Event['type']> = new Set([
  'gatePassed',
  'writeTurnedAway',
  'blockLookedUp',
  'memoryAllocated',
  'slotTaken',
  'oldBlockRead',
  'blockCopied',
  'copyRecorded',
  'blockOverwritten',
  'writeCompleted',
  'faultMet',
] satisfies Event['type'][]);

/** A command, and where to stop it to do what; both may depend on the machine as it is by then. */
interface Action {
  readonly command: (machine: NaiveMachine) => Command;
  readonly stop: { readonly at: number; readonly command: (machine: NaiveMachine) => Command } | null;
}

/** A command as a regression names it. `at`: how many of the places to stop at it passes. */
export type PlainAction =
  Command | { readonly stopped: Command; readonly at: number; readonly interruption: Command };

function actionOf(step: Step | PlainAction): Action {
  if ('type' in step) return { command: () => step, stop: null };
  if ('stopped' in step) {
    return { command: () => step.stopped, stop: { at: step.at, command: () => step.interruption } };
  }
  const { stop } = step;
  return {
    command: (machine) => commandOf(step, machine),
    stop: stop && { at: stop.at, command: (machine) => commandOf(stop.step, machine) },
  };
}

export class Laboratory {
  readonly #start: Machine;
  readonly #naive: NaiveMachine;
  readonly #coverage: Coverage;
  readonly #log: Event[] = [];
  /** The lines of the System log among them. */
  readonly #logged: number[] = [];
  readonly #marks: { readonly machine: Machine; readonly picture: string; readonly position: number }[] = [];
  /** The commands carried out so far, for the message of a failure. */
  readonly commands: Command[] = [];
  #machine: Machine;

  constructor({ settings, level }: Pick<Sequence, 'settings' | 'level'>, coverage: Coverage) {
    this.#start = createMachine(settings, level);
    this.#machine = this.#start;
    this.#naive = new NaiveMachine(settings, level);
    this.#coverage = coverage;
  }

  run(steps: readonly (Step | PlainAction)[]): void {
    for (const [index, step] of steps.entries()) {
      const { command, stop } = actionOf(step);
      const faultBefore = this.#machine.fault;
      if (index % 25 === 0) this.#mark();
      this.#perform(command(this.#naive), stop);
      if (index % 8 === 0) this.#breakAndRepair(index);
      if (index % 25 === 24 || (faultBefore === 0 && this.#machine.fault !== 0)) this.#recover();
    }
    this.#replay();
  }

  #perform(command: Command, stop: Action['stop']): void {
    this.commands.push(command);
    const before = this.#machine;
    const answer = decide(before, command);
    if (!answer.ok) return this.#refused(command, answer.problem);
    const stops = stop === null ? [] : placesToStop(before, answer.value);
    if (stop === null || stops.length === 0) return this.#complete(command, answer.value);
    this.#stopAndGoOn(command, answer.value, stops, stop);
  }

  #refused(command: Command, refusal: Refusal): void {
    count(this.#coverage.refusals, refusal.code);
    const expected = this.#naive.perform(command);
    this.#compareOutcome({ refused: refusal.code, stamp: null }, expected);
    this.#checkTransition(this.#machine, command, refusal, this.#machine);
    const advanced = advance(this.#machine, command);
    const code = advanced.ok ? null : advanced.problem.code;
    demand('unwatched', code === refusal.code, 'refused with', code, ', watched with', refusal.code);
    this.#compareMachine();
  }

  #complete(command: Command, events: readonly Event[]): void {
    const before = this.#machine;
    const expected = this.#naive.perform(command);
    const states = this.#happen(events);
    this.#compareOutcome({ refused: null, stamp: stampRead(events) }, expected);
    this.#checkEverything(before, command, events);
    this.#checkUndo(states, events);
    this.#checkUnwatched(before, command, events);
  }

  /** Stops a write between two stages, lets something happen there, and lets the write go on. */
  #stopAndGoOn(
    command: Command,
    events: readonly Event[],
    stops: readonly number[],
    stop: NonNullable<Action['stop']>,
  ): void {
    const place = stop.at % stops.length;
    const length = stops[place]!;
    const start = this.#machine;
    const running = this.#naive.start(command);
    for (let passed = 0; passed <= place; passed += 1) {
      demand('stopped', !running.next().done, 'the naive write ends before stop', place);
    }
    this.#happen(events.slice(0, length));
    count(this.#coverage.stops, events[length]!.type);
    const interruption = stop.command(this.#naive);
    this.commands.push(interruption);
    if (this.#machine.request === null) {
      running.return({ refused: null, stamp: null });
      this.#checkEverything(start, command, events.slice(0, length));
      return this.#perform(interruption, null);
    }
    const middle = this.#machine;
    const answer = decide(middle, interruption);
    if (!ENVIRONMENT_COMMANDS.has(interruption.type)) {
      const code = answer.ok ? null : answer.problem.code;
      demand('stopped', code === 'writeInProgress', interruption.type, 'answered with', code);
    } else {
      const { refused } = this.#naive.perform(interruption);
      demand('stopped', (answer.ok ? null : answer.problem.code) === refused, 'the naive machine:', refused);
    }
    const rest = answer.ok ? answer.value : events.slice(length);
    // What interrupts a write of a burst ends the burst with that write.
    for (let next = running.next(); !next.done; next = running.next()) {
      if (answer.ok && next.value === 'write') running.return({ refused: null, stamp: null });
    }
    const states = this.#happen(rest);
    this.#compareMachine();
    this.#checkUndo(states, rest);
    this.#report('checks', checkMachine(this.#machine));
    if (answer.ok) {
      this.#checkTransition(middle, interruption, rest, this.#machine);
      this.#checkUnwatched(middle, interruption, rest);
    }
    this.#checkBounds();
    this.#checkLevel(start, interruption);
    this.#checkOriginal(start, interruption, [...events.slice(0, length), ...rest]);
  }

  /** The machine before each of the events, and after the last one. */
  #happen(events: readonly Event[]): readonly Machine[] {
    const states = [this.#machine];
    for (const event of events) {
      count(this.#coverage.events, event.type);
      if (event.type === 'eventLogged') this.#logged.push(event.eventId);
      if (event.type === 'faultMet') count(this.#coverage.faults, `${event.fault} ${event.level}`);
      this.#machine = evolve(this.#machine, event);
      this.#log.push(event);
      states.push(this.#machine);
    }
    return states;
  }

  #checkEverything(before: Machine, command: Command, events: readonly Event[]): void {
    this.#compareMachine();
    this.#report('checks', checkMachine(this.#machine));
    this.#checkTransition(before, command, events, this.#machine);
    this.#checkRequest(before, command);
    this.#checkBounds();
    this.#checkLevel(before, command);
    this.#checkOriginal(before, command, events);
  }

  #compareOutcome(outcome: NaiveOutcome, expected: NaiveOutcome): void {
    const { refused, stamp } = outcome;
    demand('naive', refused === expected.refused, 'refused:', refused, 'instead of', expected.refused);
    demand('naive', stamp === expected.stamp, 'read', stamp, 'instead of', expected.stamp);
  }

  #compareMachine(): void {
    const machine = this.#machine;
    const naive = this.#naive;
    const same = (name: string, actual: unknown, expected: unknown): void => {
      if (actual === expected) return;
      demand('naive', isDeepStrictEqual(actual, expected), name, ':', actual, 'instead of', expected);
    };
    same('clock', machine.clockMs, naive.clockMs);
    same('next stamp', machine.nextStamp, naive.nextStamp);
    same('live volume', numbersOf(machine.live, naive.live.length), naive.live);
    same('access', machine.access, naive.access);
    same('diff volume', machine.diffVolumePresent, naive.diffVolumePresent);
    same('maximum', machine.maximumBlocks, naive.maximumBlocks);
    same('allocated', machine.allocated, naive.slots.length);
    same('used', machine.used, naive.used);
    const owners = naive.slots.map((slot) => slot?.snapshot ?? 0);
    same('slots', numbersOf(machine.slotArea, machine.allocated), owners);
    same('growth', machine.growth?.completesAtMs ?? null, naive.growthEndsAtMs);
    same('snapshots created', machine.nextSnapshot - 1, naive.created);
    const chain = machine.areas.map(({ snapshot, exists }) => (exists ? snapshot : -snapshot));
    same(
      'chain',
      chain,
      naive.chain.map(({ number, exists }) => (exists ? number : -number)),
    );
    same('level', machine.level, naive.level);
    same('fault', machine.fault, naive.fault);
    same('pending', machine.pendingUntilMs, naive.pendingUntilMs);
    same('cluster', machine.clusterOfflinePrepared, naive.clusterPrepared);
    same('requests', machine.host, {
      completed: naive.completed,
      failed: naive.failed,
      bounced: naive.bounced,
    });
    same('event log', this.#logged, naive.logged);
    for (const { number, contents } of naive.snapshots) {
      const actual = [...snapshotStamps(machine, number)];
      demand('invariant1', isDeepStrictEqual(actual, contents), number, ':', actual, ', not', contents);
    }
  }

  #checkTransition(
    before: Machine,
    command: Command,
    outcome: readonly Event[] | Refusal,
    after: Machine,
  ): void {
    this.#report('checks', checkTransition(before, command, outcome, after));
  }

  #report(property: PropertyName, violations: readonly { rule: string; detail: object }[]): void {
    demand(property, violations.length === 0, violations);
  }

  #checkUnwatched(before: Machine, command: Command, events: readonly Event[]): void {
    const run = new Run(before, false);
    carryOut(run, command);
    const digest = run.takeDigest();
    const told = digestOf(events);
    demand('unwatched', isDeepStrictEqual(digest, told), 'numbers', digest, ', watched', told);
    demand('unwatched', fingerprint(run.state) === fingerprint(this.#machine), 'differs under way');
    const advanced = advance(before, command);
    const isSame = advanced.ok && isDeepStrictEqual(advanced.value, this.#machine);
    demand(
      'unwatched',
      isSame,
      advanced.ok ? difference(advanced.value, this.#machine) : advanced.problem.code,
    );
    const isSameNumber = advanced.ok && fingerprint(advanced.value) === fingerprint(this.#machine);
    demand('unwatched', isSameNumber, 'fingerprints differ');
  }

  #checkRequest(before: Machine, command: Command): void {
    const after = this.#machine;
    if (command.type === 'revertToSnapshot') return;
    const changed: number[] = [];
    for (let block = 0; block < after.live.length; block += 1) {
      if (after.live.get(block) !== before.live.get(block)) changed.push(block);
    }
    const completed = after.host.completed - before.host.completed;
    if (command.type === 'write' && completed === 1) {
      const blocks = Array.from({ length: command.count }, (_, offset) => command.block + offset);
      demand('invariant2', isDeepStrictEqual(changed, blocks), 'completed, and changed', changed);
    } else if (command.type === 'writeBurst') {
      const isInside = changed.every(
        (block) => block >= command.block && block < command.block + command.span,
      );
      demand('invariant2', isInside && changed.length <= completed, 'the burst changed', changed);
    } else if (command.type === 'replayWrites') {
      const touched = blocksOfReplay(command.writes);
      const isInside = changed.every((block) => touched.has(block));
      const isWhole = completed < command.writes.length / 2 || changed.length === touched.size;
      demand('invariant2', isInside && isWhole, 'the replay changed', changed);
    } else {
      demand('invariant2', changed.length === 0, command.type, 'changed', changed);
    }
  }

  #checkBounds(): void {
    const { used, allocated, maximumBlocks, settings, slotArea, slotBlock } = this.#machine;
    const limit = Math.min(maximumBlocks ?? Infinity, settings.diffVolumeBlocks);
    const isOrdered = used <= allocated && allocated <= limit;
    demand('invariant3', isOrdered, 'used', used, ', allocated', allocated, ', limit', limit);
    const owned = new Set<string>();
    for (let slot = 0; slot < slotArea.length; slot += 1) {
      if (slotArea.get(slot) !== 0) owned.add(`${slotArea.get(slot)} ${slotBlock.get(slot)}`);
    }
    demand('invariant3', owned.size === used, used, 'used, but', owned.size, 'different copies');
  }

  #checkLevel(before: Machine, command: Command): void {
    if (before.level !== 'SNAPSHOT') return;
    const lost = existingSnapshots(before).length - existingSnapshots(this.#machine).length;
    const isRequest =
      command.type === 'deleteSnapshot' ||
      command.type === 'revertToSnapshot' ||
      (command.type === 'setProtectionLevel' && command.level === 'ORIGINAL_VOLUME') ||
      command.type === 'deleteUnusedDiffAreas';
    demand('invariant4', lost <= 0 || isRequest, command.type, 'cost', lost, 'snapshots');
  }

  #checkOriginal(before: Machine, command: Command, events: readonly Event[]): void {
    if (before.level !== 'ORIGINAL_VOLUME' || this.#machine.level !== 'ORIGINAL_VOLUME') return;
    const failed = events.filter(
      ({ type }) => type === 'writeFailed' || (type === 'writeTurnedAway' && before.access === 'online'),
    );
    demand('invariant5', failed.length === 0, failed.length, 'writes failed in', command.type);
    const isWanted = command.type === 'takeOffline' || command.type === 'clusterPrepareOffline';
    const stays = before.access !== 'online' || isWanted || this.#machine.access === 'online';
    demand('invariant5', stays, command.type, 'took the volume offline');
    demand('invariant5', this.#machine.fault === 0, 'fault', this.#machine.fault, 'was recorded');
  }

  #checkUndo(states: readonly Machine[], events: readonly Event[]): void {
    let machine = this.#machine;
    for (let index = events.length - 1; index >= 0; index -= 1) {
      machine = undo(machine, events[index]!);
      const isSame = fingerprint(machine) === fingerprint(states[index]!);
      demand(
        'invariant7',
        isSame,
        'undo of',
        events[index]!.type,
        ':',
        isSame || difference(machine, states[index]!),
      );
    }
    const isSame = isDeepStrictEqual(machine, states[0]);
    demand('invariant7', isSame, 'undo:', isSame || difference(machine, states[0]!));
  }

  #breakAndRepair(choice: number): void {
    const name = SWITCH_CONDITIONS[choice % (SWITCH_CONDITIONS.length + 1)];
    const block = choice % this.#machine.settings.blockCount;
    const condition: Condition = name === undefined ? { name: 'liveBadBlock', block } : { name };
    if (isBroken(this.#machine.conditions, condition)) return;
    let machine = this.#machine;
    const types: string[] = [];
    for (const type of ['break', 'repair'] as const) {
      const answer = decide(machine, { type, condition });
      for (const event of answer.ok ? answer.value : []) {
        machine = evolve(machine, event);
        types.push(event.type);
      }
    }
    demand(
      'invariant8',
      types.join() === 'conditionBroken,conditionRepaired',
      condition.name,
      ':',
      types.join(),
    );
    const isSame = isDeepStrictEqual(machine, this.#machine);
    demand('invariant8', isSame, condition.name, ':', isSame || difference(machine, this.#machine));
  }

  /** On a copy: repairs everything, and reads every block of every snapshot that was kept. */
  #recover(): void {
    let machine = this.#machine;
    const must = (command: Command): readonly Event[] => {
      const answer = decide(machine, command);
      demand('invariant6', answer.ok, command.type, 'refused:', answer.ok || answer.problem.code);
      const events = answer.ok ? answer.value : [];
      machine = events.reduce(evolve, machine);
      return events;
    };
    for (const condition of brokenConditions(machine.conditions)) must({ type: 'repair', condition });
    if (!machine.diffVolumePresent) must({ type: 'attachDiffVolume' });
    if (machine.clusterOfflinePrepared) must({ type: 'clusterFinishFailover' });
    if (machine.fault !== 0) must({ type: 'clearProtectionFault' });
    if (machine.access !== 'online') must({ type: 'bringOnline' });
    const kept = existingSnapshots(machine).map((area) => area.snapshot);
    const expected = this.#naive.snapshots.map(({ number }) => number);
    demand('invariant6', isDeepStrictEqual(kept, expected), 'kept', kept, ', not', expected);
    for (const { number, contents } of this.#naive.snapshots) {
      const read = [...snapshotStamps(machine, number)];
      demand('invariant6', isDeepStrictEqual(read, contents), 'snapshot', number, 'reads other bytes');
      // The command itself for one block: all of them would take most of the time of a run.
      const block = number % contents.length;
      const stamp = stampRead(must({ type: 'read', block, from: { snapshot: number } }));
      demand('invariant6', stamp === contents[block], 'block', block, 'of snapshot', number, 'reads', stamp);
    }
  }

  /** The whole log, forwards from the start and a way back from the end; and no machine has changed since it was made. */
  #replay(): void {
    const replayed = this.#log.reduce(evolve, this.#start);
    demand('invariant7', isDeepStrictEqual(replayed, this.#machine), 'the log leads to another machine');
    for (const { machine, picture: earlier } of this.#marks) {
      demand('pure', picture(machine) === earlier, 'a machine changed after it was made');
    }
    const mark = this.#marks.at(-1);
    if (mark === undefined) return;
    const reached = this.#log.slice(mark.position).reduceRight(undo, this.#machine);
    demand('invariant7', isDeepStrictEqual(reached, mark.machine), 'a seek back leads to another machine');
  }

  #mark(): void {
    const machine = this.#machine;
    this.#marks.push({ machine, picture: picture(machine), position: this.#log.length });
  }
}

function blocksOfReplay(writes: Uint32Array): ReadonlySet<number> {
  const blocks = new Set<number>();
  for (let at = 0; at < writes.length; at += 2) {
    for (let offset = 0; offset < writes[at + 1]!; offset += 1) blocks.add(writes[at]! + offset);
  }
  return blocks;
}

/** Places in the events of a command where it can be stopped: as numbers of events before them. */
function placesToStop(before: Machine, events: readonly Event[]): readonly number[] {
  const places: number[] = [];
  let machine = before;
  for (const [index, event] of events.entries()) {
    const isStage = machine.request !== null && STAGES.has(event.type);
    if (isStage || (event.type === 'writeRequested' && index > 0)) places.push(index);
    machine = evolve(machine, event);
  }
  return places;
}

function stampRead(events: readonly Event[]): number | null {
  const read = events.find((event) => event.type === 'readCompleted');
  return read?.type === 'readCompleted' ? read.stamp : null;
}

function demand(property: PropertyName, holds: boolean, ...details: readonly unknown[]): void {
  if (holds) return;
  const words = details.map((detail) => (typeof detail === 'string' ? detail : JSON.stringify(detail)));
  throw new BrokenProperty(property, words.join(' '));
}

function numbersOf(table: { get(index: number): number }, length: number): readonly number[] {
  return Array.from({ length }, (_, index) => table.get(index));
}

function picture(machine: Machine): string {
  return JSON.stringify(machine, (_, value: unknown) => {
    if (value instanceof Set) return [...(value as Set<string>)].sort();
    return value instanceof Uint32Array ? [...value] : value;
  });
}

/** The fields in which two machines differ. */
function difference(one: Machine, other: Machine): string {
  const keys = Object.keys(one) as (keyof Machine)[];
  const differing = keys.filter((key) => !isDeepStrictEqual(one[key], other[key]));
  return `${differing.join(', ')} differ`;
}
