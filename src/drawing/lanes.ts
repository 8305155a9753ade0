import { weightierKind } from '../core/digest';
import type { EventKind } from '../core/describe/event-kind';
import type { FaultNumber } from '../core/fault';
import type { Entry, History } from '../core/history';
import { firstLevel, type Detail, type Level } from './entry-detail';
import { completedIn, type FaultBand, type SnapshotLife, type WorldFacts } from './lane-facts';
import type { LanePlan, Strip } from './lane-plan';
import { Bars, clusters, crosses, Profile } from './pixels';
import type { TimeScale } from './time-scale';

/** What a command is drawn as; of what cannot be told apart the later of these covers the earlier ones. */
export const COMMAND_TONES = ['plain', 'copy', 'snapshot', 'cause', 'outcome'] as const;

type CommandTone = (typeof COMMAND_TONES)[number];

/** The number of a fault beside its mark; there is one wherever it has room. */
interface FaultLabel {
  readonly x: number;
  readonly fault: FaultNumber;
}

/** The lanes of one world, as paths. */
interface WorldLanes {
  readonly snapshots: string;
  /** Where snapshots were lost. */
  readonly lost: string;
  readonly used: string;
  readonly allocated: string;
  readonly limit: string;
  readonly standing: string;
  readonly met: string;
  readonly faultLabels: readonly FaultLabel[];
  readonly completed: string;
  readonly failed: string;
}

/** Everything that does not move with the play head. Lengths are pixels. */
export interface LaneDrawing {
  readonly commands: Readonly<Record<CommandTone, string>>;
  readonly worlds: readonly WorldLanes[];
}

interface LaneSource {
  readonly history: History;
  /** Those that are drawn: of a history that has grown since, the first ones. */
  readonly entries: readonly Entry[];
  readonly facts: readonly WorldFacts[];
  readonly scale: TimeScale;
  readonly plan: LanePlan;
  /** The entries that are wide enough to be drawn step by step. */
  readonly details: ReadonlyMap<Entry, readonly Detail[]>;
  /** As `edgesOf` gives them. */
  readonly edges: readonly number[];
}

/** Where each entry starts, in pixels, and where the last one ends. */
export function edgesOf(entries: readonly Entry[], scale: TimeScale): readonly number[] {
  return [...entries.map(({ start }) => scale.x(start)), scale.x(scale.length)];
}

/** A job that can rest after each part. */
export function* drawLanes(source: LaneSource): Generator<void, LaneDrawing> {
  const { facts, plan, scale } = source;
  const most = Math.max(1, ...facts.map(({ lives }) => mostAtOnce(lives)));
  const top = Math.max(1, ...facts.map((_, world) => mostAllocated(source, world)));
  yield;
  const commands = commandPaths(source, plan.lanes.commands[0]!);
  const worlds: WorldLanes[] = [];
  for (const [world, { lives, faults }] of facts.entries()) {
    yield;
    const fill = fillPaths(source, world, top, plan.lanes.fill[world]!);
    yield;
    worlds.push({
      ...snapshotPaths(lives, most, scale, plan.lanes.snapshots[world]),
      ...fill,
      ...faultPaths(faults, scale, plan.lanes.faults[world]!),
      ...verdictPaths(source, world, plan.lanes.verdicts[world]),
    });
  }
  return { commands, worlds };
}

const TONES: Readonly<Record<EventKind, CommandTone>> = {
  time: 'plain',
  log: 'plain',
  write: 'plain',
  read: 'plain',
  growth: 'plain',
  copy: 'copy',
  snapshot: 'snapshot',
  environment: 'cause',
  protection: 'cause',
  block: 'outcome',
  loss: 'outcome',
};

/** Wide enough for a gap before the next command. Pixels. */
const PARTED_PX = 3;

