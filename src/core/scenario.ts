import type { Command } from './command';
import { fingerprint } from './fingerprint';
import { createMachine, type Machine, type MachineSettings } from './machine';
import type { ProtectionLevel } from './protection';
import type { Table } from './table';

/** A world is one machine; two worlds side by side receive the same commands on one clock. */
export const WORLD_IDS = ['off', 'on'] as const;

export type WorldId = (typeof WORLD_IDS)[number];

/** The level a world starts with gives it its name: "Protection off", "Protection on". */
export const STARTING_LEVELS: Readonly<Record<WorldId, ProtectionLevel>> = {
  off: 'ORIGINAL_VOLUME',
  on: 'SNAPSHOT',
};

/** Everything a laboratory starts from. Same scenario, same commands: same events, byte for byte. */
export interface Scenario {
  readonly settings: MachineSettings;
  /** One or both, in the order of `WORLD_IDS`. */
  readonly worlds: readonly WorldId[];
  /** What the machines are at the beginning; without it they are new. */
  readonly start?: Start;
}

/** Machines to begin with, as they stood somewhere, and what wrote the contents that they hold. */
export interface Start {
  /** Its number in the laboratory. */
  readonly id: number;
  /** One for each world of the scenario, with its settings. None stands between two stages of a write. */
  readonly machines: readonly Machine[];
  /** In the order in which they were carried out. */
  readonly writes: readonly EarlierWrite[];
  /** Without it, commands wrote all that its machines hold. */
  readonly contents?: StartContents;
}

/**
 * Contents that no command wrote, as of a real volume. Content number n has stamp n + 1 in every world; its bytes are
 * kept beside the log.
 */
export interface StartContents {
  /** The number of the start that brought them along: a start that was taken from its branches goes on with them. */
  readonly start: number;
  /** By number, what `hashOfBytes` gives for each. */
  readonly hashes: Table;
}

/** A command that wrote contents which are still there. */
export interface EarlierWrite {
  /** Per world: the stamp that its first block write got. */
  readonly firstStamps: readonly number[];
  readonly command: Command;
}

/** A command and the worlds it goes to. */
export interface Instruction {
  readonly command: Command;
  readonly worlds: readonly WorldId[];
}

export function createMachines({ settings, worlds, start }: Scenario): readonly Machine[] {
  return start?.machines ?? worlds.map((world) => createMachine(settings, STARTING_LEVELS[world]));
}

/** Whether worlds differ in nothing at first that decides what they do, but for their levels. */
export function beginAlike(scenario: Scenario): boolean {
  if (scenario.start === undefined) return true;
  // What is only counted decides nothing.
  const counted = {
    level: 'SNAPSHOT',
    snapshotsLost: 0,
    host: { completed: 0, failed: 0, bounced: 0 },
  } as const;
  const numbers = scenario.start.machines.map((machine) => fingerprint({ ...machine, ...counted }));
  return numbers.every((number) => number === numbers[0]);
}

/** Whether the same commands lead to the same machines from both. A start is the same as itself only. */
export function isSameScenario(first: Scenario, second: Scenario): boolean {
  if (first === second) return true;
  return first.start === second.start && plain(first) === plain(second);
}

/** As text, in the order of the machine's own settings, whatever the order here. */
function plain({ settings, worlds }: Scenario): string {
  const { timing, ...sizes } = settings;
  return JSON.stringify([worlds, ...Object.entries({ ...sizes, ...timing }).sort()]);
}
