import type { StoredPart } from '../../core/problem';
import { existingSnapshots, type Machine } from '../../core/machine';
import { resolveSnapshotRead, stampAt, traceSnapshotRead, type ReadPath } from '../../core/read-path';

/** One of the answers that a machine has to "what is in block n?": the present one, or that of a snapshot. */
export interface BlockSource {
  /** `null`: the live volume. */
  readonly snapshot: number | null;
  readonly path: ReadPath;
  readonly stamp: number;
  /** Where the bytes lie. */
  readonly part: StoredPart;
  readonly number: number;
}

/** The live volume, then every snapshot, newest first. */
export function sourcesOfBlock(machine: Machine, block: number): readonly BlockSource[] {
  const live: BlockSource = {
    snapshot: null,
    path: [{ place: 'live' }],
    stamp: machine.live.get(block),
    part: 'block',
    number: block,
  };
  const snapshots = existingSnapshots(machine).map(({ snapshot }): BlockSource => {
    const origin = resolveSnapshotRead(machine, snapshot, block);
    return {
      snapshot,
      path: traceSnapshotRead(machine, snapshot, block),
      stamp: stampAt(machine, origin, block),
      part: origin.place === 'slot' ? 'slot' : 'block',
      number: origin.place === 'slot' ? origin.slot : block,
    };
  });
  return [live, ...snapshots.reverse()];
}
