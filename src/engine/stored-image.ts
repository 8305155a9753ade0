import { assert } from '../core/assert';
import { FAULT_NAMES } from '../core/fault';
import { fingerprint } from '../core/fingerprint';
import type { History } from '../core/history';
import { existingSnapshots, type Machine } from '../core/machine';
import type { StoredPart } from '../core/problem';
import { renderInto, ZEROS_STAMP, type Recipe } from '../core/content';
import type { WorldId } from '../core/scenario';
import { CHUNK_SIZE, type Table } from '../core/table';
import type { BlockPlace, MachineSummary } from '../storage/laboratory-store';

/** What the blocks in the store are: the machines at the end of a history, as it was at some time. */
export interface StoredImage {
  readonly history: History;
  /** How many of its entries there were then. */
  readonly entryCount: number;
  readonly machines: readonly Machine[];
}

export function imageOf(history: History): StoredImage {
  return { history, entryCount: history.entries.length, machines: history.machines };
}

const PARTS = ['block', 'slot'] as const satisfies readonly StoredPart[];

/** The stamps of a part of a machine: what its blocks, or those of its diff volume, hold. */
function stampsOf(machine: Machine, part: StoredPart): Table {
  return part === 'block' ? machine.live : machine.diffContents;
}

export function worldIndexOf(history: History, world: WorldId): number {
  return history.scenario.worlds.indexOf(world);
}

/** Makes the bytes with a stamp that a command wrote, into a block of zeros. */
export function renderStamp(
  block: Uint8Array<ArrayBuffer>,
  history: History,
  world: WorldId,
  stamp: number,
): void {
  const recipe = history.recipeOf(worldIndexOf(history, world), stamp);
  assert(recipe.kind !== 'stored', 'what a start brought along is kept with the start');
  renderInto(block, recipe);
}

/** Whether a stamp stands for the same bytes in both worlds of a history. */
export function isSameInBoth(history: History, stamp: number): boolean {
  return isSameRecipe(history.recipeOf(0, stamp), history.recipeOf(1, stamp));
}

function isSameRecipe(one: Recipe, other: Recipe): boolean {
  const keys = Object.keys(one) as (keyof Recipe)[];
  return keys.every((key) => one[key] === other[key]) && keys.length === Object.keys(other).length;
}

/** What a place that differs held, and what it holds. 0: zeros. */
interface StampChange {
  readonly before: number;
  readonly after: number;
  /** Whether `after` stood for the same bytes before. */
  readonly isKnown: boolean;
}

/**
 * What leads from one image to the end of a history in one world: the places that differ. `isHeld`: whether a place of
 * the image holds a stamp.
 */
export function* changesIn(
  world: WorldId,
  image: StoredImage | null,
  history: History,
  isHeld: (stamp: number) => boolean,
): Iterable<StampChange> {
  const before = image?.machines[worldIndexOf(image.history, world)];
  const after = history.machines[worldIndexOf(history, world)];
  const isShared = image === null ? () => false : sharingOf(image, history, world, isHeld);
  for (const part of PARTS) {
    yield* changedStamps(before && stampsOf(before, part), after && stampsOf(after, part), isShared);
  }
}

/** Whether a stamp means the same bytes in an image and in a history: another branch gives it to another write. */
type Sharing = (stamp: number) => boolean;

function sharingOf(
  image: StoredImage,
  history: History,
  world: WorldId,
  isHeld: (stamp: number) => boolean,
): Sharing {
  const before = worldIndexOf(image.history, world);
  const after = worldIndexOf(history, world);
  if (before < 0 || after < 0) return () => false;
  if (image.history.scenario.start === history.scenario.start) {
    const apart = firstStampApart(image, history, before, after);
    return (stamp) => stamp < apart;
  }
  // A start goes on with the stamps of the path that it was taken from, and knows only those that are held.
  return (stamp) =>
    isHeld(stamp) && isSameRecipe(image.history.recipeOf(before, stamp), history.recipeOf(after, stamp));
}

