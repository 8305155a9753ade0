import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/core/command';
import type { Event } from '../../../src/core/event';
import type { FaultNumber } from '../../../src/core/fault';
import type { History } from '../../../src/core/history';
import type { Part } from '../../../src/drawing/parts';
import { distance } from '../../../src/drawing/plane';
import type { Figure } from '../../../src/drawing/why-marks';
import { answerOwner, answerRead, answerWhy } from '../../../src/view/lab/answer';
import { narrowStage, wideStage } from '../../drawing/figure-geometry';
import {
  eventsOf,
  FAULTS,
  positionOf,
  scenario,
  story,
  storyOfFault,
  type Told,
} from '../../core/describe/told';

const OFF = 0;
const ON = 1;

function nameOf(part: Part): string {
  switch (part.kind) {
    case 'block':
      return `block ${part.block}`;
    case 'slot':
      return `slot ${part.slot}`;
    case 'area':
      return `area ${part.snapshot}`;
    case 'cards':
      return `card ${part.snapshots.join()}`;
    case 'tag':
      return part.tag;
    default:
      return part.kind;
  }
}

/** The part that each number points at. */
function partsIn({ callouts }: Figure): Readonly<Record<number, string>> {
  return Object.fromEntries(callouts.map(({ number, part }) => [number, nameOf(part)]));
}

function whyAt(history: History, position: number, worldIndex: number) {
  const answer = answerWhy(history, { kind: 'why', position, worldIndex });
  if (answer === null) throw new Error('nothing happened there');
  const machine = history.momentAt(position).machines[worldIndex]!;
  return { answer, machine, figure: answer.draw(machine, wideStage(machine)) };
}

/** What the run of a fault points at, asked of its first event of a type. */
function partsOfRun(fault: FaultNumber, type: Event['type'], worldIndex: number) {
  const history = storyOfFault(fault);
  return partsIn(whyAt(history, positionOf(history, type, worldIndex), worldIndex).figure);
}

/** The first event of every type in each world, in the runs of all faults. */
function everyKind(): readonly { readonly history: History; readonly told: Told }[] {
  const kinds = new Map<string, { readonly history: History; readonly told: Told }>();
  for (const fault of FAULTS) {
    const history = storyOfFault(fault);
    for (const told of eventsOf(history)) {
      const kind = `${told.event.type} ${told.worldIndex}`;
      if (!kinds.has(kind)) kinds.set(kind, { history, told });
    }
  }
  return [...kinds.values()];
}

/** How close the middles of two badges come. */
function closestOf(callouts: Figure['callouts']): number {
  const distances = callouts.flatMap((one, index) =>
    callouts.slice(index + 1).map((other) => distance(one.at, other.at)),
  );
  return Math.min(...distances, Infinity);
}

describe('why, on the stage', () => {
  it('leads from the failed write over fault, broken part, block and snapshot to the program', () => {
    expect(partsOfRun(7, 'writeFailed', ON)).toEqual({
      0: 'program',
      1: 'slot 1',
      2: 'broken diffDataWritesFail',
      3: 'block 18',
      4: 'card 1',
      5: 'program',
      6: 'program',
    });
    expect(partsOfRun(7, 'snapshotsLost', OFF)).toMatchObject({ 0: 'card 1', 1: 'slot 1' });
  });

  const FAULT_PLACES: readonly (readonly [fault: FaultNumber, place: string, cause: string])[] = [
    [1, 'diffVolume', 'diffVolume'],
    [2, 'diffVolume', 'broken diffReadsFail'],
    [3, 'slot 1', 'broken diffMetadataCorrupt'],
    [4, 'buffer', 'broken kernelMemoryExhausted'],
    [5, 'buffer', 'broken pageFileTooSmall'],
    [6, 'block 18', 'broken liveBadBlock 18'],
    [7, 'slot 1', 'broken diffDataWritesFail'],
    [8, 'slot 3', 'diffArea'],
    [9, 'slot 7', 'diffArea'],
    [10, 'slot 7', 'broken growthRefused'],
    [11, 'buffer', 'buffer'],
    [12, 'diffVolume', 'broken diffFileSystemDamaged'],
    [13, 'slot 1', 'broken diffMetadataWritesFail'],
    [14, 'diffVolume', 'diffVolume'],
    [15, 'slot 0', 'slot 0'],
    [16, 'gate', 'clusterOfflinePrepared'],
  ];

  it.each(FAULT_PLACES)(
    'fault %i strikes at its part (%s) because of another (%s)',
    (fault, place, cause) => {
      for (const worldIndex of [OFF, ON]) {
        expect(partsOfRun(fault, 'faultMet', worldIndex)).toMatchObject({ 0: place, 1: cause });
      }
    },
  );

  it('points at the part itself when what was broken has been repaired', () => {
    const history = story(scenario(), [
      { type: 'createSnapshot' },
      { type: 'break', condition: { name: 'diffDataWritesFail' } },
      { type: 'write', block: 3, count: 1, content: { kind: 'pattern', seed: 1 } },
      { type: 'repair', condition: { name: 'diffDataWritesFail' } },
    ]);
    const { answer } = whyAt(history, positionOf(history, 'writeFailed', ON), ON);
    const machine = history.machines[ON]!;

    expect(partsIn(answer.draw(machine, wideStage(machine)))).toMatchObject({ 2: 'diffVolume' });
  });

  it('of every kind of event: one badge a place, none on another one, arrows in order', () => {
    for (const { history, told } of everyKind()) {
      const { answer, machine, figure } = whyAt(history, told.position, told.worldIndex);
      const numbers = answer.items.map(({ number }) => number);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      for (const { callouts, legs } of [figure, answer.draw(machine, narrowStage(machine))]) {
        const downward = callouts.map(({ number }) => number).toReversed();
        expect(downward).toEqual([...new Set(downward)].sort((one, other) => other - one));
        expect(legs.map(({ from, to }) => [from, to])).toEqual(
          downward.slice(1).map((to, index) => [downward[index], to]),
        );
        expect(closestOf(callouts), `${told.event.type} at ${told.position}`).toBeGreaterThan(20);
      }
    }
  });

  it('has a badge for every cause but those that are nowhere on the stage', () => {
    const without = everyKind().flatMap(({ history, told }) => {
      const { answer, figure } = whyAt(history, told.position, told.worldIndex);
      const drawn = figure.callouts.map(({ number }) => number);
      return answer.items.filter(({ number }) => !drawn.includes(number)).map(({ sentence }) => sentence);
    });

    expect([...new Set(without)].sort()).toEqual([
      'No snapshot has been taken yet.',
      'The command was “Create snapshot”.',
      'The other world is still at work, and both share one clock.',
    ]);
  });

  it('is no question where nothing happened', () => {
    const history = storyOfFault(7);

    expect(answerWhy(history, { kind: 'why', position: 0, worldIndex: ON })).toBeNull();
    expect(answerWhy(history, { kind: 'why', position: history.length + 1, worldIndex: ON })).toBeNull();
  });
});

