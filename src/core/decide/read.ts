import type { Command } from '../command';
import { isOnline } from '../machine';
import { resolveSnapshotRead, stampAt, traceSnapshotRead } from '../read-path';
import type { Run } from './run';
import { settleClock } from './time';
import { GATE_STATUS } from './write-path';

type Read = Command & { readonly type: 'read' };

const DATA_ERROR = 'STATUS_DEVICE_DATA_ERROR';
const IO_ERROR = 'STATUS_IO_DEVICE_ERROR';

export function decideRead(run: Run, { block, from }: Read): void {
  if (from === 'live') readLive(run, block);
  else readSnapshot(run, block, from.snapshot);
}

function readLive(run: Run, block: number): void {
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
}

function readSnapshot(run: Run, block: number, snapshot: number): void {
  const { state } = run;
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
}
