import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../src/core/at-once';
import type { Command } from '../../../src/core/command';
import { advance, decide } from '../../../src/core/decide/decide';
import { evolve } from '../../../src/core/evolve';
import type { Machine } from '../../../src/core/machine';
import { DIFF_SLOTS, LIVE_BLOCKS, SceneBook, type Scene } from '../../../src/drawing/map/scene';
import { lifeOf, livedMachine, machineOf } from '../machines';

const SEEDS = [11, 12, 13, 14];

/** What a book that has seen nothing else says of a machine. */
function fresh(subject: typeof LIVE_BLOCKS | typeof DIFF_SLOTS, machine: Machine, look: number | null) {
  return told(new SceneBook<string>(subject).at(machine, look));
}

function told({ states, tally }: Scene): { states: readonly number[]; tally: object } {
  return { states: [...states], tally: Object.fromEntries([...tally].sort()) };
}

/** Every machine of a life in a mixed order: forwards, backwards and in jumps, as a learner seeks. */
function wandered(machines: readonly Machine[]): readonly Machine[] {
  return [
    ...machines,
    ...machines.toReversed(),
    ...machines.map((_, at) => machines[(at * 17) % machines.length]!),
  ];
}

describe.each([
  ['blocks', LIVE_BLOCKS],
  ['slots', DIFF_SLOTS],
] as const)('scenes of %s', (_, subject) => {
  it.each(SEEDS)('are the same however they are reached, in life %i', (seed) => {
    const book = new SceneBook<string>(subject);
    for (const machine of wandered([...lifeOf(3_000, seed, 30)])) {
      expect(told(book.at(machine, null))).toEqual(fresh(subject, machine, null));
    }
  });

  it('name every block that looks different, and no other', () => {
    const book = new SceneBook<string>(subject);
    let before: Scene | null = null;
    let states: readonly number[] = [];
    let named = 0;
    for (const machine of lifeOf(3_000, 21, 60)) {
      const scene = book.at(machine, null);
      if (scene === before) continue;
      const different = [...scene.states.keys()].filter((index) => scene.states[index] !== states[index]);
      if (scene.changed !== null) expect([...scene.changed].sort((a, b) => a - b)).toEqual(different);
      named += scene.changed?.length ?? 0;
      before = scene;
      states = [...scene.states];
    }
    expect(named).toBeGreaterThan(100);
  });
});

it.each(SEEDS)('looking through a snapshot stays right while the machine goes on, in life %i', (seed) => {
  const book = new SceneBook<string>(LIVE_BLOCKS);
  let looks = 0;
  for (const machine of wandered([...lifeOf(3_000, seed, 30)])) {
    const snapshot = machine.areas.find((area) => area.exists)?.snapshot ?? null;
    if (snapshot !== null) looks += 1;
    expect(told(book.at(machine, snapshot))).toEqual(fresh(LIVE_BLOCKS, machine, snapshot));
  }
  expect(looks).toBeGreaterThan(10);
});

it('looking through a snapshot stays right while it is lost, event by event', () => {
  const write = {
    type: 'writeBurst',
    order: 'sequential',
    block: 0,
    span: 20,
    from: 0,
    writes: 20,
    seed: 1,
  } as const;
  const story: readonly Command[] = [
    write,
    { type: 'createSnapshot' },
    write,
    { type: 'createSnapshot' },
    write,
    { type: 'unexpectedError' },
  ];
  const book = new SceneBook<string>(LIVE_BLOCKS);
  let machine = machineOf(300);
  let events = 0;
  for (const command of story) {
    const decided = decide(machine, command);
    if (!decided.ok) throw new Error(decided.problem.code);
    for (const event of decided.value) {
      machine = evolve(machine, event);
      expect(told(book.at(machine, 1))).toEqual(fresh(LIVE_BLOCKS, machine, 1));
      events += 1;
    }
  }
  expect(events).toBeGreaterThan(200);
  expect(machine.areas).toEqual([]);
});

it('another volume is another scene, whatever its size', () => {
  const book = new SceneBook<string>(LIVE_BLOCKS);
  for (const machine of [
    livedMachine(3_000, 1),
    livedMachine(300, 2),
    livedMachine(300, 3),
    machineOf(300),
  ]) {
    expect(told(book.at(machine, null))).toEqual(fresh(LIVE_BLOCKS, machine, null));
  }
});

it('what has not changed costs nothing: the same machine is the same scene', () => {
  const book = new SceneBook<string>(LIVE_BLOCKS);
  const machine = livedMachine(300, 1);

  expect(book.at(machine, null)).toBe(book.at(machine, null));
});

it('a write into a million blocks is told as one block', () => {
  const book = new SceneBook<string>(LIVE_BLOCKS);
  const machine = machineOf(1_048_576);
  book.at(machine, null);
  const content = { kind: 'pattern' as const, seed: 1 };
  const written = advance(machine, { type: 'write', block: 700_001, count: 1, content });
  if (!written.ok) throw new Error(written.problem.code);

  const { changed, tally } = book.at(written.value, null);

  expect(changed).toEqual([700_001]);
  expect(Object.fromEntries(tally)).toEqual({ blank: 1_048_575, written: 1 });
});

describe('a scene that is prepared', () => {
  const machines = [...lifeOf(70_000, 31, 60)];
  const [before, coming] = [machines[20]!, machines.at(-1)!];
  const snapshot = coming.areas.find((area) => area.exists)?.snapshot ?? null;

  it.each([
    ['of the present', null],
    ['through a snapshot', snapshot],
  ])('is the one that is shown then, %s, and the same as one that is not', (_, look) => {
    const book = new SceneBook<string>(LIVE_BLOCKS);
    book.at(before, null);
    const prepared = atOnce(book.prepare(coming, look));

    const scene = book.at(coming, look);

    expect(scene).toBe(prepared);
    expect(scene.changed).toBeNull();
    expect(told(scene)).toEqual(fresh(LIVE_BLOCKS, coming, look));
  });

  it('rests on the way, and what is shown meanwhile stays', () => {
    const book = new SceneBook<string>(LIVE_BLOCKS);
    const shown = book.at(before, null);
    const states = [...shown.states];
    let rests = 0;
    for (const _ of book.prepare(coming, null)) {
      rests += 1;
      expect(book.at(before, null)).toBe(shown);
    }

    expect(rests).toBeGreaterThan(2);
    expect([...shown.states]).toEqual(states);
  });

  it('that is given up, half way or whole, leaves nothing behind', () => {
    const book = new SceneBook<string>(LIVE_BLOCKS);
    book.at(before, null);
    for (let index = 0; index < machines.length; index += 9) {
      const machine = machines[index]!;
      const job = book.prepare(machines[(index * 7) % machines.length]!, null);
      for (let part = 0; part < index % 5; part += 1) job.next();
      const other = book.prepare(machine, null);
      atOnce(other);
      job.next();
      expect(told(book.at(machine, null))).toEqual(fresh(LIVE_BLOCKS, machine, null));
    }
  });
});
