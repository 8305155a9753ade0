/** Every rule that the running engine checks is broken here on purpose, so that a check which never speaks is found. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/core/command';
import { decide } from '../../src/core/decide/decide';
import type { Event } from '../../src/core/event';
import { evolve } from '../../src/core/evolve';
import {
  checkMachine,
  checkTransition,
  type MachineRule,
  type TransitionRule,
} from '../../src/core/invariants';
import type { Machine } from '../../src/core/machine';
import type { Table } from '../../src/core/table';
import {
  breakIt,
  clear,
  create,
  detach,
  given,
  givenProtected,
  resize,
  revertTo,
  setLevel,
  wait,
  write,
} from './given';

/** Two snapshots with a copy of block 0 each. */
const machine = given().after(write(0, 'A'), create, write(0, 'B'), create, write(0, 'C')).machine;

function put(table: Table, index: number, value: number): Table {
  const editor = table.edit();
  editor.set(index, value);
  return editor.finish();
}

const [first, second] = machine.areas;

/** For every rule a change that breaks it; others may break with it. */
const BREAKING: Readonly<Record<MachineRule, Partial<Machine>>> = {
  usedWithinAllocated: { used: 9 },
  allocatedWithinMaximum: { maximumBlocks: 7 },
  allocatedWithinDiffVolume: { allocated: 17, maximumBlocks: null },
  chainInOrder: { areas: [second!, first!] },
  oldestAreaIsRead: { areas: [{ ...first!, exists: false }, second!] },
  snapshotsWithinLimit: { settings: { ...machine.settings, snapshotLimit: 1 } },
  noSnapshotNoDiffArea: { areas: [] },
  slotWithinAllocated: { allocated: 1 },
  slotOwnerInChain: { slotArea: put(machine.slotArea, 0, 7) },
  slotBlockWithinVolume: { slotBlock: put(machine.slotBlock, 0, 8) },
  freeSlotIsEmpty: { slotBlock: put(machine.slotBlock, 5, 1) },
  copiesCounted: { areas: [{ ...first!, copies: 2 }, second!] },
  usedCounted: { used: 3 },
  firstFreeIsLowest: { firstFree: 3 },
  newestCopyIsACopy: { newestCopy: put(machine.newestCopy, 4, 1) },
  everyCopyReachable: { slotOlder: put(machine.slotOlder, 1, 0) },
  stampsWereGiven: { live: put(machine.live, 0, machine.nextStamp) },
  badBlocksInOrder: { conditions: { ...machine.conditions, liveBadBlocks: [3, 2] } },
  bouncedHaveFailed: { host: { ...machine.host, bounced: 1 } },
  faultMeansOffline: { access: 'offlineForProtection' },
  faultNeedsProtection: { fault: 7, access: 'offlineForProtection' },
  pendingWaitsForDiffVolume: { pendingUntilMs: machine.clockMs + 1 },
  missingVolumeIsNoticed: { diffVolumePresent: false },
  growthIsAhead: { growth: { completesAtMs: machine.clockMs } },
  writesAreReleased: { frozen: true },
  noRequestAtRest: { request: { block: 0, count: 1, stamp: 1, stage: 'gate', done: 0, slot: null } },
};

describe('checkMachine', () => {
  it('finds nothing wrong with a machine that is right', () => {
    expect(checkMachine(machine)).toEqual([]);
  });

  it.each(Object.keys(BREAKING) as MachineRule[])('finds that %s is broken', (rule) => {
    const violations = checkMachine({ ...machine, ...BREAKING[rule] });
    expect(violations.map((violation) => violation.rule)).toContain(rule);
  });

  it('shows the numbers', () => {
    expect(checkMachine({ ...machine, used: 9 })).toContainEqual({
      rule: 'usedWithinAllocated',
      detail: { used: 9, allocated: 8 },
    });
  });
});

function transition(
  before: Machine,
  command: Command,
  change: (events: readonly Event[]) => readonly Event[],
) {
  const answer = decide(before, command);
  const events = change(answer.ok ? answer.value : []);
  return rulesOf(before, command, events, events.reduce(evolve, before));
}

function rulesOf(
  before: Machine,
  command: Command,
  outcome: Parameters<typeof checkTransition>[2],
  after: Machine,
): readonly TransitionRule[] {
  return checkTransition(before, command, outcome, after).map((violation) => violation.rule);
}

