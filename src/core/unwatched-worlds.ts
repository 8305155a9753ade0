import { WRITE_COMMANDS } from './command';
import { Run } from './decide/run';
import type { Digest } from './digest';
import { TABLES, type Draft, type TableName } from './draft';
import { fingerprint } from './fingerprint';
import type { Machine } from './machine';
import type { ProtectionLevel } from './protection';
import type { Refusal } from './refusal';
import { success, type Result } from './result';
import type { Instruction, WorldId } from './scenario';
import { carryOutTogether, type Summary } from './step';

/**
 * The worlds of a scenario carrying out one instruction after the other while nobody watches their events. A level
 * decides nothing until a fault is met: as long as worlds differ in nothing else, one of them writes for all, and what
 * their machines hold is held once.
 */
export class UnwatchedWorlds {
  readonly #worlds: readonly WorldId[];
  /** One for each world, or one for all. */
  #runs: readonly Run[];
  /** Per world, as long as there is one run for all. */
  #levels: readonly ProtectionLevel[];

  constructor(worlds: readonly WorldId[], machines: readonly Machine[]) {
    this.#worlds = worlds;
    this.#runs = machines.map((machine) => new Run(machine, false));
    this.#levels = machines.map(({ level }) => level);
  }

  /** The same as `decideTogether` on the machines as they stand by now. */
  carryOut(instruction: Instruction): Result<Summary, Refusal> {
    const isForAll = instruction.worlds.length === this.#levels.length;
    if (isForAll && WRITE_COMMANDS.has(instruction.command.type)) {
      this.#join();
      const done = this.#isJoined
        ? this.#runs[0]!.attempt(() => this.#carryOut(instruction), isWithoutFault)
        : null;
      if (done !== null) return done;
    }
    this.#part();
    return this.#carryOut(instruction);
  }

  #carryOut(instruction: Instruction): Result<Summary, Refusal> {
    const refusals = carryOutTogether(this.#worlds, this.#runs, instruction);
    if (!refusals.ok) return refusals;
    const digests = this.#runs.map((run) => run.takeDigest());
    return success({ refusals: this.#ofAll(refusals.value), digests: this.#ofAll(digests) });
  }

  #join(): void {
    const [first, ...others] = this.#runs;
    if (others.length === 0 || !others.every((run) => isSameButLevel(first!.state, run.state))) return;
    this.#levels = this.#runs.map(({ state }) => state.level);
    this.#runs = [first!];
  }

  #part(): void {
    if (this.#isJoined) this.#runs = this.finish().map((machine) => new Run(machine, false));
  }

  get #isJoined(): boolean {
    return this.#runs.length < this.#levels.length;
  }

  #ofAll<Item>(items: readonly Item[]): readonly Item[] {
    return this.#isJoined ? this.#levels.map(() => items[0]!) : items;
  }

  #withLevels<State extends Machine | Draft>(states: readonly State[]): readonly State[] {
    return this.#isJoined ? this.#levels.map((level) => ({ ...states[0]!, level })) : states;
  }

  /** The machines as they stand, on the way: to be looked at before the next instruction, and not to be kept. */
  get states(): readonly Draft[] {
    return this.#withLevels(this.#runs.map(({ state }) => state));
  }

  /** The machines as they stand. Nothing can be carried out any more. */
  finish(): readonly Machine[] {
    return this.#withLevels(this.#runs.map((run) => run.finish()));
  }
}

function isWithoutFault(done: Result<Summary, Refusal>): boolean {
  return !done.ok || !done.value.digests.some(hasFault);
}

function hasFault({ notable }: Digest): boolean {
  return notable.some(({ event }) => event.type === 'faultMet');
}

function isSameButLevel(one: Draft, other: Draft): boolean {
  return (
    fingerprint({ ...one, level: other.level }) === fingerprint(other) &&
    TABLES.every((table) => one[table].isSame(other[table])) &&
    withoutTables(one) === withoutTables(other)
  );
}

/** Fingerprints may be the same by chance. */
function withoutTables(state: Draft): string {
  const rest = Object.entries({ ...state, level: null }).filter(
    ([name]) => !TABLES.includes(name as TableName),
  );
  return JSON.stringify(rest);
}
