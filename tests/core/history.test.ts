/** Replay, undo and seek agree: over random histories of two worlds, sought in any order, cut and branched anywhere. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/core/command';
import { digestOf, sampleOf } from '../../src/core/digest';
import type { Event } from '../../src/core/event';
import { evolve, undo } from '../../src/core/evolve';
import { fingerprint } from '../../src/core/fingerprint';
import { act } from '../../src/core/act';
import { History, type BranchPoint } from '../../src/core/history';
import type { LogRecord } from '../../src/core/log-record';
import type { Machine } from '../../src/core/machine';
import type { Scenario } from '../../src/core/scenario';
import { decideTogether } from '../../src/core/step';
import { breakIt, burst, create, detach, SETTINGS, write } from './given';
import { BOTH_WORLDS as WORLDS, laboratoriesOf } from './laboratories';

const RUNS = 60;

/** A history that remembers, for every position, the machines there and the events that led there. */
class Path {
  readonly history: History;
  readonly moments: { readonly machines: readonly Machine[]; readonly events: readonly (Event | null)[] }[];

  constructor(scenario: Scenario) {
    this.history = new History(scenario);
    this.moments = [{ machines: this.history.machines, events: [null, null] }];
  }

  /** Acts at the end. Says whether any world did something. */
  act(command: Command): boolean {
    const { machines, lastRecord } = this.history;
    return this.actAt({ machines, parent: lastRecord?.id ?? null, cut: null }, command);
  }

  actAt(point: BranchPoint, command: Command): boolean {
    const firstId = this.history.entries.length;
    const acted = act(this.history.scenario, point, { command, worlds: WORLDS }, firstId);
    if (!acted.ok) return false;
    acted.value.records.forEach((record) => this.append(record));
    expect(isDeepStrictEqual(this.history.machines, acted.value.machines)).toBe(true);
    return true;
  }

  append(record: LogRecord): void {
    const decided = decideTogether(WORLDS, this.moments.at(-1)!.machines, record.instruction);
    if (!decided.ok) throw new Error(decided.problem.code);
    const appended = this.history.append(record);
    if (!appended.ok) throw new Error(appended.problem);
    for (let step = 0; step < record.steps; step += 1) {
      const { machines } = this.moments.at(-1)!;
      const events = decided.value.events.map((all) => all[step] ?? null);
      const next = machines.map((machine, world) =>
        events[world] ? evolve(machine, events[world]) : machine,
      );
      this.moments.push({ machines: next, events });
    }
  }

  /** Another path through the same records, up to `parent`. */
  branch(parent: number | null): Path {
    const path = new Path(this.history.scenario);
    for (const { record } of this.history.entries) {
      if (parent === null || record.id > parent) break;
      path.append(record);
    }
    return path;
  }
}

function pathOf(scenario: Scenario, commands: readonly Command[]): Path {
  const path = new Path(scenario);
  for (const command of commands) path.act(command);
  return path;
}

const laboratories = laboratoriesOf(40);

const places = fc.array(fc.nat(), { minLength: 5, maxLength: 20 });

