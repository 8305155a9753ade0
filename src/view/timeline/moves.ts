import { nextMarker } from '../../client/markers';
import type { Session } from '../../client/session.svelte';

export type StepSize = 'stage' | 'command' | 'marker';

/** Moves by one step of a size. A stage is played, so that it can be seen; longer ways are jumps. */
export function moveBy(session: Session, size: StepSize, direction: 1 | -1): void {
  const { playback, history, goal } = session;
  if (history === null) return;
  if (size === 'stage') {
    if (direction > 0) playback.stepForward();
    else playback.stepBackward();
    return;
  }
  if (size === 'marker') return session.seek(nextMarker(history, goal, direction));
  if (direction > 0) return session.redo();
  const entry = history.entryBefore(Math.ceil(goal));
  session.seek(entry?.start ?? 0);
}
