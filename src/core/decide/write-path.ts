import { required, unreachable } from '../assert';
import { newestArea, requestOf, type Draft } from '../draft';
import type { FaultNumber } from '../fault';
import { isOnline, type WriteStage } from '../machine';
import { newestAreaCopy } from '../read-path';
import { strike } from './fault';
import { growAhead, growthLimit, startGrowth } from './growth';
import type { Run } from './run';
import { passTime, settleClock } from './time';

export const GATE_STATUS = 'STATUS_DEVICE_NOT_CONNECTED';

/** One host write from its arrival to its end. */
export function writeBlocks(run: Run, block: number, count: number): void {
  run.happen({ type: 'writeRequested', block, count, stamp: run.state.nextStamp });
  continueWrite(run);
}

/** A write that was stopped between two stages goes on, after what has become due while it stood still. */
export function resumeWrite(run: Run): void {
  settleClock(run);
  continueWrite(run);
}

/** Carries a write on from whatever stage it stands at, until it is completed, has failed or was turned away. */
function continueWrite(run: Run): void {
  while (run.state.request !== null) performStage(run, run.state.request.stage);
}

function performStage(run: Run, stage: WriteStage): void {
  if (stage !== 'gate' && stage !== 'lookUp' && isCopying(stage) && run.state.areas.length === 0) {
    return lookUpBlock(run);
  }
  switch (stage) {
    case 'gate':
      return passGate(run);
    case 'lookUp':
      return lookUpBlock(run);
    case 'memory':
      return allocateMemory(run);
    case 'space':
      return takeSlot(run);
    case 'read':
      return readOldBlock(run);
    case 'copy':
      return copyBlock(run);
    case 'record':
      return recordInTable(run);
    case 'overwrite':
      return overwriteBlock(run);
    case 'complete':
      return run.happen({ type: 'writeCompleted', request: requestOf(run.state) });
    default:
      return unreachable(stage);
  }
}

/** Between look-up and record: the stages that lose their purpose when the last snapshot goes away. */
function isCopying(stage: WriteStage): boolean {
  return stage !== 'overwrite' && stage !== 'complete';
}

function blockInHand(state: Draft): number {
  const { block, done } = requestOf(state);
  return block + done;
}

function slotInHand(state: Draft): number {
  return required(requestOf(state).slot, 'a slot was taken for the block in hand');
}

function passGate(run: Run): void {
  if (isOnline(run.state)) run.happen({ type: 'gatePassed' });
  else run.happen({ type: 'writeTurnedAway', status: GATE_STATUS, request: requestOf(run.state) });
}

function lookUpBlock(run: Run): void {
  const { state } = run;
  const block = blockInHand(state);
  const { stage, slot } = requestOf(state);
  const before = { stage, slot };
  const reason =
    state.areas.length === 0
      ? 'noSnapshot'
      : newestAreaCopy(state, block) !== null
        ? 'alreadyCopied'
        : 'firstWriteSinceSnapshot';
  const copyNeeded = reason === 'firstWriteSinceSnapshot';
  // The race of a restart: the diff volume is not there yet, so the first copy that is needed cannot be made.
  if (copyNeeded && state.pendingUntilMs !== null) return strike(run, 1);
  run.happen({ type: 'blockLookedUp', block, copyNeeded, reason, before });
}

function allocateMemory(run: Run): void {
  const { broken } = run.state.conditions;
  if (broken.has('kernelMemoryExhausted')) return strike(run, 4);
  if (broken.has('pageFileTooSmall')) return strike(run, 5);
  run.happen({ type: 'memoryAllocated', block: blockInHand(run.state) });
}

function takeSlot(run: Run): void {
  const { state } = run;
  if (state.firstFree < state.allocated) {
    return run.happen({ type: 'slotTaken', block: blockInHand(state), slot: state.firstFree });
  }
  if (state.growth !== null) return strike(run, 9);
  const limit = growthLimit(state);
  if (limit !== null) return strike(run, 8, limit);
  if (state.conditions.broken.has('growthRefused')) return strike(run, 10);
  // Growth fits and none is under way: this write starts it and waits (reading: writeWaitsForOwnGrowth).
  startGrowth(run);
  passTime(run, required(state.growth as Draft['growth'], 'growth was started').completesAtMs);
}

function readOldBlock(run: Run): void {
  const block = blockInHand(run.state);
  if (run.state.conditions.liveBadBlocks.includes(block)) return strike(run, 6);
  const tookMs = run.state.settings.timing.liveReadMs;
  run.happen({ type: 'oldBlockRead', block, stamp: run.state.live.get(block), tookMs });
  settleClock(run);
}

function copyBlock(run: Run): void {
  const { state } = run;
  if (state.conditions.broken.has('diffDataWritesFail')) return strike(run, 7);
  const block = blockInHand(state);
  const slot = slotInHand(state);
  const stamp = state.live.get(block);
  const tookMs = state.settings.timing.diffWriteMs;
  const replacedStamp = state.diffContents.get(slot);
  run.happen({ type: 'blockCopied', block, slot, stamp, replacedStamp, tookMs });
  settleClock(run);
}

function recordInTable(run: Run): void {
  const { state } = run;
  const fault = recordFault(state);
  if (fault !== null) return strike(run, fault);
  const block = blockInHand(state);
  run.happen({
    type: 'copyRecorded',
    block,
    slot: slotInHand(state),
    snapshot: newestArea(state).snapshot,
    older: state.newestCopy.get(block),
    tookMs: state.settings.timing.tableWriteMs,
  });
  growAhead(run);
  settleClock(run);
}

function recordFault(state: Draft): FaultNumber | null {
  if (state.conditions.broken.has('diffMetadataCorrupt')) return 3;
  return state.conditions.broken.has('diffMetadataWritesFail') ? 13 : null;
}

function overwriteBlock(run: Run): void {
  const { state } = run;
  const { block, done, stamp } = requestOf(state);
  const tookMs = state.settings.timing.liveWriteMs;
  const replacedStamp = state.live.get(block + done);
  run.happen({ type: 'blockOverwritten', block: block + done, stamp: stamp + done, replacedStamp, tookMs });
  settleClock(run);
}
