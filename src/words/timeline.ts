import type { FaultNumber } from '../core/fault';
import type { WorldId } from '../core/scenario';
import { counted, grouped, snapshotsNamed, WORLD_NAMES } from './phrase';

/** The lanes of the timeline. */
export const LANE_WORDS = {
  title: 'What the timeline shows',
  names: {
    commands: 'Commands',
    snapshots: 'Snapshots',
    fill: 'Diff area',
    faults: 'Faults',
    verdicts: 'I/O',
  },
  worlds: { off: 'off', on: 'on' },
  pathsPart: 'The paths part here',
  step: (position: number) => `Step ${grouped(position)}`,
  level: (used: number, allocated: number) => `${grouped(used)} of ${grouped(allocated)} used`,
  quiet: (steps: number) => `${grouped(steps)} quiet steps, drawn closer together`,
} as const;

/** Other branches, on the timeline and as a list. */
export const BRANCH_WORDS = {
  title: 'Branches',
  others: 'Other branches',
  returnTo: (name: string, position: number) => `Return to ${name}, which parts at step ${grouped(position)}`,
  more: (count: number) => `and ${count} more`,
  moreLabel: (count: number) => `and ${count} more, in the list of branches`,
  manage: 'Name or delete',
  now: (name: string) => `On ${name}`,
  goTo: (name: string) => `Go to ${name}`,
  rename: 'Rename',
  renameLabel: (name: string) => `Rename ${name}`,
  newName: (name: string) => `New name of ${name}`,
  save: 'Save',
  delete: 'Delete',
  deleteLabel: (name: string) => `Delete ${name}`,
  cost: (name: string) => `Delete ${name}? What was done only there is gone for good.`,
  confirm: 'Delete the branch',
  keep: 'Keep it',
} as const;

interface Stretch {
  readonly from: number;
  readonly to: number | null;
}

/** What a sentence about a world is made of; positions are steps. */
interface WorldStory {
  readonly world: WorldId;
  readonly lives: readonly (Stretch & { readonly snapshot: number; readonly isLost: boolean })[];
  readonly faults: readonly (Stretch & { readonly fault: FaultNumber })[];
  readonly completed: number;
  readonly failed: number;
  /** In the end, in blocks. */
  readonly used: number;
  readonly allocated: number;
  readonly limit: number;
}

interface PathStory {
  readonly commands: number;
  readonly steps: number;
  readonly quiet: readonly (Stretch & { readonly to: number })[];
  readonly difference: number | null;
  readonly worlds: readonly WorldStory[];
}

/** Longer lists are cut: the last ones count. */
const LISTED = 3;

function lastOnes<Item>(items: readonly Item[], sentenceOf: (item: Item) => string): string {
  const earlier = items.length - LISTED;
  const listed = items.slice(-LISTED).map(sentenceOf).join(', ');
  return earlier > 0 ? `${grouped(earlier)} earlier, ${listed}` : listed;
}

function snapshotsOf({ lives }: WorldStory): string {
  if (lives.length === 0) return 'none taken';
  const kept = lives.filter(({ to }) => to === null).map(({ snapshot }) => snapshot);
  const lost = lives.filter(({ isLost }) => isLost);
  const parts = [
    `${grouped(lives.length)} taken`,
    lost.length === 0
      ? 'none lost'
      : `${grouped(lost.length)} lost, the last one at step ${grouped(lost.at(-1)?.to ?? 0)}`,
    kept.length === 0
      ? 'none exists in the end'
      : `in the end there ${kept.length === 1 ? 'is' : 'are'} ${snapshotsNamed(kept)}`,
  ];
  return parts.join(', ');
}

function fillOf({ used, allocated, limit }: WorldStory): string {
  return `in the end ${grouped(used)} of ${grouped(allocated)} blocks used, at most ${grouped(limit)}`;
}

function faultOf({ fault, from, to }: WorldStory['faults'][number]): string {
  const met = `fault ${fault} at step ${grouped(from)}`;
  if (to === from) return met;
  return to === null ? `${met}, not cleared` : `${met}, cleared at step ${grouped(to)}`;
}

function faultsOf({ faults }: WorldStory): string {
  return faults.length === 0 ? 'none met' : lastOnes(faults, faultOf);
}

function verdictsOf({ completed, failed }: WorldStory): string {
  return `${grouped(completed)} completed, ${failed === 0 ? 'none' : grouped(failed)} failed`;
}

/** What each lane shows of a whole path, a sentence a lane, and what is true of all of them. */
export function laneSentences({ commands, steps, quiet, difference, worlds }: PathStory): readonly string[] {
  const { names } = LANE_WORDS;
  const told = (name: string, sentenceOf: (story: WorldStory) => string): string => {
    const parts = worlds.map((story) =>
      worlds.length > 1 ? `${WORLD_NAMES[story.world]}: ${sentenceOf(story)}` : sentenceOf(story),
    );
    return `${name}. ${parts.join('; ')}.`;
  };
  const spans = quiet.map(({ from, to }) => `steps ${grouped(from)} to ${grouped(to)}`);
  return [
    `${names.commands}: ${counted(commands, 'command')} in ${counted(steps, 'step')}.`,
    told(names.snapshots, snapshotsOf),
    told(names.fill, fillOf),
    told(names.faults, faultsOf),
    told(names.verdicts, verdictsOf),
    ...(difference === null ? [] : [`The paths part at step ${grouped(difference)}.`]),
    ...(spans.length === 0
      ? []
      : [`Quiet spans, drawn closer together: ${lastOnes(spans, (span) => span)}.`]),
  ];
}
