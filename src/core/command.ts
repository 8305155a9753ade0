import type { Condition } from './condition';
import type { Content } from './content';
import type { ProtectionLevel } from './protection';

/** What can be asked of a machine. Imperative; `decide` answers with events or with a refusal. */
export type Command =
  | { readonly type: 'write'; readonly block: number; readonly count: number; readonly content: Content }
  /** Many single-block writes, decided as one command: `writes` of them, the first being number `from` of the sequence. */
  | {
      readonly type: 'writeBurst';
      readonly order: 'sequential' | 'random';
      /** The first block and the number of blocks that the burst stays in. */
      readonly block: number;
      readonly span: number;
      readonly from: number;
      readonly writes: number;
      readonly seed: number;
    }
  /**
   * A stretch of a block trace, decided as one command: host writes of one request each. `writes` holds them in pairs, the
   * first block and the number of blocks; the first of them is number `from` of the replay, counted from 0. Nobody writes
   * to it: a typed array, because a long replay has thousands of them, each of which travels to the engine and back.
   */
  | { readonly type: 'replayWrites'; readonly from: number; readonly writes: Uint32Array }
  | { readonly type: 'read'; readonly block: number; readonly from: ReadSource }
  | { readonly type: 'createSnapshot' }
  | { readonly type: 'deleteSnapshot'; readonly snapshot: number }
  | { readonly type: 'revertToSnapshot'; readonly snapshot: number }
  | { readonly type: 'setProtectionLevel'; readonly level: ProtectionLevel }
  | { readonly type: 'clearProtectionFault' }
  | { readonly type: 'deleteUnusedDiffAreas' }
  | { readonly type: 'resizeDiffArea'; readonly maximumBlocks: number | null }
  | { readonly type: 'takeOffline' }
  | { readonly type: 'bringOnline' }
  | { readonly type: 'detachDiffVolume' }
  | { readonly type: 'attachDiffVolume' }
  /** Another program writes into block `block` of the diff volume. */
  | { readonly type: 'externalWrite'; readonly block: number }
  | { readonly type: 'break'; readonly condition: Condition }
  | { readonly type: 'repair'; readonly condition: Condition }
  | { readonly type: 'wait'; readonly durationMs: number }
  | { readonly type: 'clusterPrepareOffline' }
  | { readonly type: 'clusterFinishFailover' }
  | { readonly type: 'unexpectedError' };

export type CommandType = Command['type'];

/** Where a read goes: the live volume or a snapshot by its number. */
export type ReadSource = 'live' | { readonly snapshot: number };

/** What a host writes, in one request or in many. */
export const WRITE_COMMANDS: ReadonlySet<CommandType> = new Set(['write', 'writeBurst', 'replayWrites']);

/** Commands that change the environment only: they may also come between two stages of a write. */
export const ENVIRONMENT_COMMANDS: ReadonlySet<CommandType> = new Set([
  'detachDiffVolume',
  'attachDiffVolume',
  'externalWrite',
  'break',
  'repair',
  'unexpectedError',
]);
