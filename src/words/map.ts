import { grouped } from './phrase';

/** What stands around the map of a large volume. Names of kinds say what one pixel can show of a block or a slot. */
type KindOfBlock =
  | 'blank'
  | 'blankNeeded'
  | 'written'
  | 'needed'
  | 'copied'
  | 'bad'
  | 'ownArea'
  | 'newerArea'
  | 'pastLive'
  | 'pastBlank';

type KindOfSlot = 'free' | 'usedOdd' | 'usedEven' | 'retained' | 'growing' | 'available' | 'beyondMaximum';

const KINDS: Readonly<Record<KindOfBlock | KindOfSlot, string>> = {
  blank: 'never written',
  blankNeeded: 'never written, needed',
  written: 'written',
  needed: 'written, needed',
  copied: 'saved for the newest snapshot',
  bad: 'cannot be read',
  ownArea: 'from this snapshot’s own area',
  newerArea: 'from the area of a newer snapshot',
  pastLive: 'from the live volume',
  pastBlank: 'never written',

  free: 'free',
  usedOdd: 'snapshots 1, 3, 5…',
  usedEven: 'snapshots 2, 4, 6…',
  retained: 'of deleted snapshots',
  growing: 'being added',
  available: 'not allocated yet',
  beyondMaximum: 'beyond the maximum',
};

export const MAP_WORDS = {
  kinds: KINDS as Readonly<Record<string, string>>,
  kindsTitle: 'What the colours mean, and how many blocks have each',
  count: grouped,
  /** `blocks`: how many one pixel stands for. */
  scale: (blocks: number) =>
    blocks === 1 ? 'Each square is a block' : `A point stands for ${grouped(blocks)} blocks`,

  tools: { live: 'Map of the live volume', diff: 'Map of the diff volume' },
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  whole: 'Whole volume',
  left: 'Move left',
  right: 'Move right',
  up: 'Move up',
  down: 'Move down',

  goTo: { live: 'Go to block', diff: 'Go to slot' },
  go: 'Go',
  outside: (count: number) => `From 0 to ${grouped(count - 1)}`,
} as const;
