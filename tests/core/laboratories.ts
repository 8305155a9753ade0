/** Random laboratories of two worlds: settings, and commands chosen to make sense in the first world. */
import type fc from 'fast-check';
import type { Command } from '../../src/core/command';
import { act } from '../../src/core/act';
import { History, type BranchPoint } from '../../src/core/history';
import type { Scenario } from '../../src/core/scenario';
import { NaiveMachine } from './naive-machine';
import { commandOf, sequencesOf } from './sequences';

interface RandomLaboratory {
  readonly scenario: Scenario;
  readonly commands: readonly Command[];
}

export const BOTH_WORLDS = ['off', 'on'] as const;

export function laboratoriesOf(steps: number): fc.Arbitrary<RandomLaboratory> {
  return sequencesOf(steps).map(({ settings, steps: chosen }) => {
    const naive = new NaiveMachine(settings, 'ORIGINAL_VOLUME');
    const commands = chosen.map((step) => {
      const command = commandOf(step, naive);
      naive.perform(command);
      return command;
    });
    return { scenario: { settings, worlds: BOTH_WORLDS }, commands };
  });
}

/** Acts in all worlds of a history, at its end if nothing else is said. Says whether any of them did something. */
export function actOn(history: History, command: Command, point?: BranchPoint): boolean {
  const at = point ?? history.branchPointAt(history.length);
  const instruction = { command, worlds: history.scenario.worlds };
  const acted = act(history.scenario, at, instruction, history.entries.length);
  if (!acted.ok) return false;
  for (const record of acted.value.records) {
    const appended = history.append(record);
    if (!appended.ok) throw new Error(`${JSON.stringify(command)}: ${appended.problem}`);
  }
  return true;
}

export function historyOf(scenario: Scenario, commands: readonly Command[]): History {
  const history = new History(scenario);
  for (const command of commands) actOn(history, command);
  return history;
}