function commandPaths({ entries, edges }: LaneSource, strip: Strip): Readonly<Record<CommandTone, string>> {
  const bars = {
    plain: new Bars(strip),
    copy: new Bars(strip),
    snapshot: new Bars(strip),
    cause: new Bars(strip),
    outcome: new Bars(strip),
  } satisfies Record<CommandTone, Bars>;
  for (const { index, digests } of entries) {
    const kind = digests.map((digest) => digest.kind).reduce(weightierKind);
    const from = edges[index]!;
    const to = edges[index + 1]!;
    bars[TONES[kind]].add(from, to - from > PARTED_PX ? to - 1 : to);
  }
  return {
    plain: bars.plain.finish(),
    copy: bars.copy.finish(),
    snapshot: bars.snapshot.finish(),
    cause: bars.cause.finish(),
    outcome: bars.outcome.finish(),
  };
}

/** Snapshots that exist at the same time are stacked; each keeps its row, the lowest that was free. */
function rowsOf(lives: readonly SnapshotLife[]): readonly number[] {
  const freeFrom: number[] = [];
  return lives.map(({ from, to }) => {
    const free = freeFrom.findIndex((end) => end <= from);
    const row = free < 0 ? freeFrom.length : free;
    freeFrom[row] = to ?? Infinity;
    return row;
  });
}

function mostAtOnce(lives: readonly SnapshotLife[]): number {
  return Math.max(0, ...new Set(rowsOf(lives))) + 1;
}

/** A bar thinner than this cannot be told from the next one. Pixels. */
const THINNEST_BAR_PX = 1.5;

/** Crosses nearer to each other than this run into one. Pixels. */
const CROSS_GAP_PX = 7;

function snapshotPaths(
  lives: readonly SnapshotLife[],
  most: number,
  scale: TimeScale,
  strip: Strip | undefined,
): Pick<WorldLanes, 'snapshots' | 'lost'> {
  if (strip === undefined) return { snapshots: '', lost: '' };
  const rowHeight = Math.max(strip.height / most, THINNEST_BAR_PX);
  const rows = Array.from({ length: Math.floor(strip.height / rowHeight) }, (_, row) => {
    const y = strip.y + strip.height - (row + 1) * rowHeight;
    return new Bars({ y, height: rowHeight > 2 * THINNEST_BAR_PX ? rowHeight - 1 : rowHeight });
  });
  const rowOf = rowsOf(lives);
  lives.forEach(({ from, to }, index) => {
    // What is stacked higher than there is room for is left out: the sentence beside the lanes tells how many there are.
    rows[rowOf[index]!]?.add(scale.x(from), scale.x(to ?? scale.length));
  });
  const losses = lives.flatMap(({ to, isLost }) => (isLost && to !== null ? [scale.x(to)] : []));
  const places = clusters(
    losses.sort((a, b) => a - b),
    CROSS_GAP_PX,
  );
  return { snapshots: rows.map((row) => row.finish()).join(''), lost: crosses(places, strip) };
}

/** How full the diff area is from `x` pixels on. */
type VisitLevel = (x: number, level: Level) => void;

/**
 * Visits the levels at which the lines have corners. An entry that is too narrow to be drawn step by step goes straight
 * from its first to its last level, by way of its peak when copies were made and given up again in it.
 */
function followLevels(
  { history, entries, details, edges, scale }: LaneSource,
  world: number,
  visit: VisitLevel,
): void {
  let last: Level = firstLevel(history, world);
  visit(0, last);
  for (const entry of entries) {
    const end = edges[entry.index + 1]!;
    const after = entry.samples[world]!;
    const detail = details.get(entry)?.[world];
    if (detail === undefined) {
      const room = Math.max(last.allocated, after.allocated);
      const used = Math.min(last.used + entry.digests[world]!.copies, room);
      if (used > after.used) visit((edges[entry.index]! + end) / 2, { ...last, used });
    } else {
      for (const { position, ...level } of detail.levels) {
        const x = scale.x(position);
        visit(x, last);
        visit(x, level);
        last = level;
      }
    }
    visit(end, after);
    last = after;
  }
}

