/** A history that begins with the machines of another one goes on like that one, and tells the same contents. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/core/command';
import { History } from '../../src/core/history';
import type { LogRecord } from '../../src/core/log-record';
import { retrace } from '../../src/core/retrace';
import type { Scenario } from '../../src/core/scenario';
import { startAtEnd } from '../../src/core/start';
import { breakIt, burst, create, detach, SETTINGS, write } from './given';
import { actOn, BOTH_WORLDS, historyOf, laboratoriesOf } from './laboratories';

const RUNS = 80;

/** A history that begins where another one ends. */
function begunAt(history: History, id = 1): History {
  return new History({ ...history.scenario, start: startAtEnd(history, id) });
}

function eventsFrom(history: History, entryIndex: number): readonly unknown[] {
  return history.entries.slice(entryIndex).map(({ index }) => history.derive(index).outcome.events);
}

const split = fc.tuple(laboratoriesOf(40), fc.nat(40));

describe('a history from a start', () => {
  it('goes on as the one did that it was taken from', () => {
    fc.assert(
      fc.property(split, ([{ scenario, commands }, at]) => {
        const whole = historyOf(scenario, commands.slice(0, at));
        const entryCount = whole.entries.length;
        const begun = begunAt(whole);
        expect(begun.length).toBe(0);
        expect(isDeepStrictEqual(begun.momentAt(0).machines, whole.machines)).toBe(true);
        for (const command of commands.slice(at)) {
          expect(actOn(begun, command)).toBe(actOn(whole, command));
        }
        expect(eventsFrom(begun, 0)).toEqual(eventsFrom(whole, entryCount));
        expect(isDeepStrictEqual(begun.machines, whole.machines)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('tells every content on its machines, whenever it was written', () => {
    fc.assert(
      fc.property(split, ([{ scenario, commands }, at]) => {
        const whole = historyOf(scenario, commands.slice(0, at));
        // A start of a start keeps what is still there of both.
        const begun = begunAt(begunAt(whole), 2);
        for (const command of commands.slice(at)) {
          actOn(begun, command);
          actOn(whole, command);
        }
        for (const [world, { live, diffContents }] of whole.machines.entries()) {
          for (const table of [live, diffContents]) {
            for (let index = 0; index < table.length; index += 1) {
              const stamp = table.get(index);
              expect(begun.recipeOf(world, stamp)).toEqual(whole.recipeOf(world, stamp));
            }
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('tells where its worlds first do different things', () => {
    fc.assert(
      fc.property(split, ([{ scenario, commands }, at]) => {
        const begun = begunAt(historyOf(scenario, commands.slice(0, at)));
        for (const command of commands.slice(at)) actOn(begun, command);
        const differs = Array.from({ length: begun.length }, (_, step) => begun.momentAt(step + 1)).find(
          ({ events: [off, on] }) => JSON.stringify(off) !== JSON.stringify(on),
        );
        expect(begun.firstDifference).toBe(differs?.position ?? null);
      }),
      { numRuns: RUNS },
    );
  });

  it('finds the difference in a write, when its worlds began apart', () => {
    const scenario: Scenario = { settings: SETTINGS, worlds: BOTH_WORLDS };
    const begun = begunAt(historyOf(scenario, [create, write(0, 'A'), detach]));
    actOn(begun, write(1, 'B'));
    expect(begun.firstDifference).toBe(2);
    expect(begun.momentAt(2).events).toMatchObject([{ type: 'gatePassed' }, { type: 'writeTurnedAway' }]);
  });
});

describe('a path that has much in common with another one', () => {
  const scenario: Scenario = { settings: SETTINGS, worlds: BOTH_WORLDS };

  function recordsOf(commands: readonly Command[]): readonly LogRecord[] {
    return historyOf(scenario, commands).entries.map(({ record }) => record);
  }

  it('is the same as if it had been carried out alone', () => {
    fc.assert(
      fc.property(laboratoriesOf(30), fc.nat(30), fc.nat(30), ({ scenario: own, commands }, cut, more) => {
        const earlier = historyOf(own, commands);
        const shared = earlier.entries.slice(0, cut).map(({ record }) => record);
        const alone = retrace(own, shared).history;
        for (const command of commands.slice(more)) actOn(alone, command);
        const path = alone.entries.map(({ record }) => record);
        const { history, failedAt } = retrace(own, path, earlier);
        expect(failedAt).toBeNull();
        expect(history.entries).toEqual(alone.entries);
        expect(history.entries.slice(0, shared.length)).toEqual(earlier.entries.slice(0, shared.length));
        expect([history.length, history.firstDifference]).toEqual([alone.length, alone.firstDifference]);
        expect(isDeepStrictEqual(history.machines, alone.machines)).toBe(true);
        for (let position = 0; position <= history.length; position += 3) {
          const moments = [history, alone].map((one) => one.momentAt(position).machines);
          expect(isDeepStrictEqual(moments[0], moments[1]), `position ${position}`).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('leaves the other one as it was', () => {
    const earlier = historyOf(scenario, [create, write(0, 'A'), burst(1, 3), write(2, 'B')]);
    const { entries, length, machines } = earlier;
    const before = [...entries];
    const path = before.slice(0, 2).map(({ record }) => record);
    const { history } = retrace(scenario, path, earlier);
    actOn(history, breakIt('diffDataWritesFail'));
    actOn(history, write(3, 'C'));
    expect([earlier.entries, earlier.length, earlier.machines]).toEqual([before, length, machines]);
    expect(history.entries[0]).toBe(before[0]);
  });

  it('shares nothing with what began otherwise', () => {
    const earlier = historyOf(scenario, [create, write(0, 'A')]);
    const path = earlier.entries.map(({ record }) => record);
    const other: Scenario = { ...scenario, settings: { ...SETTINGS, initialBlocks: 7 } };
    expect(retrace(other, path, earlier).failedAt).toBe(path[0]);
    const start = startAtEnd(historyOf(scenario, [write(1, 'B')]), 1);
    expect(retrace({ ...scenario, start }, path, earlier).failedAt).toBe(path[0]);
    const [record] = recordsOf([create, write(0, 'A')]);
    expect(retrace(scenario, [{ ...record!, fingerprints: [1, 2] }], earlier).failedAt?.id).toBe(0);
  });
});
