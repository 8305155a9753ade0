import { HRESULTS, type HResultName } from '../core/catalogue/hresult';
import { MAXIMUM_WAIT_MS } from '../core/decide/refuse';
import type { Refusal, RefusalCode } from '../core/refusal';
import { counted, duration, hexadecimal } from './phrase';

type RefusalOf<Code extends RefusalCode> = Extract<Refusal, { readonly code: Code }>;
type Text<Code extends RefusalCode> = string | ((refusal: RefusalOf<Code>) => string);

/** The text of one code or another: which one, only the code beside it tells. */
type SomeText = { readonly [Code in RefusalCode]: Text<Code> }[RefusalCode];

interface RefusalWords<Code extends RefusalCode> {
  readonly sentence: Text<Code>;
  /** What to do instead, where there is something. */
  readonly advice: Text<Code> | null;
}

function lastBlock({ blockCount }: { readonly blockCount: number }): number {
  return blockCount - 1;
}

const WORDS: { readonly [Code in RefusalCode]: RefusalWords<Code> } = {
  blockOutsideVolume: {
    sentence: (refusal) =>
      `Block ${refusal.block} is outside the volume: its blocks are 0 to ${lastBlock(refusal)}.`,
    advice: (refusal) => `Choose a block from 0 to ${lastBlock(refusal)}.`,
  },
  blockOutsideDiffVolume: {
    sentence: (refusal) =>
      `Block ${refusal.block} is outside the diff volume: its blocks are 0 to ${lastBlock(refusal)}.`,
    advice: (refusal) => `Choose a block from 0 to ${lastBlock(refusal)}.`,
  },
  countInvalid: {
    sentence: ({ count }) => `${count} is not a number of blocks that can be written at once.`,
    advice: 'Give a whole number, at least 1; one write takes at most 4,096 blocks, a burst more.',
  },
  contentTooLong: {
    sentence: ({ sizeBytes, limitBytes }) =>
      `The text is ${sizeBytes} bytes long; a block holds ${limitBytes}.`,
    advice: ({ sizeBytes, limitBytes }) => `Shorten it by ${counted(sizeBytes - limitBytes, 'byte')}.`,
  },
  durationInvalid: {
    sentence: ({ durationMs }) => `${durationMs} ms is not a time that can be waited.`,
    advice: `Give whole milliseconds, from 1 up to ${duration(MAXIMUM_WAIT_MS)}.`,
  },
  maximumInvalid: {
    sentence: ({ maximumBlocks }) => `${maximumBlocks} is not a size for the diff area.`,
    advice: 'Give a whole number of blocks, or no maximum at all.',
  },
  writeInProgress: {
    sentence: 'A write is still between two of its stages.',
    advice: 'Let it finish, or change its surroundings meanwhile.',
  },
  snapshotUnknown: {
    sentence: ({ snapshot }) => `There is no snapshot ${snapshot}.`,
    advice: 'Choose one from the shelf of shadow copies.',
  },
  snapshotsPending: {
    sentence: 'The snapshots still wait for their diff volume.',
    advice: 'Attach the diff volume first.',
  },
  volumeOffline: { sentence: 'The live volume is offline.', advice: 'Bring the volume online first.' },
  volumeOfflineForProtection: {
    sentence: 'The live volume is offline to protect its snapshots.',
    advice: 'Clear the protection fault first, or leave protection mode.',
  },
  volumeOnlineAlready: { sentence: 'The live volume is online already.', advice: null },
  volumeOfflineAlready: { sentence: 'The live volume is offline already.', advice: null },
  levelUnchanged: { sentence: 'The volume has this protection level already.', advice: null },
  notFaulted: { sentence: 'The volume is not faulted: there is nothing to clear.', advice: null },
  nothingUnused: {
    sentence: 'No diff area is unused: there is nothing to delete.',
    advice: null,
  },
  maximumUnchanged: { sentence: 'The diff area has this maximum already.', advice: null },
  maximumBelowUse: {
    sentence: ({ neededBlocks }) =>
      `The snapshots need ${counted(neededBlocks, 'block')}, and under protection none is deleted to make room.`,
    advice: ({ neededBlocks }) =>
      `Set at least ${counted(neededBlocks, 'block')}, or delete the oldest snapshots first.`,
  },
  maximumZeroInUse: {
    sentence: 'A maximum of zero would remove the diff area, and snapshots use it.',
    advice: 'Delete the snapshots first.',
  },
  noRoomForSnapshot: {
    sentence: ({ limitedBy }) =>
      ({
        maximum: 'The maximum of the diff area leaves no room for another snapshot.',
        diffVolume: 'The diff volume has no room for another snapshot.',
        growth: 'The diff area has no free slot and cannot grow for another snapshot.',
      })[limitedBy],
    advice: ({ limitedBy }) =>
      ({
        maximum: 'Raise the maximum, or delete the oldest snapshot.',
        diffVolume: 'Delete the oldest snapshot.',
        growth: 'Repair the growth, or delete the oldest snapshot.',
      })[limitedBy],
  },
  diffVolumeAbsent: { sentence: 'The diff volume is not there.', advice: 'Attach the diff volume first.' },
  diffVolumePresentAlready: { sentence: 'The diff volume is attached already.', advice: null },
  storageUnusable: {
    sentence: 'The diff volume cannot take the records of a new snapshot.',
    advice: 'Repair the diff volume first.',
  },
  storageUnreadable: {
    sentence: 'The diff volume cannot be read, and the old contents lie there.',
    advice: 'Repair the diff volume first.',
  },
  brokenAlready: { sentence: 'This is broken already.', advice: null },
  notBroken: { sentence: 'This is not broken: there is nothing to repair.', advice: null },
  clusterPreparedAlready: {
    sentence: 'A cluster failover is under way already.',
    advice: 'Finish it first.',
  },
  clusterNotPrepared: { sentence: 'No cluster failover is under way.', advice: 'Prepare one first.' },
};

function spoken(text: SomeText, refusal: Refusal): string {
  return typeof text === 'string' ? text : (text as (refusal: Refusal) => string)(refusal);
}

export function sentenceOfRefusal(refusal: Refusal): string {
  return spoken(WORDS[refusal.code].sentence, refusal);
}

/** What to do instead; `null` where nothing needs doing. */
export function adviceOfRefusal(refusal: Refusal): string | null {
  const { advice } = WORDS[refusal.code];
  return advice === null ? null : spoken(advice, refusal);
}

/** VSS_E_OBJECT_NOT_FOUND (0x80042308) */
export function resultText(name: HResultName): string {
  return `${name} (${hexadecimal(HRESULTS[name].value)})`;
}
