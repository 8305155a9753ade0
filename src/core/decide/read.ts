import type { Command } from '../command';
import { findSnapshot, isOnline } from '../machine';
import { resolveSnapshotRead, stampAt, traceSnapshotRead } from '../read-path';
import type { Refusal } from '../refusal';
import type { Run } from './run';
import { settleClock } from './time';
import { refuseBlocks } from './write';
import { GATE_STATUS } from './write-path';

type Read = Command & { readonly type: 'read' };

const DATA_ERROR = 'STATUS_DEVICE_DATA_ERROR';
const IO_ERROR = 'STATUS_IO_DEVICE_ERROR';

export function decideRead(run: Run, command: Read): Refusal | null {
  const refusal = refuseBlocks(run.state, command.block, 1);
  if (refusal) return refusal;
  return command.from === 'live'
    ? readLive(run, command.block)
    : readSnapshot(run, command.block, command.from.snapshot);
}

function readLive(run: Run, block: number): null {
  const { state } = run;
  if (!isOnline(state)) run.happen({ type: 'readFailed', block, from: 'live', status: GATE_STATUS });
  else if (state.conditions.liveBadBlocks.includes(block)) {
    run.happen({ type: 'readFailed', block, from: 'live', status: DATA_ERROR });
  } else {
    const tookMs = state.settings.timing.liveReadMs;
    const stamp = state.live.get(block);
    run.happen({ type: 'readCompleted', block, from: 'live', path: [{ place: 'live' }], stamp, tookMs });
    settleClock(run);
  }
  return null;
}

function readSnapshot(run: Run, block: number, snapshot: number): Refusal | null {
  const { state } = run;
  if (!findSnapshot(state, snapshot)) return { code: 'snapshotUnknown', snapshot };
  if (state.pendingUntilMs !== null) return { code: 'snapshotsPending' };
  if (state.access === 'offlineForProtection') return { code: 'volumeOfflineForProtection' };
  if (!isOnline(state)) return { code: 'volumeOffline' };
  const origin = resolveSnapshotRead(state, snapshot, block);
  const from = { snapshot };
  if (origin.place === 'slot' && state.conditions.broken.has('diffReadsFail')) {
    run.happen({ type: 'readFailed', block, from, status: IO_ERROR });
  } else if (origin.place === 'live' && state.conditions.liveBadBlocks.includes(block)) {
    run.happen({ type: 'readFailed', block, from, status: DATA_ERROR });
  } else {
    run.happen({
      type: 'readCompleted',
      block,
      from,
      path: traceSnapshotRead(state, snapshot, block),
      stamp: stampAt(state, origin, block),
      tookMs: state.settings.timing.liveReadMs,
    });
    settleClock(run);
  }
  return null;
}
