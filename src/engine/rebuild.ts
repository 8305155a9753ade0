import { FAULT_NAMES, type FaultNumber } from '../core/fault';
import type { LogRecord } from '../core/log-record';
import { pathTo, type Branch, type LaboratoryState } from '../core/laboratory';
import { retrace } from '../core/retrace';
import { scenarioOfRun } from '../core/run-of-fault';
import type { Scenario, WorldId } from '../core/scenario';
import { runOfOrigin, STORY_FAULT, type RunOrigin } from '../core/story';
import type { HeldStart } from '../formats/kept-start';
import { instructionsOfRun, isSame, type Records } from './path';

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
 * follows, and for every start that nothing begins from. Which machine it all began with, the log does not say; of the
 * built-in ones and the starts only the right one leads to the fingerprints that it recorded. `null`: nothing fits.
 */
export function rebuildState(
  records: Records,
  starts: ReadonlyMap<number, HeldStart>,
  nextRecord: number,
): LaboratoryState | null {
  const parents = new Set([...records.values()].map(({ parent }) => parent));
  const ends = [...records.values()].filter(({ id, cut }) => !parents.has(id) && !cut);
  const found = ends.flatMap(({ id }): readonly Found[] => {
    const path = pathTo(id, (record) => records.get(record));
    const beginning = beginningOf(path, starts);
    return beginning === null ? [] : [{ ...beginning, tip: id }];
  });
  const begun = new Set(found.map(({ start }) => start));
  const untouched = [...starts.values()].filter(({ start }) => !begun.has(start.id));
  const branches = [...found, ...untouched.map(fromStart)].map((branch, index): Branch => {
    return { tip: null, ...branch, id: index + 1, name: '' };
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

type Beginning = Pick<Branch, 'scenario' | 'origin' | 'start'>;

type Found = Beginning & Pick<Branch, 'tip'>;

function fromStart({ start, scenario }: HeldStart): Beginning {
  const isVolume = start.contents?.start === start.id;
  return { scenario, start: start.id, origin: { kind: isVolume ? 'image' : 'trimmed' } };
}

function beginningOf(path: readonly LogRecord[], starts: ReadonlyMap<number, HeldStart>): Beginning | null {
  const leads = (scenario: Scenario): boolean => retrace(scenario, path.slice(0, 1)).failedAt === null;
  for (const worlds of WORLDS) {
    for (const origin of ORIGINS) {
      const scenario = scenarioOfRun(runOfOrigin(origin), worlds);
      if (leads(scenario)) return { scenario, origin: originOfPath(path, worlds) };
    }
  }
  const held = [...starts.values()].find(({ start, scenario }) => leads({ ...scenario, start }));
  return held === undefined ? null : fromStart(held);
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