const write = (block: number, count = 1): Command => ({
  type: 'write',
  block,
  count,
  content: { kind: 'pattern', seed: 1 },
});
const CREATE: Command = { type: 'createSnapshot' };

describe('the way of a read, on the stage', () => {
  const machine = story(scenario(), [CREATE, write(9), CREATE, write(5), CREATE, write(5, 2)]).machines[ON]!;

  function stopsOf(snapshot: number, block: number) {
    const answer = answerRead(machine, { kind: 'read', worldIndex: ON, snapshot, block });
    const figure = answer.draw(machine, wideStage(machine));
    return { sentences: answer.items.map(({ sentence }) => sentence), figure };
  }

  it('goes from the snapshot through areas without the block to the slot that has it', () => {
    const { sentences, figure } = stopsOf(1, 5);

    expect(sentences).toEqual([
      'Block 5 of snapshot 1 is asked for.',
      'The snapshot’s own area has no copy of block 5.',
      'The area of snapshot 2 has it, in slot 1.',
    ]);
    expect(partsIn(figure)).toEqual({ 1: 'card 1', 2: 'area 1', 3: 'slot 1' });
    expect(figure.legs.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [2, 3],
    ]);
    expect(figure.callouts.map(({ isMissed }) => isMissed)).toEqual([false, true, false]);
  });

  it('ends in the live volume when no area has the block', () => {
    const { sentences, figure } = stopsOf(2, 40);

    expect(sentences.at(-1)).toBe(
      'No area has it, so block 40 has not been overwritten since: the live volume still holds it.',
    );
    expect(partsIn(figure)).toEqual({ 1: 'card 2', 2: 'area 2', 3: 'area 3', 4: 'block 40' });
  });

  it('says so when the snapshot is not there at this moment', () => {
    const answer = answerRead(machine, { kind: 'read', worldIndex: ON, snapshot: 9, block: 5 });

    expect(answer.title).toBe('At this moment there is no such snapshot to be read.');
    expect(answer.items).toEqual([]);
    expect(answer.draw(machine, wideStage(machine)).callouts).toEqual([]);
  });
});

describe('whose a slot is, on the stage', () => {
  const machine = story(scenario(), [CREATE, CREATE, write(5)]).machines[ON]!;

  it('an arrow leads to the block, to the owner and to the older snapshots that read through it', () => {
    const answer = answerOwner(machine, { kind: 'owner', worldIndex: ON, slot: 0 });
    const figure = answer.draw(machine, wideStage(machine));

    expect(answer.items.map(({ sentence }) => sentence)).toEqual([
      'It holds the old content of block 5, saved before that block was overwritten.',
      'It belongs to snapshot 2, the newest one when block 5 was copied.',
      'Snapshot 1 is older and reads block 5 here too.',
    ]);
    expect(partsIn(figure)).toEqual({ 0: 'slot 0', 1: 'block 5', 2: 'card 2', 3: 'card 1' });
    expect(figure.legs.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
  });

  it('a free slot is nobody’s', () => {
    const answer = answerOwner(machine, { kind: 'owner', worldIndex: ON, slot: 3 });

    expect(answer.title).toBe('Whose is slot 3? Nobody’s: it belongs to no snapshot now.');
    expect(partsIn(answer.draw(machine, wideStage(machine)))).toEqual({ 0: 'slot 3' });
  });
});
