import { BLOCK_SIZE_BYTES, MAXIMUM_BLOCK_COUNT } from '../block';
import type { FaultNumber } from '../fault';
import { DEFAULT_SETTINGS, type MachineSettings } from '../machine';
import type { Scenario, WorldId } from '../scenario';
import { SETTING_LIMITS } from '../settings';
import type { GrowthCurve } from './growth-curve';
import type { ReplaySettings } from './replay';
import type { TraceSurvey } from './trace';

/** A fault that is caused in the middle of a replay. */
export interface PlannedFault {
  readonly fault: FaultNumber;
  /** Before which record, counted from 0, what causes it is done. */
  readonly atRecord: number;
}

/** A trace, or its first records, replayed on a machine. */
export interface ReplayPlan extends ReplaySettings {
  /**
   * The blocks of the volume when each lies where it lies on its device. `null`: they lie in the same order without the
   * gaps between them, because the machine cannot be as large as the devices.
   */
  readonly blockCount: number | null;
  readonly worlds: readonly WorldId[];
  /** The maximum of the diff area in blocks; `null`: none. */
  readonly maximumBlocks: number | null;
  readonly fault: PlannedFault | null;
}

/** The span of a device in blocks; `null` when its places cannot be those of a machine's volume. */
export function realBlockCount(
  { devices }: Pick<TraceSurvey, 'devices'>,
  { device, partitionOffsetBytes }: Pick<ReplaySettings, 'device' | 'partitionOffsetBytes'>,
): number | null {
  const only = devices.length === 1 ? devices[0] : devices[device ?? -1];
  const range = only?.range ?? null;
  if (range === null) return null;
  const count = Math.ceil((range.to - partitionOffsetBytes) / BLOCK_SIZE_BYTES);
  return count <= MAXIMUM_BLOCK_COUNT ? Math.max(count, SETTING_LIMITS.blockCount.lowest) : null;
}

/** How many of the first records certainly write to no more blocks than a machine has: as far as the curve tells. */
export function recordsThatFit({ records, uniqueBlocks }: GrowthCurve): number {
  let fitting = 0;
  for (let row = 0; row < records.length && uniqueBlocks[row]! <= MAXIMUM_BLOCK_COUNT; row += 1) {
    fitting = records[row]!;
  }
  return fitting;
}

/** 50 MiB: as much as the diff area grows by at once at the most. */
const LARGEST_STEP = 3_200;
const SMALLEST_STEP = 8;
/** How often the diff area of a replay grows, about. */
const STEPS = 32;
/** Growth starts when fewer slots than this are free, and takes a whole step. */
const SLOTS_AHEAD = 4;

/**
 * The machine for a replay. Its diff area reaches its maximum exactly, so that it is full when the counting says; without
 * a maximum the diff volume has room for all copies, as far as a diff volume can.
 *
 * @param copies how many the counting found
 */
export function scenarioOfReplay(
  { worlds, maximumBlocks }: Pick<ReplayPlan, 'worlds' | 'maximumBlocks'>,
  blockCount: number,
  copies: number,
): Scenario {
  const step = Math.min(LARGEST_STEP, Math.max(SMALLEST_STEP, Math.ceil((maximumBlocks ?? copies) / STEPS)));
  const wanted = Math.max(copies + step + SLOTS_AHEAD, maximumBlocks ?? 0, SETTING_LIMITS.blockCount.lowest);
  const diffVolumeBlocks = Math.min(wanted, MAXIMUM_BLOCK_COUNT);
  const limit = Math.min(maximumBlocks ?? diffVolumeBlocks, diffVolumeBlocks);
  const settings: MachineSettings = {
    ...DEFAULT_SETTINGS,
    blockCount: Math.max(blockCount, SETTING_LIMITS.blockCount.lowest),
    diffVolumeBlocks,
    maximumBlocks: maximumBlocks === null ? null : limit,
    // At least a step where there is room for one: with fewer slots growth would be too slow from the first copy on.
    initialBlocks: limit < step ? limit : step + (limit % step),
    growthStepBlocks: step,
  };
  return { settings, worlds };
}
