import { DEFAULT_SETTINGS, type MachineSettings } from './machine';

/** The default machine with a volume of another size, and with its diff area in proportion. */
export function settingsOfSize(blockCount: number): MachineSettings & { readonly maximumBlocks: number } {
  const part = (divisor: number): number => Math.max(1, Math.floor(blockCount / divisor));
  return {
    ...DEFAULT_SETTINGS,
    blockCount,
    diffVolumeBlocks: part(1),
    initialBlocks: part(8),
    maximumBlocks: part(2),
    growthStepBlocks: part(8),
  };
}

/** The most blocks that the diff area can hold: it grows in whole steps, as long as another one fits. */
export function largestDiffArea({
  initialBlocks,
  maximumBlocks,
  diffVolumeBlocks,
  growthStepBlocks,
}: MachineSettings): number {
  const limit = Math.min(maximumBlocks ?? diffVolumeBlocks, diffVolumeBlocks);
  return initialBlocks + Math.floor((limit - initialBlocks) / growthStepBlocks) * growthStepBlocks;
}
