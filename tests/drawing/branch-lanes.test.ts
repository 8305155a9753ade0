import { describe, expect, test } from 'vitest';
import { act } from '../../src/core/act';
import { History } from '../../src/core/history';
import type { LogRecord } from '../../src/core/log-record';
import type { Branch, LaboratoryState } from '../../src/core/laboratory';
import type { Command } from '../../src/core/command';
import { branchLanes } from '../../src/drawing/branch-lanes';
import { create, write } from '../core/given';
import { scenario } from '../core/describe/told';

/** A laboratory that is acted in on several branches; a command in the past opens a new one, as the engine does. */
class Tree {
  readonly records: LogRecord[] = [];
  readonly #branches: Branch[] = [
    { id: 1, name: '', origin: { kind: 'story' }, scenario: scenario(), tip: null },
  ];
  #current = 1;

  get state(): LaboratoryState {
    return {
      branches: this.#branches,
      currentBranch: this.#current,
      position: 0,
      nextRecord: this.records.length,
      nextBranch: this.#branches.length + 1,
      startedOverFrom: [],
    };
  }

  get history(): History {
    const { tip, scenario: scene } = this.#branches.find(({ id }) => id === this.#current)!;
    const history = new History(scene);
    for (let path = this.#pathTo(tip); path.length > 0; path = path.slice(1)) history.append(path[0]!);
    return history;
  }

  #pathTo(tip: number | null): readonly LogRecord[] {
    const record = this.records.find(({ id }) => id === tip);
    return record === undefined ? [] : [...this.#pathTo(record.parent), record];
  }

  enter(branch: number): this {
    this.#current = branch;
    return this;
  }

  addRoot(): this {
    const id = this.#branches.length + 1;
    this.#branches.push({
      id,
      name: '',
      origin: { kind: 'fault', fault: 8 },
      scenario: scenario(),
      tip: null,
    });
    return this;
  }

  do(command: Command, position = this.history.length): this {
    const { history } = this;
    const point = history.branchPointAt(position);
    const worlds = history.scenario.worlds;
    const acted = act(history.scenario, point, { command, worlds }, this.records.length);
    if (!acted.ok) throw new Error(acted.problem.code);
    this.records.push(...acted.value.records);
    if (point.parent !== history.lastRecord?.id && history.length > 0) this.#fork(point.parent);
    const at = this.#branches.findIndex(({ id }) => id === this.#current);
    this.#branches[at] = { ...this.#branches[at]!, tip: this.records.at(-1)!.id };
    return this;
  }

  #fork(record: number | null): void {
    const id = this.#branches.length + 1;
    const origin = { kind: 'fork', branch: this.#current, record } as const;
    this.#branches.push({ id, name: '', origin, scenario: scenario(), tip: record });
    this.#current = id;
  }

  lanes(most = 3): ReturnType<typeof branchLanes> {
    return branchLanes(this.state, this.history, this.records, most);
  }
}

test('a branch parts where the past was acted in, and is as long as what was left', () => {
  const tree = new Tree().do(write(0, 'A')).do(write(1, 'B')).do(create);
  const { history: old } = tree;
  const fork = old.entries[1]!.start;
  tree.do(write(2, 'C'), fork);

  expect(tree.lanes()).toMatchObject({
    lanes: [
      {
        branch: { id: 1 },
        forkPosition: fork,
        forkRecord: old.entries[0]!.record.id,
        steps: old.length - fork,
      },
    ],
    more: 0,
  });
});

test('seen from the old branch it is the new one that parts there', () => {
  const tree = new Tree().do(write(0, 'A')).do(write(1, 'B'));
  const fork = tree.history.entries[1]!.start;
  tree.do(create, fork).do(write(0, 'C'));
  const added = tree.history.length - fork;

  expect(tree.enter(1).lanes().lanes).toMatchObject([
    { branch: { id: 2 }, forkPosition: fork, steps: added },
  ]);
});

test('a command that was cut short is shared up to the cut', () => {
  const tree = new Tree().do(write(0, 'A'));
  const length = tree.history.length;
  tree.do({ type: 'break', condition: { name: 'diffDataWritesFail' } }, 2);

  expect(tree.lanes().lanes).toMatchObject([
    { branch: { id: 1 }, forkPosition: 2, forkRecord: null, steps: length - 2 },
  ]);
});

describe('several', () => {
  const tree = new Tree().do(write(0, 'A')).do(write(1, 'B')).addRoot();
  const fork = tree.history.entries[1]!.start;
  for (const letter of ['C', 'D', 'E', 'F']) tree.enter(1).do(write(3, letter), fork);
  tree.enter(4).do(create, fork);

  test('the one that the present branch came from is first, then the latest; the rest is counted', () => {
    expect(tree.lanes().lanes.map(({ branch }) => branch.id)).toEqual([4, 6, 5]);
    expect(tree.lanes().more).toBe(2);
  });

  test('a branch with another beginning is none of them', () => {
    const ids = tree.lanes(100).lanes.map(({ branch }) => branch.id);

    expect(ids.sort()).toEqual([1, 3, 4, 5, 6]);
    expect(tree.enter(2).lanes()).toEqual({ lanes: [], more: 0 });
  });
});
