import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../../../src/core/catalogue/rule';
import type { Command } from '../../../../src/core/command';
import { decide } from '../../../../src/core/decide/decide';
import { groundOfRefusal, LAB_LIMITS } from '../../../../src/core/describe/why/of-refusal';
import { fold } from '../../../../src/core/evolve';
import { createMachine, DEFAULT_SETTINGS, type Machine } from '../../../../src/core/machine';
import type { Refusal } from '../../../../src/core/refusal';
import * as commands from '../../given';

const { attach, bringOnline, clear, create, detach, takeOffline, unexpectedError, write } = commands;

const CODES = [
  ...readFileSync(new URL('../../../../src/core/refusal.ts', import.meta.url), 'utf8').matchAll(
    /code: '(\w+)'/g,
  ),
].map(([, code]) => code);

const SMALL = { ...DEFAULT_SETTINGS, blockCount: 8, diffVolumeBlocks: 8, initialBlocks: 2, maximumBlocks: 2 };

const PROTECT: Command = { type: 'setProtectionLevel', level: 'SNAPSHOT' };
const FAULTED = [PROTECT, create, unexpectedError];
const PENDING = [create, takeOffline, detach, bringOnline];

/** What is refused after these commands, and the rule or the limit that forbids it. */
const CASES: readonly (readonly [before: readonly Command[], command: Command, ground: string])[] = [
  [[], write(8, 'A'), 'notThere'],
  [[], commands.externalWrite(8), 'notThere'],
  [[], write(0, 'A', 0), 'notAValue'],
  [[], write(0, 'x'.repeat(16_385)), 'blocksOf16KiB'],
  [[], commands.wait(0), 'notAValue'],
  [[], commands.resize(-1), 'notAValue'],
  [[], commands.deleteSnapshot(1), 'notThere'],
  [PENDING, create, 'createRefusedWhenStorageFails'],
  [PENDING, commands.readSnapshot(1, 0), 'pendingUnreadable'],
  [PENDING, commands.revertTo(1), 'pendingUnreadable'],
  [PENDING, commands.deleteSnapshot(1), 'managedOnline'],
  [[create, takeOffline], commands.readSnapshot(1, 0), 'gate'],
  [[create, takeOffline], commands.revertTo(1), 'gate'],
  [[create, takeOffline], create, 'managedOnline'],
  [[takeOffline], commands.resize(4), 'managedOnline'],
  [FAULTED, commands.readSnapshot(1, 0), 'offlineSnapshotsUnreadable'],
  [FAULTED, create, 'snapshotLevelStopsIo'],
  [FAULTED, bringOnline, 'snapshotLevelStopsIo'],
  [FAULTED, commands.resize(4), 'fullWayOut'],
  [FAULTED, commands.deleteSnapshot(1), 'fullWayOut'],
  [[], bringOnline, 'nothingToDo'],
  [[takeOffline], takeOffline, 'nothingToDo'],
  [[], { type: 'setProtectionLevel', level: 'ORIGINAL_VOLUME' }, 'sameLevelDoesNothing'],
  [[], clear, 'clearNeedsFault'],
  [[], commands.deleteUnused, 'nothingUnused'],
  [[], commands.resize(2), 'nothingToDo'],
  [[PROTECT, create, write(0, 'A'), write(1, 'A')], commands.resize(1), 'lowerMaximumRefusedUnderProtection'],
  [[create], commands.resize(0), 'maximumZeroInUse'],
  [[create, write(0, 'A'), write(1, 'A')], create, 'createNeedsRoom'],
  [[detach], create, 'createRefusedWhenStorageFails'],
  [[detach], detach, 'notThere'],
  [[detach], commands.resize(4), 'notThere'],
  [[], attach, 'nothingToDo'],
  [[commands.breakIt('diffMetadataWritesFail')], create, 'createRefusedWhenStorageFails'],
  [
    [create, write(0, 'A'), commands.breakIt('diffReadsFail')],
    commands.revertTo(1),
    'snapshotReadNeedsStorage',
  ],
  [[commands.breakIt('growthSlow')], commands.breakIt('growthSlow'), 'nothingToDo'],
  [[], commands.repair('growthSlow'), 'nothingToDo'],
  [[commands.prepareOffline], commands.prepareOffline, 'nothingToDo'],
  [[], commands.finishFailover, 'nothingToDo'],
];

function machineAfter(before: readonly Command[]): Machine {
  return before.reduce(
    (machine, command) => {
      const decided = decide(machine, command);
      if (!decided.ok) throw new Error(`${command.type}: ${decided.problem.code}`);
      return fold(machine, decided.value);
    },
    createMachine(SMALL, 'ORIGINAL_VOLUME'),
  );
}

function refusalOf(machine: Machine, command: Command): Refusal {
  const decided = decide(machine, command);
  if (decided.ok) throw new Error(`${command.type} was accepted`);
  return decided.problem;
}

/** A write stopped between two of its stages. */
function stopped(): Machine {
  const machine = createMachine(SMALL, 'ORIGINAL_VOLUME');
  const decided = decide(machine, write(0, 'A'));
  return decided.ok ? fold(machine, decided.value.slice(0, 2)) : machine;
}

function groundNamed(command: Command, { code }: Refusal): string {
  const ground = groundOfRefusal(command.type, code);
  return ground.kind === 'rule' ? ground.rule : ground.limit;
}

describe('what forbids a refused command', () => {
  it.each(CASES)('%j: %j is forbidden by %s', (before, command, ground) => {
    expect(groundNamed(command, refusalOf(machineAfter(before), command))).toBe(ground);
  });

  it('a second command in the middle of a write is a matter of this laboratory', () => {
    const machine = stopped();
    expect(groundNamed(create, refusalOf(machine, create))).toBe('oneAtATime');
  });

  it('is a rule of the catalogue or one of our own limits, for every code there is', () => {
    const met = CASES.map(([before, command]) => refusalOf(machineAfter(before), command).code);
    expect(new Set([...met, 'writeInProgress'])).toEqual(new Set(CODES));
    const known = new Set<string>([...Object.keys(RULES), ...LAB_LIMITS]);
    for (const [, , ground] of CASES) expect(known).toContain(ground);
  });
});
