import { FAULT_NAMES, type FaultNumber } from '../core/fault';
import type { LogRecord } from '../core/history';
import { pathTo, type Branch, type LaboratoryState } from '../core/laboratory';
import { scenarioOfRun } from '../core/run-of-fault';
import type { Scenario, WorldId } from '../core/scenario';
import { runOfOrigin, STORY_FAULT, type RunOrigin } from '../core/story';
import { instructionsOfRun, isSame, replay, type Records } from './path';

const FAULT_NUMBERS = FAULT_NAMES.map((_, number) => number).slice(1) as FaultNumber[];

const ORIGINS: readonly RunOrigin[] = [
  { kind: 'story' },
  ...FAULT_NUMBERS.filter((fault) => fault !== STORY_FAULT).map((fault) => ({
    kind: 'fault' as const,
    fault,
  })),
];

const WORLDS: readonly (readonly WorldId[])[] = [['off', 'on'], ['off'], ['on']];

/**
 * A state from the log alone, for when the laboratory's own record is lost: a branch for every record that nothing
 * follows. Which machine it all began with, the log does not say; of the built-in ones only the right one leads to the
 * fingerprints that it recorded. `null`: nothing fits.
 */
export function rebuildState(records: Records, nextRecord: number): LaboratoryState | null {
  const parents = new Set([...records.values()].map(({ parent }) => parent));
  const ends = [...records.values()].filter(({ id, cut }) => !parents.has(id) && !cut);
  const branches = ends.flatMap(({ id }, index): readonly Branch[] => {
    const path = pathTo(id, (record) => records.get(record));
    const scenario = scenarioOfPath(path);
    if (scenario === null) return [];
    return [{ id: index + 1, name: '', origin: originOfPath(path, scenario.worlds), scenario, tip: id }];
  });
  const latest = branches[branches.length - 1];
  if (latest === undefined) return null;
  return {
    branches,
    currentBranch: latest.id,
    position: 0,
    nextRecord,
    nextBranch: latest.id + 1,
    startedOverFrom: [],
  };
}

function scenarioOfPath(path: readonly LogRecord[]): Scenario | null {
  for (const worlds of WORLDS) {
    for (const origin of ORIGINS) {
      const scenario = scenarioOfRun(runOfOrigin(origin), worlds);
      if (replay(scenario, path.slice(0, 1)).failedAt === null) return scenario;
    }
  }
  return null;
}

/** The run that a path follows furthest. */
function originOfPath(path: readonly LogRecord[], worlds: readonly WorldId[]): RunOrigin {
  const lengths = ORIGINS.map((origin) => {
    const run = instructionsOfRun(origin, worlds);
    const differsAt = run.findIndex((instruction, at) => !isSame(instruction, path[at]?.instruction));
    return differsAt < 0 ? run.length : differsAt;
  });
  return ORIGINS[lengths.indexOf(Math.max(...lengths))]!;
}
