import type { Command } from '../command';
import type { SwitchCondition } from '../condition';
import type { FaultNumber } from '../fault';

/** A way back from a protection fault, as commands after the built-in run of that fault. */
export interface WayOut {
  readonly commands: readonly Command[];
  /** Whether the snapshots are still there afterwards. */
  readonly keepsSnapshots: boolean;
}

const CLEAR: Command = { type: 'clearProtectionFault' };
const ATTACH: Command = { type: 'attachDiffVolume' };

/** Always possible, and always at the price of every snapshot (texts of events 80 to 94). */
export const LEAVING: WayOut = {
  commands: [{ type: 'setProtectionLevel', level: 'ORIGINAL_VOLUME' }],
  keepsSnapshots: false,
};

function mend(name: SwitchCondition): WayOut {
  return { commands: [{ type: 'repair', condition: { name } }, CLEAR], keepsSnapshots: true };
}

function keeping(...commands: readonly Command[]): WayOut {
  return { commands, keepsSnapshots: true };
}

/**
 * The way out that keeps the snapshots. What a fault needs for its repair is documented for some and inferred for
 * others: see the statement `repair` of each fault.
 */
export const WAYS_OUT: Readonly<Record<FaultNumber, WayOut>> = {
  1: keeping(ATTACH),
  2: mend('diffReadsFail'),
  3: mend('diffMetadataCorrupt'),
  4: mend('kernelMemoryExhausted'),
  5: mend('pageFileTooSmall'),
  6: keeping({ type: 'repair', condition: { name: 'liveBadBlock', block: 18 } }, CLEAR),
  7: mend('diffDataWritesFail'),
  8: keeping(CLEAR, { type: 'resizeDiffArea', maximumBlocks: 16 }),
  // The growth that was outrun is still under way: it is given the time it needs.
  9: keeping({ type: 'repair', condition: { name: 'growthSlow' } }, { type: 'wait', durationMs: 100 }, CLEAR),
  10: mend('growthRefused'),
  11: keeping(CLEAR),
  12: mend('diffFileSystemDamaged'),
  13: mend('diffMetadataWritesFail'),
  14: keeping(ATTACH, CLEAR),
  15: keeping(CLEAR),
  16: keeping({ type: 'clusterFinishFailover' }, CLEAR),
};
