import type { Command } from './command';
import { createMachine, type Machine, type MachineSettings } from './machine';
import type { ProtectionLevel } from './protection';

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
}

/** A command and the worlds it goes to. */
export interface Instruction {
  readonly command: Command;
  readonly worlds: readonly WorldId[];
}

export function createMachines(scenario: Scenario): readonly Machine[] {
  return scenario.worlds.map((world) => createMachine(scenario.settings, STARTING_LEVELS[world]));
}
