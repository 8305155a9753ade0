import { countCopies, newestArea, recordCopy, type Draft } from '../draft';
import { isOnline } from '../machine';
import { freeSlots } from './growth';
import type { Run } from './run';

/**
 * The write path for a block when nothing on its way can fail and nobody watches its stages: the same changes that the
 * watched path makes event by event (a property test holds the two against each other), at a fraction of the cost.
 */
export class QuietWriter {
  readonly #run: Run;
  #completed = 0;
  #copies = 0;

  constructor(run: Run) {
    this.#run = run;
  }

  /** Nothing is broken, growing or pending: as long as slots remain, a single-block write cannot meet a rule that stops it. */
  static isPossible(run: Run): boolean {
    const { state } = run;
    return (
      isOnline(state) &&
      state.request === null &&
      state.growth === null &&
      state.pendingUntilMs === null &&
      state.conditions.broken.size === 0 &&
      state.conditions.liveBadBlocks.length === 0
    );
  }

  /** Writes one block, or changes nothing and says `false` when the watched path has to decide. */
  write(block: number): boolean {
    const { state } = this.#run;
    if (state.areas.length > 0) {
      const snapshot = state.areas[state.areas.length - 1]!.snapshot;
      const copy = state.newestCopy.get(block);
      const isCopied = copy !== 0 && state.slotArea.get(copy - 1) === snapshot;
      if (!isCopied) {
        // After this copy at least four slots must still be free, or growth would be considered.
        if (freeSlots(state) < 5) return false;
        const slot = state.firstFree;
        state.diffContents.set(slot, state.live.get(block));
        recordCopy(state, block, slot, snapshot);
        this.#copies += 1;
        state.clockMs += copyDurationMs(state);
      }
    }
    state.live.set(block, state.nextStamp);
    state.nextStamp += 1;
    state.clockMs += state.settings.timing.liveWriteMs;
    this.#completed += 1;
    return true;
  }

  /** Puts the counts that were kept aside into the machine, and into what the run has done. */
  settle(): void {
    const { state, tally } = this.#run;
    const copies = this.#copies;
    const completed = this.#completed;
    if (completed === 0) return;
    if (copies > 0) countCopies(state, newestArea(state).snapshot, copies);
    state.host = { ...state.host, completed: state.host.completed + completed };
    const { liveWriteMs } = state.settings.timing;
    const copyMs = copies > 0 ? copyDurationMs(state) : 0;
    tally.addWrites(completed, copies, completed * liveWriteMs + copies * copyMs, liveWriteMs + copyMs);
    this.#completed = 0;
    this.#copies = 0;
  }
}

function copyDurationMs({ settings: { timing } }: Draft): number {
  return timing.liveReadMs + timing.diffWriteMs + timing.tableWriteMs;
}
