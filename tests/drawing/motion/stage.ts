import type { Command } from '../../../src/core/command';
import type { Event } from '../../../src/core/event';
import type { FaultNumber } from '../../../src/core/fault';
import { act } from '../../../src/core/act';
import { History } from '../../../src/core/history';
import { tracesAt } from '../../../src/core/describe/traces';
import { DEFAULT_SETTINGS, type MachineSettings } from '../../../src/core/machine';
import { runOfFault, scenarioOfRun } from '../../../src/core/run-of-fault';
import type { Scenario, WorldId } from '../../../src/core/scenario';
import type { StageGeometry } from '../../../src/drawing/geometry';
import type { Mark } from '../../../src/drawing/motion/mark';
import { marksOf } from '../../../src/drawing/motion/marks';

/** Both grids are 8 cells wide, with cells of 18 px. */
export const STAGE: StageGeometry = {
  width: 600,
  height: 300,
  program: { x: 0, y: 100, width: 80, height: 60 },
  gate: { x: 100, y: 60, width: 40, height: 140 },
  live: { rect: { x: 200, y: 50, width: 158, height: 158 }, columns: 8, gap: 2 },
  lane: { x: 360, y: 50, width: 60, height: 158 },
  diff: { rect: { x: 430, y: 50, width: 158, height: 158 }, columns: 8, gap: 2 },
  cards: new Map([[1, { x: 20, y: 250, width: 100, height: 30 }]]),
};

/** Commands carried out one after the other in one world or in several. */
export function historyOf(
  commands: readonly Command[],
  worlds: readonly WorldId[],
  settings: Partial<MachineSettings> = {},
): History {
  return carriedOut({ settings: { ...DEFAULT_SETTINGS, ...settings }, worlds }, commands);
}

/** The built-in run of a fault. */
export function runHistory(fault: FaultNumber, worlds: readonly WorldId[]): History {
  const run = runOfFault(fault);
  return carriedOut(scenarioOfRun(run, worlds), run.commands);
}

function carriedOut(scenario: Scenario, commands: readonly Command[]): History {
  const history = new History(scenario);
  commands.forEach((command, index) => {
    const instruction = { command, worlds: scenario.worlds };
    const acted = act(scenario, history.branchPointAt(history.length), instruction, index);
    if (!acted.ok) throw new Error(acted.problem.code);
    for (const record of acted.value.records) history.append(record);
  });
  return history;
}

/** What is drawn of a world at a time: 3.4 is 40 % into the step that leads from position 3 to 4. */
export function frameAt(history: History, time: number, world = 0): readonly Mark[] {
  const moment = history.momentAt(Math.floor(time));
  const next = time < history.length ? history.momentAt(Math.floor(time) + 1).events[world] : null;
  const progress = time - Math.floor(time);
  return marksOf(
    {
      machine: moment.machines[world]!,
      event: progress === 0 ? null : (next ?? null),
      progress,
      last: moment.events[world] ?? null,
      traces: tracesAt(history, moment, world),
      burst: null,
    },
    STAGE,
  );
}

/** The position before the first step that `wanted` accepts; negative when there is none. */
export function before(history: History, wanted: (event: Event) => boolean): number {
  for (let position = 1; position <= history.length; position += 1) {
    const [event] = history.momentAt(position).events;
    if (event && wanted(event)) return position - 1;
  }
  throw new Error('There is no such event');
}

/** The position before the first event of a type. */
export function beforeThe(history: History, type: Event['type']): number {
  return before(history, (event) => event.type === type);
}

export function marksOfKind<Kind extends Mark['kind']>(
  marks: readonly Mark[],
  kind: Kind,
): readonly Extract<Mark, { kind: Kind }>[] {
  return marks.filter((mark): mark is Extract<Mark, { kind: Kind }> => mark.kind === kind);
}
