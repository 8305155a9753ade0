import { purgeOldest } from './loss';
import { neededBlocks } from './refuse';
import type { Run } from './run';

/** Sets the maximum. Below what is used, the oldest snapshots go (reading: lowerMaximumDeletesOldest). */
export function decideResize(run: Run, maximumBlocks: number | null): void {
  const { state } = run;
  const limit = maximumBlocks ?? state.settings.diffVolumeBlocks;
  if (neededBlocks(state) > limit) {
    purgeOldest(run, { kind: 'maximumLowered' }, () => neededBlocks(state) <= limit);
  }
  run.happen({
    type: 'diffAreaResized',
    from: state.maximumBlocks,
    to: maximumBlocks,
    allocatedFrom: state.allocated,
    allocatedTo: Math.min(state.allocated, limit),
  });
}
