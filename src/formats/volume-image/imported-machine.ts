import { BLOCK_SIZE_BYTES, MAXIMUM_BLOCK_COUNT } from '../../core/block';
import { createMachine, DEFAULT_SETTINGS, type Machine, type MachineSettings } from '../../core/machine';
import { STARTING_LEVELS, WORLD_IDS, type Scenario, type Start } from '../../core/scenario';
import { Table } from '../../core/table';
import type { ImageFacts } from './image-facts';

/** A copy that a snapshot, 0 for the oldest, has of a block to itself. */
export interface ImportedCopy {
  readonly snapshot: number;
  readonly block: number;
  readonly stamp: number;
}

/** Later than any clock of a machine may be (kept-start.ts). */
const LATEST_MS = 2 ** 50;

const TICKS_PER_MS = 10_000n;

/** As in a new laboratory, the diff area begins with, and grows by, an eighth of the volume. */
const DIFF_AREA_PARTS = 8;

/**
 * Both worlds on a volume like that of an image. The diff volume is another one, as large as the volume and with room for
 * as many copies again as there are: in an image the copies lie on the volume itself, and stay there as blocks in use.
 */
export function scenarioOfImage(
  { header, snapshots }: ImageFacts,
  blockCount: number,
  copies: number,
): Scenario {
  const diffVolumeBlocks = Math.min(MAXIMUM_BLOCK_COUNT, Math.max(blockCount, 2 * copies));
  const limit = Math.ceil(header.maximumBytes / BLOCK_SIZE_BYTES);
  const maximumBlocks =
    header.maximumBytes === 0 ? null : Math.min(diffVolumeBlocks, Math.max(1, copies, limit));
  const part = Math.max(1, Math.floor(blockCount / DIFF_AREA_PARTS));
  const settings: MachineSettings = {
    ...DEFAULT_SETTINGS,
    blockCount,
    diffVolumeBlocks,
    maximumBlocks,
    initialBlocks: Math.min(part, maximumBlocks ?? diffVolumeBlocks),
    growthStepBlocks: part,
    snapshotLimit: Math.max(DEFAULT_SETTINGS.snapshotLimit, snapshots.length),
  };
  return { settings, worlds: WORLD_IDS };
}

export interface ImportedVolume {
  readonly id: number;
  readonly facts: ImageFacts;
  readonly scenario: Scenario;
  /** By block: the stamp of what the live volume holds. */
  readonly live: Uint32Array;
  readonly copies: readonly ImportedCopy[];
  /** The highest stamp. */
  readonly contentCount: number;
}

/** The machines, alike but for the level. Their clock is at 0 when the oldest snapshot was made. */
export function startOfImage(volume: ImportedVolume): Start {
  const { id, scenario } = volume;
  const tables = tablesOf(volume);
  const machines = scenario.worlds.map((world): Machine => {
    const fresh = createMachine(scenario.settings, STARTING_LEVELS[world]);
    return { ...fresh, ...tables, ...countsOf(volume) };
  });
  return { id, machines, writes: [] };
}

function tablesOf({ scenario, live: stamps, copies }: ImportedVolume) {
  const { blockCount, diffVolumeBlocks } = scenario.settings;
  const live = Table.zeros(blockCount).edit();
  stamps.forEach((stamp, block) => {
    if (stamp !== 0) live.set(block, stamp);
  });
  const newestCopy = Table.zeros(blockCount).edit();
  const [diffContents, slotArea, slotBlock, slotOlder] = [
    Table.zeros(diffVolumeBlocks).edit(),
    Table.zeros(diffVolumeBlocks).edit(),
    Table.zeros(diffVolumeBlocks).edit(),
    Table.zeros(diffVolumeBlocks).edit(),
  ];
  // The copies of older snapshots were made first.
  copies
    .toSorted((one, other) => one.snapshot - other.snapshot)
    .forEach(({ snapshot, block, stamp }, slot) => {
      diffContents.set(slot, stamp);
      slotArea.set(slot, snapshot + 1);
      slotBlock.set(slot, block);
      slotOlder.set(slot, newestCopy.get(block));
      newestCopy.set(block, slot + 1);
    });
  return {
    live: live.finish(),
    newestCopy: newestCopy.finish(),
    diffContents: diffContents.finish(),
    slotArea: slotArea.finish(),
    slotBlock: slotBlock.finish(),
    slotOlder: slotOlder.finish(),
  };
}

function countsOf({ facts, scenario, copies, contentCount }: ImportedVolume) {
  const { initialBlocks, growthStepBlocks, maximumBlocks, diffVolumeBlocks } = scenario.settings;
  const used = copies.length;
  const steps = Math.max(0, Math.ceil((used - initialBlocks) / growthStepBlocks));
  const grown = Math.min(initialBlocks + steps * growthStepBlocks, maximumBlocks ?? diffVolumeBlocks);
  const counts = new Map<number, number>();
  for (const { snapshot } of copies) counts.set(snapshot, (counts.get(snapshot) ?? 0) + 1);
  const areas = facts.snapshots.map((_, index) => ({
    snapshot: index + 1,
    exists: true,
    copies: counts.get(index) ?? 0,
    createdAtMs: sinceOldestMs(facts, index),
  }));
  return {
    areas,
    nextSnapshot: areas.length + 1,
    nextStamp: contentCount + 1,
    allocated: areas.length === 0 ? 0 : grown,
    used,
    firstFree: used,
    clockMs: areas.at(-1)?.createdAtMs ?? 0,
  };
}

function sinceOldestMs({ snapshots }: ImageFacts, index: number): number {
  const ticks = snapshots[index]!.entry.createdAt - snapshots[0]!.entry.createdAt;
  return Math.min(LATEST_MS, Number(ticks / TICKS_PER_MS));
}
