import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/core/event';
import { History, act } from '../../src/core/history';
import { runOfFault, scenarioOfRun } from '../../src/core/run-of-fault';
import type { FaultNumber } from '../../src/core/fault';
import { liveCells, shelfCards, slotCells } from '../../src/drawing/cells';
import { cellRect, centre, type StageGeometry } from '../../src/drawing/geometry';
import { marksOf, type Mark } from '../../src/drawing/motion';

const STAGE: StageGeometry = {
  width: 600,
  height: 300,
  program: { x: 0, y: 100, width: 80, height: 60 },
  gate: { x: 100, y: 60, width: 40, height: 140 },
  live: { rect: { x: 200, y: 50, width: 158, height: 158 }, columns: 8, gap: 2 },
  lane: { x: 360, y: 50, width: 60, height: 158 },
  diff: { rect: { x: 430, y: 50, width: 158, height: 158 }, columns: 8, gap: 2 },
  cards: new Map([[1, { x: 20, y: 250, width: 100, height: 30 }]]),
};

/** The built-in run of a fault with protection on, as a history. */
function historyOf(fault: FaultNumber): History {
  const run = runOfFault(fault);
  const scenario = scenarioOfRun(run, ['on']);
  const history = new History(scenario);
  run.commands.forEach((command, index) => {
    const point = { machines: history.machines, parent: history.lastRecord?.id ?? null, cut: null };
    const acted = act(scenario, point, { command, worlds: ['on'] }, index + 1);
    if (!acted.ok) throw new Error(acted.problem.code);
    for (const record of acted.value.records) history.append(record);
  });
  return history;
}

/** What is drawn on the way to the first event of a type that `wanted` accepts. */
function marksOn(history: History, wanted: (event: Event) => boolean, progress: number): readonly Mark[] {
  for (let position = 1; position <= history.length; position += 1) {
    const [event] = history.momentAt(position).events;
    if (event && wanted(event)) {
      return marksOf({ machine: history.momentAt(position - 1).machines[0]!, event, progress }, STAGE);
    }
  }
  throw new Error('The run has no such event');
}

function oldParcels(marks: readonly Mark[]) {
  return marks.flatMap((mark) => (mark.kind === 'parcel' && mark.tone === 'old' ? [mark] : []));
}

describe('the old block', () => {
  const history = historyOf(7);
  const isRead = (event: Event): boolean => event.type === 'oldBlockRead' && event.block === 9;
  const isCopied = (event: Event): boolean => event.type === 'blockCopied' && event.block === 9;

  it('is one object from its place in the volume to its slot', () => {
    const [lifted] = oldParcels(marksOn(history, isRead, 0.001));
    const [carried] = oldParcels(marksOn(history, isRead, 0.999));
    const [handedOn] = oldParcels(marksOn(history, isCopied, 0.001));
    const [arrived] = oldParcels(marksOn(history, isCopied, 0.999));

    expect(lifted?.at.x).toBeCloseTo(centre(cellRect(STAGE.live, 9)).x, 0);
    expect(carried?.at.x).toBeCloseTo(handedOn!.at.x, 0);
    expect(carried?.at.y).toBeCloseTo(handedOn!.at.y, 0);
    expect(arrived?.at.x).toBeCloseTo(centre(cellRect(STAGE.diff, 0)).x, 0);
    expect(new Set([lifted, carried, handedOn, arrived].map((parcel) => parcel?.stamp))).toEqual(
      new Set([1]),
    );
  });

  it('is never drawn twice', () => {
    for (let step = 0; step <= 10; step += 1) {
      expect(oldParcels(marksOn(history, isRead, step / 10)).length).toBeLessThanOrEqual(1);
      expect(oldParcels(marksOn(history, isCopied, step / 10)).length).toBeLessThanOrEqual(1);
    }
  });
});

it('a request that is turned away goes back to the program', () => {
  const turnedAway = (event: Event): boolean => event.type === 'writeTurnedAway';
  const near = marksOn(historyOf(7), turnedAway, 0.1).find((mark) => mark.kind === 'parcel');
  const home = marksOn(historyOf(7), turnedAway, 0.999).find((mark) => mark.kind === 'parcel');

  expect(near).toMatchObject({ tone: 'fault' });
  expect(near!.at.x).toBeGreaterThan(home!.at.x);
  expect(home!.at.x).toBeCloseTo(centre(STAGE.program).x, 0);
});

it('marks lie on the stage, in every moment of every run', () => {
  for (let fault = 1; fault <= 16; fault += 1) {
    const history = historyOf(fault as FaultNumber);
    for (let position = 0; position < history.length; position += 1) {
      const machine = history.momentAt(position).machines[0]!;
      const event = history.momentAt(position + 1).events[0] ?? null;
      for (const mark of marksOf({ machine, event, progress: 0.5 }, STAGE)) {
        const at = mark.kind === 'ring' ? centre(mark.rect) : mark.kind === 'line' ? mark.to : mark.at;
        expect(Number.isFinite(at.x) && Number.isFinite(at.y)).toBe(true);
      }
    }
  }
});

describe('cells', () => {
  it('a block is needed from the snapshot until its old content is saved', () => {
    const history = historyOf(7);
    const needed = (position: number): boolean =>
      liveCells(history.momentAt(position).machines[0]!, null)[9]!.isNeeded;
    const positions = Array.from({ length: history.length + 1 }, (_, position) => position);
    const first = positions.find(needed)!;
    const last = positions.findLast(needed)!;

    expect(history.momentAt(first).events[0]?.type).toBe('snapshotInstalled');
    expect(history.momentAt(last + 1).events[0]?.type).toBe('copyRecorded');
  });

  it('looking through a snapshot says where each block comes from', () => {
    const machine = historyOf(8).machines[0]!;
    const cells = liveCells(machine, 1);

    expect(cells[9]).toMatchObject({ stamp: 1, provenance: 'ownArea' });
    expect(cells[32]).toMatchObject({ stamp: 0, provenance: 'newerArea' });
    expect(cells[18]).toMatchObject({ stamp: 2, provenance: 'live' });
  });

  it('slots are used, free, being added, available or beyond the maximum', () => {
    const growing = slotCells(historyOf(9).machines[0]!);
    expect(growing.slice(0, 8).every(({ state }) => state === 'used')).toBe(true);
    expect(growing[8]?.state).toBe('growing');
    expect(growing[16]?.state).toBe('available');
    expect(growing[32]?.state).toBe('beyondMaximum');
  });

  it('a snapshot that is gone leaves its trace on the shelf', () => {
    const run = runOfFault(7);
    const scenario = scenarioOfRun(run, ['off']);
    const history = new History(scenario);
    run.commands.forEach((command, index) => {
      const point = { machines: history.machines, parent: history.lastRecord?.id ?? null, cut: null };
      const acted = act(scenario, point, { command, worlds: ['off'] }, index + 1);
      if (acted.ok) for (const record of acted.value.records) history.append(record);
    });
    expect(shelfCards(history.machines[0]!)).toMatchObject([
      { snapshot: 1, state: 'gone', isReadable: false },
    ]);
  });
});