/** The limit is often far above it and would leave nothing to be seen: it shows where the diff area comes up to it. */
function mostAllocated(source: LaneSource, world: number): number {
  let most = 0;
  followLevels(source, world, (_, { allocated }) => {
    if (allocated > most) most = allocated;
  });
  return most;
}

/** However much there is room for, a block that is used can be seen. Pixels. */
const LEAST_USED_PX = 1.5;

/** `top`: the level at the upper edge, in blocks. */
function fillPaths(
  source: LaneSource,
  world: number,
  top: number,
  { y, height }: Strip,
): Pick<WorldLanes, 'used' | 'allocated' | 'limit'> {
  const used = new Profile();
  const allocated = new Profile();
  const limit = new Profile();
  const base = y + height;
  const step = height / top;
  followLevels(source, world, (x, level) => {
    used.add(x, base - (level.used === 0 ? 0 : Math.max(LEAST_USED_PX, level.used * step)));
    allocated.add(x, base - level.allocated * step);
    if (level.limit <= top) limit.add(x, base - level.limit * step);
    else limit.part();
  });
  return { used: used.area(base), allocated: allocated.line(), limit: limit.line() };
}

/** A band is never narrower than this, nor is the mark of a fault that did not stand. Pixels. */
const FAULT_PX = 2;

/** Room for the number of a fault, by the height of its lane. */
const LABEL_WIDTH = 2;

function faultPaths(
  faults: readonly FaultBand[],
  scale: TimeScale,
  strip: Strip,
): Pick<WorldLanes, 'standing' | 'met' | 'faultLabels'> {
  const standing = new Bars(strip);
  const met = new Bars(strip);
  const faultLabels: FaultLabel[] = [];
  let free = 0;
  for (const { fault, from, to } of faults) {
    const x = scale.x(from);
    if (to !== from) standing.add(x, Math.max(x + FAULT_PX, scale.x(to ?? scale.length)));
    else met.add(x - FAULT_PX, x);
    if (x < free) continue;
    faultLabels.push({ x, fault });
    free = x + LABEL_WIDTH * strip.height;
  }
  return { standing: standing.finish(), met: met.finish(), faultLabels };
}

/** Visits where reads and writes were answered or failed, in pixels: those of a narrow entry are spread over it. */
function followVerdicts(
  { entries, details, edges, scale }: LaneSource,
  world: number,
  verdict: 'completed' | 'failed',
  visit: (x: number) => void,
): void {
  for (const entry of entries) {
    const detail = details.get(entry)?.[world];
    if (detail !== undefined) {
      for (const position of detail[verdict]) visit(scale.x(position));
      continue;
    }
    const count = verdict === 'completed' ? completedIn(entry, world) : entry.digests[world]!.failed;
    const from = edges[entry.index]!;
    const width = edges[entry.index + 1]! - from;
    const shown = Math.min(count, Math.ceil(width));
    for (let index = 1; index <= shown; index += 1) visit(from + (width * index) / shown);
  }
}

/** A tick is so many times as tall as it is wide. */
const TICK_SLENDERNESS = 6;

function verdictPaths(
  source: LaneSource,
  world: number,
  strip: Strip | undefined,
): Pick<WorldLanes, 'completed' | 'failed'> {
  if (strip === undefined) return { completed: '', failed: '' };
  const completed = new Bars(strip);
  const tickWidth = Math.max(1, Math.round(strip.height / TICK_SLENDERNESS));
  const failures: number[] = [];
  followVerdicts(source, world, 'completed', (x) => completed.add(x - tickWidth, x));
  followVerdicts(source, world, 'failed', (x) => failures.push(x));
  return { completed: completed.finish(), failed: crosses(clusters(failures, CROSS_GAP_PX), strip) };
}