const protectedMachine = givenProtected().after(create, write(0, 'A')).machine;
const WRITE = write(1, 'D', 2);

describe('checkTransition', () => {
  it.each([WRITE, create, revertTo(1), wait(5), resize(8), detach, setLevel('SNAPSHOT')])(
    'finds nothing wrong with $type as it is decided',
    (command) => {
      expect(transition(machine, command, (events) => events)).toEqual([]);
    },
  );

  it('finds nothing wrong with a refusal that changed nothing', () => {
    expect(rulesOf(machine, clear, { code: 'notFaulted' }, { ...machine })).toEqual([]);
  });

  it('refusalChangesNothing', () => {
    expect(rulesOf(machine, clear, { code: 'notFaulted' }, { ...machine, clockMs: 99 })).toEqual([
      'refusalChangesNothing',
    ]);
  });

  it('snapshotReadsTheSame: a block overwritten that was not copied', () => {
    const broken = transition(machine, write(1, 'D'), (events) =>
      events.filter((event) => event.type !== 'copyRecorded' && event.type !== 'blockCopied'),
    );
    expect(broken).toContain('snapshotReadsTheSame');
  });

  it('newSnapshotReadsLive: a snapshot that appears without being created', () => {
    const events = decide(machine, create);
    const after = (events.ok ? events.value : []).reduce(evolve, machine);
    expect(rulesOf(machine, wait(1), [], after)).toContain('newSnapshotReadsLive');
  });

  it('overwritesItsBlocksInOrder', () => {
    const broken = transition(machine, WRITE, (events) =>
      events.map((event) =>
        event.type === 'blockOverwritten' && event.block === 2 ? { ...event, block: 5 } : event,
      ),
    );
    expect(broken).toContain('overwritesItsBlocksInOrder');
  });

  it('failedWriteChangesNothing', () => {
    const broken = transition(protectedMachine, WRITE, (events) =>
      events.map((event) =>
        event.type === 'writeCompleted'
          ? { type: 'writeFailed', fault: 7, status: 'STATUS_IO_DEVICE_ERROR', request: event.request }
          : event,
      ),
    );
    expect(broken).toEqual(['failedWriteChangesNothing']);
  });

  it('completedWriteChangesItsBlocks', () => {
    const broken = transition(machine, WRITE, (events) =>
      events.filter((event) => event.type !== 'blockOverwritten' || event.block === 1),
    );
    expect(broken).toEqual(['completedWriteChangesItsBlocks']);
  });

  it('liveChangesByWritesOnly', () => {
    const after = { ...machine, live: put(machine.live, 7, 1) };
    expect(rulesOf(machine, wait(1), [], after)).toContain('liveChangesByWritesOnly');
  });

  it('levelChangesOnRequest', () => {
    expect(rulesOf(machine, wait(1), [], { ...machine, level: 'SNAPSHOT' })).toEqual([
      'levelChangesOnRequest',
    ]);
  });

  it('protectionKeepsSnapshots', () => {
    const lost: Event = { type: 'snapshotDeleted', snapshot: 1, reason: 'userLimit' };
    const after = evolve(protectedMachine, lost);
    expect(rulesOf(protectedMachine, write(1, 'B'), [lost], after)).toEqual(['protectionKeepsSnapshots']);
    expect(rulesOf(protectedMachine, { type: 'deleteSnapshot', snapshot: 1 }, [lost], after)).toEqual([]);
  });

  it('originalLevelFailsNoWrite', () => {
    const broken = transition(given().after(create).machine, write(0, 'A'), (events) => {
      const failed = events.slice(0, 2);
      const request = { block: 0, count: 1, stamp: 1, stage: 'lookUp', done: 0, slot: null } as const;
      return [...failed, { type: 'writeFailed', fault: 7, status: 'STATUS_IO_DEVICE_ERROR', request }];
    });
    expect(broken).toEqual(['originalLevelFailsNoWrite']);
  });

  it('originalLevelStaysOnline', () => {
    const offline: Event = { type: 'volumeWentOffline', access: 'offlineForProtection', before: 'online' };
    const after = evolve(machine, offline);
    expect(rulesOf(machine, breakIt('growthSlow'), [offline], after)).toEqual(['originalLevelStaysOnline']);
  });

  it('timeGoesForward', () => {
    expect(rulesOf(machine, wait(1), [], { ...machine, clockMs: 0 })).toEqual(['timeGoesForward']);
  });
});