/** The first stamp that need not mean the same, of two paths that begin alike. */
function firstStampApart(image: StoredImage, history: History, before: number, after: number): number {
  const shared = sharedEntries(image, history);
  const firstBefore =
    shared < image.entryCount
      ? image.history.entries[shared]!.firstStamps[before]!
      : image.machines[before]!.nextStamp;
  const firstAfter = history.entries[shared]?.firstStamps[after] ?? history.machines[after]!.nextStamp;
  return Math.min(firstBefore, firstAfter);
}

function sharedEntries({ history: before, entryCount }: StoredImage, after: History): number {
  if (before === after) return entryCount;
  const limit = Math.min(entryCount, after.entries.length);
  let shared = 0;
  while (shared < limit && before.entries[shared]!.record === after.entries[shared]!.record) shared += 1;
  return shared;
}

/** Chunks that both tables share are passed over. */
function* changedStamps(
  before: Table | undefined,
  after: Table | undefined,
  isShared: Sharing,
): Iterable<StampChange> {
  const chunkCount = Math.max(before?.chunks.length ?? 0, after?.chunks.length ?? 0);
  for (let chunk = 0; chunk < chunkCount; chunk += 1) {
    const chunkBefore = before?.chunks[chunk];
    const chunkAfter = after?.chunks[chunk];
    if (chunkBefore === chunkAfter) continue;
    const length = Math.max(chunkBefore?.length ?? 0, chunkAfter?.length ?? 0);
    for (let at = 0; at < length; at += 1) {
      const stampBefore = chunkBefore?.[at] ?? ZEROS_STAMP;
      const stampAfter = chunkAfter?.[at] ?? ZEROS_STAMP;
      const isKnown = stampAfter !== ZEROS_STAMP && isShared(stampAfter);
      const isUnchanged = stampBefore === stampAfter && (stampAfter === ZEROS_STAMP || isKnown);
      if (!isUnchanged) yield { before: stampBefore, after: stampAfter, isKnown };
    }
  }
}

/** What the log gives a place; 0 also for one that is outside of the machine. */
export function stampAt(history: History, { world, part, number }: BlockPlace): number {
  const machine = history.machines[worldIndexOf(history, world)];
  const table = machine && stampsOf(machine, part);
  return table !== undefined && number < table.length ? table.get(number) : ZEROS_STAMP;
}

interface WrittenPlace extends BlockPlace {
  readonly stamp: number;
}

/** The places of all written blocks in an image, with their stamps. */
export function* writtenPlaces({ history, machines }: StoredImage): Iterable<WrittenPlace> {
  for (const [worldIndex, world] of history.scenario.worlds.entries()) {
    for (const part of PARTS) {
      const { chunks } = stampsOf(machines[worldIndex]!, part);
      for (const [chunk, stamps] of chunks.entries()) {
        for (const [at, stamp] of stamps.entries()) {
          if (stamp !== ZEROS_STAMP) yield { world, part, number: chunk * CHUNK_SIZE + at, stamp };
        }
      }
    }
  }
}

/** The machines at the end of a history, in the words of the store. */
export function summariesOf(history: History): Readonly<Record<WorldId, MachineSummary | null>> {
  const summary = (world: WorldId): MachineSummary | null => {
    const machine = history.states[worldIndexOf(history, world)];
    return machine === undefined ? null : summaryOf(machine, history.lastRecord?.id ?? null);
  };
  return { off: summary('off'), on: summary('on') };
}

function summaryOf(machine: History['states'][number], record: number | null): MachineSummary {
  return {
    record,
    fingerprint: fingerprint(machine),
    clockMs: machine.clockMs,
    protectionLevel: machine.level,
    protectionFault: FAULT_NAMES[machine.fault],
    access: machine.access,
    snapshots: existingSnapshots(machine).map(({ snapshot }) => snapshot),
    usedBlocks: machine.used,
    allocatedBlocks: machine.allocated,
    maximumBlocks: machine.maximumBlocks,
  };
}
