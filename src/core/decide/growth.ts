import type { Draft } from '../draft';
import type { Machine } from '../machine';
import type { FullBecause } from './fault';
import type { Run } from './run';

/** Growth starts when fewer slots than this are free. */
const FREE_SLOTS_WANTED = 4;

/** `growthSlow` makes growth take this many times as long. */
const SLOW_FACTOR = 10;

export function freeSlots(state: Draft): number {
  return state.allocated - state.used;
}

/** What keeps the diff area from growing by one more step; `null` when it fits. */
export function growthLimit(
  state: Pick<Machine, 'settings' | 'allocated' | 'maximumBlocks'>,
): FullBecause | null {
  const grown = state.allocated + state.settings.growthStepBlocks;
  if (state.maximumBlocks !== null && grown > state.maximumBlocks) return 'maximum';
  return grown > state.settings.diffVolumeBlocks ? 'diffVolume' : null;
}

function growthDurationMs(state: Draft): number {
  return state.settings.timing.growMs * (state.conditions.broken.has('growthSlow') ? SLOW_FACTOR : 1);
}

export function startGrowth(run: Run): void {
  run.happen({ type: 'growthStarted', completesAtMs: run.state.clockMs + growthDurationMs(run.state) });
}

/** After a copy: growth starts early, while there are still slots to write into. */
export function growAhead(run: Run): void {
  const { state } = run;
  if (state.growth !== null || freeSlots(state) >= FREE_SLOTS_WANTED || growthLimit(state) !== null) return;
  if (state.conditions.broken.has('growthRefused')) run.happen({ type: 'growthRefused' });
  else startGrowth(run);
}

/** Growth that was under way ends: the area is larger, or the attempt came to nothing. */
export function endGrowth(run: Run, completesAtMs: number): void {
  const { state } = run;
  const isPossible =
    state.diffVolumePresent && growthLimit(state) === null && !state.conditions.broken.has('growthRefused');
  if (isPossible) {
    run.happen({ type: 'growthCompleted', addedBlocks: state.settings.growthStepBlocks, completesAtMs });
  } else {
    run.happen({ type: 'growthAbandoned', completesAtMs });
  }
}
