import { countCopies, newestArea, recordCopy, type Draft } from '../draft';
import { isOnline } from '../machine';
import { freeSlots } from './growth';
import type { Run } from './run';

/** At least so many slots must stay free after a copy, or growth would be considered. */
const FREE_SLOTS_LEFT = 4;

/**
 * The write path of a request when nothing on its way can fail and nobody watches its stages: the same changes that the
 * watched path makes event by event (a property test holds the two against each other), at a fraction of the cost.
 */
export class QuietWriter {
  readonly #run: Run;
  #requests = 0;
  #blocks = 0;
  #copies = 0;
  #latencyMaxMs = 0;

  constructor(run: Run) {
    this.#run = run;
  }

  /** Nothing is broken, growing or pending: as long as slots remain, a request cannot meet a rule that stops it. */
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

  /** Writes `count` blocks as one request, or changes nothing and says `false` when the watched path has to decide. */
  write(block: number, count: number): boolean {
    const { state } = this.#run;
    let copies = 0;
    if (state.areas.length > 0) {
      const { snapshot } = newestArea(state);
      if (!hasRoom(state, block, count, snapshot)) return false;
      for (let at = block; at < block + count; at += 1) if (copyOnWrite(state, at, snapshot)) copies += 1;
    }
    for (let at = block; at < block + count; at += 1) {
      state.live.set(at, state.nextStamp);
      state.nextStamp += 1;
    }
    const { timing } = state.settings;
    const latencyMs = count * timing.liveWriteMs + copies * copyDurationMs(state);
    state.clockMs += latencyMs;
    this.#latencyMaxMs = Math.max(this.#latencyMaxMs, latencyMs);
    this.#requests += 1;
    this.#blocks += count;
    this.#copies += copies;
    return true;
  }

  /** Puts the counts that were kept aside into the machine, and into what the run has done. */
  settle(): void {
    const { state, tally } = this.#run;
    const [requests, blocks, copies, latencyMaxMs] = [
      this.#requests,
      this.#blocks,
      this.#copies,
      this.#latencyMaxMs,
    ];
    if (requests === 0) return;
    if (copies > 0) countCopies(state, newestArea(state).snapshot, copies);
    state.host = { ...state.host, completed: state.host.completed + requests };
    const latencySumMs = blocks * state.settings.timing.liveWriteMs + copies * copyDurationMs(state);
    tally.addWrites({ requests, blocks, copies, latencySumMs, latencyMaxMs });
    this.#requests = this.#blocks = this.#copies = this.#latencyMaxMs = 0;
  }
}

/** Whether every copy that a request needs finds a slot without any growth. */
function hasRoom(state: Draft, block: number, count: number, snapshot: number): boolean {
  const room = freeSlots(state) - FREE_SLOTS_LEFT;
  if (count <= room) return true;
  let copies = 0;
  for (let at = block; at < block + count; at += 1) if (!isCopied(state, at, snapshot)) copies += 1;
  return copies === 0 || copies <= room;
}

function isCopied(state: Draft, block: number, snapshot: number): boolean {
  const copy = state.newestCopy.get(block);
  return copy !== 0 && state.slotArea.get(copy - 1) === snapshot;
}

/** Copies what a block holds, unless that was done since the newest snapshot. */
function copyOnWrite(state: Draft, block: number, snapshot: number): boolean {
  if (isCopied(state, block, snapshot)) return false;
  const slot = state.firstFree;
  state.diffContents.set(slot, state.live.get(block));
  recordCopy(state, block, slot, snapshot);
  return true;
}

function copyDurationMs({ settings: { timing } }: Draft): number {
  return timing.liveReadMs + timing.diffWriteMs + timing.tableWriteMs;
}
