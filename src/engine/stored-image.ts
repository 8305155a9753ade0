import { FAULT_NAMES } from '../core/fault';
import { fingerprint } from '../core/fingerprint';
import type { History } from '../core/history';
import { existingSnapshots, type Machine } from '../core/machine';
import type { StoredPart } from '../core/problem';
import { renderContent, ZEROS_STAMP } from '../core/content';
import { WORLD_IDS, type WorldId } from '../core/scenario';
import { CHUNK_SIZE, type Table } from '../core/table';
import type { BlockChange, BlockPlace, MachineSummary } from '../storage/laboratory-store';
import { isSame } from './path';

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

/** The bytes with a stamp as the log of a history tells them; `null` for zeros. */
export function bytesOf(history: History, worldIndex: number, stamp: number): Uint8Array<ArrayBuffer> | null {
  return stamp === ZEROS_STAMP ? null : renderContent(history.recipeOf(worldIndex, stamp));
}

/** What leads from one image to the end of a history: the blocks that differ, with their bytes made one by one. */
export function* changedBlocks(image: StoredImage | null, history: History): Iterable<BlockChange> {
  for (const world of WORLD_IDS) {
    const before = image?.machines[worldIndexOf(image.history, world)];
    const worldIndex = worldIndexOf(history, world);
    const after = history.machines[worldIndex];
    const isShared = image === null ? () => false : sharingOf(image, history, world);
    for (const part of PARTS) {
      const tableBefore = before && stampsOf(before, part);
      const tableAfter = after && stampsOf(after, part);
      for (const [number, stamp] of changedStamps(tableBefore, tableAfter, isShared)) {
        yield { place: { world, part, number }, bytes: bytesOf(history, worldIndex, stamp) };
      }
    }
  }
}

/** Whether a stamp means the same bytes in an image and in a history: another branch gives it to another write. */
type Sharing = (stamp: number) => boolean;

function sharingOf(image: StoredImage, history: History, world: WorldId): Sharing {
  const before = worldIndexOf(image.history, world);
  const after = worldIndexOf(history, world);
  if (before < 0 || after < 0) return () => false;
  if (image.history.scenario.start === history.scenario.start) {
    const apart = firstStampApart(image, history, before, after);
    return (stamp) => stamp < apart;
  }
  // A start goes on with the stamps of the path that it was taken from.
  return (stamp) => isSame(image.history.recipeOf(before, stamp), history.recipeOf(after, stamp));
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

/** Indexes whose content differs, with the new stamp. Chunks that both tables share are passed over. */
function* changedStamps(
  before: Table | undefined,
  after: Table | undefined,
  isShared: Sharing,
): Iterable<readonly [index: number, stamp: number]> {
  const chunkCount = Math.max(before?.chunks.length ?? 0, after?.chunks.length ?? 0);
  for (let chunk = 0; chunk < chunkCount; chunk += 1) {
    const chunkBefore = before?.chunks[chunk];
    const chunkAfter = after?.chunks[chunk];
    if (chunkBefore === chunkAfter) continue;
    const length = Math.max(chunkBefore?.length ?? 0, chunkAfter?.length ?? 0);
    for (let at = 0; at < length; at += 1) {
      const stampBefore = chunkBefore?.[at] ?? ZEROS_STAMP;
      const stampAfter = chunkAfter?.[at] ?? ZEROS_STAMP;
      const isUnchanged = stampBefore === stampAfter && (stampAfter === ZEROS_STAMP || isShared(stampAfter));
      if (!isUnchanged) yield [chunk * CHUNK_SIZE + at, stampAfter];
    }
  }
}

/** Every block at the end of a history that has been written, and every place of `rows` that should have no row. */
export function* wholeImage(history: History, rows: readonly BlockPlace[]): Iterable<BlockChange> {
  for (const place of rows) {
    if (stampAt(history, place) === ZEROS_STAMP) yield { place, bytes: null };
  }
  yield* changedBlocks(null, history);
}

/** What the log gives a place; 0 also for one that is outside of the machine. */
export function stampAt(history: History, { world, part, number }: BlockPlace): number {
  const machine = history.machines[worldIndexOf(history, world)];
  const table = machine && stampsOf(machine, part);
  return table !== undefined && number < table.length ? table.get(number) : ZEROS_STAMP;
}

/** The places of all written blocks at the end of a history. */
export function* writtenPlaces(history: History): Iterable<BlockPlace> {
  for (const [worldIndex, world] of history.scenario.worlds.entries()) {
    for (const part of PARTS) {
      const table = stampsOf(history.machines[worldIndex]!, part);
      for (const [number] of changedStamps(undefined, table, () => false)) yield { world, part, number };
    }
  }
}

/** The machines at the end of a history, in the words of the store. */
export function summariesOf(history: History): Readonly<Record<WorldId, MachineSummary | null>> {
  const summary = (world: WorldId): MachineSummary | null => {
    const machine = history.machines[worldIndexOf(history, world)];
    return machine === undefined ? null : summaryOf(machine, history.lastRecord?.id ?? null);
  };
  return { off: summary('off'), on: summary('on') };
}

function summaryOf(machine: Machine, record: number | null): MachineSummary {
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
