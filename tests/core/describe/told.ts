import type { Command } from '../../../src/core/command';
import type { Event, EventType } from '../../../src/core/event';
import type { FaultNumber } from '../../../src/core/fault';
import { act } from '../../../src/core/act';
import { History } from '../../../src/core/history';
import { DEFAULT_SETTINGS, type MachineSettings } from '../../../src/core/machine';
import { runOfFault } from '../../../src/core/run-of-fault';
import type { Scenario, WorldId } from '../../../src/core/scenario';

export const BOTH: readonly WorldId[] = ['off', 'on'];

export const FAULTS = Array.from({ length: 16 }, (_, index) => (index + 1) as FaultNumber);

export function scenario(
  settings: Partial<MachineSettings> = {},
  worlds: readonly WorldId[] = BOTH,
): Scenario {
  return { settings: { ...DEFAULT_SETTINGS, ...settings }, worlds };
}

/** Carries a command out at the end of a history, or between two stages of its last one. Says whether it was accepted. */
export function tell(
  history: History,
  command: Command,
  { worlds = history.scenario.worlds, position = history.length } = {},
): History | null {
  const point = history.branchPointAt(position);
  const acted = act(history.scenario, point, { command, worlds }, history.entries.length + 1);
  if (!acted.ok) return null;
  const isCut = point.cut !== null;
  const path = isCut ? retold(history, history.entries.length - 1) : history;
  for (const record of acted.value.records) {
    if (!path.append(record).ok) throw new Error('a record that was just made can be appended');
  }
  return path;
}

function retold(history: History, entries: number): History {
  const path = new History(history.scenario);
  for (const { record } of history.entries.slice(0, entries)) path.append(record);
  return path;
}

export function story(scene: Scenario, commands: readonly Command[]): History {
  const history = new History(scene);
  for (const command of commands) tell(history, command);
  return history;
}

export function storyOfFault(fault: FaultNumber, worlds: readonly WorldId[] = BOTH): History {
  const { settings, commands } = runOfFault(fault);
  return story({ settings, worlds }, commands);
}

export interface Told {
  readonly event: Event;
  readonly position: number;
  readonly worldIndex: number;
}

export function eventsOf(history: History): readonly Told[] {
  return history.entries.flatMap(({ index, start }) =>
    history
      .derive(index)
      .outcome.events.flatMap((events, worldIndex) =>
        events.map((event, step) => ({ event, position: start + step + 1, worldIndex })),
      ),
  );
}

/** Where the first (or the last) event of a type stands in a world. */
export function positionOf(
  history: History,
  type: EventType,
  worldIndex: number,
  which: 'first' | 'last' = 'first',
): number {
  const found = eventsOf(history).filter(
    (told) => told.worldIndex === worldIndex && told.event.type === type,
  );
  const told = which === 'first' ? found[0] : found.at(-1);
  if (told === undefined) throw new Error(`${type} happened in world ${worldIndex}`);
  return told.position;
}