describe('a history', () => {
  it('leads to the same moment, whichever one was looked at before', () => {
    fc.assert(
      fc.property(laboratories, places, ({ scenario, commands }, seeks) => {
        const { history, moments } = pathOf(scenario, commands);
        expect(history.length).toBe(moments.length - 1);
        for (const seek of seeks) {
          const position = seek % moments.length;
          const moment = history.momentAt(position);
          const expected = moments[position]!;
          expect(isDeepStrictEqual(moment.machines, expected.machines), `position ${position}`).toBe(true);
          if (position > 0) expect(moment.events).toEqual(expected.events);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('leads to the same moment a step at a time, to and fro', () => {
    fc.assert(
      fc.property(laboratories, fc.array(fc.nat(40), { maxLength: 30 }), ({ scenario, commands }, ways) => {
        const { history, moments } = pathOf(scenario, commands);
        let position = history.length;
        for (const [index, way] of ways.entries()) {
          const goal = Math.max(0, Math.min(history.length, position + (index % 3 === 1 ? way : -way)));
          for (; position !== goal; position += Math.sign(goal - position)) {
            const moment = history.momentAt(position);
            const expected = moments[position]!;
            expect(isDeepStrictEqual(moment.machines, expected.machines), `position ${position}`).toBe(true);
            expect(history.eventsAt(position)).toEqual(moment.events);
          }
        }
      }),
      { numRuns: RUNS / 2 },
    );
  });

  it('keeps of every entry what its events say', () => {
    fc.assert(
      fc.property(laboratories, ({ scenario, commands }) => {
        const { history, moments } = pathOf(scenario, commands);
        for (const { record, start, firstStamps, digests, samples, refusals } of history.entries) {
          const before = moments[start]!.machines;
          const decided = decideTogether(WORLDS, before, record.instruction);
          if (!decided.ok) throw new Error(decided.problem.code);
          expect(firstStamps).toEqual(before.map((machine) => machine.nextStamp));
          expect(digests).toEqual(decided.value.events.map(digestOf));
          expect(refusals).toEqual(decided.value.refusals);
          expect(samples).toEqual(moments[start + record.steps]!.machines.map(sampleOf));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('goes on by writing as by acting and adding what was decided', () => {
    fc.assert(
      fc.property(laboratories, ({ scenario, commands }) => {
        const [acting, writing] = [new History(scenario), new History(scenario)];
        let written = 0;
        for (const command of commands) {
          const instruction = { command, worlds: WORLDS };
          const id = acting.entries.length;
          const acted = act(scenario, acting.branchPointAt(acting.length), instruction, id);
          const done = writing.write(instruction, id);
          if (done !== null) {
            written += 1;
            expect(done.ok ? done.value.record : done.problem).toEqual(
              acted.ok ? acted.value.records[0] : acted.problem,
            );
          } else if (acted.ok) expect(writing.append(acted.value.records[0]!).ok).toBe(true);
          if (acted.ok) expect(acting.append(acted.value.records[0]!).ok).toBe(true);
        }
        expect(written).toBeGreaterThan(0);
        expect(isDeepStrictEqual(writing.entries, acting.entries)).toBe(true);
        expect(isDeepStrictEqual(writing.machines, acting.machines)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('shows how it stands before anybody asks for its machines', () => {
    const scenario: Scenario = { settings: SETTINGS, worlds: WORLDS };
    const history = new History(scenario);
    for (const [id, command] of [write(0, 'A'), write(1, 'B')].entries()) {
      const written = history.write({ command, worlds: WORLDS }, id);
      const fingerprints = written?.ok === true ? written.value.record.fingerprints : [];
      expect(history.states.map(fingerprint)).toEqual(fingerprints);
    }
    expect(history.machines.map(fingerprint)).toEqual(history.states.map(fingerprint));
    expect(history.states).toBe(history.machines);
  });

  it('steps back by undo to the moment before', () => {
    fc.assert(
      fc.property(laboratories, ({ scenario, commands }) => {
        const { history, moments } = pathOf(scenario, commands);
        let machines = history.machines;
        for (let position = history.length; position > 0; position -= 1) {
          const { events } = moments[position]!;
          machines = machines.map((machine, world) =>
            events[world] ? undo(machine, events[world]) : machine,
          );
          const expected = moments[position - 1]!.machines;
          expect(machines.map(fingerprint), `position ${position - 1}`).toEqual(expected.map(fingerprint));
        }
        expect(isDeepStrictEqual(machines, moments[0]!.machines)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('lets go of what it derived when the path has gone far beyond it, and derives it again', () => {
    const path = pathOf({ settings: SETTINGS, worlds: WORLDS }, [create, write(0, 'A'), write(1, 'B')]);
    const { history } = path;
    const derived = history.derive(1);
    for (let index = 0; index < 60; index += 1) path.act(write(index % 8, 'C'));
    expect(history.derive(1)).toBe(derived);

    for (let index = 0; index < 10; index += 1) path.act(write(index % 8, 'D'));

    expect(history.derive(1)).not.toBe(derived);
    expect(history.derive(1)).toEqual(derived);
  });

  it('replays from its records alone', () => {
    fc.assert(
      fc.property(laboratories, ({ scenario, commands }) => {
        const path = pathOf(scenario, commands);
        const records = path.history.entries.map(({ record }) => structuredClone(record));
        const replayed = new History(scenario);
        for (const record of records) expect(replayed.append(record).ok).toBe(true);
        expect(isDeepStrictEqual(replayed.machines, path.history.machines)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('can be left at any position for a branch that shares all up to there', () => {
    fc.assert(
      fc.property(laboratories, fc.nat(), fc.nat(), ({ scenario, commands }, seek, choice) => {
        const path = pathOf(scenario, commands);
        const position = seek % path.moments.length;
        const point = path.history.branchPointAt(position);
        const branch = path.branch(point.parent);
        const command = choice % 2 === 0 ? detach : (commands[choice % commands.length] ?? create);
        if (!branch.actAt(renumbered(point, branch), command)) return;
        // The command may come later than asked for, never earlier: what belongs together is not torn apart.
        const shared = branch.moments.slice(0, position + 1);
        shared.forEach(({ machines }, index) => {
          expect(isDeepStrictEqual(machines, path.moments[index]!.machines), `position ${index}`).toBe(true);
        });
        expect(branch.moments.length).toBeGreaterThan(position);
      }),
      { numRuns: RUNS },
    );
  });

  it('does not take a record that leads to another machine than it says', () => {
    const scenario: Scenario = { settings: SETTINGS, worlds: WORLDS };
    const path = pathOf(scenario, [create, write(0, 'A')]);
    const [first, second] = path.history.entries.map(({ record }) => record);
    const replayed = new History(scenario);
    expect(replayed.append(first!).ok).toBe(true);
    expect(replayed.append({ ...second!, fingerprints: [1, 2] })).toEqual({
      ok: false,
      problem: 'fingerprintDiffers',
    });
    expect(replayed.append({ ...second!, steps: second!.steps - 1 }).ok).toBe(false);
    expect(replayed.append(second!).ok).toBe(true);
  });

  it('goes on where it was after a record that it did not take', () => {
    const scenario: Scenario = { settings: SETTINGS, worlds: WORLDS };
    const path = pathOf(scenario, [create, write(0, 'A'), write(1, 'B'), burst(0, 8), write(2, 'C')]);
    const records = path.history.entries.map(({ record }) => record);
    const replayed = new History(scenario);
    for (const record of records) {
      expect(replayed.append({ ...record, fingerprints: [1, 2] }).ok).toBe(false);
      const outside = { command: write(99, 'X'), worlds: WORLDS };
      expect(replayed.append({ ...record, instruction: outside })).toEqual({ ok: false, problem: 'refused' });
      expect(replayed.append(record).ok).toBe(true);
    }
    expect(isDeepStrictEqual(replayed.machines, path.history.machines)).toBe(true);
  });

  it('tells of random worlds where they part, as soon as they do', () => {
    fc.assert(
      fc.property(laboratories, ({ scenario, commands }) => {
        const path = new Path(scenario);
        for (const command of commands) {
          path.act(command);
          const parting = path.moments.findIndex(
            ({ events: [off, on] }) => JSON.stringify(off) !== JSON.stringify(on),
          );
          expect(path.history.firstDifference).toBe(parting < 0 ? null : parting);
          if (parting >= 0) return;
        }
      }),
      { numRuns: 3 * RUNS },
    );
  });

  it('tells where the two worlds part in a write, as well', () => {
    const scenario: Scenario = { settings: SETTINGS, worlds: WORLDS };
    const path = pathOf(scenario, [write(0, 'A'), create, burst(0, 3), breakIt('diffDataWritesFail')]);
    expect(path.history.firstDifference).toBeNull();
    const before = path.history.length;
    path.act(burst(0, 8));
    const position = path.history.firstDifference!;
    expect(position).toBeGreaterThan(before + 15);
    const [off, on] = path.moments[position]!.events;
    expect([off, on]).toMatchObject([
      { type: 'faultMet', level: 'ORIGINAL_VOLUME' },
      { type: 'faultMet', level: 'SNAPSHOT' },
    ]);
    expect(path.moments[position - 1]!.events[0]).toEqual(path.moments[position - 1]!.events[1]);
  });

  it('tells where the two worlds part', () => {
    const scenario: Scenario = { settings: SETTINGS, worlds: WORLDS };
    const path = pathOf(scenario, [create, write(0, 'A')]);
    expect(path.history.firstDifference).toBeNull();
    path.act(detach);
    const position = path.history.firstDifference!;
    const [off, on] = path.moments[position]!.events;
    expect(off).not.toEqual(on);
    for (const { events } of path.moments.slice(1, position)) expect(events[0]).toEqual(events[1]);
  });
});

/** The point as the branch sees it, whose own records go up to the parent of the point. */
function renumbered(point: BranchPoint, branch: Path): BranchPoint {
  return { ...point, parent: branch.history.lastRecord?.id ?? null };
}
