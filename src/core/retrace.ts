import { History } from './history';
import type { LogRecord } from './log-record';
import { isSameScenario, type Scenario } from './scenario';

export interface Retraced {
  readonly history: History;
  /** The first record that does not lead where it says any more, where the history ends early. */
  readonly failedAt: LogRecord | null;
}

/**
 * Carries out a path again, record by record, as far as it holds. What it has in common with `earlier`, another path
 * through the same records, is taken from there.
 */
export function retrace(
  scenario: Scenario,
  path: readonly LogRecord[],
  earlier: History | null = null,
): Retraced {
  const job = retracing(scenario, path, earlier);
  let step = job.next();
  while (step.done !== true) step = job.next();
  return step.value;
}

/** The same as a job that can rest after each record. */
export function* retracing(
  scenario: Scenario,
  path: readonly LogRecord[],
  earlier: History | null,
): Generator<void, Retraced> {
  const history = earlier === null ? new History(scenario) : beginningOf(scenario, path, earlier);
  for (const record of path.slice(history.entries.length)) {
    if (!history.append(record).ok) return { history, failedAt: record };
    yield;
  }
  return { history, failedAt: null };
}

function beginningOf(scenario: Scenario, path: readonly LogRecord[], earlier: History): History {
  if (!isSameScenario(scenario, earlier.scenario)) return new History(scenario);
  const differsAt = path.findIndex((record, index) => earlier.entries[index]?.record !== record);
  const shared = differsAt < 0 ? path.length : differsAt;
  return shared === 0 ? new History(scenario) : earlier.upTo(shared);
}
