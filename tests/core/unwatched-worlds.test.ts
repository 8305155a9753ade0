/** Worlds that are alike are carried out once and held once; nobody can tell by what comes of it. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/core/command';
import { digestOf } from '../../src/core/digest';
import { TABLES } from '../../src/core/draft';
import { fingerprint } from '../../src/core/fingerprint';
import type { Machine } from '../../src/core/machine';
import { createMachines, type Scenario, type WorldId } from '../../src/core/scenario';
import { decideTogether, foldOutcome } from '../../src/core/step';
import { Table } from '../../src/core/table';
import { UnwatchedWorlds } from '../../src/core/unwatched-worlds';
import { breakIt, burst, create, repair, SETTINGS, write } from './given';
import { BOTH_WORLDS, laboratoriesOf } from './laboratories';

const SCENARIO: Scenario = { settings: SETTINGS, worlds: BOTH_WORLDS };

const GOES_TO: readonly (readonly WorldId[])[] = [BOTH_WORLDS, BOTH_WORLDS, BOTH_WORLDS, ['off'], ['on']];

/** The same worlds twice: watched, each on its own, and not. */
class Twice {
  watched: readonly Machine[];
  readonly ahead: UnwatchedWorlds;

  constructor(scenario: Scenario) {
    this.watched = createMachines(scenario);
    this.ahead = new UnwatchedWorlds(BOTH_WORLDS, this.watched);
  }

  carryOut(command: Command, worlds: readonly WorldId[] = BOTH_WORLDS): void {
    const instruction = { command, worlds };
    const decided = decideTogether(BOTH_WORLDS, this.watched, instruction);
    const done = this.ahead.carryOut(instruction);
    if (decided.ok) {
      const { events, refusals } = decided.value;
      this.watched = foldOutcome(this.watched, decided.value);
      expect(done).toEqual({ ok: true, value: { digests: events.map(digestOf), refusals } });
    } else expect(done).toEqual(decided);
    expect(this.ahead.states.map(fingerprint)).toEqual(this.watched.map(fingerprint));
  }

  /** Whether both worlds hold the same tables, not only tables that are the same. */
  finish(): boolean {
    const machines = this.ahead.finish();
    expect(isDeepStrictEqual(machines, this.watched)).toBe(true);
    return isHeldOnce(machines);
  }
}

function isHeldOnce([off, on]: readonly Machine[]): boolean {
  return TABLES.every((table) => off![table] === on![table]);
}

function carriedOut(commands: readonly Command[]): Twice {
  const twice = new Twice(SCENARIO);
  for (const command of commands) twice.carryOut(command);
  return twice;
}

describe('worlds that nobody watches', () => {
  it('do what each of them decides by itself', () => {
    fc.assert(
      fc.property(
        laboratoriesOf(40),
        fc.array(fc.constantFrom(...GOES_TO), { minLength: 40, maxLength: 40 }),
        ({ scenario, commands }, goals) => {
          const twice = new Twice(scenario);
          for (const [index, command] of commands.entries()) twice.carryOut(command, goals[index]);
          twice.finish();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('hold their tables together, through growth and from snapshot to snapshot', () => {
    const twice = carriedOut([write(0, 'A'), create, burst(0, 5), create, burst(0, 5), write(3, 'B', 2)]);
    expect(twice.watched[0]!.allocated).toBeGreaterThan(SETTINGS.initialBlocks);
    expect(twice.finish()).toBe(true);
  });

  it('part at a fault in the middle of a command, of which nothing was tried out', () => {
    const twice = carriedOut([write(0, 'A'), create, burst(0, 3), breakIt('diffDataWritesFail')]);
    twice.carryOut(burst(0, 8));
    expect(twice.watched.map(({ areas }) => areas.length)).toEqual([0, 1]);
    expect(twice.finish()).toBe(false);
  });

  it('hold together what came to be the same apart, or was given apart', () => {
    const { watched } = carriedOut([write(0, 'A'), create, burst(0, 16)]);
    const copied = watched.map((machine) => {
      const copy = (table: Table): Table =>
        Table.ofChunks(
          table.length,
          table.chunks.map((chunk) => chunk.slice()),
        );
      return { ...machine, ...Object.fromEntries(TABLES.map((table) => [table, copy(machine[table])])) };
    });
    expect(isHeldOnce(copied)).toBe(false);
    const ahead = new UnwatchedWorlds(BOTH_WORLDS, copied);
    expect(ahead.carryOut({ command: write(1, 'B'), worlds: BOTH_WORLDS }).ok).toBe(true);
    expect(isHeldOnce(ahead.finish())).toBe(true);
  });

  it('stay apart where one condition differs, though no table does', () => {
    const twice = carriedOut([write(0, 'A'), create]);
    twice.carryOut(breakIt('growthSlow'), ['on']);
    twice.carryOut(write(0, 'B'));
    twice.carryOut(burst(0, 16));
    twice.carryOut(repair('growthSlow'), ['on']);
    twice.carryOut(write(1, 'C'));
    expect(twice.watched[0]!.clockMs).toBe(twice.watched[1]!.clockMs);
    twice.finish();
  });
});
