import type { EventId } from './catalogue/event-id';
import type { HResultName } from './catalogue/hresult';
import type { CommandType } from './command';

/** Why a command was turned down. A refusal changes nothing and is shown to the learner. */
export type Refusal = {
  /** The documented result of the API call that the command stands for, where there is one. */
  readonly hresult?: HResultName;
  /** The System-log event that volsnap has for this refusal. */
  readonly eventId?: EventId;
} & (
  | { readonly code: 'blockOutsideVolume'; readonly block: number; readonly blockCount: number }
  | { readonly code: 'blockOutsideDiffVolume'; readonly block: number; readonly blockCount: number }
  | { readonly code: 'countInvalid'; readonly count: number }
  | { readonly code: 'contentTooLong'; readonly sizeBytes: number; readonly limitBytes: number }
  | { readonly code: 'durationInvalid'; readonly durationMs: number }
  | { readonly code: 'maximumInvalid'; readonly maximumBlocks: number }
  | { readonly code: 'writeInProgress' }
  | { readonly code: 'snapshotUnknown'; readonly snapshot: number }
  | { readonly code: 'snapshotsPending' }
  | { readonly code: 'volumeOffline' }
  | { readonly code: 'volumeOfflineForProtection' }
  | { readonly code: 'volumeOnlineAlready' }
  | { readonly code: 'volumeOfflineAlready' }
  | { readonly code: 'levelUnchanged' }
  | { readonly code: 'notFaulted' }
  | { readonly code: 'nothingUnused' }
  | { readonly code: 'maximumUnchanged' }
  | { readonly code: 'maximumBelowUse'; readonly neededBlocks: number }
  | { readonly code: 'maximumZeroInUse' }
  | { readonly code: 'noRoomForSnapshot'; readonly limitedBy: 'maximum' | 'diffVolume' | 'growth' }
  | { readonly code: 'diffVolumeAbsent' }
  | { readonly code: 'diffVolumePresentAlready' }
  | { readonly code: 'storageUnusable' }
  | { readonly code: 'storageUnreadable' }
  | { readonly code: 'brokenAlready' }
  | { readonly code: 'notBroken' }
  | { readonly code: 'clusterPreparedAlready' }
  | { readonly code: 'clusterNotPrepared' }
);

export type RefusalCode = Refusal['code'];

/** A refusal together with the command it answers. */
export interface RefusedCommand {
  readonly command: CommandType;
  readonly refusal: Refusal;
}
