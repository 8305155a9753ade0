import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/core/command';
import { SWITCH_CONDITIONS, type Condition } from '../../../src/core/condition';
import type { Cause } from '../../../src/core/describe/why/cause';
import { explain } from '../../../src/core/describe/why/why';
import { SEARCHED_STEPS } from '../../../src/core/describe/why/inquiry';
import { History } from '../../../src/core/history';
import { randomBelow } from '../../../src/core/random';
import { causeWords } from '../../../src/words/why';
import { BOTH, eventsOf, FAULTS, positionOf, scenario, story, storyOfFault, tell } from './told';

const write = (block: number, count = 1): Command => ({
  type: 'write',
  block,
  count,
  content: { kind: 'pattern', seed: 1 },
});
const breakIt = (name: (typeof SWITCH_CONDITIONS)[number]): Command => ({
  type: 'break',
  condition: { name },
});

/** One line a cause: what it was, in a notation that a test can read. */
function chain(causes: readonly Cause[]): string[] {
  return causes.map(({ fact, rule }) => {
    const what = fact.kind === 'event' ? fact.event.type : fact.kind === 'command' ? 'command' : fact.kind;
    return rule === null ? what : `${what} / ${rule}`;
  });
}

/** What must hold of the answer for every event of a history. */
function expectEveryEventExplained(history: History): void {
  for (const { event, position, worldIndex } of eventsOf(history)) {
    const causes = explain(history, position, worldIndex);
    const where = `${event.type} at ${position} in world ${worldIndex}`;
    expect(causes.at(-1)?.fact.kind, where).toBe('command');
    for (const cause of causes) {
      if (cause.position !== null) expect(cause.position, where).toBeLessThan(position);
      expect(cause.fact.kind, where).not.toBe('beforeSearched');
      const { sentence, rule } = causeWords(cause);
      expect(sentence, where).toMatch(/^[A-Z].*\.$/);
      expect(sentence, where).not.toMatch(/undefined|NaN|null|\[object/);
      expect(rule === null, where).toBe(cause.rule === null);
    }
  }
}

describe('why, for every event', () => {
  it.each(FAULTS)('of the run of fault %i at both levels', (fault) => {
    const history = storyOfFault(fault);
    expectEveryEventExplained(history);
    for (const { event, position, worldIndex } of eventsOf(history)) {
      const causes = explain(history, position, worldIndex);
      const facts = causes.map(({ fact }) => fact);
      if (event.type !== 'snapshotsLost' && event.type !== 'writeFailed') continue;
      expect(facts[0]).toMatchObject({ kind: 'event', event: { type: 'faultMet', fault } });
    }
  });

  it('of random stories, with commands between two stages of a write', () => {
    for (let seed = 1; seed <= 24; seed += 1) expectEveryEventExplained(randomStory(seed));
  });
});

const SETTINGS = {
  blockCount: 12,
  initialBlocks: 4,
  maximumBlocks: 12,
  growthStepBlocks: 4,
  snapshotLimit: 4,
};

function randomCondition(pick: (below: number) => number): Condition {
  const index = pick(SWITCH_CONDITIONS.length + 1);
  const name = SWITCH_CONDITIONS[index];
  return name === undefined ? { name: 'liveBadBlock', block: pick(12) } : { name };
}

function randomCommand(pick: (below: number) => number): Command {
  const commands: readonly (() => Command)[] = [
    () => write(pick(12)),
    () => write(pick(8), 1 + pick(4)),
    () => ({ type: 'writeBurst', order: 'random', block: 0, span: 12, from: 0, writes: 6, seed: pick(100) }),
    () => ({ type: 'createSnapshot' }),
    () => ({ type: 'createSnapshot' }),
    () => ({ type: 'read', block: pick(12), from: 'live' }),
    () => ({ type: 'read', block: pick(12), from: { snapshot: 1 + pick(6) } }),
    () => ({ type: 'deleteSnapshot', snapshot: 1 + pick(6) }),
    () => ({ type: 'revertToSnapshot', snapshot: 1 + pick(6) }),
    () => ({ type: 'setProtectionLevel', level: pick(2) === 0 ? 'SNAPSHOT' : 'ORIGINAL_VOLUME' }),
    () => ({ type: 'clearProtectionFault' }),
    () => ({ type: 'clearProtectionFault' }),
    () => ({ type: 'deleteUnusedDiffAreas' }),
    () => ({ type: 'resizeDiffArea', maximumBlocks: pick(4) === 0 ? null : 4 * pick(5) }),
    () => ({ type: 'takeOffline' }),
    () => ({ type: 'bringOnline' }),
    () => ({ type: 'detachDiffVolume' }),
    () => ({ type: 'attachDiffVolume' }),
    () => ({ type: 'externalWrite', block: pick(12) }),
    () => ({ type: 'break', condition: randomCondition(pick) }),
    () => ({ type: 'repair', condition: randomCondition(pick) }),
    () => ({ type: 'wait', durationMs: pick(3) === 0 ? 300_000 : 5 }),
    () => ({ type: 'clusterPrepareOffline' }),
    () => ({ type: 'clusterFinishFailover' }),
    () => ({ type: 'unexpectedError' }),
  ];
  return commands[pick(commands.length)]!();
}

function randomStory(seed: number): History {
  let index = 0;
  const pick = (below: number): number => randomBelow(seed, (index += 1), below);
  let history = new History(scenario(SETTINGS));
  for (let done = 0; done < 40; done += 1) {
    const last = history.entries.at(-1);
    const isBetween = last !== undefined && pick(6) === 0;
    const position = isBetween ? last.start + pick(last.record.steps) + 1 : history.length;
    const worlds = pick(8) === 0 ? [BOTH[pick(2)]!] : BOTH;
    history = tell(history, randomCommand(pick), { position, worlds }) ?? history;
  }
  return history;
}

describe('the chain of causes', () => {
  it('leads from lost snapshots through the fault to what was broken, to the snapshot and to the write', () => {
    const history = storyOfFault(7);
    const causes = explain(history, positionOf(history, 'snapshotsLost', 0), 0);
    expect(chain(causes)).toEqual([
      'faultMet / originalLevelGivesSnapshots',
      'conditionBroken / oldBlockIsCopied',
      'blockLookedUp / copyBeforeOverwrite',
      'snapshotInstalled / copyOnFirstWriteOnly',
      'writeRequested',
      'command',
    ]);
    expect(causes[1]?.position).toBe(positionOf(history, 'conditionBroken', 0));
    expect(causes[3]?.position).toBe(positionOf(history, 'snapshotInstalled', 0));
  });

  it('names the copy that makes another copy unnecessary', () => {
    const history = story(scenario(), [{ type: 'createSnapshot' }, write(9), write(10), write(9)]);
    const causes = explain(history, positionOf(history, 'blockLookedUp', 1, 'last'), 1);
    expect(chain(causes)).toEqual(['copyRecorded / copyOnFirstWriteOnly', 'writeRequested', 'command']);
    expect(causes[0]?.fact).toMatchObject({ event: { block: 9, snapshot: 1 } });
    expect(causes[0]?.position).toBe(positionOf(history, 'copyRecorded', 1));
  });

  it('leads from a write turned away to the moment at which the gate was shut', () => {
    const history = storyOfFault(13);
    const causes = explain(history, positionOf(history, 'writeTurnedAway', 1), 1);
    expect(chain(causes).slice(0, 3)).toEqual([
      'volumeWentOffline / gate',
      'faultMet / snapshotLevelStopsIo',
      'conditionBroken / copyIsRecorded',
    ]);
    expect(causes[0]?.position).toBe(positionOf(history, 'volumeWentOffline', 1));
  });

  it('gives the path of a snapshot read and the copy at its end', () => {
    const history = story(scenario(), [
      { type: 'createSnapshot' },
      { type: 'createSnapshot' },
      write(3),
      { type: 'read', block: 3, from: { snapshot: 1 } },
    ]);
    const causes = explain(history, positionOf(history, 'readCompleted', 0), 0);
    expect(chain(causes)).toEqual(['readPath / readPath', 'copyRecorded / copyIsRecorded', 'command']);
    expect(causeWords(causes[0]!).sentence).toBe(
      'Block 3 of snapshot 1 is looked for: not in the area of snapshot 1, the area of snapshot 2 has it in slot 0.',
    );
  });

  it('says that an unrepaired cause strikes again after a clear', () => {
    const history = story(scenario(), [
      { type: 'createSnapshot' },
      breakIt('kernelMemoryExhausted'),
      write(1),
      { type: 'clearProtectionFault' },
    ]);
    const causes = explain(history, positionOf(history, 'faultMet', 1, 'last'), 1);
    expect(chain(causes)).toEqual([
      'conditionBroken / unrepairedStrikesAgain',
      'detectionStarted / detectionOrder',
      'command / clearRunsDetection',
    ]);
  });

  it('names the change of level when the level was not the one the world began with', () => {
    const history = story(scenario(), [
      { type: 'setProtectionLevel', level: 'SNAPSHOT' },
      { type: 'createSnapshot' },
      { type: 'unexpectedError' },
    ]);
    const struck = positionOf(history, 'faultMet', 0);
    expect(chain(explain(history, struck, 0))).toContain('levelChanged / snapshotLevelKeepsSnapshots');
    expect(chain(explain(history, struck, 1)).join()).not.toContain('levelChanged');
  });

  it('tells apart a full diff area, a lowered maximum, a count limit and a request', () => {
    const small = { initialBlocks: 4, maximumBlocks: 4, growthStepBlocks: 4, snapshotLimit: 2 };
    const create: Command = { type: 'createSnapshot' };
    const deletedBy = (commands: readonly Command[], worldIndex = 0): string => {
      const history = story(scenario(small), commands);
      return chain(explain(history, positionOf(history, 'snapshotDeleted', worldIndex), worldIndex))[0]!;
    };
    expect(deletedBy([create, write(0), create, write(1, 4)])).toBe('faultMet / fullAtMaximum');
    expect(
      deletedBy([create, write(0), create, write(1), { type: 'resizeDiffArea', maximumBlocks: 1 }]),
    ).toBe('command / lowerMaximumDeletesOldest');
    expect(deletedBy([create, create, create])).toBe('snapshotLimit / countLimit');
    expect(deletedBy([create, { type: 'deleteSnapshot', snapshot: 1 }])).toBe('command');
    expect(deletedBy([create, create, { type: 'revertToSnapshot', snapshot: 1 }])).toBe(
      'command / revertReleasesNewerAreas',
    );
  });

  it('explains time that passes only because the other world is still at work', () => {
    const history = storyOfFault(7);
    const causes = explain(history, positionOf(history, 'timePassed', 1), 1);
    expect(chain(causes)).toEqual(['commonClock', 'command']);
  });

  it('is empty where a world did nothing', () => {
    const history = story(scenario(), []);
    tell(history, write(1), { worlds: ['off'] });
    expect(history.momentAt(2).events[1]).toBeNull();
    expect(explain(history, 2, 1)).toEqual([]);
    expect(explain(history, 0, 0)).toEqual([]);
  });
});

describe('how far back is searched', () => {
  it('says so when a cause lies further back than that', () => {
    const burst: Command = {
      type: 'writeBurst',
      order: 'sequential',
      block: 0,
      span: 64,
      from: 0,
      writes: 64,
      seed: 1,
    };
    const history = story(scenario({ maximumBlocks: null, diffVolumeBlocks: 128 }, ['off']), [
      breakIt('growthSlow'),
      { type: 'repair', condition: { name: 'growthSlow' } },
      { type: 'createSnapshot' },
      write(3),
    ]);
    const beyond = history.length + SEARCHED_STEPS;
    while (history.length <= beyond) tell(history, burst);
    tell(history, write(3));
    const lookedUp = positionOf(history, 'blockLookedUp', 0, 'last');
    const startedMs = performance.now();
    expect(chain(explain(history, lookedUp, 0))).toEqual([
      'beforeSearched / copyOnFirstWriteOnly',
      'writeRequested',
      'command',
    ]);
    // Bounded work: a generous limit, so that a slow machine passes and an unbounded search does not.
    expect(performance.now() - startedMs).toBeLessThan(5000);
  });
});
