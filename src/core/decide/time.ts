import { endGrowth } from './growth';
import { strike } from './fault';
import type { Run } from './run';

/** Does what has become due on the virtual clock: growth ends, or the wait for the diff volume does. */
export function settleClock(run: Run): void {
  const { state } = run;
  if (state.growth !== null && state.growth.completesAtMs <= state.clockMs) {
    endGrowth(run, state.growth.completesAtMs);
  }
  if (state.pendingUntilMs !== null && state.pendingUntilMs <= state.clockMs) strike(run, 1);
}

/** Lets time pass up to `untilMs`, stopping at every moment at which something becomes due. */
export function passTime(run: Run, untilMs: number): void {
  const { state } = run;
  // At least once: what takes no time at all is due at once.
  do {
    const dueMs = Math.min(untilMs, state.growth?.completesAtMs ?? untilMs, state.pendingUntilMs ?? untilMs);
    run.happen({ type: 'timePassed', tookMs: Math.max(0, dueMs - state.clockMs) });
    settleClock(run);
  } while (state.clockMs < untilMs);
}
