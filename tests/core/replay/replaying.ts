/** A replay as the product does it, without a worker: planned, turned into commands, carried out by the engine's core. */
import { MAXIMUM_BLOCK_COUNT } from '../../../src/core/block';
import { act } from '../../../src/core/act';
import { atOnce } from '../../../src/core/at-once';
import { History } from '../../../src/core/history';
import { Replay, type ReplayReport } from '../../../src/core/replay/replay';
import { ReplayCommands } from '../../../src/core/replay/replay-commands';
import { outcomesOfReplay, type LevelOutcome } from '../../../src/core/replay/replay-outcome';
import { scenarioOfReplay, type ReplayPlan } from '../../../src/core/replay/replay-plan';
import { RankedBlocks } from '../../../src/core/replay/ranked-blocks';
import type { TraceBatch } from '../../../src/core/replay/trace';
import type { Command } from '../../../src/core/command';

/** Gives out the same records every time it is asked. */
export type BatchSource = (take: (batch: TraceBatch) => void) => void;

export interface Replayed {
  readonly history: History;
  readonly report: ReplayReport;
  readonly outcomes: readonly LevelOutcome[];
  readonly commands: readonly Command[];
  /** Refused by every world. */
  readonly refused: readonly Command[];
}

export function replayThrough(source: BatchSource, plan: ReplayPlan): Replayed {
  const counting = new Replay(plan);
  source((batch) => counting.add(batch));
  const report = counting.finish();
  const ranked = new RankedBlocks(plan, MAXIMUM_BLOCK_COUNT);
  source((batch) => ranked.add(batch));
  ranked.rank();
  const scenario = scenarioOfReplay(plan, ranked.size, report.totals.copies);
  const { blockCount } = scenario.settings;
  const replay = new ReplayCommands(plan, blockCount, (device, block) => ranked.numberOf(device, block));
  source((batch) => replay.add(batch));
  const commands = replay.finish();
  const history = new History(scenario);
  const refused = commands.filter((command) => !carryOut(history, command));
  const job = outcomesOfReplay(history, {
    snapshots: plan.snapshotsAt.length,
    interludes: replay.interludes,
    recordOfRequest: (request) => replay.recordOfRequest(request),
  });
  const outcomes = atOnce(job);
  return { history, report, outcomes, commands, refused };
}

function carryOut(history: History, command: Command): boolean {
  const { scenario, length } = history;
  const instruction = { command, worlds: scenario.worlds };
  const acted = act(scenario, history.branchPointAt(length), instruction, history.entries.length);
  if (!acted.ok) return false;
  return acted.value.records.every((record) => history.append(record).ok);
}
